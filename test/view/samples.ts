// The states of the panel that are looked at: by axe in four themes, and by people in the gallery.
import type { ViewState } from '../../src/core/protocol/protocol.ts';
import { answer, lane, turn, viewState } from './sampleState.ts';

const prose = `# What it does

The loop reads **every** chunk and *yields* a delta; see [the docs](https://example.com/docs) and \`decode()\`. It stops ~~never~~ at \`[DONE]\`.

1. First step with a nested list
   - alpha
   - beta with \`code\`
2. Second step

- [x] parse
- [ ] render`;

const code = `\`\`\`ts
// Reads server-sent events and yields deltas.
export async function* deltas(body: ReadableStream<Uint8Array>): AsyncGenerator<Delta> {
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of body) {
    if (chunk.length === 0) continue;
    yield { type: 'text', text: decoder.decode(chunk, { stream: true }), count: 42, isLast: false };
  }
}
\`\`\``;

const python = `\`\`\`python
class Reader:
    """Reads lines."""

    def __init__(self, path: str, limit: int = 10) -> None:
        self.path = path  # kept
        self.lines = [line.strip() for line in open(path) if len(line) > limit]
\`\`\``;

const diff = `\`\`\`diff
-const a = 1;
+const a = 2;
\`\`\``;

const rest = `| Case | Result | Time |
|:-----|:------:|-----:|
| small | ok | 12 ms |
| large file with a long name | **slow** | 340 ms |

> A quote with \`code\` in it, and [a link](https://example.com).

## Next

Then ![a diagram](https://images.example/x.png) and a hidden \u202e mark.`;

const wide = `A_long_word_${'without_a_place_to_break_'.repeat(8)} and https://example.com/${'path/'.repeat(40)}

| Column | Another column | Third | Fourth | Fifth |
|---|---|---|---|---|
${Array.from({ length: 14 }, (_, row) => `| row ${String(row)} | some longer text in a cell | \`value\` | ${String(row * 37)} | yes |`).join('\n')}

- a
  - b
    - c
      - d
        - e is nested deeply and goes on for more than a line at this width`;

const footer = '1,204 tokens in · 356 tokens out · 4.2 s';
const attachment = { id: 'a1', label: 'deltas.ts', detail: 'lines 12–48 · 1.2 KB' };

export const samples: Readonly<Record<string, ViewState>> = {
  empty: viewState(),
  'no-key': viewState({ lane: { ...lane, hasKey: false } }),
  'wrong-lane': viewState({
    lane: {
      ...lane,
      problem: 'The address of BytePlus Coding leads to the general lane; requests are refused.',
    },
    turns: [turn('t1', 'Why?', answer({ text: 'Because.', footer }))],
  }),
  answer: viewState({
    attachments: [attachment],
    status: { busy: false, text: 'Answered' },
    turns: [
      {
        id: 't1',
        question: {
          text: 'How does this function read the stream?\nIt is in src/net.',
          attachments: [attachment],
        },
        answer: answer({
          text: `${prose}\n\n${rest}`,
          reasoning: 'The user asks about **streams**.',
          notes: ['glm-5.2 is not available here; glm-5.1 answered'],
          footer,
        }),
      },
    ],
  }),
  code: viewState({
    turns: [
      turn(
        't1',
        'Show me',
        answer({
          text: `Here:\n\n${code}\n\n${python}\n\n${diff}\n\n${'```'}\nplain text\n${'```'}`,
          footer,
        }),
      ),
    ],
  }),
  streaming: viewState({
    status: { busy: true, text: 'Answering', waitingSince: Date.now() - 21_000 },
    turns: [
      turn(
        't1',
        'What is a lane?',
        answer({ text: 'A route to a provider with its own key and bill.', footer }),
      ),
      turn(
        't2',
        'And this code?',
        answer({ state: 'answering', text: `It begins here:\n\n${code.slice(0, 220)}` }),
      ),
    ],
  }),
  thinking: viewState({
    status: { busy: true, text: 'Thinking' },
    turns: [
      turn(
        't1',
        'And this code?',
        answer({ state: 'answering', reasoning: 'First I read the **file**.\n\n- then\n- more' }),
      ),
    ],
  }),
  error: viewState({
    status: { busy: false, text: 'Failed' },
    turns: [
      turn(
        't1',
        'Explain this',
        answer({
          state: 'failed',
          text: 'It begins by reading',
          canContinue: true,
          error: {
            sentence: 'The Coding Plan of BytePlus Coding is used up until 14:30; glm-5.2 did not answer.',
            remedies: [
              { id: 'switch-model', label: 'Switch Model' },
              { id: 'open-console', label: 'Open Console' },
              { id: 'retry', label: 'Retry' },
            ],
            details: [
              'HTTP status: 429',
              'Error code: AccountQuotaExceeded',
              'Request id: 021763000000000000abcdef',
            ],
          },
        }),
      ),
    ],
  }),
  retrying: viewState({
    status: { busy: true, text: 'The provider is busy', retryAt: Date.now() + 40_000 },
    turns: [turn('t1', 'Explain this', answer({ state: 'waiting' }))],
  }),
  interrupted: viewState({
    turns: [
      turn(
        't1',
        'Explain this',
        answer({ state: 'interrupted', text: 'It begins by reading', canContinue: true }),
      ),
    ],
  }),
  wide: viewState({ turns: [turn('t1', 'A table, please', answer({ text: wide, footer }))] }),
};
