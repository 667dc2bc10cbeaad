/** A text that a model may write to get out of the page, and words of it that a person must still see. */
export interface Hostile {
  readonly name: string;
  readonly text: string;
  readonly seen: string | RegExp;
}

/** The texts; every address in them leads to `trap`. */
export function hostile(trap: string): readonly Hostile[] {
  const url = (path: string) => `${trap}/${path}`;
  return [
    { name: 'image', text: `![alt words](${url('i.png')})`, seen: 'alt words' },
    {
      name: 'image by reference',
      text: `![alt words][r]\n\n[r]: ${url('i.png')} "title"`,
      seen: 'alt words',
    },
    { name: 'image in a link', text: `[![alt words](${url('i.png')})](${url('l')})`, seen: 'alt words' },
    { name: 'image as data', text: '![alt words](data:image/svg+xml;base64,PHN2Zy8+)', seen: 'alt words' },
    { name: 'image across pieces', text: `words\n\n![a](${url('x'.repeat(300))})\n\nafter`, seen: 'after' },
    { name: 'html image', text: `<img src="${url('i.png')}" onerror="pwned1=1"> after`, seen: 'after' },
    {
      name: 'html image without quotes',
      text: `<IMG/SRC=${url('i.png')} onload=pwned1=1>\n\nafter`,
      seen: 'after',
    },
    { name: 'srcset', text: `<img srcset="${url('a.png')} 1x, ${url('b.png')} 2x">\n\nafter`, seen: 'after' },
    { name: 'picture', text: `<picture><source srcset="${url('a.png')}"></picture>\n\nafter`, seen: 'after' },
    { name: 'script', text: `<script>pwned2=1;fetch("${url('s')}")</script>\n\nafter`, seen: 'after' },
    { name: 'script from there', text: `<script src="${url('s.js')}"></script>\n\nafter`, seen: 'after' },
    {
      name: 'iframe',
      text: `<iframe src="${url('f')}" srcdoc="<script>parent.pwned3=1</script>"></iframe>\n\nafter`,
      seen: 'after',
    },
    {
      name: 'object and embed',
      text: `<object data="${url('o')}"></object><embed src="${url('e')}">\n\nafter`,
      seen: 'after',
    },
    {
      name: 'svg',
      text: `<svg onload="pwned4=1"><image href="${url('i.png')}"/><script>pwned4=1</script></svg>\n\nafter`,
      seen: 'after',
    },
    {
      name: 'mathml',
      text: `<math><mtext><mglyph><style><img src=x onerror=pwned5=1></style></mglyph></mtext></math>\n\nafter`,
      seen: 'after',
    },
    {
      name: 'style',
      text: `<style>@import "${url('c.css')}"; body{background:url(${url('b.png')})}</style>\n\nafter`,
      seen: 'after',
    },
    {
      name: 'style attribute',
      text: `<div style="background:url(${url('b.png')});position:fixed;inset:0">over</div>\n\nafter`,
      seen: 'after',
    },
    {
      name: 'stylesheet',
      text: `<link rel="stylesheet" href="${url('c.css')}"><link rel="dns-prefetch" href="//tracker.invalid"><link rel="preconnect" href="${trap}">\n\nafter`,
      seen: 'after',
    },
    {
      name: 'meta refresh',
      text: `<meta http-equiv="refresh" content="0;url=${url('m')}">\n\nafter`,
      seen: 'after',
    },
    { name: 'base', text: `<base href="${trap}/">\n\nafter`, seen: 'after' },
    {
      name: 'form',
      text: `<form action="${url('f')}"><input autofocus onfocus="pwned6=1"><button>go</button></form>\n\nafter`,
      seen: 'after',
    },
    {
      name: 'media',
      text: `<video src="${url('v.mp4')}" autoplay poster="${url('p.png')}"></video><audio src="${url('a.mp3')}" autoplay></audio>\n\nafter`,
      seen: 'after',
    },
    {
      name: 'details',
      text: '<details open ontoggle="pwned7=1"><summary>sum</summary>inside</details>\n\nafter',
      seen: 'after',
    },
    {
      name: 'javascript link',
      text: '[words](javascript:pwned8=1) [more](JaVaScRiPt:pwned8=1) [tab](java\tscript:pwned8=1) [ent](&#106;avascript:pwned8=1)',
      seen: 'words',
    },
    {
      name: 'other schemes',
      text: `[words](data:text/html,<script>pwned9=1</script>) [v](vbscript:x) [f](file:///etc/passwd) [b](blob:${trap}/x) [c](chrome://settings) [r](//tracker.invalid/x) [p](/healthz)`,
      seen: 'words',
    },
    {
      name: 'autolinks',
      text: `<javascript:pwned10=1> <${url('a')}> ${url('b')} www.tracker.invalid a@tracker.invalid`,
      seen: 'www.tracker.invalid',
    },
    { name: 'link by reference', text: '[words][j] [j]\n\n[j]: javascript:pwned11=1', seen: 'words' },
    {
      name: 'footnotes',
      text: `words[^1] and ![^1]\n\n[^1]: ![note](${url('n.png')}) <img src="${url('n2.png')}">`,
      seen: 'words',
    },
    {
      name: 'code with html',
      text: `\`\`\`html\n<img src="${url('c.png')}" onerror="pwned12=1">\n\`\`\`\n\n\`<script>pwned12=1</script>\``,
      seen: 'onerror="pwned12=1"',
    },
    { name: 'language of a fence', text: '```"><img/src=x/onerror=pwned13=1>\nwords\n```', seen: 'words' },
    { name: 'unclosed fence', text: `\`\`\`\n<script>pwned14=1</script> words`, seen: 'words' },
    {
      name: 'unclosed html',
      text: `<div title="<img src=${url('u.png')} onerror=pwned15=1>\n\nafter`,
      seen: 'after',
    },
    {
      name: 'comment and cdata',
      text: `<!-- <img src=${url('c.png')}> --> <![CDATA[ <img src=${url('d.png')}> ]]>\n\nafter`,
      seen: 'after',
    },
    {
      name: 'table with html',
      text: `| a | <img src=${url('t.png')}> |\n| - | - |\n| ![x](${url('u.png')}) | words |`,
      seen: 'words',
    },
    { name: 'right-to-left override', text: 'open \u202etxt.exe\u202c words \u2066isolate', seen: 'words' },
    {
      name: 'zero width and controls',
      text: 'a\u200bb\u200d\ufeffc \u0000 \u0007 \u001b[31m words \ud800 lone',
      seen: 'words',
    },
    {
      name: 'tags and variation selectors',
      text: `words${'\u{e0041}\u{e0042}'.repeat(50)} \ufe0f after`,
      seen: 'after',
    },
    {
      name: 'object prototype names',
      text: '[__proto__] [constructor]: x\n\n[constructor]\n\n```__proto__\nwords\n```',
      seen: 'words',
    },
    {
      name: 'html entities',
      text: '&lt;img src=x onerror=pwned16=1&gt; &#60;script&#62;pwned16=1&#60;/script&#62; words',
      seen: 'words',
    },
  ];
}
