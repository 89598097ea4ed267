// The editor's own network settings, as far as our own connections honour them; read past every folder like ours.
import * as vscode from 'vscode';

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
  const httpProxy = userValue('proxy', isText);
  const proxyAuthorization = userValue('proxyAuthorization', isText);
  return {
    ...(httpProxy ? { httpProxy } : {}),
    noProxy: userValue('noProxy', isTexts) ?? [],
    ...(proxyAuthorization ? { proxyAuthorization } : {}),
    proxySupport: userValue('proxySupport', isText),
    strictSsl: userValue('proxyStrictSSL', isBoolean) ?? true,
    systemCertificates: userValue('systemCertificates', isBoolean) ?? true,
    fetchAdditionalSupport: userValue('fetchAdditionalSupport', isBoolean),
  };
}

/** A folder must not choose the proxy through which a key travels (A06). */
function userValue<T>(key: string, is: (value: unknown) => value is T): T | undefined {
  const inspection = vscode.workspace.getConfiguration('http').inspect(key);
  const value = inspection?.globalValue ?? inspection?.defaultValue;
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
