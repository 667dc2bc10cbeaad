import type { Stores } from '../app/stores.tsx';

/** Shows the address of a model's page on the hub, for the person to open. */
export async function openPage({ network, ui, fail }: Stores, repo: string): Promise<void> {
  try {
    ui.getState().show({ kind: 'link', url: await network.getState().pageOf(repo) });
  } catch (error) {
    fail(error);
  }
}
