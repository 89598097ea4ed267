// Makes certificates for loopback servers while a test runs, so that no key lies in the repository.
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface Certificate {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
}

export interface Authority extends Certificate {
  readonly name: string;
  readonly privateKey: KeyObject;
}

export interface CertificateWish {
  readonly host: string;
  /** Who signs it; itself, if nobody does. */
  readonly by?: Authority;
  readonly expired?: boolean;
}

export function makeAuthority(name: string): Authority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = signed({ subject: name, issuer: name, publicKey, signer: privateKey, authority: true });
  return { name, certificate, key: pemOf(privateKey), privateKey };
}

export function makeCertificate({ host, by, expired = false }: CertificateWish): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = by?.name ?? host;
  const signer = by?.privateKey ?? privateKey;
  return {
    certificate: signed({ subject: host, issuer, publicKey, signer, authority: false, expired }),
    key: pemOf(privateKey),
  };
}

interface Content {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly authority: boolean;
  readonly expired?: boolean;
}

const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'));
const day = 86_400_000;

function signed(content: Content): string {
  const from = Date.now() - (content.expired === true ? 20 : 1) * day;
  const until = Date.now() + (content.expired === true ? -10 : 10) * day;
  const body = sequence(
    tagged(0xa0, integer(2)),
    integer(Math.floor(Math.random() * 0x7fffffff)),
    ecdsaWithSha256,
    name(content.issuer),
    sequence(time(from), time(until)),
    name(content.subject),
    content.publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions(content))),
  );
  const signature = createSign('sha256').update(body).sign(content.signer);
  const der = sequence(body, ecdsaWithSha256, element(0x03, Buffer.concat([Buffer.of(0), signature])));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function extensions({ subject, authority }: Content): readonly Buffer[] {
  const critical = element(0x01, Buffer.of(0xff));
  if (authority) {
    return [sequence(identifier('551d13'), critical, octets(sequence(critical)))];
  }
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(subject);
  const alternative = isAddress
    ? element(0x87, Buffer.from(subject.split('.').map(Number)))
    : element(0x82, Buffer.from(subject));
  return [sequence(identifier('551d11'), octets(sequence(alternative)))];
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function name(commonName: string): Buffer {
  const utf8 = element(0x0c, Buffer.from(commonName));
  return sequence(element(0x31, sequence(identifier('550403'), utf8)));
}

function time(at: number): Buffer {
  const text = new Date(at).toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return element(0x18, Buffer.from(`${text}Z`));
}

/** A positive one in as few bytes as it needs, the first bit being its sign. */
function integer(value: number): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return element(0x02, Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex'));
}

function identifier(hex: string): Buffer {
  return element(0x06, Buffer.from(hex, 'hex'));
}

function octets(content: Buffer): Buffer {
  return element(0x04, content);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return element(0x30, Buffer.concat(parts));
}

function tagged(tag: number, content: Buffer): Buffer {
  return element(tag, content);
}

/** Tag, length, content: all there is to this encoding. */
function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}
