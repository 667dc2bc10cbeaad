import { useStore } from '../app/stores.tsx';
import { CopyButton } from '../chat/markdown/CodeBlock.tsx';
import { Section } from './Section.tsx';

/** What runs here, ready to be copied into a bug report. */
export function AboutSection() {
  const info = useStore('connectionState', (state) => state.info);
  const llama = useStore('engine', ({ engine }) => engine?.hardware?.llamaCpp ?? 'not known yet');
  if (!info) return null;
  const facts: readonly (readonly [string, string])[] = [
    ['Inkling', info.version],
    ['System', info.platform],
    ['Node', info.node],
    ['SQLite', info.sqlite],
    ['llama.cpp', llama],
    ['Data format', String(info.schema)],
    ['Models folder', info.modelsDir],
  ];
  return (
    <Section id="about" title="About">
      <p>Inkling: a language model of your own. Free software under the MIT licence.</p>
      <dl className="about">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <span className="copy-line">
        Copy for a bug report
        <CopyButton
          label="Copy versions"
          text={() => facts.map(([name, value]) => `${name}: ${value}`).join('\n')}
        />
      </span>
    </Section>
  );
}
