// An https server on loopback that answers every completion with one short stream.
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate.ts';

export interface SecureServer {
  readonly port: number;
  readonly requests: number;
  close(): Promise<void>;
}

const answer =
  'data: {"choices":[{"delta":{"content":"over TLS"}}]}\n\n' +
  'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

export async function startSecureServer({ certificate, key }: Certificate): Promise<SecureServer> {
  let requests = 0;
  const server = createServer({ cert: certificate, key }, (_, response) => {
    requests += 1;
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(answer);
  });
  // A client that does not like the certificate hangs up; that is what the tests are about.
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get requests() {
      return requests;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
