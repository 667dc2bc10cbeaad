import { afterEach, expect, it } from 'vitest';
import { person } from '../../fakes/electron/desktop.ts';
import { askedFor } from '../../fakes/electron/record.ts';
import { startDesktop, stopDesktop } from './startDesktop.ts';

afterEach(stopDesktop);

it('a window with something unsaved asks before it closes, and stays unless told otherwise', async () => {
  const { window } = await startDesktop();
  const leave = () => {
    const event = { left: false, preventDefault: () => (event.left = true) };
    window.webContents.emit('will-prevent-unload', event);
    return event.left;
  };
  expect(leave()).toBe(false);
  expect(askedFor('dialog.showMessageBoxSync')).toMatchObject([
    [{ buttons: ['Stay', 'Close Anyway'], cancelId: 0 }],
  ]);
  person.button = 1;
  expect(leave()).toBe(true);
});
