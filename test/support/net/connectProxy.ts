// A proxy on loopback that tunnels by CONNECT, with or without a sign-in; every host it is asked for is this machine.
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ConnectProxy {
  readonly url: string;
  readonly port: number;
  /** `host:port` of each tunnel asked for. */
  readonly tunnels: readonly string[];
  /** What a client may read of the proxy's headers: `proxy-authorization` of each. */
  readonly signIns: readonly (string | undefined)[];
  close(): Promise<void>;
}

export interface ProxyWish {
  /** `user:password` that is asked for. */
  readonly signIn?: string;
  /** Answers every tunnel with this status in place of opening it. */
  readonly refuseWith?: number;
}

export async function startConnectProxy({ signIn, refuseWith }: ProxyWish = {}): Promise<ConnectProxy> {
  const tunnels: string[] = [];
  const signIns: (string | undefined)[] = [];
  const open = new Set<Duplex>();
  const server = createServer((_, response) => {
    response.writeHead(500).end('this proxy only tunnels');
  });
  server.on('connect', (request, client: Duplex, head: Buffer) => {
    open.add(client);
    client.on('close', () => open.delete(client));
    client.on('error', () => client.destroy());
    tunnels.push(request.url ?? '');
    signIns.push(request.headers['proxy-authorization']);
    const expected = signIn === undefined ? undefined : `Basic ${Buffer.from(signIn).toString('base64')}`;
    if (expected !== undefined && request.headers['proxy-authorization'] !== expected) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="x"\r\n\r\n');
      return;
    }
    if (refuseWith !== undefined) {
      client.end(`HTTP/1.1 ${refuseWith} No\r\n\r\n`);
      return;
    }
    const port = Number(/:(\d+)$/.exec(request.url ?? '')?.[1]);
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client);
      client.pipe(upstream);
    });
    open.add(upstream);
    upstream.on('close', () => open.delete(upstream));
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    tunnels,
    signIns,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
