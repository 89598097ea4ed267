// Puts off work for an element until it is on or near the screen, and then does one piece of it at a time.

/** How far from the screen an element counts as near. */
const margin = '600px 0px';

const waiting = new Map<Element, () => void>();
const due: (() => void)[] = [];
let observer: IntersectionObserver | undefined;

/** Calls once, in a task of its own. Returns what calls it off. */
export function whenNear(element: Element, work: () => void): () => void {
  observer ??= new IntersectionObserver(onSeen, { rootMargin: margin });
  waiting.set(element, work);
  observer.observe(element);
  return () => {
    if (waiting.get(element) === work) forget(element);
    const index = due.indexOf(work);
    if (index !== -1) due.splice(index, 1);
  };
}

function onSeen(entries: readonly IntersectionObserverEntry[]): void {
  for (const { isIntersecting, target } of entries) {
    const work = waiting.get(target);
    if (!isIntersecting || !work) continue;
    forget(target);
    due.push(work);
    if (due.length === 1) setTimeout(doNext, 0);
  }
}

function doNext(): void {
  due.shift()?.();
  if (due.length > 0) setTimeout(doNext, 0);
}

function forget(element: Element): void {
  waiting.delete(element);
  observer?.unobserve(element);
}
