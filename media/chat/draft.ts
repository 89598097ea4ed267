// Tells the host what stands in the composer, some time after the last key, so that no reload loses it.

/** Milliseconds without a change before the text is told. */
const restBeforeTelling = 400;

export interface Draft {
  readonly change: (text: string) => void;
  /** Tells what is not told yet, at once: the view may be gone in a moment. */
  readonly flush: () => void;
}

export function createDraft(tell: (text: string) => void): Draft {
  let untold: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    if (untold === undefined) return;
    const text = untold;
    untold = undefined;
    tell(text);
  };
  return {
    change(text) {
      untold = text;
      clearTimeout(timer);
      timer = setTimeout(flush, restBeforeTelling);
    },
    flush,
  };
}
