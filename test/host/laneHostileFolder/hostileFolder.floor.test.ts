// The hostile workspace, trusted by the user.
import { hostileFolderSuite } from './hostileFolderSuite.ts';

hostileFolderSuite('trusted');
