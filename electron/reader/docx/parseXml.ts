import { SaxesParser } from 'saxes';
import { refused } from '../limits.ts';

/** What an XML document is read by. Names are without the prefix of their namespace. */
export interface XmlReader {
  open(name: string, attribute: (name: string) => string | undefined): void;
  close(name: string): void;
  text(text: string): void;
}

/** Nesting that no document has, and that a trap might. */
const deepest = 512;

/** Reads XML once from beginning to end. Entities of its own are refused: they serve traps alone. */
export function parseXml(bytes: Buffer, reader: XmlReader): void {
  const parser = new SaxesParser();
  let depth = 0;
  parser.on('doctype', () => {
    throw refused('It defines entities, as a trap would and no word processor does. It was left alone.');
  });
  parser.on('error', () => {
    throw refused('It is damaged: its text cannot be read to the end. Save or download it again.');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > deepest) throw refused('It is nested deeper than any document is. It was left alone.');
    const own = Object.entries(attributes as Record<string, string>);
    reader.open(local(name), (wanted) => own.find(([each]) => local(each) === wanted)?.[1]);
  });
  parser.on('closetag', ({ name }) => {
    depth--;
    reader.close(local(name));
  });
  parser.on('text', reader.text);
  parser.write(bytes.toString('utf8')).close();
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);
