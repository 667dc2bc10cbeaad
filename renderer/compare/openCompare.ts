import type { Stores } from '../app/stores.tsx';

/** Opens the dialog that compares two answers to what is being written in a chat. */
export function compareDraft({ drafts, ui }: Stores, chat: string | null): void {
  const text = drafts.getState().drafts[chat ?? ''] ?? '';
  ui.getState().show({ kind: 'compare', chat, messageId: null, text });
}
