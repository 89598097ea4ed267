// The log that the user can open: a line a request at every level, bodies only at Trace and without keys.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RequestRecord } from '../../src/core/usage/requestRecord.ts';
import { ChannelLog } from '../../src/host/requestLog.ts';

const record: RequestRecord = {
  lane: 'coding',
  host: 'ark.example',
  purpose: 'chat',
  transport: 'editor',
  attempt: 1,
  status: 200,
  totalMs: 5,
  outcome: 'ok',
};

/** Only what the log uses is there. */
function channelAt(logLevel: vscode.LogLevel): { channel: vscode.LogOutputChannel; lines: string[] } {
  const lines: string[] = [];
  const writer = (level: string) => (line: string) => lines.push(`${level}: ${line}`);
  const channel = { logLevel, info: writer('info'), warn: writer('warn'), trace: writer('trace') };
  return { channel: channel as unknown as vscode.LogOutputChannel, lines };
}

suite('the request log', () => {
  test('a request is one line, a failed one a warning', () => {
    const { channel, lines } = channelAt(vscode.LogLevel.Info);
    const log = new ChannelLog(channel);
    log.request(record);
    log.request({ ...record, status: 503, outcome: 'overloaded/busy' });
    assert.deepEqual(lines, [
      'info: [coding] · chat · ark.example · via editor · 200 · ok · total 5 ms',
      'warn: [coding] · chat · ark.example · via editor · 503 · overloaded/busy · total 5 ms',
    ]);
  });

  test('bodies are not even put together below Trace', () => {
    for (const level of [vscode.LogLevel.Info, vscode.LogLevel.Debug, vscode.LogLevel.Off]) {
      const { channel, lines } = channelAt(level);
      new ChannelLog(channel).trace(() => assert.fail('the body was built'));
      assert.deepEqual(lines, []);
    }
  });

  test('at Trace there is a warning once, and no key', () => {
    const { channel, lines } = channelAt(vscode.LogLevel.Trace);
    const log = new ChannelLog(channel);
    log.trace(() => 'Authorization: Bearer canary-key-0123456789');
    log.trace(() => 'x'.repeat(100_000));
    assert.equal(lines.length, 3);
    assert.match(lines[0] ?? '', /^warn: The log level is Trace/);
    assert.doesNotMatch(lines.join('\n'), /canary/);
    assert.ok((lines[2]?.length ?? 0) < 25_000);
  });
});
