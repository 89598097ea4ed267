// Links are opened only when they are harmless in kind and really stand in the answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkTarget } from '../../../src/core/chat/linkTarget.ts';

const answer = [
  'See [docs](https://docs.example.com/a_b?x=1&amp;y=2) or www.example.org or <me@example.com>,',
  'not [this](command:workbench.action.terminal.sendSequence?x), [that](javascript:alert(1)),',
  '[these](data:text/html,x) [those](vscode://a.b/c) [more](file:///etc/passwd) [odd](\u0001javascript:x).',
  'https://example.com/a\\_b https://user@example.com/ https://evil.example/\\@good.example',
].join('\n');

test('web and mail addresses of the answer are opened', () => {
  for (const href of [
    'https://docs.example.com/a_b?x=1&y=2',
    'http://www.example.org',
    'mailto:me@example.com',
    'https://example.com/a_b',
  ]) {
    assert.equal(linkTarget(answer, href)?.askFirst, false, href);
  }
});

test('every other scheme is refused, however it is written', () => {
  for (const href of [
    'command:workbench.action.terminal.sendSequence?x',
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'vscode://a.b/c',
    'file:///etc/passwd',
    '\u0001javascript:x',
    'https://evil.example/\\@good.example',
    'not an address',
    '',
  ]) {
    assert.equal(linkTarget(`${answer} ${href}`, href), undefined, JSON.stringify(href));
  }
});

test('an address that the answer does not hold is refused', () => {
  assert.equal(linkTarget(answer, 'https://elsewhere.example/'), undefined);
});

test('a long query and a user name are asked about first', () => {
  const long = `https://example.com/?q=${'a'.repeat(200)}`;
  assert.equal(linkTarget(long, long)?.askFirst, true);
  const short = `https://example.com/?q=${'a'.repeat(190)}`;
  assert.equal(linkTarget(short, short)?.askFirst, false);
  const fragment = `https://example.com/#${'a'.repeat(201)}`;
  assert.equal(linkTarget(fragment, fragment)?.askFirst, true);
  assert.equal(linkTarget(answer, 'https://user@example.com/')?.askFirst, true);
});

test('a host name with foreign letters is shown as it is really asked', () => {
  const href = 'https://exаmple.com/';
  assert.equal(linkTarget(href, href)?.href, 'https://xn--exmple-4nf.com/');
});
