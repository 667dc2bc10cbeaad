import { parseXml } from './parseXml.ts';

/** The levels (1 to 6) of the paragraph styles that are headings, by the ids that paragraphs name them by. */
export function headingStyles(bytes: Buffer | undefined): ReadonlyMap<string, number> {
  const levels = new Map<string, number>([1, 2, 3, 4, 5, 6].map((level) => [`Heading${level}`, level]));
  levels.set('Title', 1);
  if (!bytes) return levels;
  let id: string | undefined;
  parseXml(bytes, {
    open(name, attribute) {
      if (name === 'style') id = attribute('styleId');
      if (!id) return;
      // The id is in the language of whoever wrote it, the name is not.
      if (name === 'name') {
        const level = /^(?:heading ([1-6])|(title))$/i.exec(attribute('val') ?? '');
        if (level) levels.set(id, Number(level[1] ?? 1));
      } else if (name === 'outlineLvl') {
        const level = Number(attribute('val')) + 1;
        if (level >= 1 && level <= 6) levels.set(id, level);
      }
    },
    close(name) {
      if (name === 'style') id = undefined;
    },
    text() {},
  });
  return levels;
}
