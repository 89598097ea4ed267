// What a folder of host tests may ask of the window that it runs in.

/** Addresses that exist while a window is open. */
export interface HostSurroundings {
  /** The window's own simulated ModelArk, as `http://127.0.0.1:<port>`. */
  readonly ark: string;
  readonly codingBaseUrl: string;
  readonly generalBaseUrl: string;
  /** A loopback server that stands for an attacker; `hostDesk.stranger()` tells what reached it. */
  readonly stranger: string;
}

/** Exported as `window` by `window.ts` beside the tests; a folder without one gets the defaults. */
export interface HostWindow {
  /** A folder of `test/fixtures`, copied so that tests may write to it; default `sample`; null opens no folder. */
  readonly workspace?: string | null;
  /** Writes into the copied folder before it is opened; a returned path (a `.code-workspace`) is opened instead. */
  readonly prepare?: (folder: string, surroundings: HostSurroundings) => Promise<string | undefined>;
  /** The user's settings, over those that point both built-in lanes at the simulated ModelArk. */
  readonly settings?: (surroundings: HostSurroundings) => Readonly<Record<string, unknown>>;
  readonly env?: (surroundings: HostSurroundings) => Readonly<Record<string, string>>;
  /** true: the simulated key is in `BYTEPLUS_API_KEY`. */
  readonly hasKey?: boolean;
}
