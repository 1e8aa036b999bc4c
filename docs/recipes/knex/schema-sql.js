// The SQL of all migrations that give back what they build, `exports.up = (knex) => knex.schema…`, without a database.
// One that is `async` cannot be asked for its SQL: take the snapshot of a database that Knex migrated, then.
const { readdirSync } = require('node:fs');
const path = require('node:path');
const knex = require('knex')({ client: 'pg' });

const folder = path.resolve('migrations');
for (const file of readdirSync(folder).sort()) {
  const built = require(path.join(folder, file)).up(knex);
  if (typeof built?.toSQL !== 'function') throw new Error(`${file}: up() gives back no schema builder`);
  console.log(`${built.toString()};`);
}
