#!/bin/sh
# Django: a spec of the migrations' SQL; the database that `manage.py migrate` makes, with the tables of Django's own apps.
. "$(dirname "$0")/../common.sh"
python_packages
server

expect 0 python manage.py makemigrations --verbosity 0
expect 0 schemavet snapshot --database 'exec:python schema_sql.py' --output spec.yaml
expect 0 python manage.py migrate --verbosity 0
expect 0 schemavet validate spec.yaml tool.yaml --database env:DATABASE_URL

# A hotfix that no migration knows.
by_hand 'alter table library_book drop constraint book_pages_positive'
expect 1 schemavet validate spec.yaml tool.yaml --database env:DATABASE_URL
by_hand 'alter table library_book add constraint book_pages_positive check (pages > 0)'
expect 0 schemavet validate spec.yaml tool.yaml --database env:DATABASE_URL

# A model that changed, with a migration that the database has not seen.
edit library/models.py 's/max_length=255/max_length=320/'
expect 0 python manage.py makemigrations --verbosity 0
expect 0 schemavet snapshot --database 'exec:python schema_sql.py' --output spec.yaml
expect 1 schemavet validate spec.yaml tool.yaml --database env:DATABASE_URL
