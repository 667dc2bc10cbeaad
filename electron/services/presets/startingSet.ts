import { type Preset, preset } from '../../contract/presets.ts';

const steady = { temperature: 0.2 } as const;
const lively = { temperature: 0.9, repeatPenalty: 1.1 } as const;

/**
 * The presets that come with Inkling, for models of 0.5 to 8 billion parameters: one task each, said in few positive
 * sentences, with what the answer has to look like at the end, where small models remember it best.
 */
export const startingSet: readonly Preset[] = [
  {
    id: 'start-rewrite',
    name: 'Rewrite',
    about: 'Says your text better, in the tone you choose',
    instructions:
      'You rewrite texts. Keep the meaning, the facts and the language of the text. Write clear, short sentences in a {{tone}} tone.\nReply with the rewritten text only.',
    variables: { tone: 'friendly' },
    sampling: { temperature: 0.4 },
  },
  {
    id: 'start-summarize',
    name: 'Summarize',
    about: 'The main points of a text',
    instructions:
      'You summarize texts. Use only what the text says. Begin with the most important point. Keep names, numbers and dates.\nReply with {{length}}.',
    variables: { length: 'three to five bullet points' },
    sampling: steady,
  },
  {
    id: 'start-translate',
    name: 'Translate',
    about: 'Into the language you choose',
    instructions:
      'You translate texts into {{language}}. Keep the meaning, the tone and the formatting. Leave names as they are.\nReply with the translation only.',
    variables: { language: 'English' },
    sampling: steady,
  },
  {
    id: 'start-code',
    name: 'Explain code',
    about: 'What a piece of code does, step by step',
    instructions:
      'You explain code to {{reader}}. Say in one sentence what the code does. Then go through it step by step, in the order it runs. Name anything that looks wrong.\nReply with a first sentence and then a numbered list.',
    variables: { reader: 'a beginner' },
    sampling: { temperature: 0.3 },
  },
  {
    id: 'start-brainstorm',
    name: 'Brainstorm',
    about: 'Many different ideas',
    instructions:
      'You find ideas. Make each idea different from the others, concrete, and doable. Include two unusual ones.\nReply with a numbered list of {{count}} ideas, one sentence each.',
    variables: { count: '10' },
    sampling: lively,
  },
  {
    id: 'start-extract',
    name: 'Extract to JSON',
    about: 'People, places and dates of a text as a table',
    instructions:
      'You find facts in texts. List every person, place, organization and date that the text names, in the order they come. Copy the words exactly as they stand in the text.',
    sampling: { temperature: 0 },
    format: {
      kind: 'json',
      schema: JSON.stringify(
        {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              kind: { enum: ['person', 'place', 'organization', 'date'] },
              name: { type: 'string', minLength: 1, maxLength: 120 },
              detail: { type: 'string', maxLength: 200 },
            },
            required: ['kind', 'name', 'detail'],
          },
          maxItems: 50,
        },
        null,
        2,
      ),
    },
  },
].map((each) => preset.parse(each));
