const longest = 60;
const mostWords = 10;
/** What small models say instead of a title. */
const excuses = /^(i |i'm|i can|sorry|as an|sure|here |okay|of course|the user|this chat)/i;

/**
 * Makes a title of what a model answered; null where that is none: too long, the wish said back, an excuse, words again
 * and again, or nothing that the question was about.
 */
export function cleanTitle(answer: string, question: string): string | null {
  const line = answer
    .split('\n')
    .map((each) => each.trim())
    .find((each) => each !== '');
  if (line === undefined) return null;
  const title = line
    .replace(/^(?:[#>*\-\s]+|title\s*:\s*)+/gi, '')
    .replace(/[*_`#"“”«»]+/g, '')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/[\s.:;,!-]+$/, '')
    .trim();
  const words = wordsOf(title);
  if ([...title].length > longest || words.length > mostWords || excuses.test(title)) return null;
  if (/\btitle\b/i.test(title) && !/\btitle\b/i.test(question)) return null;
  if (words.length > 2 && new Set(words).size <= words.length / 2) return null;
  return isAbout(title, question) ? title : null;
}

const wordsOf = (text: string) => text.toLocaleLowerCase('en').match(/[\p{L}\p{N}]+/gu) ?? [];
/** Words of three letters and more by their first four, so that "plan" and "planning" are the same; signs of other scripts each. */
const stems = (text: string) =>
  new Set(
    wordsOf(text).flatMap((word) =>
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(word)
        ? [...word]
        : word.length > 2
          ? [word.slice(0, 4)]
          : [],
    ),
  );

function isAbout(title: string, question: string): boolean {
  const asked = stems(question);
  return [...stems(title)].some((stem) => asked.has(stem));
}
