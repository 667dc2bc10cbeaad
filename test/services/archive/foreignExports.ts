/** Exports as other apps write them, made by hand after what is public about their formats. */

/** A node of a chat of ChatGPT. */
export function gptNode(
  id: string,
  parent: string | null,
  role: string,
  content: unknown,
  more: { metadata?: object; recipient?: string; at?: number | null; children?: string[] } = {},
) {
  return {
    id,
    message: {
      id,
      author: { role, name: null, metadata: {} },
      create_time: more.at === undefined ? 1700000000.5 : more.at,
      update_time: null,
      content: typeof content === 'string' ? { content_type: 'text', parts: [content] } : content,
      status: 'finished_successfully',
      end_turn: true,
      weight: 1,
      metadata: more.metadata ?? (role === 'assistant' ? { model_slug: 'gpt-4o' } : {}),
      recipient: more.recipient ?? 'all',
      channel: null,
    },
    parent,
    children: more.children ?? [],
  };
}

/** A chat of ChatGPT with a root, an instruction, two answers to one question, a tool, thoughts and an image. */
export const chatGpt = (id = '6550-aaaa', title = 'Ink for a pen') => ({
  title,
  create_time: 1700000000.123,
  update_time: 1700000900.5,
  mapping: Object.fromEntries(
    [
      { id: 'root', message: null, parent: null, children: ['sys'] },
      gptNode('sys', 'root', 'system', '', { metadata: { is_visually_hidden_from_conversation: true } }),
      gptNode('about', 'sys', 'user', { content_type: 'user_editable_context', user_profile: 'I like pens' }),
      gptNode('q1', 'about', 'user', {
        content_type: 'multimodal_text',
        parts: [
          {
            content_type: 'image_asset_pointer',
            asset_pointer: 'file-service://file-1',
            width: 1,
            height: 1,
          },
          'Which ink is this?',
        ],
      }),
      gptNode('a1', 'q1', 'assistant', 'An old answer.'),
      gptNode('t2', 'q1', 'assistant', {
        content_type: 'thoughts',
        thoughts: [{ summary: 'Looking', content: 'It is dark.' }],
      }),
      gptNode(
        'call',
        't2',
        'assistant',
        { content_type: 'code', language: 'unknown', text: 'search("ink")' },
        { recipient: 'web' },
      ),
      gptNode('tool', 'call', 'tool', { content_type: 'tether_quote', text: 'a page' }),
      gptNode('a2', 'tool', 'assistant', 'Iron gall ink.\ue200cite\ue202turn0search0\ue201', {
        at: 1700000100,
      }),
      gptNode('q2', 'a2', 'user', 'Thanks!', { at: 1700000200 }),
    ].map((node) => [node.id, node]),
  ),
  moderation_results: [],
  current_node: 'q2',
  conversation_id: id,
  is_archived: true,
  is_starred: null,
  default_model_slug: 'gpt-4o',
  id,
});

const lmVersion = (role: string, text: string) => ({
  type: 'singleStep',
  role,
  content: [{ type: 'text', text }],
});

/** A conversation file of LM Studio with two versions of an answer, a thought and an attached file. */
export const lmStudio = (name = 'Haiku about rain') => ({
  name,
  pinned: true,
  createdAt: 1731000000000,
  preset: '',
  tokenCount: 120,
  systemPrompt: 'Answer in verse.',
  messages: [
    {
      versions: [
        {
          type: 'singleStep',
          role: 'user',
          content: [
            { type: 'text', text: 'A haiku about rain, please.' },
            { type: 'file', fileIdentifier: 'rain.txt', fileType: 'text/plain', sizeBytes: 12 },
          ],
        },
      ],
      currentlySelected: 0,
    },
    {
      versions: [
        {
          type: 'multiStep',
          role: 'assistant',
          senderInfo: { senderName: 'qwen2.5-7b-instruct' },
          steps: [
            { type: 'contentBlock', stepIdentifier: '1-0', content: [{ type: 'text', text: 'Drip drip' }] },
          ],
        },
        {
          type: 'multiStep',
          role: 'assistant',
          senderInfo: { senderName: 'qwen3-4b' },
          steps: [
            {
              type: 'contentBlock',
              style: { type: 'thinking', ended: true, title: 'Thought for 1.2 seconds' },
              content: [{ type: 'text', text: 'Five, seven, five.' }],
            },
            { type: 'debugInfoBlock', debugInfo: 'Conversation naming technique: prompt' },
            {
              type: 'contentBlock',
              stepIdentifier: '2-1',
              content: [{ type: 'text', text: 'Rain on the tin roof' }],
            },
          ],
        },
      ],
      currentlySelected: 1,
    },
    { versions: [lmVersion('user', 'One more.')], currentlySelected: 0 },
  ],
  usePerChatPredictionConfig: true,
  perChatPredictionConfig: { fields: [] },
  clientInput: '',
  userFilesSizeBytes: 0,
  lastUsedModel: {
    identifier: 'qwen3-4b',
    indexedModelIdentifier: 'x/qwen3-4b',
    instanceLoadTimeConfig: { fields: [] },
  },
  notes: [],
  plugins: [],
  pluginConfigs: {},
  disabledPluginTools: [],
  looseFiles: [],
});

/** A chat of an export of Open WebUI with two answers, a rating, tags, and thoughts inside of a text. */
export const openWebUi = (id = 'b2c3-open', title = 'Bread') => ({
  id,
  user_id: 'u1',
  title,
  chat: {
    id: '',
    title,
    models: ['llama3.2:3b'],
    params: {},
    history: {
      messages: {
        m1: {
          id: 'm1',
          parentId: null,
          childrenIds: ['m2', 'm3'],
          role: 'user',
          content: 'How long does bread rise?',
          timestamp: 1720000000,
          models: ['llama3.2:3b'],
          files: [{ type: 'file', name: 'recipe.pdf' }],
        },
        m2: {
          id: 'm2',
          parentId: 'm1',
          childrenIds: [],
          role: 'assistant',
          content: 'Ten minutes.',
          model: 'llama3.2:3b',
          modelName: 'Llama 3.2',
          modelIdx: 0,
          timestamp: 1720000010,
          done: true,
          annotation: { rating: -1, comment: 'no' },
        },
        m3: {
          id: 'm3',
          parentId: 'm1',
          childrenIds: [],
          role: 'assistant',
          content:
            '<details type="reasoning" done="true" duration="3">\n<summary>Thought for 3 seconds</summary>\n> Yeast needs time.\n</details>\nTwo hours.',
          model: 'llama3.2:3b',
          timestamp: 1720000020,
          done: true,
          annotation: { rating: 1 },
        },
      },
      currentId: 'm3',
    },
    messages: [],
    tags: ['old'],
    timestamp: 1720000000123,
    files: [],
  },
  updated_at: 1720000500,
  created_at: 1720000000,
  share_id: null,
  archived: false,
  pinned: true,
  meta: { tags: ['baking', 'none'] },
  folder_id: null,
});

/** The two files of a thread of Jan. */
export const jan = (id = 'jan_1712345678', title = 'Physics') => ({
  'thread.json': JSON.stringify({
    id,
    object: 'thread',
    title,
    assistants: [
      {
        assistant_id: 'jan',
        assistant_name: 'Jan',
        model: { id: 'llama3.2-3b-instruct', engine: 'llama-cpp' },
      },
    ],
    created: 1712345678,
    updated: 1712345999,
    metadata: { lastMessage: 'Because.' },
  }),
  'messages.jsonl': [
    {
      id: 'n1',
      object: 'thread.message',
      thread_id: id,
      role: 'user',
      content: [{ type: 'text', text: { value: 'Why is the sky blue?', annotations: [] } }],
      status: 'ready',
      created_at: 1712345700,
      completed_at: 1712345700,
      attachments: null,
    },
    {
      id: 'n2',
      object: 'thread.message',
      thread_id: id,
      role: 'assistant',
      content: [
        {
          type: 'text',
          text: {
            value: '<think>\nRayleigh.\n</think>\n\nBecause air scatters blue light.',
            annotations: [],
          },
        },
      ],
      status: 'ready',
      created_at: 1712345710,
      completed_at: 1712345720,
    },
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join(''),
});
