import { type Failure, toFailure } from '../../electron/contract/errors.ts';
import type { Stores } from '../app/stores.tsx';

/** Shows a file in the system's file manager; where there is none, says where it lies. */
export async function showModel({ api, ui, fail }: Stores, path: string): Promise<void> {
  try {
    await api.host.reveal({ path });
  } catch (error) {
    const { code }: Failure = toFailure(error);
    if (code === 'unsupported') ui.getState().show({ kind: 'modelPlace', path });
    else fail(error);
  }
}
