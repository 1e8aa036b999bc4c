#!/bin/sh
# Knex: a spec of what the migrations build; the database that `knex migrate:latest` makes.
. "$(dirname "$0")/../common.sh"
npm_packages
server

expect 0 schemavet snapshot --database 'exec:node schema-sql.js' --output spec.yaml
expect 0 knex migrate:latest
expect 0 schemavet validate spec.yaml tool.yaml --database env:DATABASE_URL

# A hotfix that no migration knows.
by_hand 'drop index books_author_id_index'
expect 1 schemavet validate spec.yaml tool.yaml --database env:DATABASE_URL
by_hand 'create index books_author_id_index on books (author_id)'
expect 0 schemavet validate spec.yaml tool.yaml --database env:DATABASE_URL

# A migration that was edited after it ran.
edit migrations/20240108101542_create_authors.js "s/'email', 255/'email', 320/"
expect 1 schemavet validate spec.yaml tool.yaml --database 'exec:node schema-sql.js'
