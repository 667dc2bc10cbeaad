import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { createDb } from '../../../electron/services/storage/db.ts';
import { migrate, readSchema } from '../../../electron/services/storage/migrations.ts';

it('steps are taken in order, once each, and together or not at all', () => {
  const db = createDb(new DatabaseSync(':memory:'));
  const steps = ['CREATE TABLE a (x TEXT) STRICT', "INSERT INTO a VALUES ('kept')"];
  migrate(db, steps);
  expect(readSchema(db)).toBe(2);
  migrate(db, steps);
  expect(db.all('SELECT x FROM a')).toEqual([{ x: 'kept' }]);

  const broken = [...steps, 'CREATE TABLE b (x TEXT) STRICT', 'CREATE NONSENSE'];
  expect(() => migrate(db, broken)).toThrow('NONSENSE');
  expect(readSchema(db)).toBe(2);
  expect(db.get("SELECT 1 FROM sqlite_schema WHERE name = 'b'")).toBeUndefined();
  db.close();
});
