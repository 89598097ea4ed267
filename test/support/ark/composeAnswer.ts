// Writes the healthy answer: derived from nothing but the question and the code that came with it.
//
// What a prompt can ask for (the last user message, any case):
// - a code block in it: the answer talks about its functions by name, in its language;
// - explain / test / document, comment / fix, bug / refactor, optimize, simplify, rename A to B, edit, change: the
//   changed code comes back whole; with "only code" or "no explanation" (also in the system message) nothing else;
// - "commit message" or "review": a commit message or a review of the code or diff that was sent;
// - "long answer" or "in detail": some 2 000 deltas, which is 30 seconds at the default pace;
// - "continue" or "your answer was cut off": the rest of the answer before;
// - `tool: <name> {json}` or `/tool <name> {json}` on lines of their own: calls of those tools (see toolCalls.ts).
import type { ServedModel } from './catalog.ts';
import { declarationsIn, documented, repaired, sentenceAbout, type Declaration } from './codeFacts.ts';
import {
  instructionText,
  lastCodeBlock,
  lastUserText,
  messagesOf,
  promptTokens,
  questionOf,
  textOf,
  type CodeBlock,
} from './conversation.ts';
import type { ChatBody, LaneName } from './ledger.ts';
import { thinkingType } from './refusals.ts';
import { askedToolCalls, type ToolCall } from './toolCalls.ts';

export interface Answer {
  /** In the pieces that are streamed. Empty: no thinking. */
  readonly reasoning: readonly string[];
  readonly content: readonly string[];
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: string;
}

const longAnswerDeltas = 2000;

export function composeAnswer(body: ChatBody, served: ServedModel, lane: LaneName): Answer {
  const toolCalls = askedToolCalls(body);
  const reasoning = thinks(body, served) ? pieces(reasoningText(body)) : [];
  if (toolCalls.length > 0) return { reasoning, content: [], toolCalls, finishReason: 'tool_calls' };
  const all = pieces(upToStopWord(answerText(body, served, lane), body['stop']));
  const limit = typeof body['max_tokens'] === 'number' ? body['max_tokens'] : 4096;
  const content = all.slice(0, limit);
  return { reasoning, content, toolCalls: [], finishReason: content.length < all.length ? 'length' : 'stop' };
}

/** Default on for all but one, off with `disabled`, `minimal` and `none` (api-facts 2.3). */
function thinks(body: ChatBody, { model }: ServedModel): boolean {
  const type = thinkingType(body);
  const effort = body['reasoning_effort'];
  if (type === 'disabled' || effort === 'minimal' || effort === 'none') return false;
  return model.thinking !== 'off' || type === 'enabled';
}

/** Text in words, the white space before a word belonging to it: joined they are the text again. */
export function pieces(text: string): readonly string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

function reasoningText(body: ChatBody): string {
  const block = lastCodeBlock(body);
  const names = block === undefined ? [] : declarationsIn(block.code).map(({ name }) => name);
  const about =
    block === undefined
      ? 'There is no code with it.'
      : `It comes with ${countOf(block.code.split('\n'), 'line')} of ${block.language || 'code'}.`;
  const seen = names.length === 0 ? '' : ` I see ${names.join(', ')}.`;
  return `The question is “${shortened(questionOf(body), 120)}”. ${about}${seen} I will answer with what is there.`;
}

function answerText(body: ChatBody, served: ServedModel, lane: LaneName): string {
  const question = questionOf(body);
  const block = lastCodeBlock(body);
  const wishes = lastUserText(body);
  const results = messagesOf(body).at(-1)?.role === 'tool' ? toolResults(body) : undefined;
  if (results !== undefined) return results;
  if (continueWords.test(wishes)) return restOfAnswer(body, served, lane);
  if (/commit message/i.test(instructionText(body))) return commitMessage(lastUserText(body));
  const text =
    block === undefined
      ? answerWithoutCode(question, body, served, lane)
      : answerAboutCode(question, block, body);
  return /\blong answer\b|\bin detail\b/i.test(wishes) ? lengthened(text, question, block) : text;
}

const continueWords = /\banswer was cut off\b|^\s*(?:please )?continue\b/i;

/** The answer to the question before, from where the last assistant message ends. */
function restOfAnswer(body: ChatBody, served: ServedModel, lane: LaneName): string {
  const messages = messagesOf(body);
  const before = messages.findLastIndex(({ role }) => role === 'assistant');
  const partial = textOf(messages[before]);
  const earlier = { ...body, messages: messages.slice(0, before) };
  const whole =
    before < 1 || continueWords.test(lastUserText(earlier)) ? '' : answerText(earlier, served, lane);
  return whole.startsWith(partial) && whole !== partial
    ? whole.slice(partial.length)
    : ' And with that, all is said.';
}

type Wish = 'explain' | 'tests' | 'review' | 'change';

const wishWords: readonly (readonly [Wish, RegExp])[] = [
  ['explain', /\bexplain|\bwhat does\b|\bhow does\b/i],
  ['tests', /\btests?\b/i],
  ['review', /\breview\b/i],
  [
    'change',
    /\b(?:fix|bug|document|comment|refactor|optimi[sz]e|simplify|rename|edit|change|add|remove|replace|rewrite|convert)/i,
  ],
];

/** What the question says first is what it wants. */
function wishOf(question: string): Wish {
  const found = wishWords.flatMap(([wish, words]) => {
    const index = question.search(words);
    return index < 0 ? [] : [{ wish, index }];
  });
  return found.toSorted((a, b) => a.index - b.index)[0]?.wish ?? 'explain';
}

function answerAboutCode(question: string, block: CodeBlock, body: ChatBody): string {
  const wish = wishOf(question);
  const declarations = declarationsIn(block.code);
  if (wish === 'tests') return testsFor(block, declarations);
  if (wish === 'review') return reviewOf(block, declarations);
  if (wish === 'explain') return explanationOf(question, block, declarations);
  const changed = changedCode(question, block);
  const code = fenced(changed.code, block.language);
  if (
    /\bonly (?:with )?(?:the )?(?:\w+ )?code\b|\bno explanations?\b|\bcode only\b/i.test(
      instructionText(body),
    )
  )
    return code;
  return `## The changed code\n\n${code}\n\n### What changed\n\n- ${changed.what}\n- Everything else is as it was (${countOf(block.code.split('\n'), 'line')}).\n`;
}

/** The code as the question wants it: renamed, repaired or documented. */
function changedCode(question: string, block: CodeBlock): { readonly code: string; readonly what: string } {
  const [, from, to] = /\brename\s+[`'"]?(\w+)[`'"]?\s+(?:to|into|as)\s+[`'"]?(\w+)/i.exec(question) ?? [];
  if (from !== undefined && to !== undefined) {
    return {
      code: block.code.replace(new RegExp(`\\b${from}\\b`, 'g'), to),
      what: `\`${from}\` is now called \`${to}\`.`,
    };
  }
  const better = /\b(fix|bug|refactor)/i.test(question) ? repaired(block) : undefined;
  if (better !== undefined)
    return { code: better, what: 'A comparison that let one too many or the wrong type through.' };
  return { code: documented(block), what: 'A comment says what the first declaration is for.' };
}

function explanationOf(question: string, block: CodeBlock, declarations: readonly Declaration[]): string {
  const lines = block.code.split('\n');
  const language = block.language || 'code';
  if (declarations.length === 0) {
    return `## What this ${language} does\n\nThere are **${countOf(lines, 'line')}** and no function among them. They begin like this:\n\n${fenced(lines.slice(0, 5).join('\n'), block.language)}\n\nYou asked: “${shortened(question, 100)}”.\n`;
  }
  const list = declarations.map((each) => `- \`${each.name}\`: ${sentenceAbout(each)}`).join('\n');
  const rows = declarations
    .map((each) => `| \`${each.name}\` | ${each.kind} | ${each.line} | ${each.parameters.length} |`)
    .join('\n');
  const first = declarations[0];
  const start = (first?.line ?? 1) - 1;
  const excerpt = lines
    .slice(start, Math.min(start + 8, (declarations[1]?.line ?? lines.length + 1) - 1))
    .join('\n')
    .trimEnd();
  return `## What this ${language} does\n\nIt declares **${countOf(declarations, 'name')}** in ${countOf(lines, 'line')}:\n\n${list}\n\n### Where to find them\n\n| name | kind | line | parameters |\n| --- | --- | ---: | ---: |\n${rows}\n\n### A closer look\n\n1. \`${first?.name ?? ''}\` starts on line ${first?.line ?? 1}.\n2. It reads like this:\n\n${fenced(excerpt, block.language)}\n\n> You asked: “${shortened(question, 100)}”.\n`;
}

function testsFor(block: CodeBlock, declarations: readonly Declaration[]): string {
  const names = declarations.filter(({ kind }) => kind === 'function').map(({ name }) => name);
  const called = names.length === 0 ? ['subject'] : names;
  const write = /^py/i.test(block.language)
    ? (name: string) => `def test_${name}():\n    assert ${name} is not None`
    : /^go/i.test(block.language)
      ? (name: string) => `func Test${name}(t *testing.T) {\n\tt.Log(${name})\n}`
      : (name: string) =>
          `test('${name} can be called', () => {\n  assert.equal(typeof ${name}, 'function');\n});`;
  return `## Tests\n\n${fenced(called.map(write).join('\n\n'), block.language)}\n\nOne test for each of ${called.map((name) => `\`${name}\``).join(', ')}.\n`;
}

function reviewOf(block: CodeBlock, declarations: readonly Declaration[]): string {
  const lines = block.code.split('\n');
  const longest = lines.reduce(
    (best, line, index) => (line.length > (lines[best]?.length ?? 0) ? index : best),
    0,
  );
  const better = repaired(block);
  const finding =
    better === undefined ? '' : `\n3. **Comparison**: this is safer:\n\n${fenced(better, block.language)}\n`;
  return `## Review\n\n1. **Length**: line ${longest + 1} is the longest, with ${lines[longest]?.length ?? 0} characters.\n2. **Names**: ${declarations.map(({ name }) => `\`${name}\``).join(', ') || 'none declared'}.${finding}\n`;
}

function answerWithoutCode(question: string, body: ChatBody, served: ServedModel, lane: LaneName): string {
  const language =
    /\b(python|go|rust|java|ruby|typescript|javascript|bash|sql)\b/i.exec(question)?.[1]?.toLowerCase() ??
    'typescript';
  const words = question.toLowerCase().match(/[a-z]{3,}/g) ?? ['your', 'answer'];
  const name = words
    .slice(0, 3)
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  const rows = [
    ['lane', lane],
    ['model', `${String(body['model'])} → ${served.model.id}`],
    ['messages', String(messagesOf(body).length)],
    ['prompt', `about ${promptTokens(body)} tokens`],
    ['thinking', JSON.stringify(thinkingType(body)) ?? 'as the model does'],
  ];
  return `## ${shortened(question, 60) || 'Hello'}\n\nThis is the simulated ModelArk. It does not know the answer, but it read your question:\n\n- it has **${countOf(words, 'word')}** of three Latin letters and more;\n- the longest is *${words.reduce((a, b) => (b.length > a.length ? b : a))}*.\n\n| what arrived | value |\n| --- | --- |\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n\nIn ${language} it could begin like this:\n\n${fenced(stub(language, name), language)}\n`;
}

function stub(language: string, name: string): string {
  if (language === 'python') return `def ${name}():\n    return "${name}"`;
  if (language === 'go') return `func ${name}() string {\n\treturn "${name}"\n}`;
  if (language === 'rust') return `fn ${name}() -> &'static str {\n    "${name}"\n}`;
  if (language === 'java') return `static String ${name}() {\n    return "${name}";\n}`;
  if (language === 'ruby') return `def ${name}\n  "${name}"\nend`;
  if (language === 'bash') return `${name}() {\n  echo "${name}"\n}`;
  if (language === 'sql') return `SELECT '${name}' AS answer;`;
  return `export function ${name}()${language === 'typescript' ? ': string' : ''} {\n  return '${name}';\n}`;
}

function commitMessage(prompt: string): string {
  const files = [...prompt.matchAll(/^\+\+\+ (?:b\/)?(.+)$/gm)].map((match) => match[1] ?? '');
  const added = prompt.match(/^\+(?!\+\+)/gm)?.length ?? 0;
  const removed = prompt.match(/^-(?!--)/gm)?.length ?? 0;
  const subject = files.length === 0 ? 'the working tree' : (files[0]?.split('/').at(-1) ?? '');
  const body = files.map((file) => `- ${file}`).join('\n');
  return `Update ${subject}${files.length > 1 ? ` and ${countOf(files.slice(1), 'more file', 'more files')}` : ''}\n\n${body}${body === '' ? '' : '\n\n'}${added} lines in, ${removed} out.`;
}

function toolResults(body: ChatBody): string {
  const messages = messagesOf(body);
  const results = messages.slice(messages.findLastIndex(({ role }) => role === 'assistant') + 1);
  const list = results.map((message) => `- \`${shortened(textOf(message), 120)}\``).join('\n');
  return `## What the tools said\n\n${list}\n`;
}

function lengthened(text: string, question: string, block: CodeBlock | undefined): string {
  const names = block === undefined ? [] : declarationsIn(block.code).map(({ name }) => name);
  const subjects = names.length > 0 ? names : (question.match(/\p{L}{4,}/gu) ?? ['this']);
  const parts = [text];
  let count = pieces(text).length;
  for (let part = 1; count < longAnswerDeltas; part += 1) {
    const subject = subjects[part % subjects.length] ?? 'this';
    const code =
      block === undefined
        ? stub('typescript', `part${part}`)
        : block.code
            .split('\n')
            .slice(part % 7, (part % 7) + 6)
            .join('\n');
    const section = `\n### Part ${part}: ${subject}\n\nIn part ${part} we look at **${subject}** once more, since a long answer was asked for. It is read from top to bottom, and every step is named:\n\n1. what goes into \`${subject}\`,\n2. what comes out of it,\n3. what could go wrong on step ${part}.\n\n${fenced(code, block?.language ?? 'typescript')}\n`;
    parts.push(section);
    count += pieces(section).length;
  }
  return parts.join('');
}

function upToStopWord(text: string, stop: unknown): string {
  const words = (Array.isArray(stop) ? stop : [stop]).filter(
    (word): word is string => typeof word === 'string' && word !== '',
  );
  const ends = words.map((word) => text.indexOf(word)).filter((index) => index >= 0);
  return ends.length === 0 ? text : text.slice(0, Math.min(...ends));
}

function fenced(code: string, language: string): string {
  const fence = code.includes('```') ? '````' : '```';
  return `${fence}${language}\n${code}\n${fence}`;
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
}

function countOf(things: readonly unknown[], one: string, many = `${one}s`): string {
  return `${things.length} ${things.length === 1 ? one : many}`;
}
