import { useCallback, useMemo, useRef } from 'react';
import { Virtualizer } from 'virtua';
import { useStore as useZustand } from 'zustand';
import { useStores } from '../app/stores.tsx';
import { BlockGroup, groupBlocks } from '../chat/markdown/BlockGroup.tsx';
import { OwnLinks } from '../chat/markdown/ownLinks.ts';
import { advanceDoc, emptyDoc } from '../chat/markdown/parts.ts';
import { codeAt } from '../chat/markdown/readCode.ts';
import '../chat/markdown/reading.css';
import { useDesk } from './desk.ts';
import { followLink } from './followLink.ts';
import { noteOfAddress, readerText } from './readerText.ts';
import type { NoteSession } from './session/noteSession.ts';

/** A note as a page to read, made by the same safe renderer as answers. */
export function Reader({ session }: { readonly session: NoteSession }) {
  const stores = useStores();
  const { show } = useDesk();
  const revision = useZustand(session.store, (state) => state.revision);
  const note = useZustand(session.store, (state) => state.note);
  const scroller = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is asked for again when it has changed
  const { doc, frontMatter } = useMemo(() => {
    const { body, frontMatter } = readerText(session.document.state().doc.toString());
    return { doc: advanceDoc(emptyDoc, body, true), frontMatter };
  }, [session, revision]);
  const ownLink = useCallback(
    (url: string) => {
      const target = noteOfAddress(url);
      if (!target) return null;
      const link = { kind: 'note' as const, target, from: 0, to: 0 };
      return { title: target, open: () => followLink(stores, show, note, link) };
    },
    [stores, show, note],
  );
  const whole = useCallback((start: number) => codeAt(doc.text, start), [doc]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className="note-reader" ref={scroller} tabIndex={0} role="document" aria-label="Text of the note">
      <OwnLinks value={ownLink}>
        <div className="note-reader-column reading">
          {frontMatter && (
            <details className="note-front">
              <summary>Properties</summary>
              <pre>{frontMatter}</pre>
            </details>
          )}
          <Virtualizer data={doc.parts} scrollRef={scroller}>
            {(part, index) => (
              <div key={index} className="note-part">
                {groupBlocks(part).map((group) => (
                  <BlockGroup
                    key={group[0].start}
                    blocks={group}
                    goesOn={false}
                    definitions={doc.split.definitions}
                    whole={whole}
                  />
                ))}
              </div>
            )}
          </Virtualizer>
        </div>
      </OwnLinks>
    </div>
  );
}
