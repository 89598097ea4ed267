// The sentences that the extension asks `vscode.l10n.t` for, read from the source.
import ts from 'typescript';
import { sourceFiles } from './sourceFiles.ts';

export interface L10nStrings {
  readonly strings: readonly string[];
  /** Places where the sentence is not a plain literal and so cannot be translated. */
  readonly unreadable: readonly string[];
}

export function l10nStrings(): L10nStrings {
  const strings = new Set<string>();
  const unreadable: string[] = [];
  for (const file of sourceFiles('src')) {
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && isTranslation(node.expression)) {
        const [sentence] = node.arguments;
        const text = sentence && literalText(sentence);
        if (text !== undefined) strings.add(text);
        else
          unreadable.push(
            `${file.path}:${String(file.syntax.getLineAndCharacterOfPosition(node.pos).line + 1)}`,
          );
      }
      ts.forEachChild(node, visit);
    };
    visit(file.syntax);
  }
  return { strings: [...strings].sort(), unreadable };
}

function isTranslation(callee: ts.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === 't' &&
    /(^|\.)l10n$/.test(callee.expression.getText())
  );
}

/** A literal, or literals joined to keep lines short. */
function literalText(expression: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(expression)) return expression.text;
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.PlusToken) {
    return undefined;
  }
  const [left, right] = [literalText(expression.left), literalText(expression.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}
