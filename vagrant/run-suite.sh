#!/bin/sh
# Runs the suite in a machine for who is at the other end of ssh, and ends it when they go away.
#   run-suite.sh REPORT PARAMETER…
set -eu
report=$1
shift
rm -rf "$report"
mkdir -p "$report"
cd "$(dirname "$0")/.."

exec 3<&0 # a command in the background has no standard input of its own
/usr/local/bin/node dist/src/cli/main.js --report="$report" "$@" 3<&- </dev/null &
suite=$!
{ cat <&3 >/dev/null; kill "$suite" 2>/dev/null; } &
end=0
wait "$suite" || end=$?
kill $! 2>/dev/null || true
exit "$end"
