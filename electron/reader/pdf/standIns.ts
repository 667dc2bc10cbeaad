/** pdf.js makes an object of these when it is loaded, to draw with. Only text is read here, so nothing is drawn. */
class NeverDrawn {}

for (const name of ['DOMMatrix', 'ImageData', 'Path2D'])
  if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value: NeverDrawn, writable: true });
