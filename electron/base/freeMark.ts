/** A mark like `note` that a text does not hold as a tag, so that the text can stand between such tags letter for letter. */
export function freeMark(name: string, text: string): string {
  const plain = text.toLowerCase();
  for (let count = 1; ; count++) {
    const mark = count === 1 ? name : `${name}-${count}`;
    if (!plain.includes(`<${mark}>`) && !plain.includes(`</${mark}`)) return mark;
  }
}
