import { FileDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { attachFiles } from '../chat/files/attachFiles.ts';
import { addPaths } from '../models/addPaths.ts';
import { focusComposer } from './actions.ts';
import './DropZone.css';
import { type Stores, useStores } from './stores.tsx';

const noPath =
  'A browser does not tell where a dropped file lies, so it cannot be used from there. Give its path here, or browse for it.';

/** Takes models that are dropped anywhere on the window, and files that are dropped on a chat; without it a browser would leave the page for the file. */
export function DropZone() {
  const stores = useStores();
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Entering a child comes before leaving its parent, so the two are counted.
    let depth = 0;
    const on = (name: 'dragenter' | 'dragover' | 'dragleave' | 'drop', run: (event: DragEvent) => void) => {
      const listen = (event: DragEvent) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        run(event);
        setOver(depth > 0);
      };
      window.addEventListener(name, listen);
      return () => window.removeEventListener(name, listen);
    };
    const stops = [
      on('dragenter', () => depth++),
      on('dragleave', () => depth--),
      on('dragover', ({ dataTransfer }) => {
        if (dataTransfer) dataTransfer.dropEffect = chatOf(stores) === null ? 'link' : 'copy';
      }),
      on('drop', ({ dataTransfer }) => {
        depth = 0;
        if (dataTransfer) take(stores, dataTransfer);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [stores]);
  if (!over) return null;
  return (
    <div className="drop-zone">
      <p>
        <FileDown size={20} aria-hidden />
        {chatOf(stores) === null
          ? 'Drop GGUF files or a folder of them to use them where they lie'
          : 'Drop files to attach them to this chat, or GGUF files to use them as models'}
      </p>
    </div>
  );
}

/** The chat that is shown; an empty id for one not started, null on other screens. */
function chatOf({ route }: Stores): string | null {
  const shown = route.getState().route;
  return shown.screen === 'chat' ? (shown.id ?? '') : null;
}

function take(stores: Stores, dropped: DataTransfer): void {
  const items = [...dropped.items].filter(({ kind }) => kind === 'file');
  const folders = new Set(
    items.filter((item) => item.webkitGetAsEntry()?.isDirectory).map((item) => item.getAsFile()?.name),
  );
  const files = [...dropped.files];
  const chat = chatOf(stores);
  const isModel = ({ name }: File) => chat === null || folders.has(name) || /\.gguf$/i.test(name);
  const others = files.filter((file) => !isModel(file));
  if (chat !== null && others.length > 0) {
    attachFiles(stores, chat, others);
    focusComposer();
  }
  takeModels(stores, files.filter(isModel));
}

function takeModels(stores: Stores, files: readonly File[]): void {
  if (files.length === 0) return;
  const paths = files.map((file) => stores.pathOf(file));
  const known = paths.filter((path) => path !== null);
  if (known.length > 0) void addPaths(stores, known);
  if (known.length < paths.length) stores.ui.getState().show({ kind: 'addModel', note: noPath });
}
