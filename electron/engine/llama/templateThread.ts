import { parentPort } from 'node:worker_threads';
import type { ChatHistoryItem, ChatWrapper, LlamaText, LlamaTextJSON } from 'node-llama-cpp';
import type { PromptMessage } from '../contract.ts';
import type { Library } from './library.ts';
import { type QuietPrompt, quietPrompt } from './quietPrompt.ts';
import type {
  RenderedPrompt,
  TemplateInfo,
  TemplateReply,
  TemplateRequest,
  TemplateSource,
} from './templateMessages.ts';

/**
 * The thread in which chat templates run. They are programs that come with a model and may never end; here they
 * stop nothing but themselves, and the engine ends the thread when its time is up.
 */
export function runTemplateThread(): void {
  const port = parentPort;
  if (!port) throw new Error('The template thread must be started by the engine.');
  const library = import('node-llama-cpp');
  let wrappers: Wrappers | undefined;
  // The same model is often loaded again with other settings.
  let last: { readonly key: string; readonly resolved: ReturnType<typeof resolve> } | undefined;

  const answer = async (request: TemplateRequest): Promise<TemplateInfo | RenderedPrompt | null> => {
    const loaded = await library;
    switch (request.type) {
      case 'warm':
        return null;
      case 'resolve': {
        const key = JSON.stringify(request.source);
        if (last?.key !== key) last = { key, resolved: resolve(loaded, request.source) };
        wrappers = last.resolved.wrappers;
        return last.resolved.info;
      }
      case 'render':
        if (!wrappers) throw new Error('no template');
        return render(wrappers, request.messages, request.quiet);
    }
  };

  port.on('message', async (request: TemplateRequest) => {
    const { id } = request;
    let reply: TemplateReply;
    try {
      reply = { id, value: await answer(request) };
    } catch (error) {
      reply = { id, error: error instanceof Error ? error.message : String(error) };
    }
    port.postMessage(reply);
  });
}

function render(
  { wrapper, quiet }: Wrappers,
  messages: readonly PromptMessage[],
  quietly: boolean,
): RenderedPrompt {
  const history = messages.map(historyItem);
  const chatHistory: ChatHistoryItem[] = [...history, { type: 'model', response: [''] }];
  const state = wrapper.generateContextState({ chatHistory });
  const text = quietly && quiet ? quiet(history) : state.contextText;
  return {
    text: text.toJSON(),
    stops: state.stopGenerationTriggers.map((trigger) => trigger.toJSON()),
  };
}

function historyItem({ role, text }: PromptMessage): ChatHistoryItem {
  switch (role) {
    case 'system':
      return { type: 'system', text };
    case 'user':
      return { type: 'user', text };
    case 'assistant':
      return { type: 'model', response: [text] };
  }
}

/** How prompts are written: as usual, and so that the model does not think, where there is a way. */
interface Wrappers {
  readonly wrapper: ChatWrapper;
  readonly quiet: QuietPrompt | null;
}

function resolve(library: Library, source: TemplateSource): { wrappers: Wrappers; info: TemplateInfo } {
  const { wrapper, from, note, marksFrom } = choose(library, source);
  const own = marksOf(library, wrapper);
  const more = marksFrom && own.closes.length === 0 ? marksOf(library, marksFrom) : own;
  const marks = more.closes.length === 0 && source.knowsThink ? { ...more, ...thinkMarks(library) } : more;
  const thinks = more.closes.length > 0;
  const template = from === 'model' ? source.chatTemplate : null;
  const quiet = thinks ? quietPrompt(library, wrapper, template) : null;
  return {
    wrappers: { wrapper, quiet },
    info: { source: from, name: wrapper.wrapperName, note, thinks, canBeQuiet: quiet !== null, ...marks },
  };
}

/** A vocabulary with these tokens is that of a thinking model, whatever its template says. */
const thinkMarks = (library: Library) => ({
  opens: ['<think>'],
  closes: ['</think>'],
  thoughtStart: new library.LlamaText([new library.SpecialTokensText('<think>\n')]).toJSON(),
  thoughtEnd: new library.LlamaText([new library.SpecialTokensText('\n</think>\n\n')]).toJSON(),
});

interface Choice {
  readonly wrapper: ChatWrapper;
  /** Where to look for the marks of thoughts if the wrapper knows none. */
  readonly marksFrom?: ChatWrapper;
  readonly from: TemplateInfo['source'];
  readonly note: string | null;
}

function choose(library: Library, source: TemplateSource): Choice {
  let note = source.ignoreTemplate ?? 'The model file has no chat template.';
  if (source.chatTemplate !== null && source.ignoreTemplate === null) {
    try {
      return { ...ownTemplate(library, source, source.chatTemplate), from: 'model', note: null };
    } catch (error) {
      note = `The model's chat template does not work (${error instanceof Error ? error.message : String(error)}).`;
    }
  }
  const known = library.resolveChatWrapper({
    ...common(source),
    fileInfo: fileInfo(source, null),
    warningLogs: false,
  });
  if (known && !(known instanceof library.GeneralChatWrapper)) {
    return {
      wrapper: known,
      from: 'known',
      note: `${note} Using ${known.wrapperName}, which fits its name.`,
    };
  }
  if (source.knowsChatMl) {
    const wrapper = new library.ChatMLChatWrapper();
    return { wrapper, from: 'fallback', note: `${note} Using ChatML, whose markers it knows.` };
  }
  const wrapper = new library.GeneralChatWrapper();
  return { wrapper, from: 'fallback', note: `${note} Using a general one; answers may run on.` };
}

/**
 * Checks the template by itself first: the library would replace a broken one without a word. Where one of the
 * library's own formats writes the same prompts it is taken, but it may not know the marks of thoughts.
 */
function ownTemplate(library: Library, source: TemplateSource, template: string) {
  const plain = new library.JinjaTemplateChatWrapper({ template });
  const best = library.resolveChatWrapper({
    ...common(source),
    fileInfo: fileInfo(source, template),
    warningLogs: false,
    fallbackToOtherWrappersOnJinjaError: false,
  });
  return { wrapper: best ?? plain, marksFrom: plain };
}

type ResolveOptions = Exclude<Parameters<Library['resolveChatWrapper']>[0], { tokenize: unknown }>;
type FileInfo = NonNullable<ResolveOptions['fileInfo']>;

const common = (source: TemplateSource) => ({
  filename: source.fileName,
  bosString: source.bosString,
  architecture: source.architecture as FileInfo['metadata']['general']['architecture'] | undefined,
});

/** The library reads nothing but the metadata of the file information here. */
function fileInfo(source: TemplateSource, template: string | null): FileInfo {
  const metadata = source.metadata as { tokenizer?: object };
  return {
    metadata: { ...metadata, tokenizer: { ...metadata.tokenizer, chat_template: template ?? undefined } },
  } as FileInfo;
}

type Marks = Omit<TemplateInfo, 'source' | 'name' | 'note' | 'thinks' | 'canBeQuiet'>;

function marksOf(library: Library, wrapper: ChatWrapper): Marks {
  const segments = wrapper.settings.segments;
  const thought = segments?.thought;
  const prefix = thought?.prefix;
  const openedByPrompt =
    typeof prefix === 'object' && !library.LlamaText.isLlamaText(prefix) && prefix.type === 'openedOnStart';
  const plainPrefix = openedByPrompt ? undefined : (prefix as string | LlamaText | undefined);
  const opens = [plainPrefix, segments?.comment?.prefix].map(plain).filter((text) => text !== '');
  const closes = [thought?.suffix, segments?.comment?.suffix, segments?.closeAllSegments]
    .map(plain)
    .filter((text) => text !== '');
  const opensItself = thought?.openOnResponseStart === true && plainPrefix !== undefined;
  return {
    opens,
    closes,
    hidden: hiddenOf(wrapper),
    thoughtStart: plainPrefix === undefined ? null : library.LlamaText(plainPrefix).toJSON(),
    thoughtEnd: thoughtEnd(library, thought?.suffix),
    openWith: opensItself ? library.LlamaText(plainPrefix).toJSON() : null,
    startsInThought: openedByPrompt || opensItself,
  };
}

/** The end of a thought with the white space that models with think tags write before the answer. */
function thoughtEnd(library: Library, suffix: string | LlamaText | undefined): LlamaTextJSON | null {
  if (plain(suffix) === '') return null;
  const text = library.LlamaText(suffix as string | LlamaText);
  const space = text.toString().endsWith('</think>') ? '\n\n' : '';
  return library.LlamaText(text, new library.SpecialTokensText(space)).toJSON();
}

/** Headers that some formats put before the answer itself. */
function hiddenOf(wrapper: ChatWrapper): string[] {
  const { prefixTriggers = [] } = wrapper.generateContextState({
    chatHistory: [
      { type: 'user', text: 'Hello' },
      { type: 'model', response: [''] },
    ],
  });
  const headers = prefixTriggers.flatMap((trigger) =>
    trigger.type === 'response' ? trigger.triggers.map((text) => plain(text) + plain(trigger.inject)) : [],
  );
  return headers.length > 0 && wrapper.wrapperName === 'Harmony'
    ? [...headers, '<|start|>assistant']
    : headers;
}

/** The characters of a marker, without the white space that models are not strict about. */
function plain(text: string | LlamaText | undefined): string {
  if (text === undefined) return '';
  if (typeof text === 'string') return text.trim();
  return text.values
    .map((value) => (typeof value === 'string' ? value : value.value))
    .join('')
    .trim();
}
