#!/bin/sh
# Starts the bridge on Payara Micro. All settings come from the environment, or from the file that BRIDGE_ENV_FILE names.
#   PAYARA_MICRO   the server's jar, default payara-micro.jar beside this script
#   BRIDGE_WAR     default twilio-retell-bridge.war beside this script
#   HTTP_PORT      default 8080
#   HTTP_LOOPBACK  true: listen on 127.0.0.1 only, for a proxy on this machine
#   POSTGRESQL_JAR the driver; with it and DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD there is a pool jdbc/bridge
#   JAVA_OPTS      default -Xms512m -Xmx512m -XX:+UseParallelGC; for 1,000 calls that begin in one second -Xms1g -Xmx1g -Xmn512m
#   SERVER_DIR     what prepare.sh made, default server beside this script; used where it can be written
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)

set -- --deploy "${BRIDGE_WAR:-$here/twilio-retell-bridge.war}" --port "${HTTP_PORT:-8080}" \
  --nocluster --nohazelcast --disablephonehome

preboot=$(mktemp)
cat "$here/bridge.preboot" >"$preboot"
if [ "${HTTP_LOOPBACK:-false}" = true ]; then
  cat "$here/loopback.preboot" >>"$preboot"
fi
set -- "$@" --prebootcommandfile "$preboot"

if [ -n "${POSTGRESQL_JAR:-}" ]; then
  set -- "$@" --postbootcommandfile "$here/postgresql.postboot" --addlibs "$POSTGRESQL_JAR"
fi

# The unpacked server keeps its state, and would deploy the bridge a second time: it starts as new each time.
server=${SERVER_DIR:-$here/server}
if [ -e "$server/launch-micro.jar" ] && [ -w "$server" ]; then
  rm -rf "$server/config" "$server/applications" "$server/generated"
  cp -R "$server/config.new" "$server/config"
  jar=$server/launch-micro.jar
  if [ -n "${CLASSES_TO:-}" ]; then
    classes=-XX:ArchiveClassesAtExit=$CLASSES_TO
    set -- "$@" --warmup
  else
    classes=-XX:SharedArchiveFile=$server/classes.jsa
  fi
else
  jar=${PAYARA_MICRO:-$here/payara-micro.jar}
  classes=-Xshare:auto
fi

# Java on one or two cores would else start a thread for each answer of a vendor.
# With Java's own limits for inlining the compiler was busy for minutes, and calls got half of the processor.
# A heap and a metaspace that grow are collected whole while they do, seven times during a launch.
# The two about WADL close /openapi/application.wadl, which the preboot command for /openapi leaves open.
# shellcheck disable=SC2086
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" ${JAVA_OPTS:--Xms512m -Xmx512m -XX:+UseParallelGC} "$classes" \
  -XX:MetaspaceSize=192m -XX:MaxInlineLevel=9 -XX:FreqInlineSize=150 -XX:InlineSmallCode=1500 \
  -Djava.util.concurrent.ForkJoinPool.common.parallelism=2 \
  -Djersey.config.allowSystemPropertiesProvider=true -Djersey.config.server.wadl.disableWadl=true \
  -jar "$jar" "$@"
