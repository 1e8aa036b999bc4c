exports.up = (knex) =>
  knex.schema.createTable('books', (table) => {
    table.increments('id');
    table.text('title').notNullable();
    table.integer('author_id').notNullable().index().references('authors.id').onDelete('CASCADE');
  });

exports.down = (knex) => knex.schema.dropTable('books');
