// A chat session on a bench: everything around it is played by the test.
import { ChatSession } from '../../../src/core/chat/chatSession.ts';
import type { ChatSessionPorts } from '../../../src/core/chat/chatSession.ts';
import type { SessionChange } from '../../../src/core/chat/sessionChange.ts';
import type { Answer, Turn } from '../../../src/core/chat/conversation.ts';
import type { Connect, Connection } from '../../../src/core/completion/connection.ts';
import type { ModelFacts } from '../../../src/core/lane/modelFacts.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { HandStream } from './handStream.ts';
import { MemoryStore } from './memoryStore.ts';

const modelFacts: ModelFacts = {
  id: 'glm-5.2',
  contextWindow: 200_000,
  maxOutputTokens: 32_000,
  vision: false,
  tools: true,
  thinking: [],
  efforts: [],
  source: 'plan',
};

export class SessionBench {
  readonly clock = new FakeClock();
  readonly store: MemoryStore;
  readonly changes: SessionChange[] = [];
  readonly streams: HandStream[] = [];
  readonly session: ChatSession;
  lane = { laneId: 'coding', laneLabel: 'BytePlus Coding', model: 'auto' };
  model = modelFacts;
  /** What the next request of a connection does; by default it is made at once. */
  connect: Connect = () => Promise.resolve(this.connection());

  constructor(store = new MemoryStore(), ports: Partial<ChatSessionPorts> = {}) {
    this.store = store;
    let ids = store.files.size * 100;
    this.session = new ChatSession(
      {
        connect: (purpose, signal) => this.connect(purpose, signal),
        streamCompletion: (...parameters) => {
          const stream = new HandStream(...parameters);
          this.streams.push(stream);
          return stream.deltas();
        },
        clock: this.clock,
        store,
        settings: () => ({
          thinking: 'default',
          reasoningEffort: 'default',
          maxOutputTokens: 0,
          language: 'en',
        }),
        newId: () => `id-${String((ids += 1)).padStart(6, '0')}`,
        shownLane: () => this.lane,
        ...ports,
      },
      (change) => this.changes.push(change),
    );
  }

  /** Only what an answer looks at is there. */
  connection(): Connection {
    return {
      lane: { id: this.lane.laneId, label: this.lane.laneLabel },
      candidates: { models: [this.model], source: { type: 'pinned' } },
    } as unknown as Connection;
  }

  /** Asks, and waits until the request is under way. */
  async ask(text: string): Promise<HandStream> {
    this.session.send(text);
    await turnOver();
    return this.stream;
  }

  get stream(): HandStream {
    const stream = this.streams.at(-1);
    if (stream === undefined) throw new Error('no request was made');
    return stream;
  }

  get turn(): Turn {
    const turn = this.session.conversation.turns.at(-1);
    if (turn === undefined) throw new Error('nothing was asked');
    return turn;
  }

  get answer(): Answer {
    const { answer } = this.turn;
    if (answer === undefined) throw new Error('there is no answer');
    return answer;
  }

  /** The kinds of change told since the last call. */
  told(): readonly string[] {
    return this.changes
      .splice(0)
      .map((change) => (change.type === 'conversation/event' ? change.event.type : change.type));
  }
}

/** Lets everything that can happen without time passing happen. */
export function turnOver(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
