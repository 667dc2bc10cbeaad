import { focusComposer } from '../app/actions.ts';
import { useStores } from '../app/stores.tsx';
import { Button } from '../ui/Button.tsx';
import { Logo } from '../ui/Logo.tsx';
import './EmptyChat.css';
import { PresetChips } from '../presets/PresetChips.tsx';
import { useModelChoice } from './useModelChoice.ts';

const prompts = [
  'Explain how a heat pump works, in five sentences',
  'Write a friendly letter asking the landlord to fix the heating',
  'Turn this list into a table: apples 3, pears 5, plums 2',
];

/** What the built-in starter answers well; anything else is beyond it. */
const starterPrompts = ['What can you do?', 'Where is my data?', 'Does anything leave my computer?'];

/** The calm first screen of a chat. */
export function EmptyChat() {
  const { drafts, route, ui } = useStores();
  const { kind, model } = useModelChoice();
  const key = route.getState().route;
  const use = (prompt: string) => {
    drafts.getState().set(key.screen === 'chat' ? (key.id ?? '') : '', prompt);
    focusComposer();
  };
  const isTest = model?.name.toLowerCase().includes('test model') === true;
  const isStarter = model?.source === 'builtin' && !isTest;

  return (
    <div className="empty-page empty-chat">
      <span className="empty-logo">
        <Logo size={44} />
      </span>
      <h2>A language model of your own</h2>
      <p>Inkling answers on this computer. What you write stays here; nothing is sent anywhere.</p>
      {model && !isTest && (
        <p className="muted">
          <strong title={model.fileName}>{model.name}</strong> will answer.
          {isStarter && ' It is tiny: it knows Inkling, quotes your notes, and can do little else.'}
        </p>
      )}
      {isTest && (
        <p className="empty-note">
          This is a test model with random weights: it shows that everything works, but it writes nonsense.
          For real answers, choose another model at the top, get one in Discover, or add a GGUF file you have.
        </p>
      )}
      {(kind === 'gone' || kind === 'broken') && (
        <p className="empty-note">
          The model you chose {kind === 'gone' ? 'is not on this computer any more' : 'cannot be used'}.
          Choose another one at the top, or put its file back.
        </p>
      )}
      {kind === 'none' && (
        <p className="empty-note">
          There is no model yet. Choose one to download, or add a GGUF file you have; Inkling reads it where
          it lies.
        </p>
      )}
      {kind !== 'unknown' && (!model || isTest || isStarter) && (
        <div className="empty-buttons">
          <Button look="primary" onClick={() => route.getState().go({ screen: 'models', tab: 'discover' })}>
            Discover models
          </Button>
          <Button onClick={() => ui.getState().show({ kind: 'addModel' })}>Add file or folder…</Button>
        </div>
      )}
      {model && (
        <ul className="prompts" aria-label="Suggestions">
          {(isStarter ? starterPrompts : prompts).map((prompt) => (
            <li key={prompt}>
              <button type="button" className="prompt" onClick={() => use(prompt)}>
                {prompt}
              </button>
            </li>
          ))}
        </ul>
      )}
      {model && !isStarter && <PresetChips />}
    </div>
  );
}
