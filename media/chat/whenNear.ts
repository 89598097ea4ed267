// Puts off work for an element until its part of the page is on or near the screen, and then does one piece at a time.

/** How far from the screen a part counts as near. */
const margin = '600px 0px';

/** By observed part: the browser looks at each observed element on each frame, so there have to be few. */
const waiting = new Map<Element, Set<() => void>>();
const due = new Set<() => void>();
let observer: IntersectionObserver | undefined;
let isWorking = false;

/** Calls once, in a task of its own, when the `section` around the element is near. Returns what calls it off. */
export function whenNear(element: Element, work: () => void): () => void {
  const part = element.closest('.section') ?? element;
  observer ??= new IntersectionObserver(onSeen, { rootMargin: margin });
  const works = waiting.get(part) ?? new Set();
  works.add(work);
  waiting.set(part, works);
  observer.observe(part);
  return () => {
    due.delete(work);
    works.delete(work);
    if (works.size === 0) forget(part);
  };
}

function onSeen(entries: readonly IntersectionObserverEntry[]): void {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    for (const work of waiting.get(target) ?? []) due.add(work);
    forget(target);
  }
  workOn();
}

function workOn(): void {
  if (isWorking || due.size === 0) return;
  isWorking = true;
  setTimeout(() => {
    isWorking = false;
    const [work] = due;
    if (work) {
      due.delete(work);
      work();
    }
    workOn();
  }, 0);
}

function forget(part: Element): void {
  waiting.delete(part);
  observer?.unobserve(part);
}
