import {
  type CacheType,
  cacheType,
  type LoadChoices,
  type LoadSettings,
} from '../../electron/contract/load.ts';
import { useStore } from '../app/stores.tsx';
import { SelectField } from '../ui/SelectField.tsx';
import { StopSlider } from '../ui/StopSlider.tsx';
import { contextStops, gpuStops, threadStops } from './loadStops.ts';

const attention = [
  { value: 'auto', label: 'Automatic' },
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
] as const;
const cacheNames: Readonly<Record<CacheType, string>> = {
  f16: 'Usual (16 bits)',
  q8_0: 'Half the memory (8 bits)',
  q4_0: 'A quarter (4 bits, less exact)',
};

/** The fields of the load settings; what this machine or file does not have is left out. */
export function LoadFields(props: {
  readonly choices: LoadChoices;
  readonly draft: LoadSettings;
  readonly onChange: (changed: Partial<LoadSettings>) => void;
}) {
  const { choices, draft, onChange } = props;
  const hardware = useStore('engine', ({ engine }) => engine?.hardware ?? null);
  const gpu = hardware !== null && hardware.backend !== 'cpu';
  return (
    <>
      <StopSlider
        label="Context window"
        help="How much of a chat the model sees at once."
        stops={contextStops(choices, draft.contextSize)}
        value={draft.contextSize}
        onChange={(contextSize) => onChange({ contextSize })}
      />
      {gpu && choices.layers !== null && (
        <StopSlider
          label="Layers on the GPU"
          stops={gpuStops(choices.layers)}
          value={draft.gpuLayers}
          onChange={(gpuLayers) => onChange({ gpuLayers })}
        />
      )}
      <StopSlider
        label="Threads"
        stops={threadStops(hardware?.cores ?? 1, draft.threads)}
        value={draft.threads}
        onChange={(threads) => onChange({ threads })}
      />
      <div className="load-pair">
        <SelectField
          label="Flash attention"
          value={draft.flashAttention}
          options={attention}
          onChange={(value) => {
            const flashAttention = attention.find((each) => each.value === value)?.value;
            // A smaller cache cannot be read without it.
            if (flashAttention)
              onChange({ flashAttention, ...(flashAttention === 'off' && { cacheType: 'f16' }) });
          }}
        />
        <SelectField
          label="Cache of the window"
          value={draft.cacheType}
          options={cacheType.options.map((value) => ({ value, label: cacheNames[value] }))}
          onChange={(value) => {
            const { data } = cacheType.safeParse(value);
            if (data)
              onChange({
                cacheType: data,
                ...(data !== 'f16' && draft.flashAttention === 'off' && { flashAttention: 'auto' }),
              });
          }}
        />
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={draft.mmap}
          onChange={(event) => onChange({ mmap: event.target.checked })}
        />
        <span>
          Map the file into memory
          <span className="field-help"> · loads faster, and lets the system take memory back</span>
        </span>
      </label>
    </>
  );
}
