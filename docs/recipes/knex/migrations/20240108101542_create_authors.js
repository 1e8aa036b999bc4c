exports.up = (knex) =>
  knex.schema.createTable('authors', (table) => {
    table.increments('id');
    table.string('email', 255).notNullable().unique();
    table.timestamp('created_at', { useTz: true }).notNullable().defaultTo(knex.fn.now());
  });

exports.down = (knex) => knex.schema.dropTable('authors');
