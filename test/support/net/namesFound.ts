// Replaces the lookup of host names for the time of a test, so that no name is asked for outside this machine.
import dns from 'node:dns';

type Callback = (error: Error | null, addresses?: unknown, family?: number) => void;

/** What becomes of a name: an address of this machine, a code of the resolver, or nothing at all. */
export type Found = 'loopback' | 'never' | (string & {});

export async function withNames<T>(found: Found, run: () => Promise<T>): Promise<T> {
  const original = dns.lookup;
  const lookup = (hostname: string, options: { readonly all?: boolean }, callback: Callback): void => {
    if (found === 'never') return;
    if (found === 'loopback') {
      const address = '127.0.0.1';
      if (options.all === true) callback(null, [{ address, family: 4 }]);
      else callback(null, address, 4);
      return;
    }
    const error = new Error(`getaddrinfo ${found} ${hostname}`);
    callback(Object.assign(error, { code: found, errno: -3008, syscall: 'getaddrinfo', hostname }));
  };
  dns.lookup = lookup as typeof dns.lookup;
  try {
    return await run();
  } finally {
    dns.lookup = original;
  }
}
