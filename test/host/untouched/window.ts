// A window with a key in which nobody has asked anything yet.
import type { HostWindow } from '../../support/editor/hostWindow.ts';

export const window: HostWindow = { hasKey: true };
