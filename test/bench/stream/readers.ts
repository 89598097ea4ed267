// The ways of reading a stream that the bench compares: ours over both transports, the floor, and the usual client.
import { once } from 'node:events';
import { connect } from 'node:net';
import { createLearnedRefusals } from '../../../src/core/completion/learnedRefusals.ts';
import type { Connection } from '../../../src/core/completion/connection.ts';
import { streamCompletion } from '../../../src/core/completion/streamCompletion.ts';
import type { Transport } from '../../../src/core/completion/transport.ts';
import { laneKind } from '../../../src/core/lane/laneKinds.ts';
import { systemClock } from '../../../src/net/systemClock.ts';

export interface Reader {
  /** Asks for so many deltas and calls back for each; resolves at the end of the answer. */
  read(deltas: number, onDelta: () => void): Promise<void>;
  close(): Promise<void>;
}

const body = JSON.stringify({
  model: 'glm-5.2',
  messages: [{ role: 'user', content: 'Explain this.' }],
  stream: true,
});
const headers = { 'content-type': 'application/json', authorization: 'Bearer bench-key' };
const nothing = (): Promise<void> => Promise.resolve();

/** Loads only what the reader needs: modules count as well. */
export const readers: Readonly<Record<string, (origin: string) => Promise<Reader>>> = {
  'raw socket': rawSocket,
  'undici, bytes only': undiciBytes,
  'undici, parser, JSON.parse': undiciParsed,
  'fetch, bytes only': fetchBytes,
  'ours over undici': async (origin) => {
    const { createUndiciTransport } = await import('../../../src/net/undiciTransport.ts');
    const transport = createUndiciTransport();
    return { read: engine(origin, transport), close: () => transport.close() };
  },
  'ours over fetch': async (origin) => {
    const { editorTransport } = await import('../../../src/net/editorTransport.ts');
    return { read: engine(origin, editorTransport), close: nothing };
  },
  openai: openaiClient,
};

async function rawSocket(origin: string): Promise<Reader> {
  const { port } = new URL(origin);
  const socket = connect(Number(port), '127.0.0.1');
  socket.setNoDelay(true);
  await once(socket, 'connect');
  return {
    read: async (deltas, onDelta) => {
      socket.write(
        `POST /${deltas}/chat/completions HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\n` +
          `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
      let told = false;
      await new Promise<void>((resolve) => {
        const take = (bytes: Buffer): void => {
          if (!told && bytes.includes('data: ')) {
            told = true;
            onDelta();
          }
          if (!bytes.subarray(-5).equals(Buffer.from('0\r\n\r\n'))) return;
          socket.off('data', take);
          resolve();
        };
        socket.on('data', take);
      });
    },
    close: () => {
      socket.destroy();
      return nothing();
    },
  };
}

async function undiciBytes(origin: string): Promise<Reader> {
  const { Agent } = await import('undici');
  const agent = new Agent({ allowH2: false, headersTimeout: 0, bodyTimeout: 0 });
  return {
    read: async (deltas, onDelta) => {
      const path = `/${deltas}/chat/completions`;
      const response = await agent.request({ origin, path, method: 'POST', headers, body });
      for await (const bytes of response.body) if ((bytes as Uint8Array).length > 0) onDelta();
    },
    close: () => agent.close(),
  };
}

/** The least that gets at the words: nothing is checked, timed, bounded or retried. */
async function undiciParsed(origin: string): Promise<Reader> {
  const { Agent } = await import('undici');
  const { createParser } = await import('eventsource-parser');
  const agent = new Agent({ allowH2: false, headersTimeout: 0, bodyTimeout: 0 });
  return {
    read: async (deltas, onDelta) => {
      const path = `/${deltas}/chat/completions`;
      const response = await agent.request({ origin, path, method: 'POST', headers, body });
      const decoder = new TextDecoder();
      const parser = createParser({
        onEvent: ({ data }) => {
          if (data === '[DONE]') return;
          const chunk = JSON.parse(data) as { choices: { delta: { content: string } }[] };
          if (chunk.choices[0]?.delta.content !== '') onDelta();
        },
      });
      for await (const bytes of response.body)
        parser.feed(decoder.decode(bytes as Uint8Array, { stream: true }));
    },
    close: () => agent.close(),
  };
}

function fetchBytes(origin: string): Promise<Reader> {
  return Promise.resolve({
    read: async (deltas, onDelta) => {
      const response = await fetch(`${origin}/${deltas}/chat/completions`, { method: 'POST', headers, body });
      if (response.body === null) throw new Error('no body');
      for await (const bytes of response.body) if ((bytes as Uint8Array).length > 0) onDelta();
    },
    close: nothing,
  });
}

function engine(origin: string, transport: Transport): Reader['read'] {
  const kind = laneKind('openai_compatible');
  const connection = (deltas: number): Connection => ({
    lane: {
      id: 'bench',
      kind: kind.id,
      label: 'Bench',
      baseUrl: `${origin}/${deltas}`,
      api: 'chat_completions',
      auth: kind.auth,
      envKeys: [],
      billing: kind.billing,
      model: 'glm-5.2',
      preferredModels: [],
      quirks: kind.quirks,
    },
    key: 'bench-key',
    candidates: {
      models: [
        {
          id: 'glm-5.2',
          contextWindow: 200_000,
          maxOutputTokens: 32_768,
          vision: false,
          tools: true,
          thinking: [],
          efforts: [],
          source: 'assumed',
        },
      ],
      source: { type: 'pinned' },
    },
    transport,
    clock: systemClock,
    log: { request: () => undefined, trace: () => undefined },
    learned: createLearnedRefusals(),
    patience: { firstByteSeconds: 120, idleSeconds: 90 },
  });
  const request = {
    purpose: 'chat',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Explain this.' }] }],
    maxOutputTokens: 0,
    thinking: 'default',
    reasoningEffort: 'default',
  } as const;
  return async (deltas, onDelta) => {
    const options = { signal: new AbortController().signal };
    for await (const delta of streamCompletion(connection(deltas), request, options)) {
      if (delta.type === 'text') onDelta();
    }
  };
}

async function openaiClient(origin: string): Promise<Reader> {
  const { default: OpenAI } = await import('openai');
  return {
    read: async (deltas, onDelta) => {
      const client = new OpenAI({ baseURL: `${origin}/${deltas}`, apiKey: 'bench-key', maxRetries: 0 });
      const stream = await client.chat.completions.create({
        model: 'glm-5.2',
        messages: [{ role: 'user', content: 'Explain this.' }],
        stream: true,
      });
      for await (const chunk of stream) {
        const text = chunk.choices[0]?.delta.content;
        if (text !== undefined && text !== null && text !== '') onDelta();
      }
    },
    close: nothing,
  };
}
