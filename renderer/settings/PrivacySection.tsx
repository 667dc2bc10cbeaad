import { Section } from './Section.tsx';

/** Says plainly what leaves this computer. */
export function PrivacySection() {
  return (
    <Section id="privacy" title="Privacy">
      <p>
        <strong>This version makes no network request at all.</strong> There is no account, no counting of
        use, no update check, and no picture or font from anywhere else.
      </p>
      <p>
        What you write and what models answer stays in the folder above. A link opens only after you have seen
        its full address, in your own browser.
      </p>
      <p className="muted">
        A later version will download models when you ask for it; every request will be listed here.
      </p>
    </Section>
  );
}
