// Abuse cases A01–A03 and A06 in the hostile workspace, in Restricted Mode.
import { abuseHostileFolderSuite } from './abuseHostileFolderSuite.ts';

abuseHostileFolderSuite('restricted');
