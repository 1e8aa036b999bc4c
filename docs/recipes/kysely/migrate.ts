// What `npm run migrate` runs.
import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { provider } from './migrator.ts';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const db = new Kysely<any>({ dialect: new PostgresDialect({ pool }) });
const { error, results } = await new Migrator({ db, provider }).migrateToLatest();
for (const { migrationName, status } of results ?? []) console.log(migrationName, status);
await db.destroy();
if (error) throw error;
