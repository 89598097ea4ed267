// What the guard promises: one place builds URLs, and no address leads a lane anywhere but where it says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompletionError } from '../../../src/core/completion/completionError.ts';
import { codingAddress, generalAddresses } from '../../../src/core/lane/builtInAddresses.ts';
import {
  checkBaseUrl,
  endpointUrl,
  isLoopback,
  mayUseEnvironmentKey,
  originOf,
} from '../../../src/core/lane/guard.ts';
import type { LaneKindId } from '../../../src/core/lane/lane.ts';
import { laneKind } from '../../../src/core/lane/laneKinds.ts';

const ark = 'https://ark.ap-southeast.bytepluses.com';
const general = generalAddresses['ap-southeast-1'];

function refusal(kind: LaneKindId, text: string): CompletionError {
  try {
    const baseUrl = checkBaseUrl(kind, text);
    assert.fail(`${text} was accepted as ${baseUrl}`);
  } catch (error) {
    assert(error instanceof CompletionError, String(error));
    assert.equal(error.kind, 'wrong-lane');
    assert.equal(error.neverSent, true);
    return error;
  }
}

test('an address is used as it is, but for a trailing slash and a pasted endpoint', () => {
  for (const pasted of [
    codingAddress,
    `${codingAddress}/`,
    ` ${codingAddress}//\n`,
    `${codingAddress}/chat/completions`,
    `${codingAddress}/chat/completions/`,
    `HTTPS://ARK.ap-southeast.bytepluses.com:443/api/coding/v3`,
    `${ark}/api/v3/../coding/v3`,
  ]) {
    assert.equal(checkBaseUrl('byteplus_coding', pasted), codingAddress, pasted);
  }
  assert.equal(checkBaseUrl('openai_compatible', 'http://localhost:11434/v1/'), 'http://localhost:11434/v1');
  assert.equal(
    endpointUrl({ kind: 'byteplus_coding', baseUrl: `${codingAddress}/` }, 'chat/completions'),
    `${codingAddress}/chat/completions`,
  );
  assert.equal(endpointUrl({ kind: 'byteplus', baseUrl: general }, 'models'), `${general}/models`);
});

const accepted: readonly (readonly [LaneKindId, string])[] = [
  ['byteplus_coding', 'http://127.0.0.1:8080/api/coding/v3'],
  ['byteplus_coding', 'http://[::1]:8080/api/coding/v3'],
  ['byteplus_coding', 'https://proxy.example.com/ark/api/coding/v3'],
  ['byteplus', generalAddresses['eu-west-1']],
  ['byteplus', 'https://proxy.example.com/ark'],
  ['openai_compatible', 'https://proxy.example.com/api/coding/v3'],
  ['openai_compatible', 'https://ark.cn-beijing.volces.com/api/v3'],
  ['openai_compatible', 'https://xn--mnchen-3ya.example/v1'],
];
for (const [kind, address] of accepted) {
  test(`${address} may be a lane of kind ${kind}`, () => {
    assert.equal(checkBaseUrl(kind, address), address);
  });
}

const misrouted: readonly (readonly [LaneKindId, string, string])[] = [
  ['byteplus_coding', general, 'byteplus'],
  ['byteplus_coding', `${ark}/api/coding`, codingAddress],
  ['byteplus_coding', `${ark}/api/coding/v3x`, codingAddress],
  ['byteplus_coding', `${ark}/api/coding/v1/messages`, codingAddress],
  ['byteplus_coding', `${ark}/api/coding/v3/../../v3`, 'byteplus'],
  ['byteplus_coding', ark, codingAddress],
  ['byteplus_coding', 'http://localhost:8080/api/v3', 'byteplus'],
  ['byteplus_coding', 'https://ark.cn-beijing.volces.com/api/coding/v3', 'openai_compatible'],
  ['byteplus', codingAddress, 'byteplus_coding'],
  ['byteplus', `${ark}/api//coding`, 'byteplus_coding'],
  ['byteplus', `${ark}/API/Coding/v3`, 'byteplus_coding'],
  ['byteplus', `${ark}/api/v3/../coding/v3`, 'byteplus_coding'],
  ['byteplus', 'http://localhost:8080/api/coding/v3', 'byteplus_coding'],
  ['byteplus', 'https://ark.cn-beijing.volces.com/api/v3', 'openai_compatible'],
  ['openai_compatible', codingAddress, 'byteplus_coding'],
  ['openai_compatible', general, 'byteplus'],
  ['openai_compatible', 'https://ark.ap-southeast.bytepluses.com./api/coding/v3', 'byteplus_coding'],
];
for (const [kind, address, rightLane] of misrouted) {
  test(`${address} is refused for ${kind}, and the right lane is named`, () => {
    const error = refusal(kind, address);
    assert.equal(error.reason, 'misrouted');
    assert.equal(error.details.rightLane, rightLane);
  });
}

// Abuse case A05, and what a URL parser would forgive.
const invalid: readonly (readonly [string, string, string | undefined])[] = [
  ['', 'not-a-url', undefined],
  ['ark-01234567-89ab-cdef-0123-456789abcdef-01234', 'not-a-url', undefined],
  [
    'ark.ap-southeast.bytepluses.com/api/coding/v3',
    'not-a-url',
    'ark.ap-southeast.bytepluses.com/api/coding/v3',
  ],
  ['//evil.example/api/coding/v3', 'not-a-url', '//evil.example/api/coding/v3'],
  ['https:evil.example/api/coding/v3', 'not-a-url', 'https://evil.example/api/coding/v3'],
  ['https:///evil.example/api/coding/v3', 'not-a-url', 'https://evil.example/api/coding/v3'],
  ['ftp://evil.example/api/coding/v3', 'not-a-url', 'ftp://evil.example/api/coding/v3'],
  ['https://[bad/api/coding/v3', 'not-a-url', 'https://[bad/api/coding/v3'],
  [
    'http://ark.ap-southeast.bytepluses.com/api/coding/v3',
    'not-https',
    'http://ark.ap-southeast.bytepluses.com/api/coding/v3',
  ],
  ['http://127.0.0.1.evil.example/api/coding/v3', 'not-https', 'http://127.0.0.1.evil.example/api/coding/v3'],
  ['http://evil.localhost/api/coding/v3', 'not-https', 'http://evil.localhost/api/coding/v3'],
  [
    'https://ark.ap-southeast.bytepluses.com@evil.example/api/coding/v3',
    'user-info',
    'https://evil.example/api/coding/v3',
  ],
  ['https://user:secret@ark.ap-southeast.bytepluses.com/api/coding/v3', 'user-info', codingAddress],
  ['https://@ark.ap-southeast.bytepluses.com/api/coding/v3', 'user-info', codingAddress],
  [
    'https://evil.example\\@ark.ap-southeast.bytepluses.com/api/coding/v3',
    'odd-characters',
    'https://evil.example/@ark.ap-southeast.bytepluses.com/api/coding/v3',
  ],
  [
    'https://evil.example/api/cod\ting/v3',
    'odd-characters',
    codingAddress.replace('ark.ap-southeast.bytepluses.com', 'evil.example'),
  ],
  [`${ark}/api/%63oding/v3`, 'odd-characters', `${ark}/api/%63oding/v3`],
  [`${ark}/api/coding%2fv3`, 'odd-characters', `${ark}/api/coding%2fv3`],
  [`${codingAddress}?key=secret`, 'query', codingAddress],
  [`${codingAddress}?`, 'query', codingAddress],
  [`${codingAddress}#x`, 'query', codingAddress],
  [
    'https://аrk.ap-southeast.bytepluses.com/api/coding/v3',
    'foreign-letters',
    'https://xn--rk-6kc.ap-southeast.bytepluses.com/api/coding/v3',
  ],
  [
    'https://ark.ap-southeast.bytepluѕes.com/api/coding/v3',
    'foreign-letters',
    'https://ark.ap-southeast.xn--byteplues-r9h.com/api/coding/v3',
  ],
  ['https://ark.ap-southeast.bytepluses.com.evil.example/api/coding/v3', 'lookalike', undefined],
  ['https://ark.bytepluses.co/api/coding/v3', 'lookalike', undefined],
  ['https://ark.byteplus.com/api/coding/v3', 'wrong-host', undefined],
  ['https://console.byteplus.com/ark', 'wrong-host', undefined],
];
for (const kind of ['byteplus_coding', 'byteplus', 'openai_compatible'] as const) {
  for (const [address, fault, shown] of invalid) {
    test(`${JSON.stringify(address)} is no address for ${kind}: ${fault}`, () => {
      const error = refusal(kind, address);
      assert.equal(error.reason, 'address-invalid');
      assert.equal(error.details.systemCode, fault);
      if (fault === 'lookalike' || fault === 'wrong-host') {
        assert.match(error.details.rightLane ?? '', /^https:\/\/ark\.ap-southeast\.bytepluses\.com\/api\//);
      } else {
        assert.equal(error.details.address, shown);
      }
      assert.doesNotMatch(JSON.stringify(error.details), /secret|ark-0123/);
    });
  }
}

test('only this machine is loopback', () => {
  for (const url of ['http://localhost:1/', 'http://127.0.0.1', 'http://127.9.9.9/x', 'http://[::1]:8/']) {
    assert.equal(isLoopback(url), true, url);
  }
  for (const url of [
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://10.0.0.1',
    'x',
  ]) {
    assert.equal(isLoopback(url), false, url);
  }
});

test('keys from the environment go to the built-in hosts and to loopback, on the provider’s own kinds', () => {
  const envKeys = laneKind('byteplus_coding').envKeys;
  const may = (kind: LaneKindId, baseUrl: string, keys = envKeys) =>
    mayUseEnvironmentKey({ kind, baseUrl, envKeys: keys });
  assert.equal(may('byteplus_coding', codingAddress), true);
  assert.equal(may('byteplus', generalAddresses['eu-west-1']), true);
  assert.equal(may('byteplus_coding', 'http://127.0.0.1:9/api/coding/v3'), true);
  assert.equal(may('byteplus_coding', 'https://proxy.example.com/api/coding/v3'), false);
  assert.equal(may('byteplus_coding', 'https://ark.ap-southeast.bytepluses.com:8443/api/coding/v3'), false);
  assert.equal(may('byteplus_coding', 'https://ark.eu-north.bytepluses.com/api/coding/v3'), false);
  assert.equal(may('openai_compatible', 'http://127.0.0.1:4000/v1'), false);
  assert.equal(may('byteplus_coding', codingAddress, []), false);
});

test('whatever the settings say, a URL that comes out is of that lane’s origin and door', () => {
  // A small generator of its own, so that a failure can be repeated.
  let seed = 20261120;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const pick = <T>(list: readonly T[]): T => list[next(list.length)] as T;
  const schemes = ['https://', 'https://', 'https://', 'http://', 'https:', '//', 'HTTPS://', ''];
  const users = ['', '', '', '', '', '', 'a@', 'ark.ap-southeast.bytepluses.com@', 'x:y@', 'evil.example\\@'];
  const hosts = [
    'ark.ap-southeast.bytepluses.com',
    'ark.eu-west.bytepluses.com',
    'evil.example',
    'ark.ap-southeast.bytepluses.com.evil.example',
    '127.0.0.1:8080',
    'localhost',
    'аrk.ap-southeast.bytepluses.com',
    'ark.cn-beijing.volces.com',
    'ark.byteplus.com',
  ];
  const segments = [
    'api',
    'coding',
    'v3',
    '..',
    '.',
    '',
    'API',
    '%63oding',
    '%2e%2e',
    'v1',
    'models',
    'chat',
  ];
  const tails = ['', '', '/', '?x=1', '#x', '/chat/completions', ' '];
  let built = 0;
  for (let round = 0; round < 6_000; round++) {
    const typical = next(2) === 0;
    const path = typical
      ? pick(['/api/coding/v3', '/api/v3', '/v1', '/api/coding'])
      : Array.from({ length: next(6) }, () => `/${pick(segments)}`).join('');
    const baseUrl = pick(schemes) + pick(users) + pick(hosts) + path + pick(tails);
    const kind = pick(['byteplus_coding', 'byteplus', 'openai_compatible', 'portkey'] as const);
    let url: URL;
    try {
      const lane = { kind, baseUrl };
      const text = endpointUrl(lane, pick(['chat/completions', 'models'] as const));
      url = new URL(text);
      assert.equal(text, url.href, `${baseUrl} came out in a form that would be read differently`);
      assert.equal(url.origin, originOf(lane));
      assert.equal(url.origin, new URL(baseUrl.trim()).origin);
    } catch (error) {
      if (error instanceof CompletionError) continue;
      throw error;
    }
    built++;
    assert(url.protocol === 'https:' || isLoopback(url.href), baseUrl);
    assert.equal(url.username + url.password + url.search + url.hash, '', baseUrl);
    const coding = url.pathname.toLowerCase().includes('/api/coding');
    if (kind === 'byteplus_coding') assert(url.pathname.includes('/api/coding/v3/'), baseUrl);
    if (kind === 'byteplus') assert(!coding, baseUrl);
    if (url.hostname.endsWith('bytepluses.com')) {
      assert.equal(kind, coding ? 'byteplus_coding' : 'byteplus', baseUrl);
    }
  }
  assert(built > 300, `only ${built} addresses were accepted: the generator proves nothing`);
});
