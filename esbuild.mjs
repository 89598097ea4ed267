// Builds what is shipped: the extension, its undici transport apart from it, and the chat panel. `--dev` adds source maps.
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const isDevelopment = process.argv.includes('--dev');

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: import.meta.dirname,
  bundle: true,
  minify: !isDevelopment,
  sourcemap: isDevelopment ? 'linked' : false,
  charset: 'utf8',
  // The licences of what is bundled are in NOTICE.
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
};

/** @type {import('esbuild').BuildOptions} */
const host = { ...common, platform: 'node', target: 'node22', format: 'cjs', external: ['vscode'] };

/**
 * The extension reaches the undici transport by `import('./net/undiciTransport.ts')` and finds it in its own file,
 * which is read when it is first needed: undici must cost nothing at activation.
 *
 * @type {import('esbuild').Plugin}
 */
const undiciApart = {
  name: 'undici-apart',
  setup({ onResolve }) {
    onResolve({ filter: /(^|\/)undiciTransport\.(ts|cjs)$/ }, ({ kind, path }) => {
      if (kind === 'entry-point') return undefined;
      if (kind !== 'dynamic-import' && kind !== 'require-call') {
        return { errors: [{ text: `${path} may only be loaded when it is first used: import('${path}')` }] };
      }
      return { path: './undiciTransport.cjs', external: true };
    });
  },
};

const results = await Promise.all([
  build({
    ...host,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    plugins: [undiciApart],
    // `import()` becomes `require()`: one module system in the extension host, and no second loader to warm up.
    supported: { 'dynamic-import': false },
  }),
  build({
    ...host,
    entryPoints: { undiciTransport: 'src/net/undiciTransport.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
  }),
  build({
    ...common,
    entryPoints: { chat: 'media/chat/main.tsx' },
    outdir: 'dist',
    platform: 'browser',
    target: ['chrome138', 'es2022'],
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': isDevelopment ? '"development"' : '"production"' },
  }),
  build({
    ...common,
    entryPoints: { chat: 'media/chat/chat.css' },
    outdir: 'dist',
    target: ['chrome138'],
    loader: { '.ttf': 'copy' },
    assetNames: '[name]',
  }),
]);

const meta = {
  inputs: Object.assign({}, ...results.map(({ metafile }) => metafile.inputs)),
  outputs: Object.assign({}, ...results.map(({ metafile }) => metafile.outputs)),
};

/** Each file is there whole, the old one or the new one: an editor may be reading it. */
async function put(path, contents) {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, contents);
  await rename(unfinished, path);
}

const files = results.flatMap(({ outputFiles }) => outputFiles);
for (const { path, contents } of files) await put(path, contents);
const dist = join(import.meta.dirname, 'dist');
const built = new Set(files.map(({ path }) => path));
for (const name of await readdir(dist)) {
  // Left over from an earlier build; what another build is just writing ends in its number.
  if (!built.has(join(dist, name)) && !/\.\d+$/.test(name)) await rm(join(dist, name), { force: true });
}
await put(join(import.meta.dirname, 'out', 'meta.json'), JSON.stringify(meta));

for (const [path, { bytes }] of Object.entries(meta.outputs)) {
  if (!path.endsWith('.map')) console.log(`${path.padEnd(28)} ${(bytes / 1024).toFixed(1).padStart(7)} KB`);
}
