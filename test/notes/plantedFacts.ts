import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Numbers that look random and are the same each time. */
export interface Dice {
  below(limit: number): number;
  chance(of: number): boolean;
  pick<T>(items: readonly T[]): T;
}

export function createDice(seed: number): Dice {
  let state = seed >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 10; warm++) next();
  return {
    below: (limit) => Math.floor(next() * limit),
    chance: (of) => next() < of,
    pick: (items) => items[Math.floor(next() * items.length)] as (typeof items)[number],
  };
}

/** A fact as a note tells it, a question for it, and what makes the question its own. */
export interface Fact {
  readonly key: string;
  readonly sentence: string;
  readonly question: string;
  /** The part of the sentence that answers. */
  readonly value: string;
  readonly kind: number;
  readonly slots: Slots;
}

type Slots = Readonly<Record<string, string>>;
interface Kind {
  readonly keys: readonly string[];
  readonly value: string;
  readonly make: (dice: Dice) => Slots;
  readonly says: readonly string[];
  readonly asks: readonly string[];
}

const lists = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../models/starter/recipe/vocabulary.json'), 'utf8'),
) as Record<string, string | Record<string, string>>;
const words = (name: string) => (lists[name] as string).split('|');
const things = words('things');
const places = words('places');
const objects = words('objects');
const roles = words('roles');
const events = words('events');
const foods = words('foods');
const months = words('months');
const days = words('days');
const firstNames = words('firstNames');
const nouns = words('nouns');
const adjectives = words('adjectives');
const verbs = words('verbs');
const codes = (lists['attributes'] as Record<string, string>)['code']?.split('|') ?? [];
const serials = (lists['attributes'] as Record<string, string>)['serial']?.split('|') ?? [];

const starts = 'B D F G H J K L M N P R S T V Br Dr Kr St Tr'.split(' ');
const vowels = 'a e i o u au ei'.split(' ');
const ends = 'ber dan fel gor lin mar nos ren sik ta vik zen la mo'.split(' ');
const proper = (dice: Dice) =>
  `${dice.pick(starts)}${dice.pick(vowels)}${dice.pick(ends)}${dice.chance(0.3) ? dice.pick(ends) : ''}`;
const person = (dice: Dice) => `${dice.pick(firstNames)} ${proper(dice)}`;
const digits = (dice: Dice, count: number) => Array.from({ length: count }, () => dice.below(10)).join('');
const date = (dice: Dice) => `${1 + dice.below(28)} ${dice.pick(months)}`;
const owner = (dice: Dice) => {
  const thing = dice.pick(things);
  return dice.chance(0.5)
    ? `the ${thing}`
    : dice.chance(0.5)
      ? `the ${proper(dice)} ${thing}`
      : `${proper(dice)}'s ${thing}`;
};
const organisation = (dice: Dice) =>
  `the ${proper(dice)} ${dice.pick(['choir', 'club', 'library', 'school', 'museum', 'bakery', 'clinic', 'theatre'])}`;

const kinds: readonly Kind[] = [
  {
    keys: ['a', 'o'],
    value: 'v',
    make: (dice) => ({
      a: dice.pick([...codes, ...serials]),
      o: owner(dice),
      v: `${proper(dice).slice(0, 2).toUpperCase()}-${digits(dice, 4)}`,
    }),
    says: [
      'The {a} of {o} is {v}.',
      'Remember that the {a} of {o} is {v}.',
      'For {o} the {a} is {v}.',
      '{a} of {o}: {v}',
    ],
    asks: [
      'What is the {a} of {o}?',
      "What is {o}'s {a}?",
      'Which {a} does {o} have?',
      'I need the {a} of {o}.',
      'I forgot the {a} of {o}, what is it?',
    ],
  },
  {
    keys: ['r', 'o'],
    value: 'p',
    make: (dice) => ({ r: dice.pick(roles), o: organisation(dice), p: person(dice) }),
    says: ['{p} is the {r} of {o}.', '{p} works as {r} at {o}.', '{o} has a new {r}: {p}.'],
    asks: ['Who is the {r} of {o}?', 'Who works as {r} at {o}?', 'Can you name the {r} of {o}?'],
  },
  {
    keys: ['p'],
    value: 'c',
    make: (dice) => ({ p: person(dice), c: `${dice.pick(['Port ', 'Lake ', ''])}${proper(dice)}` }),
    says: ['{p} lives in {c}.', '{p} moved to {c}.', '{p} has a flat in {c}.'],
    asks: ['Where does {p} live?', 'In which town does {p} live?', 'Where is {p} from?'],
  },
  {
    keys: ['t'],
    value: 'l',
    make: (dice) => ({
      t: `the ${proper(dice)} ${dice.pick(objects)}`,
      l: `in the ${dice.pick(places)}`,
    }),
    says: ['{t} is kept {l}.', 'I put {t} {l}.', 'You can find {t} {l}.'],
    asks: ['Where is {t}?', 'Where did I put {t}?', 'I cannot find {t}, where is it?'],
  },
  {
    keys: ['e'],
    value: 'd',
    make: (dice) => ({ e: `the ${proper(dice)} ${dice.pick(events)}`, d: date(dice) }),
    says: ['{e} is on {d}.', '{e} takes place on {d}.', 'We agreed that {e} is on {d}.'],
    asks: ['When is {e}?', 'On which day is {e}?', 'What date do we have for {e}?'],
  },
  {
    keys: ['t'],
    value: 'm',
    make: (dice) => ({ t: owner(dice), m: `${20 + dice.below(900)} euros` }),
    says: ['{t} cost {m}.', 'We paid {m} for {t}.', 'The bill for {t} was {m}.'],
    asks: ['How much did {t} cost?', 'What did we pay for {t}?', 'How expensive was {t}?'],
  },
  {
    keys: ['g', 'x'],
    value: 'p',
    make: (dice) => ({
      p: person(dice),
      g: dice.pick(['repaired', 'sold', 'bought', 'borrowed', 'painted', 'ordered', 'found']),
      x: `the ${proper(dice)} ${dice.pick(objects)}`,
    }),
    says: ['{p} {g} {x}.', 'It was {p} who {g} {x}.'],
    asks: ['Who {g} {x}?', 'Do you know who {g} {x}?'],
  },
  {
    keys: ['q', 'f'],
    value: 'v',
    make: (dice) => ({
      q: `the ${proper(dice)} ${dice.pick(['bread', 'soup', 'cake', 'stew'])}`,
      f: dice.pick(foods),
      v: `${10 + dice.below(900)} g`,
    }),
    says: ['For {q} take {v} of {f}.', '{q} needs {v} of {f}.'],
    asks: ['How much {f} does {q} need?', 'How much {f} goes into {q}?'],
  },
];

const fill = (form: string, slots: Slots) => {
  const filled = form.replace(/\{(\w)\}/g, (_, name: string) => slots[name] ?? '');
  return filled.charAt(0).toUpperCase() + filled.slice(1);
};

/** A fact of any kind; `key` is what the question names. */
export function makeFact(dice: Dice): Fact {
  const kind = dice.below(kinds.length);
  return toFact(dice, kind, (kinds[kind] as Kind).make(dice));
}

/** What nobody wrote, though each part of the question stands somewhere: the key of two facts of a kind, mixed. */
export function mixFacts(dice: Dice, one: Fact, other: Fact): Fact | null {
  const keys = kinds[one.kind]?.keys ?? [];
  if (one.kind !== other.kind || keys.length < 2) return null;
  const last = keys.at(-1) as string;
  return toFact(dice, one.kind, { ...one.slots, [last]: other.slots[last] as string });
}

function toFact(dice: Dice, at: number, slots: Slots): Fact {
  const kind = kinds[at] as Kind;
  return {
    key: [at, ...kind.keys.map((name) => slots[name])].join('|').toLowerCase(),
    sentence: fill(dice.pick(kind.says), slots),
    question: fill(dice.pick(kind.asks), slots),
    value: slots[kind.value] ?? '',
    kind: at,
    slots,
  };
}

const fillers = [
  'The weather was {adj} all {day}.',
  'We talked about the {noun} for an hour.',
  'Remember to {verb} the {noun} before {day}.',
  'The {noun} is {adj} this year.',
  '{p} was there too.',
  'Ask {p} about the {noun}.',
  'On {day} we went to the {noun}.',
  'There is still much to do.',
  '{p} said that the {noun} was too {adj}.',
  'The {thing} needs a new {noun}.',
  'The {adj} {thing} is next to the {noun}.',
  'We had {food} for lunch.',
];

/** A sentence that no question asks for. */
export function makeFiller(dice: Dice): string {
  const values: Record<string, string> = {
    adj: dice.pick(adjectives),
    day: dice.pick(days),
    noun: dice.pick(nouns),
    verb: dice.pick(verbs),
    thing: dice.pick(things),
    food: dice.pick(foods),
    p: dice.chance(0.5) ? dice.pick(firstNames) : person(dice),
  };
  return dice.pick(fillers).replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** What notes and headings are called. */
export function makeTitle(dice: Dice): string {
  const noun = dice.pick(dice.chance(0.5) ? nouns : things);
  const title = dice.chance(0.4) ? `${proper(dice)} ${noun}` : noun;
  return title.charAt(0).toUpperCase() + title.slice(1);
}
