#!/bin/sh
# Prisma: a spec of schema.prisma; the folder of migrations; the database that `prisma migrate deploy` makes.
. "$(dirname "$0")/../common.sh"
npm_packages
server
export PRISMA_HIDE_UPDATE_MESSAGE=1 CHECKPOINT_DISABLE=1

export='prisma migrate diff --from-empty --to-schema-datamodel prisma/schema.prisma --script'
expect 0 schemavet snapshot --database "exec:$export" --output spec.yaml

# What `prisma migrate dev --name init` does, which asks questions.
mkdir -p prisma/migrations/20240108101542_init
$export >prisma/migrations/20240108101542_init/migration.sql
echo 'provider = "postgresql"' >prisma/migrations/migration_lock.toml
expect 0 schemavet validate spec.yaml --database prisma
expect 0 prisma migrate deploy
expect 0 schemavet validate spec.yaml tool.yaml --database env:DATABASE_URL

# A hotfix that no model knows.
by_hand 'drop index "books_authorId_idx"'
expect 1 schemavet validate spec.yaml tool.yaml --database env:DATABASE_URL

# A model that changed without a migration.
edit prisma/schema.prisma 's/VarChar(255)/VarChar(320)/'
expect 0 schemavet snapshot --database "exec:$export" --output spec.yaml
expect 1 schemavet validate spec.yaml --database prisma
