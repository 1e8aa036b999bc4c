#!/bin/sh
# Fetches the regression tests of PostgreSQL 15 from Debian's source package into a cache and prints their directory. The
# lists of packages of the machine stay as they are. Needs Debian or Ubuntu.
set -eu
cache=${SCHEMAVET_SOURCES:-${TMPDIR:-/var/tmp}/schemavet-sources}
mkdir -p "$cache/lists/partial" && cd "$cache"
found() { ls -d postgresql-15*/src/test/regress 2>/dev/null | head -n 1; }
if [ -z "$(found)" ]; then
  command -v apt-get >/dev/null || { echo 'apt-get is missing: it fetches the source package' >&2; exit 1; }
  # The archives that this machine uses, for sources.
  key=$(ls /usr/share/keyrings/debian-archive-keyring.gpg /usr/share/keyrings/ubuntu-archive-keyring.gpg 2>/dev/null | head -n 1)
  apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' | sort -u |
    sed "s|^|deb-src ${key:+[signed-by=$key]} |; s|\$| main|" > sources.list
  apt="apt-get -qq -o Dir::Etc::SourceList=$cache/sources.list -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists=$cache/lists"
  $apt update
  # An archive may have lost the newest of what it lists.
  versions=$(apt-cache -o Dir::Etc::SourceList="$cache/sources.list" \
    -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists="$cache/lists" showsrc --only-source postgresql-15 |
    sed -n 's/^Version: //p' | sort -Vr | uniq)
  for version in $versions; do
    $apt source --download-only "postgresql-15=$version" >/dev/null 2>&1 && break
  done
  tar -xjf postgresql-15_*.orig.tar.bz2
fi
[ -n "$(found)" ] || { echo 'the source package of PostgreSQL 15 could not be fetched' >&2; exit 1; }
echo "$cache/$(found)"
