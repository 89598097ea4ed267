// The project's own source files and what they import, for tests that look at the house as a whole.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export interface ImportEdge {
  /** As written. */
  readonly specifier: string;
  /** Path from the repository's root with forward slashes, or undefined for a package. */
  readonly target: string | undefined;
  readonly typeOnly: boolean;
}

export interface SourceFile {
  /** Path from the repository's root with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly syntax: ts.SourceFile;
  readonly imports: readonly ImportEdge[];
}

/** Every `.ts` and `.tsx` below the folders, declaration files left out. */
export function sourceFiles(...folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /(?<!\.d)\.tsx?$/.test(entry.name))
      .map((entry) => readSource(join(entry.parentPath, entry.name))),
  );
}

function readSource(absolute: string): SourceFile {
  const path = relative(root, absolute).split(sep).join('/');
  const text = readFileSync(absolute, 'utf8');
  const syntax = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: ImportEdge[] = [];
  const visit = (node: ts.Node): void => {
    const edge = importEdge(path, node);
    if (edge !== undefined) imports.push(edge);
    ts.forEachChild(node, visit);
  };
  visit(syntax);
  return { path, text, syntax, imports };
}

function importEdge(from: string, node: ts.Node): ImportEdge | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return edge(from, node.moduleSpecifier.text, node.importClause?.isTypeOnly === true);
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return edge(from, node.moduleSpecifier.text, node.isTypeOnly);
  }
  if (ts.isCallExpression(node) && node.arguments.length === 1) {
    const [argument] = node.arguments;
    const loads =
      node.expression.kind === ts.SyntaxKind.ImportKeyword ||
      (ts.isIdentifier(node.expression) && node.expression.text === 'require');
    if (loads && argument && ts.isStringLiteral(argument)) return edge(from, argument.text, false);
  }
  return undefined;
}

function edge(from: string, specifier: string, typeOnly: boolean): ImportEdge {
  const target = specifier.startsWith('.')
    ? relative(root, resolve(root, dirname(from), specifier))
        .split(sep)
        .join('/')
    : undefined;
  return { specifier, target, typeOnly };
}
