import { useEffect, useRef } from 'react';
import { openDifference } from './differenceView.ts';

/** What changed between two texts, in one column. */
export function Difference({ before, after }: { readonly before: string; readonly after: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) return;
    const view = openDifference(host.current, { before, after, label: 'Differences' });
    return () => view.destroy();
  }, [before, after]);
  return <div className="note-difference" ref={host} />;
}
