import { SlidersHorizontal, Sparkle } from 'lucide-react';
import { leavePreset, pickPreset } from '../../presets/usePreset.ts';
import { openOwnPanel } from '../own/openOwnPanel.ts';
import { ownOf } from '../own/useOwn.ts';
import type { ChatCommand } from './chatCommands.ts';

/** `/preset`: gives the chat a task. */
export const usePreset: ChatCommand = {
  name: 'preset',
  label: 'Give this chat a task',
  icon: Sparkle,
  choices: ({ stores, chat }) => [
    ...(stores.presets.getState().presets ?? []).map((preset) => ({
      label: preset.name,
      ...(preset.about !== '' && { facts: preset.about }),
      run: () => pickPreset(stores, chat, preset),
    })),
    ...(ownOf(stores, chat).preset ? [{ label: 'No preset', run: () => leavePreset(stores, chat) }] : []),
  ],
};

/** `/chat`: what this chat does in its own way. */
export const chatOwnSettings: ChatCommand = {
  name: 'chat',
  label: 'Settings of this chat',
  icon: SlidersHorizontal,
  run: ({ stores }) => openOwnPanel(stores),
};
