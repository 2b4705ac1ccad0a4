#!/bin/sh
# Once for each Java, server and WAR, before run.sh: unpacks the server, puts the libraries that the WAR brings on the
# server's class path, and keeps what Java has read and linked of all in a file that Java maps into memory: its AOT cache
# from 25 on, an archive of classes before. What that saves stands in docs/performance.md. Takes the variables of run.sh, and
# none of the bridge's settings; the port must be free. run.sh does not use what was made for another WAR or an older server,
# and Java nothing that another Java has made; but a file that was damaged stops Java 25: remove the folder then.
set -eu
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
SERVER_DIR=${SERVER_DIR:-$here/server}
if [ -e "$SERVER_DIR" ] && [ ! -e "$SERVER_DIR/libraries" ] && [ ! -e "$SERVER_DIR/launch-micro.jar" ]; then
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

rm -rf "$SERVER_DIR"
mkdir -p "$SERVER_DIR/libraries" "$SERVER_DIR/bridge"
SERVER_DIR=$(CDPATH='' cd "$SERVER_DIR" && pwd)
export SERVER_DIR

# Java archives well only what is on a class path, and Payara reads each class of a WAR when it deploys it. A jar that
# somebody added stays in the WAR, where CDI finds its functions; so does the driver, of which a pool may have its own.
(cd "$SERVER_DIR/bridge" && "${bin}jar" --extract --file "$war")
libraries=
for library in "$SERVER_DIR"/bridge/WEB-INF/lib/*.jar; do
  case ${library##*/} in
    HdrHistogram-* | HikariCP-* | caffeine-* | error_prone_annotations-* | flyway-* | geantyref-* | h2-* | httpclient5-* | \
      httpcore5-* | jackson-* | jdbi3-* | jspecify-* | micrometer-* | prometheus-* | resilience4j-* | slf4j-api-* | twilio-*)
      mv "$library" "$SERVER_DIR/libraries/"
      libraries=$libraries:$SERVER_DIR/libraries/${library##*/}
      ;;
  esac
done
"${bin}jar" --create --no-manifest --file "$SERVER_DIR/bridge.war" -C "$SERVER_DIR/bridge" .
rm -rf "$SERVER_DIR/bridge"

"${bin}java" -jar "${PAYARA_MICRO:-$here/payara-micro.jar}" --rootdir "$SERVER_DIR" --addlibs "${libraries#:}" --outputlauncher
cp -R "$SERVER_DIR/config" "$SERVER_DIR/config.new"

BRIDGE_DATA_DIR=$(mktemp -d)
CLASSES_TO=$SERVER_DIR/classes.jsa
if "${bin}java" -XX:+PrintFlagsFinal -version 2>/dev/null | grep -q AOTCacheOutput; then
  CLASSES_TO=$SERVER_DIR/classes.aot
fi
HTTP_LOOPBACK=true
export BRIDGE_DATA_DIR CLASSES_TO HTTP_LOOPBACK
# A start asks no vendor for anything, so it needs nobody's account.
ACCOUNT_SID=AC00000000000000000000000000000000
AUTH_TOKEN=prepare RETELL_API_KEY=prepare RETELL_AGENT_ID=prepare PUBLIC_BASE_URL=https://bridge.example.com
export ACCOUNT_SID AUTH_TOKEN RETELL_API_KEY RETELL_AGENT_ID PUBLIC_BASE_URL
unset BRIDGE_DATASOURCE BRIDGE_ENV_FILE
"$here/run.sh"
if [ ! -e "$BRIDGE_DATA_DIR/ledger.mv.db" ]; then
  echo "the bridge did not start" >&2
  exit 1
fi
rm -rf "$BRIDGE_DATA_DIR"
[ -s "$CLASSES_TO" ]

# Now it is whole, and run.sh may use it.
cksum <"$war" >"$SERVER_DIR/bridge.cksum"
