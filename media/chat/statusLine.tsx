// What is going on: a few words that are read out at a change, and beside them the seconds, which are not.
import { useEffect, useState } from 'preact/hooks';

import type { StatusView } from '../../src/core/protocol/protocol.ts';
import { usePanel, useWords } from './panel.ts';
import { VisibleText } from './visibleText.tsx';
import { worded } from './worded.ts';

/** Seconds without data from which the silence is mentioned. */
const noticeableSilence = 15;

export function StatusLine() {
  const { store } = usePanel();
  const status = store.status.value;
  return (
    <div class={status.busy ? 'status busy' : 'status'}>
      {status.busy && <span class="activity" />}
      <span role="status" class="status-text">
        {/* Its own element for each text, so that it fades anew; the live region itself has to stay. */}
        <span key={status.text}>
          <VisibleText text={status.text} />
        </span>
      </span>
      {status.busy && <Waiting status={status} />}
    </div>
  );
}

function Waiting({ status }: { readonly status: StatusView }) {
  const { post } = usePanel();
  const words = useWords();
  const now = useSeconds(status.retryAt !== undefined || status.waitingSince !== undefined);
  if (status.retryAt !== undefined) {
    const seconds = Math.max(0, Math.ceil((status.retryAt - now) / 1_000));
    return (
      <>
        <span class="seconds">{worded(words.retryIn, seconds)}</span>
        <button type="button" class="link" onClick={() => post({ type: 'turn/stop' })}>
          {words.cancel}
        </button>
      </>
    );
  }
  if (status.waitingSince === undefined) return null;
  const silence = Math.floor((now - status.waitingSince) / 1_000);
  if (silence < noticeableSilence) return null;
  return <span class="seconds">{worded(words.noDataFor, silence)}</span>;
}

/** The time, once a second while it is needed. */
function useSeconds(isNeeded: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isNeeded) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isNeeded]);
  return now;
}
