// The panel from top to bottom; shows nothing until the host has told what there is.
import { Composer } from './composer.tsx';
import { Header, LaneNotice } from './header.tsx';
import { PanelContext } from './panel.ts';
import type { Panel } from './panel.ts';
import { StatusLine } from './statusLine.tsx';
import { Transcript } from './transcript.tsx';

export function App({ panel }: { readonly panel: Panel }) {
  if (!panel.store.words.value) return null;
  return (
    <PanelContext.Provider value={panel}>
      <Header />
      <main>
        <h1 class="unseen">{panel.store.words.value.conversation}</h1>
        <LaneNotice />
        <Transcript />
        <StatusLine />
        <Composer />
        <div class="unseen" aria-live="polite">
          {panel.announcement.value}
        </div>
      </main>
    </PanelContext.Provider>
  );
}
