import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createChildProcesses } from '../../../electron/hosts/browser/childProcess.ts';
import type { Services } from '../../../electron/services/createServices.ts';
import { writeRandomModel } from '../../../models/randomModel.ts';
import { collect } from '../../client.ts';
import { makeDir, removeDir } from '../../hosts/browser/startHost.ts';
import { startServices } from '../startServices.ts';

const never = { signal: new AbortController().signal };
const children = createChildProcesses();
let dir: string;
let services: Services;

beforeEach(async () => {
  dir = makeDir();
  const builtin = join(dir, 'builtin');
  mkdirSync(builtin);
  await writeRandomModel(join(builtin, 'plain.gguf'));
  services = startServices(dir, children.spawn);
  await services.service.library.rescan(null, never);
});
afterEach(async () => {
  await services.close();
  children.killAll();
  removeDir(dir);
});

async function chat(text: string): Promise<string> {
  const { id } = await services.service.conversations.create({}, never);
  await collect(services.service.chat.send({ conversationId: id, text }, never));
  return id;
}
const titleOf = async (id: string) => (await services.service.conversations.get({ id }, never)).title;

it('a chat is named by the model once nobody needs it', async () => {
  const id = await chat('say a plan for Oslo titled:Plans_for_Oslo');
  expect(await titleOf(id)).toContain('say a plan for Oslo');
  await vi.waitFor(async () => expect(await titleOf(id)).toBe('Plans for Oslo'), {
    timeout: 30_000,
    interval: 100,
  });
}, 60_000);

it('nothing is named where the person does not want it', async () => {
  await services.service.settings.set({ nameChats: false }, never);
  const off = await chat('say a plan for Oslo titled:Plans_for_Oslo');
  await new Promise((resolve) => setTimeout(resolve, 4000));
  expect(await titleOf(off)).toContain('say a plan for Oslo');
}, 60_000);
