// The fault matrix below HTTP: names, connections, certificates and proxies, F04–F09, over both transports.
import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Agent, fetch as undiciFetch, ProxyAgent, type Dispatcher } from 'undici';
import type { Transport } from '../../src/core/completion/transport.ts';
import { editorTransport } from '../../src/net/editorTransport.ts';
import { createUndiciTransport, type UndiciOptions } from '../../src/net/undiciTransport.ts';
import { connectionOver, gather, type Gathered, laneOf } from '../support/completion/connections.ts';
import { HandClock } from '../support/completion/handClock.ts';
import { type Authority, makeAuthority, makeCertificate } from '../support/net/certificate.ts';
import { startConnectProxy } from '../support/net/connectProxy.ts';
import { withNames } from '../support/net/namesFound.ts';
import { startSecureServer } from '../support/net/secureServer.ts';

const host = 'lane.test';

/** Asks a lane at this address once; waits before retries pass at once. */
async function ask(transport: Transport, baseUrl: string): Promise<Gathered & { readonly requests: number }> {
  const clock = new HandClock();
  const connection = connectionOver(transport, { clock, lane: laneOf('openai_compatible', { baseUrl }) });
  const answer = await gather(connection, {
    onProgress: (progress) => {
      if (progress.type === 'retrying') setImmediate(() => void clock.advance(progress.inMs));
    },
  });
  return { ...answer, requests: connection.records.length };
}

/** The editor's fetch with a proxy or patience of its own, as the editor replaces it. */
async function withEditorFetch<T>(dispatcher: Dispatcher, run: () => Promise<T>): Promise<T> {
  const original = globalThis.fetch;
  const replaced = (url: string, init: object): unknown => undiciFetch(url, { ...init, dispatcher });
  globalThis.fetch = replaced as typeof globalThis.fetch;
  try {
    return await run();
  } finally {
    globalThis.fetch = original;
    await dispatcher.destroy();
  }
}

/** One test for each transport. */
function overBoth(title: string, run: (transport: Transport) => Promise<void>): void {
  test(`${title} (editor)`, () => run(editorTransport));
  test(`${title} (undici)`, async () => {
    const transport = createUndiciTransport();
    try {
      await run(transport);
    } finally {
      await transport.close();
    }
  });
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

overBoth('F04 a host that is not found is asked for once more, then said', async (transport) => {
  const { error, requests } = await withNames('ENOTFOUND', () => ask(transport, `https://${host}/v1`));
  assert.deepEqual(
    [error?.message, error?.details.host, error?.details.systemCode, requests],
    ['network/host-not-found', host, 'ENOTFOUND', 2],
  );
  assert.equal(error?.neverSent, true);
});

overBoth('F05 a resolver that fails for now is asked three times', async (transport) => {
  const { error, requests } = await withNames('EAI_AGAIN', () => ask(transport, `https://${host}/v1`));
  assert.deepEqual([error?.message, requests], ['network/host-not-found', 3]);
});

overBoth('F06 a refused connection is tried three times and names host and port', async (transport) => {
  const port = await closedPort();
  const { error, requests } = await ask(transport, `http://127.0.0.1:${port}/v1`);
  assert.deepEqual(
    [error?.message, error?.details.host, error?.details.systemCode, requests],
    ['network/connection-refused', `127.0.0.1:${port}`, 'ECONNREFUSED', 3],
  );
});

overBoth('F06 a host with two addresses that both refuse is one failure', async (transport) => {
  const port = await closedPort();
  const { error } = await ask(transport, `http://localhost:${port}/v1`);
  assert.deepEqual([error?.message, error?.neverSent], ['network/connection-refused', true]);
});

test('F07 connecting ends at its own limit and is tried three times (undici)', async () => {
  const transport = createUndiciTransport({ connectSeconds: 0.1 });
  const { error, requests } = await withNames('never', () => ask(transport, `https://${host}/v1`));
  assert.deepEqual([error?.message, error?.neverSent, requests], ['timeout/connect', true, 3]);
  await transport.close();
});

test('F07 connecting ends at its own limit and is tried three times (editor)', async () => {
  const impatient = new Agent({ connect: { timeout: 100 } });
  const { error, requests } = await withNames('never', () =>
    withEditorFetch(impatient, () => ask(editorTransport, `https://${host}/v1`)),
  );
  assert.deepEqual([error?.message, error?.neverSent, requests], ['timeout/connect', true, 3]);
});

// Certificates

let authority: Authority;
const originalAuthorities = getCACertificates('default');

before(() => {
  authority = makeAuthority('Test Authority');
  setDefaultCACertificates([...originalAuthorities, authority.certificate]);
});

after(() => {
  setDefaultCACertificates(originalAuthorities);
});

const badCertificates = {
  'self-signed': () => [makeCertificate({ host }), 'DEPTH_ZERO_SELF_SIGNED_CERT'] as const,
  'of an unknown authority': () =>
    [makeCertificate({ host, by: makeAuthority('Nobody') }), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'] as const,
  expired: () => [makeCertificate({ host, by: authority, expired: true }), 'CERT_HAS_EXPIRED'] as const,
  "another host's": () =>
    [makeCertificate({ host: 'other.test', by: authority }), 'ERR_TLS_CERT_ALTNAME_INVALID'] as const,
};

for (const [kind, make] of Object.entries(badCertificates)) {
  overBoth(`F08 a certificate that is ${kind} is refused, not retried, and named`, async (transport) => {
    const [certificate, code] = make();
    const server = await startSecureServer(certificate);
    const { error, requests } = await withNames('loopback', () =>
      ask(transport, `https://${host}:${server.port}/v1`),
    );
    await server.close();
    assert.deepEqual(
      [error?.message, error?.details.systemCode, requests, server.requests],
      ['network/certificate', code, 1, 0],
    );
  });
}

overBoth('F08 a server that speaks no TLS is not asked again', async (transport) => {
  const plain = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  const { port } = plain.address() as AddressInfo;
  const { error, requests } = await withNames('loopback', () => ask(transport, `https://${host}:${port}/v1`));
  plain.close();
  assert.deepEqual([error?.message, requests], ['network/certificate', 1]);
});

overBoth('F08 a certificate of a known authority is accepted', async (transport) => {
  const server = await startSecureServer(makeCertificate({ host, by: authority }));
  const { text, error } = await withNames('loopback', () =>
    ask(transport, `https://${host}:${server.port}/v1`),
  );
  await server.close();
  assert.deepEqual([text, error], ['over TLS', undefined]);
});

// Proxies

interface Hops {
  readonly lane: string;
  readonly proxy: Awaited<ReturnType<typeof startConnectProxy>>;
  readonly server: Awaited<ReturnType<typeof startSecureServer>>;
}

async function withHops(
  wish: Parameters<typeof startConnectProxy>[0],
  run: (hops: Hops) => Promise<void>,
): Promise<void> {
  const server = await startSecureServer(makeCertificate({ host, by: authority }));
  const proxy = await startConnectProxy(wish);
  try {
    await run({ lane: `https://${host}:${server.port}/v1`, proxy, server });
  } finally {
    await proxy.close();
    await server.close();
  }
}

async function throughUndici(
  options: UndiciOptions,
  baseUrl: string,
): Promise<Awaited<ReturnType<typeof ask>>> {
  const transport = createUndiciTransport(options);
  try {
    return await ask(transport, baseUrl);
  } finally {
    await transport.close();
  }
}

test('F09 a proxy is used for lanes, and the environment’s is not', async () => {
  await withHops({}, async ({ lane, proxy, server }) => {
    process.env['HTTPS_PROXY'] = 'http://127.0.0.1:1';
    try {
      const { text } = await throughUndici({ httpProxy: proxy.url }, lane);
      assert.equal(text, 'over TLS');
      assert.deepEqual(proxy.tunnels, [`${host}:${server.port}`]);
      const direct = await withNames('loopback', () => throughUndici({}, lane));
      assert.deepEqual([direct.text, proxy.tunnels.length], ['over TLS', 1]);
    } finally {
      delete process.env['HTTPS_PROXY'];
    }
  });
});

test('F09 hosts that are excepted, and this machine, are asked without the proxy', async () => {
  await withHops({}, async ({ lane, proxy }) => {
    const excepted = { httpProxy: proxy.url, noProxy: ['example.com', '.test'] };
    const { text } = await withNames('loopback', () => throughUndici(excepted, lane));
    assert.deepEqual([text, proxy.tunnels], ['over TLS', []]);
    const refused = await throughUndici(
      { httpProxy: proxy.url },
      `http://127.0.0.1:${await closedPort()}/v1`,
    );
    assert.equal(refused.error?.message, 'network/connection-refused');
    assert.deepEqual(proxy.tunnels, []);
  });
});

test('F09 a proxy with a sign-in lets those pass that have it, from the address or from the setting', async () => {
  await withHops({ signIn: 'me:secret' }, async ({ lane, proxy }) => {
    const inAddress = proxy.url.replace('http://', 'http://me:secret@');
    assert.equal((await throughUndici({ httpProxy: inAddress }, lane)).text, 'over TLS');
    const proxyAuthorization = `Basic ${Buffer.from('me:secret').toString('base64')}`;
    assert.equal((await throughUndici({ httpProxy: proxy.url, proxyAuthorization }, lane)).text, 'over TLS');
  });
});

test('F09 without its sign-in the proxy is named as what refuses, and nothing is retried (undici)', async () => {
  await withHops({ signIn: 'me:secret' }, async ({ lane, proxy, server }) => {
    const { error, requests } = await throughUndici({ httpProxy: proxy.url }, lane);
    assert.deepEqual([error?.message, error?.details.status], ['network/proxy-sign-in', 407]);
    assert.deepEqual([error?.neverSent, requests, server.requests], [true, 1, 0]);
  });
});

test('F09 without its sign-in the proxy is named as what refuses, and nothing is retried (editor)', async () => {
  await withHops({ signIn: 'me:secret' }, async ({ lane, proxy }) => {
    const { error, requests } = await withEditorFetch(new ProxyAgent(proxy.url), () =>
      ask(editorTransport, lane),
    );
    assert.deepEqual([error?.message, requests], ['network/proxy-sign-in', 1]);
  });
});

test('F09 a proxy that cannot be reached is named, not the lane', async () => {
  await withHops({}, async ({ lane }) => {
    const port = await closedPort();
    const gone = `http://127.0.0.1:${port}`;
    const ours = await throughUndici({ httpProxy: gone }, lane);
    assert.deepEqual(
      [ours.error?.message, ours.error?.details.otherHost],
      ['network/proxy-failed', `127.0.0.1:${port}`],
    );
    const editors = await withEditorFetch(new ProxyAgent(gone), () => ask(editorTransport, lane));
    assert.equal(editors.error?.message, 'network/proxy-failed');
    const unknown = await withNames('ENOTFOUND', () =>
      throughUndici({ httpProxy: 'http://proxy.test:8080' }, lane),
    );
    assert.deepEqual(
      [unknown.error?.message, unknown.error?.details.otherHost],
      ['network/proxy-failed', 'proxy.test'],
    );
  });
});

test('F09 a proxy that refuses the tunnel is told with its status, and asked again', async () => {
  await withHops({ refuseWith: 503 }, async ({ lane, proxy }) => {
    const { error, requests } = await throughUndici({ httpProxy: proxy.url }, lane);
    assert.deepEqual([error?.message, error?.details.status, requests], ['network/proxy-failed', 503, 3]);
  });
});

test('F08 through a proxy the lane’s certificate is checked as well, whatever the setting for the proxy says', async () => {
  const server = await startSecureServer(makeCertificate({ host }));
  const proxy = await startConnectProxy();
  const options = { httpProxy: proxy.url, strictSsl: false };
  const { error, requests } = await throughUndici(options, `https://${host}:${server.port}/v1`);
  await proxy.close();
  await server.close();
  assert.deepEqual([error?.message, requests, server.requests], ['network/certificate', 1, 0]);
});

test('F08 the system’s authorities can be added to Node’s', async () => {
  const server = await startSecureServer(makeCertificate({ host, by: authority }));
  const { text } = await withNames('loopback', () =>
    throughUndici({ systemCertificates: true }, `https://${host}:${server.port}/v1`),
  );
  await server.close();
  assert.equal(text, 'over TLS');
});
