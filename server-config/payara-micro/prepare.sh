#!/bin/sh
# Once for each Java, server and WAR, before run.sh: unpacks the server and keeps what Java has read and linked of both in
# a file that Java maps into memory: its AOT cache from 25 on, an archive of classes before. What that saves stands in
# docs/performance.md. Takes the variables of run.sh; the port must be free. What another Java has made is not used, so
# that the bridge starts all the same; but a file that was damaged stops Java 25: remove the folder then.
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
SERVER_DIR=${SERVER_DIR:-$here/server}
export SERVER_DIR
if [ -e "$SERVER_DIR" ] && [ ! -e "$SERVER_DIR/launch-micro.jar" ]; then
  echo "$SERVER_DIR is something else" >&2
  exit 1
fi

rm -rf "$SERVER_DIR"
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -jar "${PAYARA_MICRO:-$here/payara-micro.jar}" --rootdir "$SERVER_DIR" --outputlauncher
cp -R "$SERVER_DIR/config" "$SERVER_DIR/config.new"

BRIDGE_DATA_DIR=$(mktemp -d)
CLASSES_TO=$SERVER_DIR/classes.jsa
if "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+PrintFlagsFinal -version 2>/dev/null | grep -q AOTCacheOutput; then
  CLASSES_TO=$SERVER_DIR/classes.aot
fi
HTTP_LOOPBACK=true
export BRIDGE_DATA_DIR CLASSES_TO HTTP_LOOPBACK
unset BRIDGE_DATASOURCE
"$here/run.sh"
rm -rf "$BRIDGE_DATA_DIR"
[ -s "$CLASSES_TO" ]
