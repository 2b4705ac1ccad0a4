#!/bin/sh
# Puts into a folder all that an image needs; run it in the project after `mvn package`. The Containerfile copies from that
# folder what stands there by name, so what runs in the image can be tried here without any image: run.sh in the folder.
# It needs a JDK. Whoever runs the bridge need not be who collects, so all may read what is collected.
set -eu
project=$(CDPATH='' cd "$(dirname "$0")/../.." && pwd)
target=${1:-$project/target/image}
jar=${JAVA_HOME:+$JAVA_HOME/bin/}jar
war=$project/target/twilio-retell-bridge.war
umask 022
mkdir -p "$target"
cp "$war" "$target/twilio-retell-bridge.war"
cp "$project/target/server/payara-micro.jar" "$target/payara-micro.jar"
for file in bridge.preboot compiler.directives drain.sh postgresql.preboot prepare.sh run.sh; do
  cp "$project/server-config/payara-micro/$file" "$target/$file"
done
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
driver=$("$jar" --list --file "$war" | grep '^WEB-INF/lib/postgresql-[^/]*\.jar$')
(cd "$unpacked" && "$jar" --extract --file "$war" "$driver")
cp "$unpacked/$driver" "$target/postgresql.jar"
chmod a+rx "$target" "$target"/*.sh
chmod a+r "$target"/*.jar "$target"/*.war "$target/bridge.preboot" "$target/compiler.directives" "$target/postgresql.preboot"
