#!/bin/sh
# Starts the bridge on Payara Micro. The bridge's settings come from the environment, or from the file that BRIDGE_ENV_FILE
# names. What this script and the server themselves need is read from the environment only, not from that file:
#   PAYARA_MICRO   the server's jar, default payara-micro.jar beside this script
#   BRIDGE_WAR     default twilio-retell-bridge.war beside this script
#   HTTP_PORT      default 8080
#   HTTP_LOOPBACK  true: listen on 127.0.0.1 only, for a proxy on this machine
#   REQUEST_THREADS default 8 for each processor, 16 at least and 64 at most; more if functions of your own block theirs
#   POSTGRESQL_JAR the driver; with it and DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD there is a pool jdbc/bridge
#   JAVA_OPTS      default -Xms512m -Xmx512m -XX:+UseParallelGC; for 1,000 calls that begin in one second
#                  -Xms2g -Xmx2g -Xmn1400m -XX:+UseTransparentHugePages -XX:+UseParallelGC (docs/performance.md)
#   SERVER_DIR     what prepare.sh made, default server beside this script; used where it can be written, by one process,
#                  with the WAR, the server and the driver that it was made of
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)

set -- --port "${HTTP_PORT:-8080}" --nocluster --nohazelcast --disablephonehome

# bridge.preboot reads it.
HTTP_ADDRESS=0.0.0.0
if [ "${HTTP_LOOPBACK:-false}" = true ]; then
  HTTP_ADDRESS=127.0.0.1
fi
export HTTP_ADDRESS
# More of them than the processors can run keep the two from their work that hear the vendors.
if [ -z "${REQUEST_THREADS:-}" ]; then
  cores=$(nproc 2>/dev/null || echo 2)
  # A container's share of them, in microseconds of each period.
  if read -r quota period 2>/dev/null <"${CGROUP:-/sys/fs/cgroup}/cpu.max" && [ "$quota" != max ]; then
    share=$(((quota + period - 1) / period))
    cores=$((share < cores ? share : cores))
  fi
  REQUEST_THREADS=$((cores * 8))
  REQUEST_THREADS=$((REQUEST_THREADS < 16 ? 16 : REQUEST_THREADS > 64 ? 64 : REQUEST_THREADS))
fi
export REQUEST_THREADS
commands=$here/bridge.preboot
if [ -n "${POSTGRESQL_JAR:-}" ]; then
  # The server takes one such file only, and nothing here may be writable.
  exec 3<<COMMANDS
$(cat "$here/bridge.preboot" "$here/postgresql.preboot")
COMMANDS
  commands=/dev/fd/3
fi
set -- "$@" --prebootcommandfile "$commands"

# What prepare.sh made of this WAR, this server and this driver; of another WAR the old libraries would stand before the
# new ones.
war=${BRIDGE_WAR:-$here/twilio-retell-bridge.war}
jar=${PAYARA_MICRO:-$here/payara-micro.jar}
server=${SERVER_DIR:-$here/server}
classes=-Xshare:auto
made_of() {
  [ "$(cksum <"$1")" = "$(cat "$2" 2>/dev/null)" ]
}
made_of_these() {
  made_of "$war" "$server/bridge.cksum" \
    && { [ ! -e "$jar" ] || made_of "$jar" "$server/server.cksum"; } \
    && { [ -z "${POSTGRESQL_JAR:-}" ] || cmp -s "$POSTGRESQL_JAR" "$server/libraries/driver.jar"; }
}
prepared=false
if [ -e "$server/launch-micro.jar" ] && [ -w "$server" ]; then
  if [ -n "${CLASSES_TO:-}" ] || made_of_these; then
    prepared=true
  else
    echo "$server was made for another WAR, server or driver, or not to its end, and is not used: run prepare.sh again" >&2
  fi
fi
if [ "$prepared" = true ]; then
  # The unpacked server keeps its state, and would deploy the bridge a second time: it starts as new each time.
  rm -rf "$server/config" "$server/applications" "$server/generated"
  cp -R "$server/config.new" "$server/config"
  war=$server/bridge.war
  jar=$server/launch-micro.jar
  # Java 25 reads classes.aot, and a Java that knows no such file shall start too; before, there was an archive of classes.
  if [ -n "${CLASSES_TO:-}" ]; then
    set -- "$@" --warmup
    case $CLASSES_TO in
      *.aot) classes=-XX:AOTCacheOutput=$CLASSES_TO ;;
      *) classes=-XX:ArchiveClassesAtExit=$CLASSES_TO ;;
    esac
  elif [ -e "$server/classes.aot" ]; then
    unknown=-XX:+IgnoreUnrecognizedVMOptions
    classes=-XX:AOTCache=$server/classes.aot
  else
    classes=-XX:SharedArchiveFile=$server/classes.jsa
  fi
elif [ -n "${POSTGRESQL_JAR:-}" ]; then
  set -- "$@" --addlibs "$POSTGRESQL_JAR"
fi
set -- --deploy "$war" "$@"

# What is busy at the start only is left to Java's quick compiler (docs/adr/0020-thorough-compiler-for-calls.md).
# shellcheck disable=SC2086
set -- ${unknown:-} "$classes" ${JAVA_OPTS:--Xms512m -Xmx512m -XX:+UseParallelGC} -jar "$jar" "$@"
if [ -r "$here/compiler.directives" ]; then
  set -- -XX:+UnlockDiagnosticVMOptions "-XX:CompilerDirectivesFile=$here/compiler.directives" "$@"
fi

# Each thread would keep a buffer as large as the largest body that it has written, and glibc an arena for each thread:
# with 5,000 calls in flight the bridge took 80 MB more than with both and the few threads of bridge.preboot.
MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
export MALLOC_ARENA_MAX

# Java on one or two cores would else start a thread for each answer of a vendor.
# With Java's own limits for inlining the compiler was busy for minutes, and calls got half of the processor.
# A heap and a metaspace that grow are collected whole while they do, seven times during a launch.
# Java 17 would keep an idle connection to Twilio for twenty minutes, when a NAT on the way may have dropped it without a word.
# The two about WADL close /openapi/application.wadl, which the preboot command for /openapi leaves open.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" \
  -XX:MetaspaceSize=192m -XX:MaxInlineLevel=9 -XX:FreqInlineSize=150 -XX:InlineSmallCode=1500 \
  -Djava.util.concurrent.ForkJoinPool.common.parallelism=2 -Djdk.nio.maxCachedBufferSize=65536 \
  -Djdk.httpclient.keepalive.timeout=30 \
  -Djersey.config.allowSystemPropertiesProvider=true -Djersey.config.server.wadl.disableWadl=true \
  "$@"
