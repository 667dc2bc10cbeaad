import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const nearPx = 40;
const farPx = 240;
const intentMs = 1000;
const upwards: ReadonlySet<string> = new Set(['ArrowUp', 'PageUp', 'Home']);

/** Keeps the end in sight while the reader is there, and never otherwise. `leaveEnd`: they are taken elsewhere. */
export function useStickToEnd(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
) {
  const stuck = useRef(true);
  const last = useRef({ top: 0, height: 0 });
  const [far, setFar] = useState(false);

  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    stuck.current = true;
    element.scrollTop = element.scrollHeight;
    last.current = { top: element.scrollTop, height: element.scrollHeight };
    setFar(false);
  }, [scroller]);

  const leaveEnd = useCallback(() => {
    stuck.current = false;
  }, []);

  useLayoutEffect(toEnd, [toEnd]);
  useEffect(() => {
    const element = scroller.current;
    const inner = content.current;
    if (!element || !inner) return;
    const intent = watchIntent(element);
    const onScroll = () => {
      const { scrollTop: top, scrollHeight: height, clientHeight } = element;
      const left = height - top - clientHeight;
      const before = last.current;
      last.current = { top, height };
      if (left < nearPx) stuck.current = true;
      // The list moves its contents too, when their height turns out different; that is not the reader.
      else if (top < before.top && (intent.isFresh() || height === before.height)) stuck.current = false;
      // After a jump over rows that were never measured, its last move may come after ours.
      else if (stuck.current) return toEnd();
      setFar(left > farPx && !stuck.current);
    };
    const observer = new ResizeObserver(() => {
      if (stuck.current) toEnd();
    });
    observer.observe(inner);
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      intent.stop();
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [scroller, content, toEnd]);

  return { far, toEnd, leaveEnd };
}

// Whether the reader did something just now that scrolls upwards: wheel, keys, touch, or the scroll bar.
function watchIntent(element: HTMLElement): { isFresh(): boolean; stop(): void } {
  const abort = new AbortController();
  const options = { passive: true, signal: abort.signal };
  let at = Number.NEGATIVE_INFINITY;
  let held = false;
  const note = () => {
    at = performance.now();
  };
  element.addEventListener('wheel', (event) => event.deltaY < 0 && note(), options);
  element.addEventListener('touchmove', note, options);
  element.addEventListener('keydown', (event) => upwards.has(event.key) && note(), options);
  element.addEventListener(
    'pointerdown',
    () => {
      held = true;
    },
    options,
  );
  window.addEventListener(
    'pointerup',
    () => {
      held = false;
      note();
    },
    options,
  );
  return { isFresh: () => held || performance.now() - at < intentMs, stop: () => abort.abort() };
}
