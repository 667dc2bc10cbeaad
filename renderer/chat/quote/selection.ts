/** What is selected in the messages: the words, and where the selection ends in the window. */
export interface SelectedWords {
  readonly text: string;
  readonly box: DOMRect;
}

const longest = 20_000;

/** The words selected within messages; null if nothing is, or something else is too. */
export function selectedWords(): SelectedWords | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const text = selection.toString();
  if (text.trim() === '' || text.length > longest) return null;
  if (![selection.anchorNode, selection.focusNode].every(isInMessages)) return null;
  const range = selection.getRangeAt(0);
  const boxes = range.getClientRects();
  return { text, box: boxes[boxes.length - 1] ?? range.getBoundingClientRect() };
}

function isInMessages(node: Node | null): boolean {
  const element = node instanceof Element ? node : node?.parentElement;
  return element?.closest('.messages-column') != null && element.closest('textarea, form') === null;
}
