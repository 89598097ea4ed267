// Looks at a piece of code well enough to talk about it and to change it: names, lines, comments.
import type { CodeBlock } from './conversation.ts';

export interface Declaration {
  readonly kind: 'function' | 'type';
  readonly name: string;
  /** 1-based. */
  readonly line: number;
  readonly indent: string;
  readonly parameters: readonly string[];
}

const patterns: readonly (readonly [Declaration['kind'], RegExp])[] = [
  [
    'type',
    /^(\s*)(?:export\s+|pub\s+|public\s+|abstract\s+|default\s+)*(?:class|interface|struct|trait|enum)\s+(\w+)/,
  ],
  [
    'function',
    /^(\s*)(?:export\s+|default\s+|async\s+|pub(?:\(\w+\))?\s+|unsafe\s+)*(?:function\*?|def|fn|fun|sub)\s+(\w+)[^(]*\(([^)]*)/,
  ],
  ['function', /^(\s*)func\s+(?:\([^)]*\)\s*)?(\w+)[^(]*\(([^)]*)/],
  [
    'function',
    /^(\s*)(?:export\s+)?(?:const|let|var)\s+(\w+)\s*(?::[^=]+)?=\s*(?:async\s*)?\(?([^)=]*)\)?\s*(?::[^=]+)?=>/,
  ],
  [
    'function',
    /^(\s*)(?:(?:public|private|protected|static|async|override|final|get|set|inline|virtual|const)\s+)*(?:[\w<>[\],.*&:]+\s+)*(\w+)\s*\(([^)]*)\)[^;=]*\{\s*$/,
  ],
];
const notNames = new Set([
  'if',
  'for',
  'while',
  'switch',
  'catch',
  'return',
  'function',
  'else',
  'constructor',
  'new',
]);

export function declarationsIn(code: string): readonly Declaration[] {
  return code.split('\n').flatMap((line, index) => {
    for (const [kind, pattern] of patterns) {
      const match = pattern.exec(line);
      const name = match?.[2];
      if (name === undefined || notNames.has(name)) continue;
      const parameters = (match?.[3] ?? '')
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '');
      return [{ kind, name, line: index + 1, indent: match?.[1] ?? '', parameters }];
    }
    return [];
  });
}

/** The code with a comment on its first declaration (or at its top), as its language writes one. */
export function documented({ language, code }: CodeBlock): string {
  const lines = code.split('\n');
  const first = declarationsIn(code)[0];
  const indent = first?.indent ?? /^\s*/.exec(code)?.[0] ?? '';
  const about = first === undefined ? 'What follows is documented here.' : sentenceAbout(first);
  if (first !== undefined && /^(py|python)/i.test(language)) {
    lines.splice(first.line, 0, `${indent}    """${about}"""`);
    return lines.join('\n');
  }
  const comment = commentIn(language, about);
  if (comment === undefined) return code;
  lines.splice((first?.line ?? 1) - 1, 0, `${indent}${comment}`);
  return lines.join('\n');
}

function commentIn(language: string, text: string): string | undefined {
  const name = language.toLowerCase();
  if (/^(json|csv|txt|text|plaintext|diff|patch)$/.test(name)) return undefined;
  if (
    /^(py|python|rb|ruby|sh|bash|shell|shellscript|zsh|yaml|yml|toml|r|perl|makefile|dockerfile)$/.test(name)
  )
    return `# ${text}`;
  if (/^(sql|lua|haskell|hs|ada|elm)$/.test(name)) return `-- ${text}`;
  if (/^(html|xml|markdown|md|vue|svelte)$/.test(name)) return `<!-- ${text} -->`;
  if (/^(go|golang)$/.test(name)) return `// ${text}`;
  if (/^(rust|rs)$/.test(name)) return `/// ${text}`;
  if (/^(css|scss|less)$/.test(name)) return `/* ${text} */`;
  return `/** ${text} */`;
}

export function sentenceAbout({ kind, name, parameters }: Declaration): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/_+/g, ' ')
    .trim()
    .toLowerCase();
  if (kind === 'type') return `${name} holds what belongs to “${words}”.`;
  return parameters.length === 0
    ? `${name} does “${words}” and takes nothing.`
    : `${name} does “${words}” with ${parameters.map((each) => /^[\w.*&$]+/.exec(each)?.[0] ?? each).join(', ')}.`;
}

/** What a hasty author gets wrong, put right; undefined when nothing was found. */
export function repaired({ language, code }: CodeBlock): string | undefined {
  let better = code
    .replace(/(\w+\s*)<=(\s*[\w.]+\.(?:length|size)\b)/g, '$1<$2')
    .replace(/(\s)<=(\s*len\()/g, '$1<$2');
  if (/^(js|ts|jsx|tsx|javascript|typescript|javascriptreact|typescriptreact|mjs|cjs)$/i.test(language)) {
    better = better.replace(/([^=!<>])==([^=])/g, '$1===$2').replace(/!=([^=])/g, '!==$1');
  }
  return better === code ? undefined : better;
}
