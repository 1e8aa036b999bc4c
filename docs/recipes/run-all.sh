#!/bin/sh
# Runs every recipe and says how each went, one line to a tool. Fails if one failed. What they print is in the cache.
set -eu
cd "$(dirname "$0")"
cache=${SCHEMAVET_RECIPES:-${TMPDIR:-/var/tmp}/schemavet-recipes}
mkdir -p "$cache"
failed=0
for script in */run.sh; do
  tool=${script%/run.sh}
  code=0
  sh "$script" >"$cache/$tool.log" 2>&1 || code=$?
  case $code in
    0) echo "$tool: ok" ;;
    77) echo "$tool: $(tail -n 1 "$cache/$tool.log")" ;;
    *) echo "$tool: failed, see $cache/$tool.log"; failed=1 ;;
  esac
done
exit "$failed"
