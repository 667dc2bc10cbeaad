import { expect, it, vi } from 'vitest';
import { person } from '../../fakes/electron/desktop.ts';
import { askedFor } from '../../fakes/electron/record.ts';

vi.mock('electron', () => import('../../fakes/electron/index.ts'));
const { moveToTrash } = await import('../../../electron/hosts/desktop/trash.ts');

it('hands a file to the bin of the system, and says when there is none', async () => {
  await moveToTrash('/notes/a.md');
  expect(askedFor('shell.trashItem')).toEqual([['/notes/a.md']]);
  person.hasBin = false;
  await expect(moveToTrash('/notes/b.md')).rejects.toMatchObject({ code: 'unsupported' });
});
