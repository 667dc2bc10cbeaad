import { useEffect, useRef } from 'react';
import { Header } from '../app/Header.tsx';
import { useStore, useStores } from '../app/stores.tsx';
import { type SettingsSection, settingsSections } from '../stores/route.ts';
import { AboutSection } from './AboutSection.tsx';
import { AccessSection } from './AccessSection.tsx';
import { AnswersSection } from './AnswersSection.tsx';
import { DataSection } from './DataSection.tsx';
import { GeneralSection } from './GeneralSection.tsx';
import { KeysSection } from './KeysSection.tsx';
import { PresetsSection } from './PresetsSection.tsx';
import { PrivacySection } from './PrivacySection.tsx';
import './Settings.css';
import { doings, useSeenSection } from './useSeenSection.ts';

const names: Readonly<Record<SettingsSection, string>> = {
  general: 'General',
  answers: 'Answers',
  presets: 'Presets',
  data: 'Data',
  access: 'Access token',
  privacy: 'Privacy',
  keys: 'Shortcuts',
  about: 'About',
};

/** What stands above a section may still arrive; this long it is kept in view, in ms. */
const settleMs = 1500;

/** Scrolls to a section, and again while what stands above it grows, until the person does something. */
function keepInView(page: HTMLElement, selector: string): () => void {
  const show = () => page.querySelector(selector)?.scrollIntoView();
  const resized = new ResizeObserver(show);
  const stop = () => {
    resized.disconnect();
    clearTimeout(timer);
    for (const event of doings) page.removeEventListener(event, stop);
  };
  const timer = setTimeout(stop, settleMs);
  for (const event of doings) page.addEventListener(event, stop, { passive: true });
  // Observing tells the size there is now, too.
  if (page.firstElementChild) resized.observe(page.firstElementChild);
  return stop;
}

/** All settings on one page; the names at the top lead to their part of it. */
export function SettingsScreen({ section }: { readonly section: SettingsSection }) {
  const { route } = useStores();
  const ready = useStore('settings', ({ settings }) => settings !== null);
  const page = useRef<HTMLDivElement>(null);
  const seen = useSeenSection(page, section);
  useEffect(() => {
    if (ready && section !== 'general' && page.current) return keepInView(page.current, `#${section}`);
    page.current?.scrollTo(0, 0);
  }, [section, ready]);

  return (
    <>
      <Header>
        <h1 className="header-title">Settings</h1>
        <nav className="settings-nav" aria-label="Sections of the settings">
          {settingsSections.map((each) => (
            <button
              key={each}
              type="button"
              className="tab"
              aria-current={each === seen ? 'true' : undefined}
              onClick={() => {
                route.getState().go({ screen: 'settings', section: each });
                page.current?.querySelector(`#${each}`)?.scrollIntoView();
              }}
            >
              {names[each]}
            </button>
          ))}
        </nav>
      </Header>
      <div className="page" ref={page}>
        {ready && (
          <div className="page-column settings-column">
            <GeneralSection />
            <AnswersSection />
            <PresetsSection />
            <DataSection />
            <AccessSection />
            <PrivacySection />
            <KeysSection />
            <AboutSection />
          </div>
        )}
      </div>
    </>
  );
}
