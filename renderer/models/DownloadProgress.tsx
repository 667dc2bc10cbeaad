import { Pause, Play, RotateCw, X } from 'lucide-react';
import { useState } from 'react';
import type { Download } from '../../electron/contract/downloads.ts';
import { useStores } from '../app/stores.tsx';
import { isMoving } from '../stores/downloads.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { formatSize } from '../ui/format.ts';
import { Progress } from '../ui/Progress.tsx';
import { downloadFacts, fractionOf } from './downloadWords.ts';
import { openPage } from './openPage.ts';
import { TokenButton } from './TokenButton.tsx';
import { useNow } from './useNow.ts';

/** From how many fetched bytes on a cancel is asked about. */
const worthAsking = 50_000_000;

/** A download that is not ready: how far it is, what stands in its way, and what can be done. */
export function DownloadProgress(props: { readonly download: Download; readonly name: string }) {
  const { download, name } = props;
  const now = useNow(download.retryAt);
  const facts = downloadFacts(download, now);
  // Nothing to show of what never began.
  const begun = download.state !== 'failed' || download.received > 0;
  const verb = download.state === 'verifying' ? 'Verifying' : 'Downloading';
  return (
    <div className="download" data-state={download.state}>
      {begun && <Progress label={`${verb} ${name}`} fraction={fractionOf(download)} />}
      <div className="download-line">
        <span className="download-facts">
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </span>
        <DownloadButtons download={download} name={name} />
      </div>
      {download.problem && (
        <p className={download.state === 'failed' ? 'card-reason' : 'card-note'} role="status">
          {download.problem.message}
        </p>
      )}
      {download.note && <p className="card-note">{download.note}</p>}
    </div>
  );
}

function DownloadButtons({ download, name }: { readonly download: Download; readonly name: string }) {
  const stores = useStores();
  const { downloads, fail } = stores;
  const [asking, setAsking] = useState(false);
  const { id, state, problem, repo } = download;
  const { pause, resume, cancel, remove } = downloads.getState();
  const end = () => void (state === 'failed' ? remove(id) : cancel(id)).catch(fail);
  // One button through all states, so that the focus stays on it.
  const main = isMoving(download)
    ? state !== 'verifying' && { words: 'Pause', label: `Pause ${name}`, icon: Pause, run: pause }
    : state === 'paused'
      ? { words: 'Resume', label: `Resume ${name}`, icon: Play, run: resume }
      : { words: 'Try again', label: `Try again: ${name}`, icon: RotateCw, run: resume };
  const closed = problem?.code === 'gated' || problem?.code === 'unauthorized';
  return (
    <span className="card-actions">
      {closed && (
        <>
          <Button small onClick={() => void openPage(stores, repo)}>
            Open the model’s page
          </Button>
          <TokenButton />
        </>
      )}
      {main && (
        <Button small icon={main.icon} aria-label={main.label} onClick={() => void main.run(id).catch(fail)}>
          {main.words}
        </Button>
      )}
      <Button
        small
        look="quiet"
        icon={state === 'failed' ? X : undefined}
        aria-label={state === 'failed' ? `Remove ${name}` : `Cancel ${name}`}
        onClick={() => (download.received >= worthAsking ? setAsking(true) : end())}
      >
        {state === 'failed' ? 'Remove' : 'Cancel'}
      </Button>
      {asking && (
        <Dialog
          title={`Cancel the download of ${name}?`}
          text={`The ${formatSize(download.received)} that were fetched are deleted. A pause would keep them.`}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>Keep it</Button>
              <Button
                look="danger"
                onClick={() => {
                  setAsking(false);
                  end();
                }}
              >
                Cancel and delete
              </Button>
            </>
          }
        />
      )}
    </span>
  );
}
