// Connections are kept for the next request where the last one ended as it should.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { test } from 'node:test';
import type { Transport } from '../../src/core/completion/transport.ts';
import { editorTransport } from '../../src/net/editorTransport.ts';
import { systemClock } from '../../src/net/systemClock.ts';
import { createUndiciTransport } from '../../src/net/undiciTransport.ts';
import { connectionOver, gather, laneOf } from '../support/completion/connections.ts';

const answer =
  'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n' +
  'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

for (const transport of [editorTransport, createUndiciTransport()] satisfies Transport[]) {
  test(`answers in a row travel over one connection (${transport.name})`, async () => {
    const sockets = new Set<Socket>();
    const server = createServer((request, response) => {
      sockets.add(request.socket);
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(answer);
      // The end of the body comes a moment after [DONE], as it does from real servers.
      setTimeout(() => response.end(), 5);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const lane = laneOf('openai_compatible', { baseUrl });
    try {
      for (let round = 0; round < 3; round += 1) {
        const { text } = await gather(connectionOver(transport, { lane, clock: systemClock }));
        assert.equal(text, 'Hi');
        // A connection is free one turn of the loop after its last byte was read.
        await new Promise((resolve) => setImmediate(resolve));
      }
      assert.equal(sockets.size, 1);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
}
