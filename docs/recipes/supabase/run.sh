#!/bin/sh
# Supabase: a spec that was written by hand; the migrations of its CLI; a database to which the CLI pushes them.
. "$(dirname "$0")/../common.sh"
npm_packages
server
export DO_NOT_TRACK=1

expect 0 supabase init
supabase migration new library <schema.sql
expect 0 schemavet validate spec.yaml --database supabase

# The CLI's own push, to a PostgreSQL that has of Supabase what the migrations stand on, as there is no platform here.
psql -qX -v ON_ERROR_STOP=1 -f platform.sql
expect 0 supabase --yes db push --remote="$DATABASE_URL"
expect 0 schemavet validate spec.yaml --database env:DATABASE_URL

# What somebody clicked in the dashboard.
by_hand 'alter table public.books disable row level security'
expect 1 schemavet validate spec.yaml --database env:DATABASE_URL

# The same hotfix, tried on the migrations before it is made.
echo 'drop policy "authors write their books" on public.books;' >hotfix.sql
expect 1 schemavet validate spec.yaml --database supabase --apply hotfix.sql
