import { promises as fs } from 'node:fs';
import path from 'node:path';
import { FileMigrationProvider } from 'kysely/migration';

export const provider = new FileMigrationProvider({ fs, path, migrationFolder: path.resolve('migrations') });
