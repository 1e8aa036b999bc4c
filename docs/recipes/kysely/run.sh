#!/bin/sh
# Kysely: a spec of what the migrations compile to; the database that the Migrator makes.
. "$(dirname "$0")/../common.sh"
npm_packages
server

expect 0 schemavet snapshot --database 'exec:tsx schema-sql.ts' --output spec.yaml
expect 0 tsx migrate.ts
expect 0 schemavet validate spec.yaml tool.yaml --database env:DATABASE_URL

# A hotfix that no migration knows.
by_hand 'drop index books_author_id_idx'
expect 1 schemavet validate spec.yaml tool.yaml --database env:DATABASE_URL
by_hand 'create index books_author_id_idx on books (author_id)'
expect 0 schemavet validate spec.yaml tool.yaml --database env:DATABASE_URL

# A migration that was edited after it ran.
edit migrations/000_create_authors.ts 's/varchar(255)/varchar(320)/'
expect 1 schemavet validate spec.yaml tool.yaml --database 'exec:tsx schema-sql.ts'
