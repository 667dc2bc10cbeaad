import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ChatEvent } from '../../../electron/contract/chat.ts';
import { createChildProcesses } from '../../../electron/hosts/browser/childProcess.ts';
import { writeRandomModel } from '../../../models/randomModel.ts';
import { collect } from '../../client.ts';
import { makeDir, removeDir } from '../../hosts/browser/startHost.ts';
import { startServices } from '../startServices.ts';

const never = { signal: new AbortController().signal };

/** All services over an engine that does what the prompt says, with one empty chat; `copies` are more names of its model. */
export async function openScriptedServices(copies: readonly string[] = []) {
  const children = createChildProcesses({ execArgv: () => [] });
  const dir = makeDir();
  const builtin = join(dir, 'builtin');
  mkdirSync(builtin);
  await writeRandomModel(join(builtin, 'plain.gguf'));
  for (const name of copies) copyFileSync(join(builtin, 'plain.gguf'), join(builtin, `${name}.gguf`));
  const open = () => startServices(dir, children.spawn);
  let services = open();
  const { models } = await services.service.library.rescan(null, never);
  const modelOf = (name: string) => models.find(({ fileName }) => fileName === `${name}.gguf`)?.id ?? 'none';
  const modelId = modelOf('plain');
  const { id: conversationId } = await services.service.conversations.create({}, never);

  return {
    conversationId,
    modelId,
    modelOf,
    get api() {
      return services.service;
    },
    send: (text: string): Promise<ChatEvent[]> =>
      collect(services.service.chat.send({ conversationId, text, modelId }, never)),
    async stored() {
      const page = { id: conversationId, before: null, limit: 200 };
      return (await services.service.conversations.messages(page, never)).messages;
    },
    async restart() {
      await services.close();
      services = open();
    },
    async close() {
      await services.close();
      children.killAll();
      removeDir(dir);
    },
  };
}
