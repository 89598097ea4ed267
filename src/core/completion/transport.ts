// The port for HTTP: one request out, one response with a streamed body back. Adapters live in net.

export interface HttpRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Aborting destroys the socket at once, before and while the body is read. */
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  header(name: string): string | undefined;
  /** Iterate once. Leaving the loop early destroys the socket. Throws like `send`. */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Redirects are answered as they are (status 3xx), never followed. Every failure but an abort is thrown as a
 * CompletionError of kind `network` or `timeout`; an abort throws the signal's reason.
 */
export interface Transport {
  readonly name: 'editor' | 'undici';
  send(request: HttpRequest): Promise<HttpResponse>;
}
