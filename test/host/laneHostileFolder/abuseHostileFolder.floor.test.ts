// Abuse cases A01–A03 and A06 in the hostile workspace, trusted by the user.
import { abuseHostileFolderSuite } from './abuseHostileFolderSuite.ts';

abuseHostileFolderSuite('trusted');
