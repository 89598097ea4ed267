// Every error has its sentence and its cure, in words that name the lane and blame nobody.
import assert from 'node:assert/strict';
import type { ErrorDetails, ErrorRecord } from '../../src/core/completion/completionError.ts';
import { errorCard, errorSentence } from '../../src/host/errorCard.ts';
import type { ErrorSurroundings } from '../../src/host/errorCard.ts';
import { remedies } from '../../src/host/remedies.ts';
import { englishL10n } from '../support/chat/englishL10n.ts';

const now = new Date(2026, 10, 20, 12, 0).getTime();
const alone: ErrorSurroundings = { canContinue: false, hasAttachments: false, hasConsole: true, now };
const known: ErrorDetails = { lane: 'BytePlus Coding', model: 'glm-5.2', host: 'ark.example' };

function record(path: string, details: ErrorDetails = known): ErrorRecord {
  const [kind, reason] = path.split('/');
  return { kind, reason, details } as ErrorRecord;
}

function sentence(path: string, details: ErrorDetails = {}): string {
  return errorSentence(englishL10n, record(path, { ...known, ...details }), now);
}

function buttons(path: string, surroundings: Partial<ErrorSurroundings> = {}): readonly string[] {
  const card = errorCard(englishL10n, record(path), { ...alone, ...surroundings });
  return card.remedies.map(({ label }) => label);
}

const everyPath = Object.entries(remedies).flatMap(([kind, reasons]) =>
  Object.keys(reasons).map((reason) => `${kind}/${reason}`),
);

suite('errors in words', () => {
  test('every reason has one sentence and one to three buttons, also when nothing is known', () => {
    assert.ok(everyPath.length > 40);
    for (const path of everyPath) {
      for (const details of [known, {}]) {
        const card = errorCard(englishL10n, record(path, details), alone);
        assert.match(card.sentence, /^\S.*[.?)]$/, path);
        assert.doesNotMatch(card.sentence, /undefined|NaN|\{|!/, path);
        assert.ok(card.remedies.length >= 1 && card.remedies.length <= 3, path);
        assert.equal(new Set(card.remedies.map(({ id }) => id)).size, card.remedies.length, path);
      }
    }
  });

  test('every sentence names the lane, the model or the host', () => {
    const exceptions = ['wrong-lane/address-invalid', 'truncated/cut'];
    for (const path of everyPath.filter((path) => !exceptions.includes(path))) {
      assert.match(sentence(path), /BytePlus Coding|glm-5\.2|ark\.example/, path);
    }
  });

  test('the sentences of the fault matrix', () => {
    assert.equal(sentence('auth/no-key'), 'No API key for BytePlus Coding.');
    assert.equal(
      sentence('auth/key-refused', { status: 401 }),
      'ark.example refused the API key for BytePlus Coding (401).',
    );
    assert.equal(
      sentence('network/connection-lost', { characters: 1_234 }),
      'The connection to ark.example was lost after 1,234 characters.',
    );
    assert.equal(
      sentence('context-length/too-long', { tokens: 210_000, limit: 200_000 }),
      'The conversation is too long for glm-5.2 (210,000 of 200,000 tokens).',
    );
    assert.equal(sentence('timeout/idle', { seconds: 90 }), 'No data came from ark.example for 90 s.');
    assert.equal(
      sentence('network/redirected', { otherHost: 'other.example' }),
      'ark.example redirects to other.example. Redirects are not followed: nothing was sent there.',
    );
    assert.equal(
      sentence('bad-request/parameter', { providerMessage: 'reasoning_effort must be one of low, high' }),
      'BytePlus Coding refused the request: reasoning_effort must be one of low, high',
    );
  });

  test('a spent window says which and until when, in local time', () => {
    const resetsAt = new Date(2026, 10, 20, 15, 4).getTime();
    assert.equal(
      sentence('plan-exhausted/window-spent', { window: '5-hour', resetsAt }).replace(/\s/g, ' '),
      'The 5-hour quota of BytePlus Coding is used up until 03:04 PM.',
    );
    const nextWeek = new Date(2026, 10, 27, 15, 4).getTime();
    assert.match(sentence('plan-exhausted/window-spent', { window: 'weekly', resetsAt: nextWeek }), /Nov 27/);
  });

  test('an address that nothing answers at asks about the path only where that is the coding lane’s', () => {
    const at = (address: string): string => sentence('wrong-lane/path-not-found', { address });
    assert.equal(
      at('https://ark.example/api/coding/v3/v1/chat/completions'),
      'There is nothing at https://ark.example/api/coding/v3/v1/chat/completions. ' +
        'Does the base URL end in /api/coding/v3?',
    );
    assert.equal(
      at('https://ark.example/v1/chat/completions'),
      'There is nothing at https://ark.example/v1/chat/completions. Check the base URL of BytePlus Coding.',
    );
  });

  test('a lane of the user’s own is told the kind that its address asks for', () => {
    const address = 'https://ark.example/api/v3';
    const bills = `${address} bills per token and cannot be used by BytePlus Coding.`;
    const own = { address, rightLane: 'byteplus', setting: 'codingLane.lanes[0].baseUrl' };
    assert.equal(
      sentence('wrong-lane/misrouted', own),
      `${bills} To use it, set the lane’s kind to byteplus. Nothing was sent.`,
    );
    assert.equal(
      sentence('wrong-lane/misrouted', { ...own, setting: 'codingLane.coding.baseUrl' }),
      `${bills} Nothing was sent.`,
    );
  });

  test('a refused address is named with its fault and the right one, as far as they are known', () => {
    const invalid = (details: ErrorDetails): string => sentence('wrong-lane/address-invalid', details);
    const address = 'https://x.example';
    assert.equal(invalid({}), 'The address is not valid.');
    assert.equal(invalid({ systemCode: 'not-https' }), 'The address is not valid: it must begin with https.');
    assert.equal(
      invalid({ systemCode: 'lookalike', address, rightLane: 'https://right.example' }),
      `The address ${address} is not valid: its host imitates a BytePlus host; ` +
        'the right address is https://right.example.',
    );
  });

  test('a general word begins its sentence with a capital, a name keeps its letters', () => {
    assert.equal(errorSentence(englishL10n, record('overloaded/busy', {}), now), 'The lane is busy.');
    const lost = errorSentence(englishL10n, record('auth/no-key', {}), now);
    assert.equal(lost, 'No API key for the lane.');
    assert.match(sentence('model-unavailable/unknown-model'), /^glm-5\.2 is/);
  });

  test('no sentence suggests switching certificate checks off', () => {
    const words = `${sentence('network/certificate', { systemCode: 'SELF_SIGNED_CERT_IN_CHAIN' })}`;
    assert.match(words, /SELF_SIGNED_CERT_IN_CHAIN.*http\.systemCertificates/s);
    assert.doesNotMatch(words, /proxyStrictSSL|rejectUnauthorized|disable|turn off/i);
  });

  test('the first button is the one that cures it', () => {
    assert.deepEqual(buttons('auth/no-key'), ['Set API Key', 'Switch Model']);
    assert.deepEqual(buttons('model-unavailable/unknown-model'), ['Switch Model']);
    assert.deepEqual(buttons('overloaded/busy'), ['Retry', 'Switch Model']);
    assert.deepEqual(buttons('billing/not-confirmed'), ['Use This Lane', 'Switch Model']);
  });

  test('buttons that do not apply are not there', () => {
    assert.deepEqual(buttons('context-length/too-long', { hasAttachments: true }), [
      'Drop Attachments',
      'New Chat',
      'Switch Model',
    ]);
    assert.deepEqual(buttons('context-length/too-long'), ['New Chat', 'Switch Model']);
    assert.ok(!buttons('auth/key-refused', { hasConsole: false }).includes('Open Console'));
  });

  test('a partial answer offers Retry and Continue', () => {
    assert.deepEqual(buttons('overloaded/busy', { canContinue: true }), [
      'Retry',
      'Continue',
      'Switch Model',
    ]);
    assert.deepEqual(buttons('network/connection-lost', { canContinue: true }).slice(0, 2), [
      'Retry',
      'Continue',
    ]);
  });

  test('what the provider did in the middle of an answer is said in its words', () => {
    const details = { ...known, providerMessage: 'upstream overloaded' };
    const partial = { ...alone, canContinue: true };
    assert.equal(
      errorCard(englishL10n, record('overloaded/busy', details), partial).sentence,
      'Interrupted by the provider: upstream overloaded',
    );
    assert.equal(
      errorCard(englishL10n, record('network/connection-lost', { ...details, characters: 9 }), partial)
        .sentence,
      'The connection to ark.example was lost after 9 characters.',
    );
  });

  test('an error that another version wrote still has words and a button', () => {
    for (const path of ['tired/of-it', 'auth/new-reason', 'constructor/name', 'auth/toString']) {
      const card = errorCard(englishL10n, record(path), alone);
      assert.equal(card.sentence, 'The request to BytePlus Coding failed.');
      assert.deepEqual(
        card.remedies.map(({ id }) => id),
        ['retry', 'show-log'],
      );
    }
  });

  test('the details are lines of name and value', () => {
    const details = { ...known, status: 429, code: 'AccountQuotaExceeded', requestId: '0217-abc' };
    assert.deepEqual(errorCard(englishL10n, record('plan-exhausted/window-spent', details), alone).details, [
      'Lane: BytePlus Coding',
      'Model: glm-5.2',
      'Host: ark.example',
      'HTTP status: 429',
      'Error code: AccountQuotaExceeded',
      'Request id: 0217-abc',
      'Error kind: plan-exhausted/window-spent',
    ]);
  });
});
