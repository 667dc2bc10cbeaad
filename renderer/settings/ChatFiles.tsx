import { useStores } from '../app/stores.tsx';
import { Button } from '../ui/Button.tsx';

/** The ways of chats into files, and back. */
export function ChatFiles() {
  const { ui } = useStores();
  return (
    <>
      <div className="data-line">
        <h3>Chats as files</h3>
      </div>
      <div className="data-line">
        <span className="data-words">
          <span>Everything</span>
          <span className="muted">
            All chats and the settings in one zip file. Single chats: in their menu.
          </span>
        </span>
        <Button small onClick={() => ui.getState().show({ kind: 'export', wish: { what: 'everything' } })}>
          Export everything…
        </Button>
      </div>
      <div className="data-line">
        <span className="data-words">
          <span>From elsewhere</span>
          <span className="muted">Chats of Inkling, ChatGPT, LM Studio, Open WebUI and Jan.</span>
        </span>
        <Button small onClick={() => ui.getState().show({ kind: 'import' })}>
          Import chats…
        </Button>
      </div>
      <div className="data-line">
        <span className="data-words">
          <span>For fine-tuning</span>
          <span className="muted">
            Conversations, or better and worse answers by your ratings, as JSON lines.
          </span>
        </span>
        <Button
          small
          onClick={() =>
            ui.getState().show({ kind: 'export', wish: { what: 'training', kind: 'conversations' } })
          }
        >
          Export training data…
        </Button>
      </div>
    </>
  );
}
