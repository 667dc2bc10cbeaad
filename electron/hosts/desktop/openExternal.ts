import { type BaseWindow, dialog, shell } from 'electron';
import { InklingError } from '../../contract/errors.ts';
import { externalUrl } from '../../contract/host.ts';

/** The address as it would be opened, or undefined if it is none that a person may open (http, https, mailto). */
function openable(url: string): string | undefined {
  if (!externalUrl.safeParse(url).success || !URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return ['http:', 'https:', 'mailto:'].includes(protocol) ? href : undefined;
}

/** Opens a link in the system's browser or mail program. The person has seen the full address before. */
export async function openExternal(url: string): Promise<void> {
  const address = openable(url);
  if (!address) throw new InklingError('bad_input', 'Only http, https and mailto links can be opened.');
  try {
    await shell.openExternal(address);
  } catch {
    throw new InklingError('unsupported', `No program could be found to open it. The address is ${address}`);
  }
}

/** For a link that did not come through the page's own question: shows the full address and opens it if that is wanted. */
export async function offerExternal(url: string, window: BaseWindow | undefined): Promise<void> {
  const address = openable(url);
  if (!address) return;
  const question = {
    type: 'question' as const,
    message: 'Open this address in another program?',
    detail: address,
    buttons: ['Open', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
  const { response } = await (window
    ? dialog.showMessageBox(window, question)
    : dialog.showMessageBox(question));
  if (response !== 0) return;
  await openExternal(address).catch((error: unknown) =>
    dialog.showErrorBox('The address could not be opened', error instanceof Error ? error.message : ''),
  );
}
