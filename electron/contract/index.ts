import { app } from './app.ts';
import { archive } from './archive.ts';
import { attachments } from './attachments.ts';
import { chat } from './chat.ts';
import { compare } from './compare.ts';
import { confidence } from './confidence.ts';
import { conversations } from './conversations.ts';
import type { Api, Service } from './define.ts';
import { downloads } from './downloads.ts';
import { drafts } from './drafts.ts';
import { engine } from './engine.ts';
import { host } from './host.ts';
import { hub } from './hub.ts';
import { library } from './library.ts';
import { network } from './network.ts';
import { notes } from './notes.ts';
import { presets } from './presets.ts';
import { settings } from './settings.ts';
import { storage } from './storage.ts';

/** Everything the window can ask of the app. */
export const contract = {
  app,
  settings,
  storage,
  library,
  engine,
  conversations,
  attachments,
  chat,
  archive,
  compare,
  confidence,
  downloads,
  drafts,
  hub,
  network,
  notes,
  presets,
  host,
};
export type AppContract = typeof contract;
export type AppApi = Api<AppContract>;
export type AppService = Service<AppContract>;
