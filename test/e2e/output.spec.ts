import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { CDPSession, Page } from '@playwright/test';
import { openClient } from '../client.ts';
import { expect, test } from './app.ts';
import { hostile } from './hostile.ts';
import {
  answers,
  ask,
  chatList,
  chatNamed,
  composer,
  ended,
  lastText,
  palette,
  picker,
  say,
  scripted,
  shot,
} from './page.ts';

test.use(scripted);

/** A server that every hostile text points to: whoever connects was let out. */
let trap: Server;
let caught = 0;
const trapUrl = () => `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
test.beforeAll(async () => {
  trap = createServer((_, response) => response.end());
  trap.on('connection', () => caught++);
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
});
test.afterAll(() => void trap.close());

/** Notes everything that the page must not do while it shows what a model wrote. */
async function guard(page: Page, appUrl: string) {
  const bad: string[] = [];
  const network: CDPSession = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  network.on('Network.requestWillBeSent', ({ request }) => {
    // Our own files: what the build made, loaded late.
    if (!request.url.startsWith(`${appUrl}/`)) bad.push(`request ${request.url.slice(0, 200)}`);
  });
  page.on('dialog', (dialog) => {
    bad.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', (popup) => bad.push(`popup ${popup.url()}`));
  page.on('download', (download) => bad.push(`download ${download.url()}`));
  page.on('frameattached', (frame) => bad.push(`frame ${frame.url()}`));
  page.on('framenavigated', (frame) => {
    if (!frame.url().startsWith(`${appUrl}/`)) bad.push(`navigated to ${frame.url()}`);
  });
  return {
    async check(name: string) {
      const leaks = await page.evaluate(() => {
        const forbidden =
          'img,iframe,frame,object,embed,script,style,link,meta,form,base,video,audio,source,picture,math,a,area,template,' +
          'svg:not(button svg),[src],[srcset],[href],[action],[style*="url"],[onerror],[onload],[onclick],[id^="user-content"]';
        const found = [...document.querySelectorAll('.answer, .said')].flatMap((each) => [
          ...each.querySelectorAll(forbidden),
        ]);
        return {
          found: found.map((each) => each.outerHTML.slice(0, 200)),
          ran: Object.keys(globalThis).filter((key) => key.startsWith('pwned')),
        };
      });
      expect({ name, bad, ...leaks, caught }).toEqual({ name, bad: [], found: [], ran: [], caught: 0 });
      expect(page.url(), name).toContain(`${appUrl}/#/chat/`);
    },
  };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

test('no hostile answer leaves the page, runs, or hides: streamed, finished and reopened', async ({
  window,
  app,
}) => {
  test.setTimeout(180_000);
  const watch = await guard(window, app.url);
  for (const { name, text, seen } of hostile(trapUrl())) {
    await test.step(name, async () => {
      await say(window, `md ${base64(text)}`);
      await ended(window);
      await expect(lastText(window)).toContainText(seen);
      await watch.check(name);
    });
  }
  await window.reload();
  const list = window.getByRole('region', { name: 'Messages' });
  await expect(lastText(window)).toBeVisible();
  for (let turn = 0; turn < 12; turn++) {
    await list.press('PageUp');
    await watch.check('reopened');
  }
});

test('hostile words in titles, questions, search hits and file names stay words', async ({ window, app }) => {
  const watch = await guard(window, app.url);
  const tag = `<img src="${trapUrl()}/t.png" onerror="pwned=1">`;
  await ask(window, `${tag} [a](javascript:pwned=1)\nsay findme ${tag}`);
  await expect(chatNamed(window, '<img src=')).toBeVisible();
  const client = await openClient(app);
  const { conversations } = await client.conversations.list({});
  await client.conversations.rename({
    id: conversations[0]?.id ?? '',
    title: `${tag}<script>pwned=1</script>`,
  });
  client.close();
  await expect(chatList(window)).toContainText('<script>pwned=1</script>');
  writeFileSync(join(app.dataDir, 'models/<img src=x onerror=pwned=1>.gguf'), 'GGUF');
  await picker(window).click();
  await expect(window.getByRole('dialog', { name: 'Models' })).toContainText('<img src=x onerror=pwned=1>');
  await window.keyboard.press('Escape');
  await window.keyboard.press('Control+K');
  await expect(palette(window).getByRole('combobox')).toBeFocused();
  await window.keyboard.type('findme');
  await expect(palette(window)).toContainText('findme <img src=');
  await shot(window, 'hostile-palette');
  await window.keyboard.press('Escape');
  await watch.check('names');
});

/** Texts that are hard to read or to lay out: none may block the page longer than {@link mostMs}. */
const huge: readonly { name: string; text: () => string; seen: string }[] = [
  { name: '5,000 quotes deep', text: () => `${'>'.repeat(5000)} the bottom`, seen: 'the bottom' },
  {
    name: 'a list 600 levels deep',
    text: () => Array.from({ length: 600 }, (_, n) => `${'  '.repeat(n)}- item ${n}`).join('\n'),
    seen: 'item 599',
  },
  {
    name: 'a paragraph of 0.9 MB',
    text: () => `${'some *ordinary* words of text, and `code`. '.repeat(21_000)} the end`,
    seen: 'the end',
  },
  { name: 'a line of 100,000 characters', text: () => `${'x'.repeat(100_000)} the end`, seen: 'the end' },
  {
    name: 'a table of 3,000 rows',
    text: () =>
      `| a | b |\n| - | - |\n${Array.from({ length: 3000 }, (_, n) => `| row ${n} | **b** |`).join('\n')}`,
    seen: 'row 2999',
  },
  { name: '40,000 brackets and stars', text: () => `${'[*_'.repeat(13_000)} the end`, seen: 'the end' },
  {
    name: 'an unclosed fence of 300 KB',
    text: () => `\`\`\`js\n${'const a = "b"; // c\n'.repeat(15_000)}the end`,
    seen: 'the end',
  },
  {
    name: '10,000 links',
    text: () => `${'[a](https://example.org/) '.repeat(10_000)} the end`,
    seen: 'the end',
  },
  {
    name: '2,000 nested lists and quotes in turn',
    text: () => Array.from({ length: 200 }, (_, n) => `${'> - '.repeat(n)}x${n}`).join('\n'),
    seen: 'x199',
  },
  {
    name: '5,000 footnotes',
    text: () =>
      `${Array.from({ length: 5000 }, (_, n) => `text[^${n}]`).join(' ')}\n\n${Array.from({ length: 5000 }, (_, n) => `[^${n}]: note ${n}`).join('\n')}\n\nthe end`,
    seen: 'the end',
  },
  {
    name: '5,000 link definitions, used',
    text: () =>
      `${Array.from({ length: 5000 }, (_, n) => `[l${n}]: https://example.org/${n}`).join('\n')}\n\n${Array.from({ length: 5000 }, (_, n) => `[l${n}]`).join(' ')}\n\nthe end`,
    seen: 'the end',
  },
  {
    name: '50,000 combining marks',
    text: () => `Z${'\u0301\u0316'.repeat(25_000)} the end`,
    seen: 'the end',
  },
  {
    name: 'a table of 350 columns and 3,000 short rows',
    text: () => `${'|a'.repeat(350)}\n${'|-'.repeat(350)}\n${'|\n'.repeat(3000)}\nthe end`,
    seen: 'the end',
  },
  {
    name: 'a table of 39 columns within a paragraph and a list',
    text: () =>
      `text\n${'|a'.repeat(39)}\n${'|-'.repeat(39)}\n${'|b\n'.repeat(2000)}\n- text\n  ${'|a'.repeat(300)}\n  ${'|-'.repeat(300)}\n${'  b\n'.repeat(1500)}\n\nthe end`,
    seen: 'the end',
  },
  { name: '100,000 tiny paragraphs', text: () => `${'a\n\n'.repeat(100_000)}the end`, seen: 'the end' },
  {
    name: '10,000 rules and items',
    text: () => `${'---\n\n- a\n'.repeat(5000)}\n\nthe end`,
    seen: 'the end',
  },
  {
    name: '3,000 small pieces of code',
    text: () => `${'```js\nlet a = 1;\n```\n'.repeat(3000)}\nthe end`,
    seen: 'the end',
  },
  {
    name: '100,000 letters that change direction',
    text: () => `${'a\u05d0'.repeat(50_000)} the end`,
    seen: 'the end',
  },
];

/** The promise, in ms on a machine that does nothing else; and what the loop of {@link pace} takes there. */
const mostMs = 200;
const paceMs = 120;

for (const { name, text, seen } of huge) {
  // Measured: scripts/test.mjs runs it by itself.
  const title = `${name}: the page stays and answers, streamed and reopened`;
  test(title, { tag: '@alone' }, async ({ window, app }) => {
    test.setTimeout(120_000);
    const watch = await guard(window, app.url);
    const file = join(app.dataDir, 'huge.md');
    writeFileSync(file, text());
    await ask(window, 'say warm');
    const paces = [await window.evaluate(pace)];
    await window.evaluate(longTasks);
    await say(window, `file ${file} 400`);
    await ended(window, 90_000);
    const streamed = await window.evaluate(longest);
    paces.push(await window.evaluate(pace));
    await expect(lastText(window)).toContainText(seen);
    await watch.check(name);
    await window.addInitScript(longTasks);
    await window.reload();
    // Nothing is asked of the page meanwhile: looking for words in a huge text blocks it, too.
    await window.waitForTimeout(1500);
    const reopened = await window.evaluate(longest);
    paces.push(await window.evaluate(pace));
    await expect(lastText(window)).toContainText(seen, { timeout: 20_000 });
    await composer(window).fill('still here');
    await expect(composer(window)).toHaveValue('still here');
    await watch.check(name);
    const slower = Math.max(1, Math.max(...paces) / paceMs);
    console.log(
      `longest block: streamed ${streamed} ms, reopened ${reopened} ms (machine ${slower.toFixed(1)} times slower)  ${name}`,
    );
    expect(Math.max(streamed, reopened), 'longest block of the window in ms').toBeLessThan(mostMs * slower);
    await shot(window, `huge-${name.replace(/\W+/g, '-')}`);
  });
}

// A fixed amount of work: how long it takes now tells how much of the machine this page gets.
function pace(): number {
  const start = performance.now();
  let sum = 0;
  for (let i = 0; i < 2e7; i++) sum = (sum * 31 + i) | 0;
  return performance.now() - start + (sum & 0);
}
function longTasks() {
  const blocks: number[] = [0];
  Object.assign(globalThis, { blocks });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) blocks.push(Math.round(entry.duration));
  }).observe({ type: 'longtask', buffered: false });
}
function longest(): number {
  return Math.max(...(globalThis as unknown as { blocks: number[] }).blocks);
}

test('deep inside a long answer every part can be reached and read', async ({ window, app }) => {
  const file = join(app.dataDir, 'long.md');
  writeFileSync(
    file,
    Array.from({ length: 400 }, (_, n) => `## Part ${n}\n\n${'Some words to read here. '.repeat(20)}\n`).join(
      '\n',
    ),
  );
  await ask(window, `file ${file} 200`, 60_000);
  const list = window.getByRole('region', { name: 'Messages' });
  await list.press('Home');
  await expect(window.getByRole('heading', { name: 'Part 0', exact: true })).toBeInViewport();
  await list.press('End');
  await expect(window.getByRole('heading', { name: 'Part 399' })).toBeInViewport();
  await expect(answers(window).last().locator('.answer-foot')).toBeInViewport();
});
