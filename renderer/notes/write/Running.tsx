import { useEffect, useRef } from 'react';
import { useStore } from '../../app/stores.tsx';
import { findModel } from '../../stores/library.ts';
import { Progress } from '../../ui/Progress.tsx';
import type { Writing } from './useWriting.ts';
import { progressWords } from './writeWords.ts';

/** A proposal while it is written: what goes on, then the words as they come. */
export function Running({ writing }: { readonly writing: Writing }) {
  const { progress, text, state } = writing;
  const library = useStore('library', (store) => store.library);
  const name = progress?.type === 'loading' ? findModel(library, progress.modelId)?.name : undefined;
  const words = progressWords(writing, name ?? 'the model');
  const box = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the text as it grows
  useEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [text]);
  return (
    <>
      {state === 'running' && (
        <div className="write-progress">
          <p>{words}</p>
          {text === '' && <Progress label="Working" fraction={fractionOf(progress)} />}
        </div>
      )}
      {text !== '' && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        <section className="write-text" aria-label="Proposal" tabIndex={0} dir="auto" ref={box}>
          {text}
        </section>
      )}
    </>
  );
}

function fractionOf(progress: Writing['progress']): number | null {
  if (progress?.type === 'loading') return progress.phase === 'measuring' ? null : progress.fraction;
  return progress?.type === 'prefill' && progress.total > 0 ? progress.done / progress.total : null;
}
