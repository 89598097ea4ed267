// Writes the English bundle from the sentences in the source, and prints what the Chinese one lacks or has too much.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { l10nStrings } from '../l10nStrings.ts';
import { root } from '../sourceFiles.ts';

const { strings, unreadable } = l10nStrings();
for (const place of unreadable) console.error(`not a literal: ${place}`);

writeFileSync(
  join(root, 'l10n/bundle.l10n.json'),
  `${JSON.stringify(Object.fromEntries(strings.map((sentence) => [sentence, sentence])), null, 2)}\n`,
);

const chinesePath = join(root, 'l10n/bundle.l10n.zh-cn.json');
const chinese = existsSync(chinesePath)
  ? (JSON.parse(readFileSync(chinesePath, 'utf8')) as Record<string, string>)
  : {};
const kept = Object.fromEntries(
  strings.flatMap((sentence) => (chinese[sentence] === undefined ? [] : [[sentence, chinese[sentence]]])),
);
writeFileSync(chinesePath, `${JSON.stringify(kept, null, 2)}\n`);
for (const sentence of strings) if (kept[sentence] === undefined) console.log(JSON.stringify(sentence));
