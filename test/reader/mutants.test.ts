import { describe, expect, it, onTestFinished } from 'vitest';
import { readerContract } from '../../electron/reader/contract.ts';
import { startChild } from '../engine/startEngine.ts';
import { item, makeDocx, paragraph, table } from './makeDocx.ts';
import { makePdf } from './makePdf.ts';

/** The same numbers in every run, so that what failed once can be seen again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Changes, cuts, doubles or moves some bytes. */
function mutate(bytes: Buffer, below: (limit: number) => number): Buffer {
  let mutant = Buffer.from(bytes);
  for (let change = 0; change <= below(6); change++) {
    const at = below(mutant.length);
    const length = 1 + below(32);
    const part = mutant.subarray(at, at + length);
    switch (below(5)) {
      case 0:
        mutant[at] = below(256);
        break;
      case 1:
        mutant = mutant.subarray(0, Math.max(1, at));
        break;
      case 2:
        mutant = Buffer.concat([mutant.subarray(0, at), part, part, mutant.subarray(at)]);
        break;
      case 3:
        mutant = Buffer.concat([mutant.subarray(0, at), mutant.subarray(at + length)]);
        break;
      case 4:
        part.fill(below(2) === 0 ? 0x39 : 0xff);
        break;
    }
  }
  return mutant;
}

const pages = [['The anchor weighs 12 kg.', '', 'Sails are white.'], ['Page two has (brackets) too.']];
const originals: Readonly<Record<string, Buffer>> = {
  'plain.pdf': makePdf(pages),
  'packed.pdf': makePdf([...pages, 'picture'], { compress: true }),
  'word.docx': makeDocx(
    paragraph('Boats', 'Heading1') + item('main') + table(['name', 'price'], ['rope', '3']),
  ),
  'table.csv': Buffer.from('name;price\nrope;3\nGrüße;4\n'),
};

describe('mutated files', () => {
  it.each(Object.keys(originals))(
    'made of %s are read, or refused in words, by a reader that goes on',
    async (name) => {
      let child = startChild('electron/reader/main.ts', readerContract);
      onTestFinished(() => child.stop());
      const below = random(name.length * 7919);
      let read = 0;
      let refused = 0;
      for (let round = 0; round < 120; round++) {
        const mutant = mutate(originals[name] as Buffer, below);
        try {
          await child.api.reader.push({ at: 0, data: mutant.toString('base64') });
          for await (const event of child.api.reader.read({ name, path: null }))
            if (event.type === 'read') read++;
        } catch (error) {
          expect(error, `mutant ${round}`).toMatchObject({
            code: 'bad_input',
            message: expect.stringMatching(/\.$/),
          });
          refused++;
        }
        if (child.process.exitCode !== null || child.process.signalCode !== null)
          child = startChild('electron/reader/main.ts', readerContract);
      }
      expect(read + refused).toBe(120);
      expect(read).toBeGreaterThan(0);
    },
    120_000,
  );
});
