import type { WholeChat } from '../../../contract/chatFile.ts';
import { InklingError } from '../../../contract/errors.ts';
import { isChatFile, readChatFile } from '../chatFile.ts';
import type { Tally } from '../tally.ts';
import { isChatGpt, readChatGpt } from './chatGpt.ts';
import { type ForeignChat, toWholeChat } from './foreign.ts';
import { isLmStudio, readLmStudio } from './lmStudio.ts';
import { isOpenWebUi, readOpenWebUi } from './openWebUi.ts';
import { type Json, nameOf, objectOf } from './values.ts';

/** A chat that was read, and where it comes from. */
export interface ReadChat {
  readonly app: string;
  readonly chat: WholeChat;
}

/** Reads a value that may be a chat of any app; null if it is none. Throws `bad_input` with words for a person. */
export function readElement(value: unknown, now: number, left: Tally): ReadChat | null {
  const object = objectOf(value);
  if (!object) return null;
  if (isChatFile(object)) return { app: 'Inkling', chat: readChatFile(object, left) };
  if (isChatGpt(object)) return taken(readChatGpt(object, left), now, left);
  if (isOpenWebUi(object)) return taken(readOpenWebUi(object, left), now, left);
  if (isLmStudio(object)) return taken(readLmStudio(object, left), now, left);
  return null;
}

/** Makes a chat of Inkling of one of another app. */
export function taken(foreign: ForeignChat, now: number, left: Tally): ReadChat {
  const chat = toWholeChat(foreign, now, left);
  if (!chat) throw new InklingError('bad_input', 'There are no words in it.');
  return { app: foreign.app, chat };
}

/** What a value calls itself, for a report. */
export function titleOf(value: unknown): string | null {
  const object: Json = objectOf(value) ?? {};
  return (
    nameOf(object['title']) ??
    nameOf(objectOf(object['chat'])?.['title']) ??
    nameOf(object['name']) ??
    nameOf(object['id'])
  );
}
