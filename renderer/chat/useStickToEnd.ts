import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

const nearPx = 40;
const farPx = 240;

/** Keeps the end in sight while the reader is there, and never otherwise. */
export function useStickToEnd(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
) {
  const stuck = useRef(true);
  const lastTop = useRef(0);
  const [far, setFar] = useState(false);

  const toEnd = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    stuck.current = true;
    element.scrollTop = element.scrollHeight;
    lastTop.current = element.scrollTop;
    setFar(false);
  }, [scroller]);

  useLayoutEffect(toEnd, [toEnd]);
  useEffect(() => {
    const element = scroller.current;
    const inner = content.current;
    if (!element || !inner) return;
    const onScroll = () => {
      const left = element.scrollHeight - element.scrollTop - element.clientHeight;
      if (left < nearPx) stuck.current = true;
      else if (element.scrollTop < lastTop.current) stuck.current = false;
      lastTop.current = element.scrollTop;
      setFar(left > farPx && !stuck.current);
    };
    // A wheel turned upwards says so before the scroll position does.
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY < 0 && element.scrollHeight > element.clientHeight) stuck.current = false;
    };
    const observer = new ResizeObserver(() => {
      if (stuck.current) toEnd();
    });
    observer.observe(inner);
    observer.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('wheel', onWheel, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, [scroller, content, toEnd]);

  return { far, toEnd };
}
