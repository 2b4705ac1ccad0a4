#!/bin/sh
# Puts into a folder all that an image needs; run it in the project after `mvn package`. The Containerfile copies that
# folder, so what runs in the image can be tried here without any image: run.sh in the folder.
set -eu
project=$(CDPATH='' cd "$(dirname "$0")/../.." && pwd)
target=${1:-$project/target/image}
mkdir -p "$target"
cp "$project/target/twilio-retell-bridge.war" "$target/"
cp "$project/target/server/payara-micro.jar" "$target/"
for file in bridge.preboot compiler.directives drain.sh postgresql.postboot prepare.sh run.sh; do
  cp "$project/server-config/payara-micro/$file" "$target/"
done
unzip -q -o -j "$project/target/twilio-retell-bridge.war" 'WEB-INF/lib/postgresql-*.jar' -d "$target"
mv "$target"/postgresql-*.jar "$target/postgresql.jar"
