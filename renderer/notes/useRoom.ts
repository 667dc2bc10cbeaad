import { type RefObject, useLayoutEffect, useState } from 'react';

/** What there is room for beside a note: the list and the panel, the list alone, or neither. */
export type Room = 'wide' | 'middle' | 'narrow';

const wide = 940;
const middle = 680;

/** How much room an element has; asked again whenever its width changes. */
export function useRoom(element: RefObject<HTMLElement | null>): Room {
  const [room, setRoom] = useState<Room>('wide');
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const measure = () => {
      const { width } = target.getBoundingClientRect();
      setRoom(width >= wide ? 'wide' : width >= middle ? 'middle' : 'narrow');
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return room;
}
