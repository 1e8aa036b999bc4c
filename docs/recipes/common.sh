# What the scripts of the recipes share; each `run.sh` reads it first. It makes a copy of the recipe's project in a cache,
# where its tool is installed, and goes there: `$work`.
# shellcheck shell=sh
set -eu

recipe=$(cd "$(dirname "$0")" && pwd)
cache=${SCHEMAVET_RECIPES:-${TMPDIR:-/var/tmp}/schemavet-recipes}
work=$cache/$(basename "$recipe")

if [ -z "${SCHEMAVET:-}" ]; then
  SCHEMAVET=$(command -v schemavet || echo "$recipe/../../../target/debug/schemavet")
fi
[ -x "$SCHEMAVET" ] || { echo "no schemavet at $SCHEMAVET: build it, or name it in \$SCHEMAVET" >&2; exit 2; }
schemavet() { "$SCHEMAVET" "$@"; }
# Nothing of the caller's surroundings decides what is checked.
unset DATABASE_URL PGHOST PGPORT PGUSER PGDATABASE PGSERVICE PGPASSWORD PGOPTIONS

# What an earlier run made goes, but for what was fetched.
mkdir -p "$work"
find "$work" -mindepth 1 -maxdepth 1 ! -name node_modules ! -name venv ! -name debs ! -name ruby -exec rm -rf {} +
cp -R "$recipe/." "$work"
cd "$work"

# Says why the recipe cannot run here, and ends it. `make recipes` knows the exit code.
not_run() {
  echo "not run: $*"
  exit 77
}

# Shows a command, runs it, and fails unless it ends with the exit code that stands before it.
expect() {
  wanted=$1
  shift
  echo "\$ $*"
  code=0
  "$@" || code=$?
  [ "$code" -eq "$wanted" ] && return
  echo "expected exit code $wanted, got $code" >&2
  exit 1
}

# The packages of package.json, in exactly the versions that it names.
npm_packages() {
  command -v npm >/dev/null || not_run "npm is missing"
  export npm_config_update_notifier=false
  npm install --no-audit --no-fund --no-package-lock --ignore-scripts --loglevel=error >npm.log 2>&1 ||
    { cat npm.log >&2; not_run "npm could not fetch the packages"; }
  PATH=$work/node_modules/.bin:$PATH
  NODE_NO_WARNINGS=1
  export PATH NODE_NO_WARNINGS
}

# Those of requirements.txt.
python_packages() {
  command -v python3 >/dev/null || not_run "python3 is missing"
  { [ -x venv/bin/pip ] || python3 -m venv venv; } >pip.log 2>&1 &&
    venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt >>pip.log 2>&1 ||
    { cat pip.log >&2; not_run "pip could not fetch the packages"; }
  PATH=$work/venv/bin:$PATH
  export PATH
}

# Starts a PostgreSQL of its own with an empty database `app`, stops it when the script ends, and says where it is in the
# variables that tools read: DATABASE_URL; PGHOST (a directory of sockets), PGUSER, PGDATABASE.
server() {
  for bin in "${SCHEMAVET_PG_BIN:-}" /usr/lib/postgresql/*/bin "$(dirname "$(command -v postgres || echo /)")"; do
    [ -x "$bin/initdb" ] && programs=$bin
  done
  [ -n "${programs:-}" ] || not_run "no programs of PostgreSQL"
  command -v psql >/dev/null || not_run "psql is missing"
  PGHOST=$(mktemp -d "${TMPDIR:-/tmp}/recipe.XXXXXX")
  PGUSER=postgres PGDATABASE=app
  DATABASE_URL="postgresql://postgres@localhost/app?host=$PGHOST"
  export PGHOST PGUSER PGDATABASE DATABASE_URL
  # PostgreSQL does not run as root.
  as=
  if [ "$(id -u)" -eq 0 ]; then
    as="runuser -u $(id -un postgres 2>/dev/null || echo nobody) --"
    chown "$(id -un postgres 2>/dev/null || echo nobody)" "$PGHOST"
  fi
  trap 'cd /; $as "$programs/pg_ctl" -D "$PGHOST/data" -m immediate stop >/dev/null 2>&1; rm -rf "$PGHOST"' EXIT
  trap 'exit 130' INT TERM
  (cd "$PGHOST"
   $as "$programs/initdb" -D data -U postgres -A trust -E UTF8 --locale=C >server.log 2>&1 &&
     $as "$programs/pg_ctl" -D data -w -l data/log -o "-k $PGHOST -c listen_addresses= -c fsync=off" start >>server.log 2>&1 &&
     psql -qd postgres -c 'create database app') || { cat "$PGHOST/server.log" >&2; exit 1; }
}

# Changes a file by a script of sed.
edit() {
  echo "\$ sed '$2' $1"
  sed "$2" "$1" >"$1.new"
  cmp -s "$1" "$1.new" && { echo "nothing changed in $1" >&2; exit 1; }
  mv "$1.new" "$1"
}

# SQL that somebody runs by hand in the database.
by_hand() {
  echo "\$ psql -c '$1'"
  psql -qX -v ON_ERROR_STOP=1 -c "$1"
}
