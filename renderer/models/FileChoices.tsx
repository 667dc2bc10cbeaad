import type { Download } from '../../electron/contract/downloads.ts';
import type { ModelFile } from '../../electron/contract/hub.ts';
import { DownloadProgress } from './DownloadProgress.tsx';
import { FileActions, type FileOwner } from './FileActions.tsx';
import { FitBadge } from './FitBadge.tsx';
import { fileFacts } from './modelWords.ts';

/** All files of a model to choose from, the recommended one marked with its reason; `download` is shown at its file. */
export function FileChoices(props: {
  readonly id: string;
  readonly owner: FileOwner;
  readonly files: readonly ModelFile[];
  readonly download: Download | null;
  readonly recommended: { readonly file: string; readonly reason: string } | null;
}) {
  const { owner, recommended, download } = props;
  return (
    <ul id={props.id} className="files" aria-label={`Files of ${owner.name}`}>
      {props.files.map((file) => (
        <li key={file.file} className="file-row">
          <span className="file-words">
            <span className="file-name truncate" title={file.file}>
              {file.quantization ? fileFacts(file) : `${file.file} · ${fileFacts(file)}`}
            </span>
            {file.file === recommended?.file && owner.supported !== false && (
              <span className="file-why">
                <strong>Recommended.</strong> {recommended.reason}
              </span>
            )}
          </span>
          <span className="file-end">
            {owner.supported !== false && <FitBadge fit={file.fit} />}
            {file.file !== download?.file && <FileActions owner={owner} file={file} />}
          </span>
          {file.file === download?.file && <DownloadProgress download={download} name={owner.name} />}
        </li>
      ))}
    </ul>
  );
}
