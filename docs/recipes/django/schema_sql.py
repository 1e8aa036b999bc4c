"""The SQL of all migrations, from nothing: what `manage.py sqlmigrate` says, for each of them in their order."""
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
django.setup()

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

executor = MigrationExecutor(connection)
plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
print("\n".join(MigrationLoader(connection, replace_migrations=True).collect_sql(plan)))
