// What is seen of a key before it is sent anywhere.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyShape } from '../../../src/core/lane/keyShape.ts';

const uuid = '01234567-89ab-4def-8123-456789abcdef';
const key = `ark-${uuid}-a1b2c`;

test('what a paste brought along is taken off and told', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    [key, []],
    [` ${key}\n`, ['spaces']],
    [`\u00a0${key}\u200b`, ['spaces']],
    [`"${key}"`, ['quotes']],
    [`“${key}”`, ['quotes']],
    [`Bearer ${key}`, ['bearer']],
    [`Authorization: Bearer ${key}`, ['bearer']],
    [`"Bearer ${key}"`, ['bearer', 'quotes']],
    [`export BYTEPLUS_API_KEY="${key}"`, ['assignment', 'quotes']],
    [`ARK_API_KEY=${key};`, ['assignment', 'quotes']],
  ];
  for (const [pasted, trimmed] of cases) {
    assert.deepEqual(keyShape(pasted, 'byteplus_coding'), { usable: true, key, trimmed }, pasted);
  }
});

test('what no server would take is refused with its reason', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['', 'empty'],
    ['  ""  ', 'empty'],
    [`${key}\n${key}`, 'several-lines'],
    [`${key},${key}`, 'several-keys'],
    [`${key};${key}`, 'several-keys'],
    [`${key} ${key}`, 'space-inside'],
    [`${key}é`, 'unsendable'],
    [`ark-钥匙-${uuid}`, 'unsendable'],
    [`ark\u0000${uuid}`, 'unsendable'],
    ['a'.repeat(4097), 'too-long'],
  ];
  for (const [pasted, fault] of cases) {
    for (const kind of ['byteplus_coding', 'openai_compatible'] as const) {
      assert.deepEqual(keyShape(pasted, kind), { usable: false, fault }, JSON.stringify(pasted));
    }
  }
});

test('a key that looks like something else is doubted on the provider’s lanes, and only there', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    [uuid, undefined],
    [key, undefined],
    ['AKLT-not-a-real-access-key', 'access-key'],
    [`${'notARealSecret'.repeat(3)}==`, 'access-key'],
    ['sk-not-a-real-key-at-all-01', 'other-product'],
    ['AIza-not-a-real-key-at-all', 'other-product'],
    ['https://console.byteplus.com/ark/region', 'address'],
    ['my-key', 'too-short'],
  ];
  for (const [pasted, doubt] of cases) {
    const shape = keyShape(pasted, 'byteplus');
    assert(shape.usable, pasted);
    assert.equal(shape.doubt, doubt, pasted);
    const elsewhere = keyShape(pasted, 'openai_compatible');
    assert(elsewhere.usable && elsewhere.doubt === undefined, pasted);
  }
});
