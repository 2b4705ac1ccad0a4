#!/usr/bin/env bash
# Takes this node out before it is stopped: run it, then stop. It ends when a stop cuts nothing off any more. It needs no
# other program than bash and coreutils, which the image has.
#   OPERATIONS_TOKEN default what stands in operations.token of BRIDGE_DATA_DIR (default ./data)
#   HTTP_PORT        default 8080
#   DRAIN_AFTER      seconds until every balancer has heard that this node is leaving; calls that still come meanwhile
#                    reach their agent, and later the fallback ladder. Default 10
#   DRAIN_LONGEST    seconds to wait at most after that. Default 180: the longest FUNCTION_BUDGET, the longest ?delay= of a
#                    transfer, and some air
set -euo pipefail

token=${OPERATIONS_TOKEN:-$(cat "${BRIDGE_DATA_DIR:-./data}/operations.token" 2>/dev/null || true)}
longest=${DRAIN_LONGEST:-180}

# Prints the whole answer, or nothing when nobody answers. The token is not seen among the processes' arguments.
switches() {
  local method=$1 body=$2
  exec 3<>"/dev/tcp/127.0.0.1/${HTTP_PORT:-8080}"
  printf '%s /switches HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
    "$method" "$token" "${#body}" "$body" >&3
  timeout 5 cat <&3
}

sleep "${DRAIN_AFTER:-10}"
end=$((SECONDS + longest))
answer=$(switches PUT '{"drain": true}' 2>/dev/null || true)
case $answer in
  "")
    echo "Nobody answers on port ${HTTP_PORT:-8080}: there is nothing to wait for" >&2
    exit 0
    ;;
  *'"under_way":'*) ;;
  *)
    echo "It refused to drain (is OPERATIONS_TOKEN the right one?): $longest s are waited instead" >&2
    sleep "$longest"
    exit 0
    ;;
esac
until [[ $answer =~ '"under_way":0'([^0-9]|$) ]]; do
  if ((SECONDS >= end)); then
    echo "Something is still under way after $longest s" >&2
    exit 0
  fi
  sleep 1
  answer=$(switches GET '' 2>/dev/null || true)
done
