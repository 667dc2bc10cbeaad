import { Volume2, VolumeX } from 'lucide-react';
import { plainText } from '../markdown/plainText.ts';
import type { MessageAction, MessageTarget } from './messageActions.ts';

/** The words of a message, without the signs of Markdown. */
export function wordsOf({ stores, line, message }: MessageTarget): string {
  if (message.role === 'user') return message.text;
  const { doc } = stores.threads.getState().line(line).getState();
  return plainText([...doc.parts.flat(), ...doc.split.tail]);
}

const isRead = ({ stores, line }: MessageTarget) => stores.speech.getState().line === line;
const canBeRead = ({ stores, message }: MessageTarget) =>
  stores.speech.getState().available && message.role === 'assistant' && message.text !== '';

/** Reads an answer aloud by a voice of this computer; not offered where there is none. */
export const readAloud: MessageAction = {
  label: 'Read aloud',
  icon: Volume2,
  when: (target) => canBeRead(target) && !isRead(target),
  run: (target) => target.stores.speech.getState().speak(target.line, wordsOf(target)),
};

/** Ends that. */
export const stopReading: MessageAction = {
  label: 'Stop reading',
  icon: VolumeX,
  when: isRead,
  run: ({ stores }) => stores.speech.getState().stop(),
};
