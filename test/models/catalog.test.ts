import { describe, expect, it } from 'vitest';
import data from '../../models/catalog.json' with { type: 'json' };
import { catalog, catalogSchema } from '../../models/catalog.ts';

describe('the catalogue', () => {
  it('is what its schema says, without a key too many', () => {
    expect(catalogSchema.parse(data)).toEqual(data);
    const [first] = data.models;
    expect(catalogSchema.safeParse({ ...data, models: [{ ...first, licence: 'MIT' }] }).success).toBe(false);
  });

  it('names every model, repository and file once', () => {
    const { models } = catalog;
    expect(models).toHaveLength(26);
    expect(new Set(models.map(({ id }) => id)).size).toBe(models.length);
    const files = models.flatMap(({ repo, files }) => files.map(({ file }) => `${repo}/${file}`));
    expect(new Set(files).size).toBe(files.length);
  });

  it('offers exactly one usual file of each model, in one piece, and no projector', () => {
    for (const { id, files } of catalog.models) {
      expect(
        files.filter(({ usual }) => usual),
        id,
      ).toHaveLength(1);
      expect(
        files.filter(({ file }) => /mmproj|imatrix|-of-\d{5}/.test(file)),
        id,
      ).toEqual([]);
    }
  });

  it('holds only models that the llama.cpp inside can load', () => {
    const known = new Set(catalog.llamaCpp.architectures);
    expect(catalog.models.filter(({ architecture }) => !known.has(architecture))).toEqual([]);
  });

  it('says how to ask every embedding model', () => {
    for (const { id, kind, embedding } of catalog.models)
      expect(embedding !== null, id).toBe(kind === 'embedding');
  });
});
