import { Brain, Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { Thinking } from '../../electron/contract/settings.ts';
import { useStore } from '../app/stores.tsx';
import { formatCount } from '../ui/format.ts';
import '../ui/Menu.css';
import './ThinkingChoice.css';
import { thinkingOptions, thinkingValue } from './thinkingWords.ts';
import { useModelChoice } from './useModelChoice.ts';
import { useThinking } from './useThinking.ts';

/** Whether the model thinks first, and how long at most; only there for a loaded model that thinks. */
export function ThinkingChoice({ chat }: { readonly chat: string | null }) {
  const { thinking, set, refresh } = useThinking(chat);
  const chosen = useModelChoice().model?.id ?? null;
  const loaded = useStore('engine', ({ engine }) =>
    engine?.model.state === 'ready' && engine.model.id === chosen ? engine.model.loaded : null,
  );
  if (!loaded?.thinks) return null;
  const options = thinkingOptions(thinking);
  const canBeOff = loaded.thinkingCanBeOff;
  const shown = !thinking.on && !canBeOff ? { ...thinking, on: true } : thinking;
  const choose = (value: string) => {
    const option = options.find((each) => each.value === value);
    if (option) set(option.thinking);
  };
  return (
    <DropdownMenu.Root modal={false} onOpenChange={(open) => open && refresh()}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className="thinking-choice"
          data-on={shown.on || undefined}
          aria-label={`Thinking: ${shown.on ? stateWords(shown) : 'off'}`}
          title="Whether the model thinks before it answers"
        >
          <Brain size={15} aria-hidden />
          <span className="truncate">{stateWords(shown)}</span>
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu thinking-menu"
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={8}
          aria-label="Thinking"
        >
          <DropdownMenu.Label className="thinking-note">Think before answering</DropdownMenu.Label>
          <DropdownMenu.RadioGroup value={thinkingValue(shown)} onValueChange={choose}>
            {options.map(({ value, label }) => (
              <DropdownMenu.RadioItem
                key={value}
                value={value}
                className="menu-item"
                disabled={value === 'off' && !canBeOff}
              >
                <span className="thinking-check" aria-hidden>
                  <DropdownMenu.ItemIndicator>
                    <Check size={15} />
                  </DropdownMenu.ItemIndicator>
                </span>
                {label}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          {!canBeOff && <p className="thinking-note">This model always thinks first.</p>}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const stateWords = ({ on, budget }: Thinking): string => {
  if (!on) return 'No thinking';
  return budget === null ? 'Thinks' : `≤ ${formatCount(budget)} tokens`;
};
