import { afterEach, describe, expect, it } from 'vitest';
import { askedFor, orderOf } from '../../fakes/electron/record.ts';
import { startDesktop, stopDesktop } from './startDesktop.ts';

afterEach(stopDesktop);

describe('Chromium', () => {
  it('is kept off the network by its switches, given before it starts', async () => {
    await startDesktop();
    const given = new Map(askedFor('app.appendSwitch') as [string, string | undefined][]);
    for (const name of [
      'disable-background-networking',
      'disable-component-update',
      'disable-domain-reliability',
      'disable-sync',
      'no-pings',
      'dns-prefetch-disable',
      'no-proxy-server',
    ])
      expect(given.has(name), name).toBe(true);
    expect(given.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
    expect(given.get('force-webrtc-ip-handling-policy')).toBe('disable_non_proxied_udp');
    expect(given.get('disable-features')).toContain('OptimizationHints');
    expect(askedFor('contents.setWebRTCIPHandlingPolicy')).toEqual([['disable_non_proxied_udp']]);
  });

  it('fetches no dictionary: the spell checker is off before the first window', async () => {
    const { window } = await startDesktop();
    expect(askedFor('session.setSpellCheckerEnabled')).toEqual([[false]]);
    expect(askedFor('session.setSpellCheckerLanguages')).toEqual([[[]]]);
    expect(orderOf('session.setSpellCheckerEnabled')).toBeLessThan(orderOf('new BrowserWindow'));
    expect(window.options.webPreferences).toMatchObject({ spellcheck: false });
  });

  it('offers its developer tools only in development', async () => {
    const { window } = await startDesktop();
    expect(window.options.webPreferences).toMatchObject({ devTools: false });
  });
});
