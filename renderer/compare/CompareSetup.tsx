import { useEffect, useId, useMemo, useState } from 'react';
import { freeThinking } from '../../electron/contract/settings.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { ownOf } from '../chat/own/useOwn.ts';
import { scopeOf } from '../chat/sources/useScope.ts';
import { modelChoice } from '../chat/useModelChoice.ts';
import { errorText } from '../stores/errorText.ts';
import { isChatModel } from '../stores/library.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import './Compare.css';
import { areSame, firstChoices, type SideChoice, toContender } from './contenders.ts';
import { OpenOnes } from './OpenOnes.tsx';
import { SideFields } from './SideFields.tsx';
import { TaskField } from './TaskField.tsx';

const firstTask = 'general';

/** Chooses what is to be compared: the words, two models or settings, and whether the names are hidden. */
export function CompareSetup(props: {
  readonly chat: string | null;
  readonly messageId: string | null;
  readonly text: string;
  readonly onClose: () => void;
}) {
  const { chat, messageId, onClose } = props;
  const stores = useStores();
  const all = useStore('library', (state) => state.library?.models);
  const models = useMemo(() => (all ?? []).filter(isChatModel), [all]);
  const usual = useStore('settings', (state) => state.settings?.thinking ?? freeThinking);
  const [text, setText] = useState(props.text);
  const [sides, setSides] = useState(() => firstChoices(models, modelChoice(stores)));
  const [blind, setBlind] = useState(true);
  const [task, setTask] = useState(firstTask);
  const [problem, setProblem] = useState('');
  const [starting, setStarting] = useState(false);
  const id = useId();
  useEffect(() => setSides((known) => known ?? firstChoices(models, modelChoice(stores))), [models, stores]);

  const start = async () => {
    if (!sides) return;
    setStarting(true);
    setProblem('');
    try {
      await startComparison();
    } catch (error) {
      setProblem(errorText(error));
      setStarting(false);
    }
  };
  const startComparison = async () => {
    if (!sides) return;
    const { api, chats, chatSettings, comparisons, drafts, route, ui } = stores;
    let conversationId = chat;
    if (conversationId === null) {
      const made = await api.conversations.create({
        firstWords: text.slice(0, 500),
        settings: ownOf(stores, null),
      });
      chats.getState().put(made);
      chatSettings.getState().move(made.id);
      conversationId = made.id;
    }
    const [one, other] = sides;
    const comparison = await comparisons.getState().start(
      {
        conversationId,
        question: messageId === null ? { text } : { messageId },
        sides: [toContender(one, models, usual), toContender(other, models, usual)],
        task: task.trim() || firstTask,
        blind,
        notes: scopeOf(stores, conversationId),
      },
      () => ui.getState().announce('Both answers ended'),
    );
    if (messageId === null && drafts.getState().drafts[chat ?? ''] === props.text)
      drafts.getState().set(chat ?? '', '');
    onClose();
    route.getState().go({ screen: 'compare', id: comparison });
  };
  const setSide = (index: 0 | 1, choice: SideChoice) =>
    setSides((known) => known && (index === 0 ? [choice, known[1]] : [known[0], choice]));
  const same = sides !== null && areSame(sides[0], sides[1]);

  return (
    <Dialog
      title="Compare two answers"
      text="The same words go to both, one after the other. Both answers stay in the chat."
      wide
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={!sides || same || starting || (messageId === null && text.trim() === '')}
            onClick={() => void start()}
          >
            {starting ? 'Starting…' : 'Compare'}
          </Button>
        </>
      }
    >
      {chat !== null && <OpenOnes chat={chat} onClose={onClose} />}
      {messageId === null ? (
        <div className="field">
          <label htmlFor={`${id}-text`}>Message</label>
          <textarea
            id={`${id}-text`}
            className="input"
            rows={2}
            dir="auto"
            maxLength={2_000_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      ) : (
        <p className="compare-asked" dir="auto">
          {props.text}
        </p>
      )}
      {sides ? (
        <div className="compare-sides">
          {([0, 1] as const).map((index) => (
            <SideFields
              key={index}
              name={index === 0 ? 'One' : 'The other'}
              models={models}
              choice={sides[index]}
              onChange={(choice) => setSide(index, choice)}
            />
          ))}
        </div>
      ) : (
        <p className="field-problem">There is no model to answer yet. Add one in Models first.</p>
      )}
      {same && (
        <p className="field-help">Both are the same: choose another model or another variety for one.</p>
      )}
      <TaskField value={task} onChange={setTask} />
      <label className="compare-blind">
        <input type="checkbox" checked={blind} onChange={(event) => setBlind(event.target.checked)} />
        Hide which is which until I pick
      </label>
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
