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
import { PrivacySection } from './PrivacySection.tsx';
import './Settings.css';

const names: Readonly<Record<SettingsSection, string>> = {
  general: 'General',
  answers: 'Answers',
  data: 'Data',
  access: 'Access token',
  privacy: 'Privacy',
  keys: 'Shortcuts',
  about: 'About',
};

/** All settings on one page; the names at the top lead to their part of it. */
export function SettingsScreen({ section }: { readonly section: SettingsSection }) {
  const { route } = useStores();
  const ready = useStore('settings', ({ settings }) => settings !== null);
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (ready && section !== 'general') page.current?.querySelector(`#${section}`)?.scrollIntoView();
    else page.current?.scrollTo(0, 0);
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
              aria-current={each === section ? 'true' : undefined}
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
