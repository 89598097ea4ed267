// The editor's own network settings, as far as our own connections honour them; read past every folder like ours.
import { userValue } from './userValue.ts';

export interface NetworkSettings {
  readonly httpProxy?: string;
  readonly noProxy: readonly string[];
  readonly proxyAuthorization?: string;
  readonly proxySupport: string | undefined;
  readonly strictSsl: boolean;
  readonly systemCertificates: boolean;
  readonly fetchAdditionalSupport: boolean | undefined;
}

export function networkSettings(): NetworkSettings {
  const httpProxy = ownValue('proxy', isText);
  const proxyAuthorization = ownValue('proxyAuthorization', isText);
  return {
    ...(httpProxy ? { httpProxy } : {}),
    noProxy: ownValue('noProxy', isTexts) ?? [],
    ...(proxyAuthorization ? { proxyAuthorization } : {}),
    proxySupport: ownValue('proxySupport', isText),
    strictSsl: ownValue('proxyStrictSSL', isBoolean) ?? true,
    systemCertificates: ownValue('systemCertificates', isBoolean) ?? true,
    fetchAdditionalSupport: ownValue('fetchAdditionalSupport', isBoolean),
  };
}

/** A folder must not choose the proxy through which a key travels (A06). */
function ownValue<T>(key: string, is: (value: unknown) => value is T): T | undefined {
  const value = userValue('http', key);
  return is(value) ? value : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}
