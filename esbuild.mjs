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

/** Modules that bring a large library: each is a file of its own, so that it costs nothing until it is first used. */
const apart = {
  undiciTransport: 'src/net/undiciTransport.ts',
  codeBlocks: 'src/core/chat/codeBlocks.ts',
};

/**
 * The extension reaches them by `import('…/undiciTransport.ts')` and finds them beside it.
 *
 * @type {import('esbuild').Plugin}
 */
const loadedWhenUsed = {
  name: 'loaded-when-used',
  setup({ onResolve }) {
    const names = Object.keys(apart).join('|');
    onResolve({ filter: new RegExp(`/(?:${names})\\.ts$`) }, ({ kind, path }) => {
      if (kind === 'entry-point') return undefined;
      if (kind !== 'dynamic-import') {
        return { errors: [{ text: `${path} may only be loaded when it is first used: import('${path}')` }] };
      }
      return { path: `./${path.replace(/^.*\/|\.ts$/g, '')}.cjs`, external: true };
    });
  },
};

const results = await Promise.all([
  build({
    ...host,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    plugins: [loadedWhenUsed],
    // `import()` becomes `require()`: one module system in the extension host, and no second loader to warm up.
    supported: { 'dynamic-import': false },
  }),
  build({
    ...host,
    entryPoints: apart,
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
