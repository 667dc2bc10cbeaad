import { useCallback, useMemo } from 'react';
import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Line } from '../stores/line.ts';
import { BlockGroup, groupBlocks } from './markdown/BlockGroup.tsx';
import { codeAt } from './markdown/readCode.ts';
import './markdown/reading.css';
import { citationDefinitions } from './sources/citations.ts';
import { SourcesProvider } from './sources/SourcesContext.tsx';

const none: readonly never[] = [];

/** The words of one part of an answer as Markdown; of the last part, also those that still grow. */
export function AnswerText(props: {
  readonly store: StoreApi<Line>;
  readonly part: number;
  readonly last: boolean;
}) {
  const { store, part, last } = props;
  const blocks = useZustand(store, (line) => line.doc.parts[part] ?? none);
  const tail = useZustand(store, (line) => (last ? line.doc.split.tail : none));
  const goesOn = useZustand(store, ({ doc }) => Boolean((doc.parts[part + 1] ?? doc.split.tail)[0]?.joins));
  const defined = useZustand(store, (line) => line.doc.split.definitions);
  const sources = useZustand(store, (line) => line.message.notes?.sources ?? none);
  const definitions = useMemo(
    () => (sources.length === 0 ? defined : new Map([...defined, ...citationDefinitions(sources)])),
    [defined, sources],
  );
  const groups = useMemo(() => groupBlocks([...blocks, ...tail]), [blocks, tail]);
  const whole = useCallback((start: number) => codeAt(store.getState().doc.text, start), [store]);

  return (
    <SourcesProvider value={sources}>
      <div className="reading">
        {groups.map((group, index) => (
          <BlockGroup
            key={group[0].start}
            blocks={group}
            goesOn={index < groups.length - 1 ? Boolean(groups[index + 1]?.[0].joins) : !last && goesOn}
            definitions={definitions}
            whole={whole}
          />
        ))}
      </div>
    </SourcesProvider>
  );
}
