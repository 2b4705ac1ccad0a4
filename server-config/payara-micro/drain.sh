#!/usr/bin/env bash
# Takes this node out before it is stopped: run it, then stop. It ends when a stop cuts nothing off any more. It needs no
# other program than bash and coreutils, which the image has.
#   OPERATIONS_TOKEN default what stands in operations.token of BRIDGE_DATA_DIR (default ./data); both may stand in the
#                    file that BRIDGE_ENV_FILE names (default ./.env), as for the bridge
#   HTTP_PORT        default 8080
#                    The two must be those of the running bridge: change them after the stop, not before
#   DRAIN_AFTER      seconds until every balancer has heard that this node is leaving; calls that still come meanwhile
#                    reach their agent, and later the fallback ladder. Default 10
#   DRAIN_LONGEST    seconds to wait at most after that. Default 180: the longest FUNCTION_BUDGET, the longest ?delay= of a
#                    transfer, and some air
set -euo pipefail

port=${HTTP_PORT:-8080}
longest=${DRAIN_LONGEST:-180}
nobody=7

# Without the blanks and the one pair of quotes around it, as the bridge reads a setting.
plain() {
  [[ $1 =~ ^[[:space:]]*(.*[^[:space:]])?[[:space:]]*$ ]]
  local text=${BASH_REMATCH[1]}
  if [[ $text =~ ^\"([^\"]*)\"$ || $text =~ ^\'([^\']*)\'$ ]]; then
    text=${BASH_REMATCH[1]}
  fi
  printf '%s' "$text"
}

# What the .env file says of a setting; the last line counts. A value in quotes ends at the quote that only a comment follows.
in_file() {
  local line value='' file=${BRIDGE_ENV_FILE:-./.env}
  if [ ! -f "$file" ]; then
    return
  fi
  while IFS= read -r line || [ -n "$line" ]; do
    if [[ $line =~ ^[[:space:]]*(export[[:space:]]+)?$1[[:space:]]*=[[:space:]]*(.*)$ ]]; then
      value=${BASH_REMATCH[2]}
      if [[ $value =~ ^(\"[^[:space:]]*\"|\'[^[:space:]]*\')[[:space:]]*(#.*)?$ ]]; then
        value=${BASH_REMATCH[1]:1:-1}
      elif [[ $value =~ ^# ]]; then
        value=
      else
        value=${value%%[[:space:]]#*}
      fi
    fi
  done <"$file"
  plain "$value"
}

setting() {
  local value
  value=$(plain "${!1:-}")
  printf '%s' "${value:-$(in_file "$1" 2>/dev/null)}"
}

# Prints the whole answer, or what came of it in time; the status is $nobody when no one listens. A connection can wait
# for long too, so all of it has a time. The token is not seen among the processes' arguments.
switches() {
  local left=$((end - SECONDS))
  # shellcheck disable=SC2016
  TOKEN=$token timeout $((left < 1 ? 1 : left > 15 ? 15 : left)) bash -c '
    exec 3<>"/dev/tcp/127.0.0.1/$0" || exit "$1"
    printf "%s /switches HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" \
      "$2" "$TOKEN" "${#3}" "$3" >&3
    cat <&3' "$port" "$nobody" "$1" "$2" 2>/dev/null
}

token=$(setting OPERATIONS_TOKEN)
if [ -z "$token" ]; then
  data=$(setting BRIDGE_DATA_DIR)
  token=$(cat "${data:-./data}/operations.token" 2>/dev/null || true)
fi

sleep "${DRAIN_AFTER:-10}"
end=$((SECONDS + longest))
drains=false
while true; do
  status=0
  if [ "$drains" = true ]; then
    answer=$(switches GET '') || status=$?
  else
    answer=$(switches PUT '{"drain": true}') || status=$?
  fi
  if ((status == nobody)); then
    echo "Nobody answers on port $port: there is nothing to wait for" >&2
    exit 0
  fi
  if [[ $answer =~ '"under_way":'[0-9] ]]; then
    drains=true
    if [[ $answer =~ '"under_way":0'([^0-9]|$) ]]; then
      exit 0
    fi
  elif [[ $drains = false && $answer =~ ^HTTP/1\.[01][[:space:]]4 ]]; then
    echo "It refused to drain (is OPERATIONS_TOKEN the right one?): $longest s are waited instead" >&2
    sleep $((end > SECONDS ? end - SECONDS : 0))
    exit 0
  fi
  if ((SECONDS >= end)); then
    break
  fi
  sleep 1
done
if [ "$drains" = true ]; then
  echo "Something is still under way after $longest s" >&2
else
  echo "It did not say within $longest s whether it drains" >&2
fi
