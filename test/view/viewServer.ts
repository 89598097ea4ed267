// Serves the built view as the host's page does: with its policy, VS Code's default styles and a theme's variables.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';

import { repository } from '../support/editor/places.ts';

export type ThemeName = 'dark' | 'light' | 'highContrast' | 'highContrastLight';

export const themeNames: readonly ThemeName[] = ['dark', 'light', 'highContrast', 'highContrastLight'];

/** The classes that VS Code gives a webview's body. */
const bodyClasses: Readonly<Record<ThemeName, string>> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  highContrast: 'vscode-high-contrast',
  highContrastLight: 'vscode-high-contrast-light vscode-high-contrast',
};

interface BuiltView {
  readonly script: string;
  readonly style: string;
}

let built: Promise<BuiltView> | undefined;

/** With the options of `esbuild.mjs`, but in memory: test files run side by side. */
async function buildView(): Promise<BuiltView> {
  const common = {
    absWorkingDir: repository,
    bundle: true,
    minify: true,
    write: false,
    charset: 'utf8',
  } as const;
  const script = await build({
    ...common,
    entryPoints: ['media/chat/main.tsx'],
    platform: 'browser',
    target: ['chrome138', 'es2022'],
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const style = await build({ ...common, entryPoints: ['media/chat/chat.css'], target: ['chrome138'] });
  return { script: script.outputFiles[0]?.text ?? '', style: style.outputFiles[0]?.text ?? '' };
}

export interface ViewServer {
  readonly origin: string;
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

/** Builds the view once, then serves it on a port of its own. */
export async function serveView(theme: ThemeName): Promise<ViewServer> {
  built ??= buildView();
  const { script, style } = await built;
  const requests: string[] = [];
  const files: Readonly<Record<string, () => Promise<readonly [type: string, body: string]>>> = {
    '/': async () => ['text/html', pageHtml(theme)],
    '/chat.js': async () => ['text/javascript', script],
    '/chat.css': async () => ['text/css', style],
    '/theme.css': async () => ['text/css', await themeCss(theme)],
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const file = files[path];
    if (!file) {
      const isOwn = path === '/favicon.ico';
      if (!isOwn) requests.push(path);
      response.writeHead(isOwn ? 204 : 404).end();
      return;
    }
    void file().then(([type, body]) =>
      response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { origin, requests, close };
}

/** The page as the host makes it; `'self'` stands where VS Code's own source would. */
function pageHtml(theme: ThemeName): string {
  const policy = [
    `default-src 'none'`,
    `img-src 'self' data:`,
    `script-src 'nonce-test'`,
    `style-src 'self'`,
    `font-src 'self'`,
    `connect-src 'none'`,
    `form-action 'none'`,
    `base-uri 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>Chat</title>
<link rel="stylesheet" href="/theme.css">
<link rel="stylesheet" href="/chat.css">
</head>
<body class="${bodyClasses[theme]}" data-vscode-theme-kind="${bodyClasses[theme]}">
<div id="chat"></div>
<script nonce="test" src="/chat.js"></script>
</body>
</html>`;
}

/** VS Code's variables, and the default styles it puts into each webview. */
async function themeCss(theme: ThemeName): Promise<string> {
  const path = join(repository, 'test', 'fixtures', 'themes', `${theme}.json`);
  const variables = JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
  const lines = Object.entries(variables).map(([name, value]) => `${name}: ${value};`);
  return `:root { ${lines.join('\n')} }
@layer vscode-default {
  html { background: var(--vscode-sideBar-background); }
  body { color: var(--vscode-editor-foreground); font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }
  a, a code { color: var(--vscode-textLink-foreground); }
  code { font-family: monospace; color: var(--vscode-textPreformat-foreground); background: var(--vscode-textPreformat-background); padding: 1px 3px; border-radius: 4px; }
  pre code { padding: 0; }
  blockquote { background: var(--vscode-textBlockQuote-background); border-color: var(--vscode-textBlockQuote-border); }
}`;
}
