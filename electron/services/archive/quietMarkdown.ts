/** HTML that starts here, unless it is a plain address between angle brackets. */
const html = /<(?=[A-Za-z/!?])(?!https?:\/\/[^\s<>`]*>)/g;
const span = /(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g;

/**
 * Markdown in which nothing is loaded by whoever shows it: images and HTML become the words they are written with.
 * Code stays as it is, where its bounds are beyond doubt.
 */
export function quietMarkdown(text: string): string {
  const lines = text.split('\n');
  const done: string[] = [];
  let open: string[] = [];
  let fence: { readonly mark: string; readonly size: number } | null = null;
  const close = () => {
    done.push(...quietBlock(open));
    open = [];
  };
  for (const line of lines) {
    if (fence) {
      done.push(line);
      const end = /^ {0,3}(`{3,}|~{3,})[ \t]*\r?$/.exec(line)?.[1];
      if (end?.startsWith(fence.mark) && end.length >= fence.size) fence = null;
      continue;
    }
    const start = /^(`{3,})[^`]*$|^(~{3,})/.exec(line);
    const mark = start?.[1] ?? start?.[2];
    if (mark !== undefined) {
      close();
      fence = { mark: mark.charAt(0), size: mark.length };
      // What follows the fence on its line is no code.
      done.push(`${mark}${quietWords(line.slice(mark.length))}`);
    } else if (line.trim() === '') {
      close();
      done.push(line);
    } else open.push(line);
  }
  close();
  return done.join('\n');
}

// A stretch of code that goes on over a line end could end elsewhere for another reader: then nothing counts as code.
function quietBlock(lines: readonly string[]): readonly string[] {
  const sure = lines.every((line) => !line.includes('\\`') && !line.replace(span, '').includes('`'));
  return lines.map((line) => {
    if (!sure) return quietWords(line);
    let at = 0;
    let quiet = '';
    for (const code of line.matchAll(span)) {
      quiet += quietWords(line.slice(at, code.index)) + code[0];
      at = code.index + code[0].length;
    }
    return quiet + quietWords(line.slice(at));
  });
}

const quietWords = (text: string): string => text.replace(html, '&lt;').replaceAll('![', '!\\[');
