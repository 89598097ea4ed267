// `npm run package`: makes the VSIX for a user's own editor and says how to install it.
import { stat } from 'node:fs/promises';
import { relative } from 'node:path';

import { buildExtension, packageVsix } from './packageVsix.ts';

await buildExtension();
const vsix = await packageVsix();
const { size } = await stat(vsix);
const name = relative(process.cwd(), vsix);
console.log(`${name} (${Math.round(size / 1024)} KB)`);
console.log(`Install it with: code --install-extension ${name}`);
