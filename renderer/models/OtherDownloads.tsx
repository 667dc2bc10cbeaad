import type { CatalogModel } from '../../electron/contract/hub.ts';
import { useStore } from '../app/stores.tsx';
import { DownloadProgress } from './DownloadProgress.tsx';
import { modelNameOf } from './downloadWords.ts';

/** The downloads that no card below shows. */
export function OtherDownloads({ shown }: { readonly shown: readonly CatalogModel[] }) {
  const downloads = useStore('downloads', (state) => state.downloads);
  const problem = useStore('downloads', (state) => state.problem);
  const others =
    downloads?.filter(
      ({ repo, state }) => state !== 'ready' && !shown.some((model) => model.repo === repo),
    ) ?? [];
  if (problem)
    return (
      <p className="card-note" role="status">
        What is being downloaded cannot be shown now: {problem.message}
      </p>
    );
  if (others.length === 0) return null;
  return (
    <section className="others" aria-labelledby="others-title">
      <h2 id="others-title" className="others-title">
        On the way
      </h2>
      <ul className="cards">
        {others.map((download) => (
          <li key={download.id} className="card">
            <div className="card-line card-top">
              <h2 className="truncate" title={download.file}>
                {modelNameOf(download.file)}
              </h2>
              <span className="card-facts truncate">{download.repo}</span>
            </div>
            <DownloadProgress download={download} name={modelNameOf(download.file)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
