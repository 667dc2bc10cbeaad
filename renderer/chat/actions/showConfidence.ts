import { Highlighter } from 'lucide-react';
import type { MessageAction, MessageTarget } from './messageActions.ts';

const isShown = ({ stores, message }: MessageTarget) => stores.confidence.getState().readings.has(message.id);

/** The model that wrote it is there, or was until it was given a rest: no other has to go for it. */
const isAtHand = ({ stores, message }: MessageTarget) => {
  const { engine } = stores.engine.getState();
  const id = message.model?.id;
  if (!engine || !id) return false;
  return engine.rested === id || (engine.model.state === 'ready' && engine.model.id === id);
};

/** Marks the words of an answer by how likely the model found them. */
export const showConfidence: MessageAction = {
  label: 'Show how sure each word was',
  icon: Highlighter,
  when: (target) => {
    const { message, running } = target;
    const ended = message.role === 'assistant' && message.state !== 'streaming' && message.text !== '';
    return ended && !running && !isShown(target) && isAtHand(target);
  },
  run: ({ stores, threadId, message }) => void stores.confidence.getState().show(threadId, message.id),
};
