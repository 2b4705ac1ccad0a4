#!/bin/sh
# Once for each Java, server and WAR, before run.sh: unpacks the server, puts the libraries that the WAR brings on the
# server's class path, and keeps what Java has read and linked of all in a file that Java maps into memory: its AOT cache
# from 25 on, an archive of classes before. What that saves stands in docs/performance.md. Takes the variables of run.sh, with
# POSTGRESQL_JAR if the bridge is started with it, and needs none of the bridge's settings. The port must be free, and the
# folder is one process's: end the bridge first, or prepare another SERVER_DIR. run.sh does not use what was made for another
# WAR, server or driver, and Java nothing that another Java has made; but a file that was damaged stops Java 25: remove the
# folder then.
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
SERVER_DIR=${SERVER_DIR:-$here/server}
if [ -e "$SERVER_DIR" ] && [ ! -e "$SERVER_DIR/made-by-prepare" ] && [ ! -e "$SERVER_DIR/launch-micro.jar" ]; then
  echo "$SERVER_DIR is something else" >&2
  exit 1
fi
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
if ! command -v "${bin}jar" >/dev/null; then
  echo "${bin}jar is missing: prepare.sh needs a JDK" >&2
  exit 1
fi
war=${BRIDGE_WAR:-$here/twilio-retell-bridge.war}
war=$(CDPATH='' cd "$(dirname "$war")" && pwd)/$(basename "$war")
micro=${PAYARA_MICRO:-$here/payara-micro.jar}
for file in "$war" "$micro" "${POSTGRESQL_JAR:-$war}"; do
  if [ ! -r "$file" ]; then
    echo "$file cannot be read" >&2
    exit 1
  fi
done

rm -rf "$SERVER_DIR"
mkdir -p "$SERVER_DIR/libraries" "$SERVER_DIR/bridge"
SERVER_DIR=$(CDPATH='' cd "$SERVER_DIR" && pwd)
export SERVER_DIR
touch "$SERVER_DIR/made-by-prepare"

# Java archives well only what is on a class path, and Payara reads each class of a WAR when it deploys it. A jar that
# somebody added stays in the WAR, where CDI finds its functions; so does the driver, of which a pool may have its own.
(cd "$SERVER_DIR/bridge" && "${bin}jar" --extract --file "$war")
libraries=
for library in "$SERVER_DIR"/bridge/WEB-INF/lib/*.jar; do
  case ${library##*/} in
    HdrHistogram-[0-9]* | HikariCP-[0-9]* | caffeine-[0-9]* | error_prone_annotations-[0-9]* | flyway-core-[0-9]* | \
      flyway-database-postgresql-[0-9]* | geantyref-[0-9]* | h2-[0-9]* | httpclient5-[0-9]* | httpcore5-[0-9]* | \
      jackson-annotations-[0-9]* | jackson-core-[0-9]* | jackson-databind-[0-9]* | jackson-datatype-jsr310-[0-9]* | \
      jdbi3-core-[0-9]* | jspecify-[0-9]* | micrometer-commons-[0-9]* | micrometer-core-[0-9]* | \
      micrometer-observation-[0-9]* | micrometer-registry-prometheus-[0-9]* | prometheus-metrics-config-[0-9]* | \
      prometheus-metrics-core-[0-9]* | prometheus-metrics-exposition-textformats-[0-9]* | prometheus-metrics-model-[0-9]* | \
      prometheus-metrics-tracer-common-[0-9]* | resilience4j-circuitbreaker-[0-9]* | resilience4j-core-[0-9]* | \
      slf4j-api-[0-9]* | twilio-[0-9]*)
      mv "$library" "$SERVER_DIR/libraries/"
      libraries=$libraries:$SERVER_DIR/libraries/${library##*/}
      ;;
  esac
done
# An unpacked server takes none of its own later.
if [ -n "${POSTGRESQL_JAR:-}" ]; then
  cp "$POSTGRESQL_JAR" "$SERVER_DIR/libraries/driver.jar"
  libraries=$libraries:$SERVER_DIR/libraries/driver.jar
fi
"${bin}jar" --create --no-manifest --file "$SERVER_DIR/bridge.war" -C "$SERVER_DIR/bridge" .
rm -rf "$SERVER_DIR/bridge"

"${bin}java" -jar "$micro" --rootdir "$SERVER_DIR" --addlibs "${libraries#:}" --outputlauncher
cp -R "$SERVER_DIR/config" "$SERVER_DIR/config.new"

BRIDGE_DATA_DIR=$(mktemp -d)
CLASSES_TO=$SERVER_DIR/classes.jsa
if "${bin}java" -XX:+PrintFlagsFinal -version 2>/dev/null | grep -q AOTCacheOutput; then
  CLASSES_TO=$SERVER_DIR/classes.aot
fi
HTTP_LOOPBACK=true
export BRIDGE_DATA_DIR CLASSES_TO HTTP_LOOPBACK
# A start asks no vendor for anything, so it needs nobody's account; and it shall not open the company's database.
ACCOUNT_SID=AC00000000000000000000000000000000
AUTH_TOKEN=prepare RETELL_API_KEY=prepare RETELL_AGENT_ID=prepare PUBLIC_BASE_URL=https://bridge.example.com
BRIDGE_ENV_FILE=/dev/null
export BRIDGE_ENV_FILE
export ACCOUNT_SID AUTH_TOKEN RETELL_API_KEY RETELL_AGENT_ID PUBLIC_BASE_URL
unset BRIDGE_DATASOURCE POSTGRESQL_JAR
"$here/run.sh"
if [ ! -e "$BRIDGE_DATA_DIR/ledger.mv.db" ]; then
  echo "the bridge did not start" >&2
  exit 1
fi
rm -rf "$BRIDGE_DATA_DIR"
[ -s "$CLASSES_TO" ]

# Now it is whole, and run.sh may use it.
cksum <"$micro" >"$SERVER_DIR/server.cksum"
cksum <"$war" >"$SERVER_DIR/bridge.cksum"
