// The other end of the stream bench, in a process of its own: sends prepared answers as fast as they are read.
import { createServer, type Socket } from 'node:net';

const encoder = new TextEncoder();
const words = ['The ', 'answer ', 'flows ', '你好，', 'in ', 'small ', 'pieces 🚀 ', 'one ', 'by ', 'one.\n'];

/** Some 260 bytes an event, as the lanes send them. */
function event(delta: object, finishReason: string | null): string {
  return `data: ${JSON.stringify({
    id: '021760000000000000000000000000000000a1b2c3d4e5f6',
    choices: [{ index: 0, delta, finish_reason: finishReason }],
    created: 1_760_000_000,
    model: 'glm-5-2-260617',
    service_tier: 'default',
    object: 'chat.completion.chunk',
    usage: null,
  })}\n\n`;
}

/** One HTTP chunk for each event, like real servers. */
function chunk(text: string): Uint8Array {
  const bytes = encoder.encode(text);
  const size = encoder.encode(`${bytes.length.toString(16)}\r\n`);
  return Buffer.concat([size, bytes, encoder.encode('\r\n')]);
}

function answer(deltas: number): Buffer {
  const events = Array.from({ length: deltas }, (_, index) =>
    chunk(event({ role: 'assistant', content: words[index % words.length] }, null)),
  );
  return Buffer.concat([
    encoder.encode(
      'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\nconnection: keep-alive\r\n\r\n',
    ),
    ...events,
    chunk(event({ role: 'assistant', content: '' }, 'stop')),
    chunk('data: [DONE]\n\n'),
    encoder.encode('0\r\n\r\n'),
  ]);
}

const prepared = new Map<string, Buffer>();

/** The number of deltas is asked for in the address: `/5000/chat/completions`. */
function serve(socket: Socket): void {
  socket.setNoDelay(true);
  let asked = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes: Buffer) => {
    asked = Buffer.concat([asked, bytes]);
    for (;;) {
      const end = asked.indexOf('\r\n\r\n');
      if (end < 0) return;
      const head = asked.subarray(0, end).toString('latin1');
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (asked.length < end + 4 + length) return;
      asked = asked.subarray(end + 4 + length);
      const deltas = /^\w+ \/(\d+)\//.exec(head)?.[1] ?? '0';
      const bytesToSend = prepared.get(deltas) ?? answer(Number(deltas));
      prepared.set(deltas, bytesToSend);
      send(socket, bytesToSend, 0);
    }
  });
}

function send(socket: Socket, bytes: Buffer, from: number): void {
  let at = from;
  while (at < bytes.length) {
    const flows = socket.write(bytes.subarray(at, at + 65_536));
    at += 65_536;
    if (!flows && at < bytes.length) {
      socket.once('drain', () => {
        send(socket, bytes, at);
      });
      return;
    }
  }
}

const server = createServer(serve);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.send?.(address.port);
});
process.on('disconnect', () => process.exit());
