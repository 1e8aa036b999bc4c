#!/bin/sh
# SQLAlchemy and Alembic: a spec of the models; the SQL of the migrations; the database that Alembic migrates.
. "$(dirname "$0")/../common.sh"
python_packages
server
mkdir alembic/versions
export PYTHONPATH=.

expect 0 schemavet snapshot --database 'exec:python schema_sql.py' --output spec.yaml
expect 0 alembic revision --autogenerate -m init
expect 0 schemavet validate spec.yaml tool.yaml --database 'exec:alembic upgrade head --sql'
expect 0 alembic upgrade head
expect 0 schemavet validate spec.yaml tool.yaml --database env:DATABASE_URL

# A hotfix that no model knows.
by_hand 'drop index ix_books_author_id'
expect 1 schemavet validate spec.yaml tool.yaml --database env:DATABASE_URL

# A model that changed without a migration.
edit models.py 's/String(255)/String(320)/'
expect 0 schemavet snapshot --database 'exec:python schema_sql.py' --output spec.yaml
expect 1 schemavet validate spec.yaml tool.yaml --database 'exec:alembic upgrade head --sql'
