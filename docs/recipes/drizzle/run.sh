#!/bin/sh
# Drizzle: a spec of schema.ts; the migrations that drizzle-kit generates; the database that it migrates.
. "$(dirname "$0")/../common.sh"
npm_packages
server

expect 0 schemavet snapshot --database 'exec:drizzle-kit export --sql' --output spec.yaml
expect 0 drizzle-kit generate --name init
expect 0 schemavet validate spec.yaml --database drizzle
expect 0 drizzle-kit migrate
expect 0 schemavet validate spec.yaml tool.yaml --database env:DATABASE_URL

# A hotfix that no model knows.
by_hand 'drop index books_author_id_idx'
expect 1 schemavet validate spec.yaml tool.yaml --database env:DATABASE_URL

# A model that changed without a migration.
edit schema.ts 's/length: 255/length: 320/'
expect 0 schemavet snapshot --database 'exec:drizzle-kit export --sql' --output spec.yaml
expect 1 schemavet validate spec.yaml --database drizzle
