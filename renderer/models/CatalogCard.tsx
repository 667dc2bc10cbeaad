import { ChevronDown, ChevronUp } from 'lucide-react';
import { useId, useState } from 'react';
import type { CatalogModel } from '../../electron/contract/hub.ts';
import { useStore } from '../app/stores.tsx';
import { IconButton } from '../ui/Button.tsx';
import { DownloadProgress } from './DownloadProgress.tsx';
import { FileActions, type FileOwner } from './FileActions.tsx';
import { FileChoices } from './FileChoices.tsx';
import { FitBadge } from './FitBadge.tsx';
import { catalogFacts, fileFacts, offeredFile, sentenceOf } from './modelWords.ts';

const kindWords = { chat: null, embedding: 'For notes search', reranker: 'Sorts notes search' } as const;

/** A model of the catalogue: what it is good at, whether it fits, and one button. `primary`: the button stands out. */
export function CatalogCard({ model, primary }: { readonly model: CatalogModel; readonly primary: boolean }) {
  const [open, setOpen] = useState(false);
  const choices = useId();
  const owner: FileOwner = { ...model, supported: null };
  const download = useStore(
    'downloads',
    ({ downloads }) =>
      downloads?.findLast(({ repo, state }) => repo === model.repo && state !== 'ready') ?? null,
  );
  const offered =
    model.files.find(({ file }) => file === download?.file) ?? offeredFile(model.files, model.recommended);
  const listed = open && model.files.some(({ file }) => file === download?.file);
  const asksFirst = model.gate === 'auto' || model.gate === 'manual';
  return (
    <li className="card">
      <div className="card-line card-top">
        <h2 className="truncate" title={`${model.name}\n${model.repo}`}>
          {model.name}
        </h2>
        <span className="card-facts truncate" title={model.license?.note ?? undefined}>
          {catalogFacts(model)}
        </span>
        {kindWords[model.kind] && <span className="badge">{kindWords[model.kind]}</span>}
        {offered && <FitBadge fit={offered.fit} />}
      </div>
      <div className="card-line card-bottom">
        <p className="card-strength">
          {sentenceOf(model.strength)}
          {asksFirst && ' Its makers want their terms accepted on the model’s page first.'}
        </p>
        <span className="card-end">
          {offered && !download && (
            <>
              <span className="card-facts">{fileFacts(offered)}</span>
              <FileActions owner={owner} file={offered} primary={primary} />
            </>
          )}
          {model.files.length > 0 && (
            <IconButton
              small
              icon={open ? ChevronUp : ChevronDown}
              label={open ? `Fewer files of ${model.name}` : `More files of ${model.name}`}
              aria-expanded={open}
              aria-controls={open ? choices : undefined}
              onClick={() => setOpen(!open)}
            />
          )}
        </span>
      </div>
      {download && !listed && <DownloadProgress download={download} name={model.name} />}
      {open && (
        <FileChoices
          id={choices}
          owner={owner}
          files={model.files}
          download={download}
          recommended={model.recommended}
        />
      )}
    </li>
  );
}
