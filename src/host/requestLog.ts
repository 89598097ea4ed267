// The log that the user can open: one line a request, bodies only when the log's level is Trace.
import * as vscode from 'vscode';
import { redacted } from '../core/usage/redacted.ts';
import { requestLine } from '../core/usage/requestLine.ts';
import type { RequestLog, RequestRecord } from '../core/usage/requestRecord.ts';

/** Characters of one body; a whole conversation would drown the log. */
const longestTrace = 20_000;

export class ChannelLog implements RequestLog {
  readonly #channel: vscode.LogOutputChannel;
  #hasWarned = false;

  constructor(channel: vscode.LogOutputChannel) {
    this.#channel = channel;
  }

  request(record: RequestRecord): void {
    const line = requestLine(record);
    if (record.outcome === 'ok' || record.outcome === 'stopped') this.#channel.info(line);
    else this.#channel.warn(line);
  }

  trace(text: () => string): void {
    if (this.#channel.logLevel !== vscode.LogLevel.Trace) return;
    if (!this.#hasWarned) {
      this.#hasWarned = true;
      this.#channel.warn(
        'The log level is Trace: what is asked and answered is written here, with your code. Keys are taken out.',
      );
    }
    const body = redacted(text());
    const cut =
      body.length > longestTrace
        ? `${body.slice(0, longestTrace)}… (${String(body.length)} characters)`
        : body;
    this.#channel.trace(cut);
  }
}
