// What a leaked secret looks like, with a made-up example of each, so that the scan itself is tested.

export interface SecretPattern {
  readonly name: string;
  readonly pattern: RegExp;
  /** Made up, and cut in two so that no scanner takes this file for a leak. */
  readonly example: string;
}

const uuid = '00000000-0000-4000-8000-000000000000';

export const secretPatterns: readonly SecretPattern[] = [
  {
    name: 'ModelArk key',
    pattern: /\bark-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-[0-9a-z]{5})?\b/i,
    example: `ark-${uuid}-abcde`,
  },
  {
    name: 'older ModelArk key, given to something called a key',
    pattern: /(key|token|bearer)["'\s:=]{1,6}[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/i,
    example: `apiKey: "${uuid}"`,
  },
  {
    name: 'private key',
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    example: '-----BEGIN RSA ' + 'PRIVATE KEY-----',
  },
  {
    name: 'key of the sk- family',
    pattern: /\bsk-(proj-|ant-|or-)?[A-Za-z0-9_-]{24,}/,
    example: 'sk-' + 'proj-AAAABBBBCCCCDDDDEEEEFFFF',
  },
  { name: 'AWS access key', pattern: /\b(AKIA|ASIA)[0-9A-Z]{16}\b/, example: 'AKIA' + 'ABCDEFGHIJKLMNOP' },
  {
    name: 'GitHub token',
    pattern: /\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40,})/,
    example: 'ghp_' + 'a'.repeat(36),
  },
  { name: 'GitLab token', pattern: /\bglpat-[A-Za-z0-9_-]{20}/, example: 'glpat-' + 'a'.repeat(20) },
  { name: 'npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/, example: 'npm_' + 'a'.repeat(36) },
  { name: 'Slack token', pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,}/, example: 'xoxb-' + '1234567890-abcdef' },
  { name: 'Google API key', pattern: /\bAIza[0-9A-Za-z_-]{35}/, example: 'AIza' + 'a'.repeat(35) },
  {
    name: 'JSON web token',
    pattern: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
    example: `eyJ${'a'.repeat(12)}.` + `eyJ${'b'.repeat(12)}.${'c'.repeat(12)}`,
  },
  {
    name: 'bearer header with a value',
    pattern: /\bBearer\s+[A-Za-z0-9_-]{20,}/,
    example: 'Bearer ' + 'abcdefghij0123456789',
  },
  {
    name: 'address with a password',
    pattern: /\bhttps?:\/\/[^\s/:@'"`{}$<>()]+:[^\s/:@'"`{}$<>()]{3,}@[a-z0-9.-]+/i,
    example: 'https://user:' + 'secret@example.com',
  },
  {
    name: 'value given to something called a secret',
    pattern:
      /\b(api[_-]?key|secret|passwd|password|access[_-]?token)["']?\s*[:=]\s*["'][A-Za-z0-9+/_-]{20,}={0,2}["']/i,
    example: 'password = "' + 'abcdefghij0123456789"',
  },
];
