#!/bin/sh
# Installs what building and testing need and this machine lacks, where that can be done without asking (Debian and
# Ubuntu, as root); names it otherwise.
set -eu

missing=""
need() { missing="$missing $1"; }

command -v cc >/dev/null 2>&1 || need gcc
command -v openssl >/dev/null 2>&1 || need openssl

found=""
for directory in "${SCHEMAVET_PG_BIN:-}" $(echo "$PATH" | tr ':' ' ') /usr/lib/postgresql/*/bin /usr/pgsql-*/bin \
  /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin; do
  [ -n "$directory" ] && [ -x "$directory/initdb" ] && [ -x "$directory/postgres" ] && found=yes && break
done
[ -n "$found" ] || need postgresql

[ -n "$missing" ] || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" -eq 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
  exit 0
fi
echo "missing:$missing" >&2
echo "install with your package manager, for example:" >&2
echo "  Debian, Ubuntu: sudo apt-get install$missing" >&2
echo "  Fedora:         sudo dnf install gcc openssl postgresql-server postgresql-contrib" >&2
echo "  macOS:          brew install openssl postgresql" >&2
exit 1
