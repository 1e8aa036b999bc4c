// The SQL of all migrations: Kysely compiles it, a driver that does nothing takes it.
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { provider } from './migrator.ts';

const db = new Kysely<any>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  log({ level, query, ...event }) {
    if (level === 'error') throw (event as { error: unknown }).error;
    if (query.parameters.length > 0) return; // rows, not schema
    console.log(`${query.sql};`);
  },
});
const migrations = Object.entries(await provider.getMigrations());
for (const [, migration] of migrations.sort(([a], [b]) => (a < b ? -1 : 1))) await migration.up(db);
