// The hostile workspace in Restricted Mode.
import { hostileFolderSuite } from './hostileFolderSuite.ts';

hostileFolderSuite('restricted');
