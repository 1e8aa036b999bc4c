import { index, integer, pgTable, serial, text, timestamp, varchar } from 'drizzle-orm/pg-core';

export const authors = pgTable('authors', {
  id: serial().primaryKey(),
  email: varchar({ length: 255 }).notNull().unique(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});

export const books = pgTable(
  'books',
  {
    id: serial().primaryKey(),
    title: text().notNull(),
    authorId: integer('author_id').notNull().references(() => authors.id, { onDelete: 'cascade' }),
  },
  (table) => [index('books_author_id_idx').on(table.authorId)],
);
