import { Quote } from 'lucide-react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useStores } from '../../app/stores.tsx';
import './QuoteButton.css';
import { keysText } from '../../ui/Keys.tsx';
import { quoteSelection } from './quoteSelection.ts';
import { type SelectedWords, selectedWords } from './selection.ts';

const pauseMs = 120;
const height = 36;

/** A button beside words that were selected in a message; it puts them into the composer as a quotation. */
export function QuoteButton() {
  const stores = useStores();
  const [selected, setSelected] = useState<SelectedWords | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    // While the pointer still draws the selection, the button would be in its way.
    let held = false;
    const look = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setSelected(held ? null : selectedWords()), pauseMs);
    };
    const hold = (event: PointerEvent) => {
      held = event.type === 'pointerdown' && !(event.target as Element).closest?.('.quote-button');
      look();
    };
    const hide = () => setSelected(null);
    document.addEventListener('selectionchange', look);
    document.addEventListener('pointerdown', hold);
    document.addEventListener('pointerup', hold);
    document.addEventListener('scroll', hide, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('selectionchange', look);
      document.removeEventListener('pointerdown', hold);
      document.removeEventListener('pointerup', hold);
      document.removeEventListener('scroll', hide, true);
    };
  }, []);
  if (!selected) return null;
  const { box } = selected;
  const below = box.bottom + height + 8 < innerHeight;
  return createPortal(
    <button
      type="button"
      className="quote-button"
      title={`Quote (${keysText(['mod', 'shift', '9'])})`}
      style={{
        left: Math.min(Math.max(box.right - 40, 8), innerWidth - 96),
        top: below ? box.bottom + 6 : box.top - height - 2,
      }}
      // The selection stays.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => {
        quoteSelection(stores)?.();
        setSelected(null);
      }}
    >
      <Quote size={14} aria-hidden />
      Quote
    </button>,
    document.body,
  );
}
