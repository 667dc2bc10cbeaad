import { ChevronDown, ChevronUp, ExternalLink } from 'lucide-react';
import { useId, useState } from 'react';
import type { Download } from '../../electron/contract/downloads.ts';
import type { FoundModel, ModelDetails } from '../../electron/contract/hub.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { Button } from '../ui/Button.tsx';
import { plural } from '../ui/format.ts';
import { DownloadProgress } from './DownloadProgress.tsx';
import { FileChoices } from './FileChoices.tsx';
import { detailFacts, foundFacts } from './modelWords.ts';
import { Trouble } from './Trouble.tsx';

/** One result of a search; its files and fit are asked for when it is opened. */
export function FoundRow({ model }: { readonly model: FoundModel }) {
  const { hub } = useStores();
  const [open, setOpen] = useState(false);
  const part = useId();
  const download = useStore(
    'downloads',
    ({ downloads }) =>
      downloads?.findLast(({ repo, state }) => repo === model.repo && state !== 'ready') ?? null,
  );
  const listed = useStore('hub', ({ details }) => {
    const asked = details.get(model.repo);
    return asked?.state === 'ready' && asked.value.files.some(({ file }) => file === download?.file);
  });
  const toggle = () => {
    if (!open) void hub.getState().loadDetails(model.repo);
    setOpen(!open);
  };
  return (
    <li className="card found">
      <button
        type="button"
        className="found-open"
        aria-expanded={open}
        aria-controls={open ? part : undefined}
        onClick={toggle}
      >
        <span className="found-words">
          <span className="found-name">
            <span className="truncate" title={model.repo}>
              {model.name}
            </span>
            <span className="card-facts truncate">{model.author}</span>
          </span>
          <span className="found-facts">{foundFacts(model)}</span>
        </span>
        {(model.gate === 'auto' || model.gate === 'manual') && (
          <span className="badge" data-tone="warn">
            Asks first
          </span>
        )}
        {open ? <ChevronUp size={16} aria-hidden /> : <ChevronDown size={16} aria-hidden />}
      </button>
      {download && !(open && listed) && <DownloadProgress download={download} name={model.name} />}
      {open && (
        <div id={part} className="found-details">
          <Details repo={model.repo} download={download} />
        </div>
      )}
    </li>
  );
}

function Details({ repo, download }: { readonly repo: string; readonly download: Download | null }) {
  const { hub } = useStores();
  const asked = useStore('hub', ({ details }) => details.get(repo));
  switch (asked?.state) {
    case undefined:
    case 'loading':
      return (
        <p className="muted" role="status">
          Asking the hub about its files…
        </p>
      );
    case 'failed':
      return <Trouble problem={asked.problem} onRetry={() => void hub.getState().loadDetails(repo, true)} />;
    case 'ready':
      return <Known details={asked.value} download={download} />;
  }
}

function Known(props: { readonly details: ModelDetails; readonly download: Download | null }) {
  const { details } = props;
  const { ui } = useStores();
  const files = useId();
  const { repo, name, gate, supported, leftOut } = details;
  return (
    <>
      <div className="card-line details-line">
        <p className="found-facts">{detailFacts(details)}</p>
        <Button
          small
          look="quiet"
          icon={ExternalLink}
          onClick={() => ui.getState().show({ kind: 'link', url: details.page })}
        >
          Model’s page
        </Button>
      </div>
      {supported === false && (
        <p className="card-reason">
          The llama.cpp inside this Inkling does not know the architecture
          {details.architecture ? ` “${details.architecture}”` : ''}, so it cannot run this model.
        </p>
      )}
      {gate === 'auto' && (
        <p className="card-note">
          Its makers want their terms accepted first. Open the model’s page, accept them there, and set your
          access token in Settings; then it can be downloaded here.
        </p>
      )}
      {gate === 'manual' && (
        <p className="card-note">
          Its makers decide who may have it. Ask for it on the model’s page. Once they agreed, it can be
          downloaded here with your access token in Settings.
        </p>
      )}
      {details.files.length === 0 ? (
        <p className="muted">There is no GGUF file in it that Inkling can use.</p>
      ) : (
        <FileChoices
          id={files}
          owner={{ repo, name, gate, kind: 'chat', supported }}
          files={details.files}
          download={props.download}
          recommended={details.recommended}
        />
      )}
      {leftOut > 0 && (
        <p className="muted small">
          {plural(leftOut, 'file')} left out: parts for images, drafts and the like, which are no models by
          themselves.
        </p>
      )}
    </>
  );
}
