import type { CatalogModel, FoundModel, ModelFile } from '../../electron/contract/hub.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { findDownload, nameOf } from '../stores/downloads.ts';
import { Button } from '../ui/Button.tsx';
import { openPage } from './openPage.ts';
import { findFile, findInstalled, openChatWith, runDownloaded } from './runDownloaded.ts';
import { TokenButton } from './TokenButton.tsx';

/** The model a file belongs to. */
export interface FileOwner {
  readonly repo: string;
  readonly name: string;
  readonly gate: FoundModel['gate'];
  /** Only a model to chat with gets a "Use". */
  readonly kind: CatalogModel['kind'];
  /** False where this Inkling cannot run it. */
  readonly supported: boolean | null;
}

/** The one thing to do with a file of the hub: fetch it, ask for it on its page, see how far it is, or use it. */
export function FileActions(props: {
  readonly owner: FileOwner;
  readonly file: ModelFile;
  readonly primary?: boolean;
}) {
  const { owner, file } = props;
  const stores = useStores();
  const { repo } = owner;
  const download = useStore('downloads', (state) => findDownload(state.downloads, repo, file.file));
  const hasToken = useStore('network', ({ token }) => token?.token != null);
  const asked = useStore('downloads', (state) => state.asked.has(nameOf(repo, file.file)));
  const installed = useStore('library', ({ library }) => {
    const models = library?.models ?? [];
    const fetched = download?.state === 'ready' ? findInstalled(models, download) : null;
    return fetched ?? findFile(models, { repo, file: file.file, size: file.size });
  });

  if (download && download.state !== 'ready') {
    const percent = download.size ? Math.floor((download.received / download.size) * 100) : 0;
    return <span className="badge">{download.state === 'failed' ? 'Stopped' : `${percent}%`}</span>;
  }
  if (installed || download) {
    const verified = download?.check === 'verified';
    const use = () =>
      installed ? openChatWith(stores, installed.id) : download && void runDownloaded(stores, download);
    return (
      <>
        <span className="badge" data-tone="ok">
          {verified ? 'Installed · verified' : 'Installed'}
        </span>
        {owner.kind === 'chat' && installed?.state !== 'invalid' && (
          <Button small aria-label={`Use ${owner.name}`} onClick={use}>
            Use
          </Button>
        )}
      </>
    );
  }
  if ((owner.gate === 'auto' || owner.gate === 'manual') && !hasToken) {
    return (
      <>
        <Button small onClick={() => void openPage(stores, repo)}>
          Open the model’s page
        </Button>
        <TokenButton />
      </>
    );
  }
  const words = owner.supported === false ? 'Download anyway' : 'Download';
  return (
    <Button
      small
      look={props.primary ? 'primary' : 'plain'}
      disabled={asked}
      aria-label={`${words}: ${owner.name}${file.quantization ? `, ${file.quantization}` : ''}`}
      onClick={() => void stores.downloads.getState().start(repo, file.file).catch(stores.fail)}
    >
      {words}
    </Button>
  );
}
