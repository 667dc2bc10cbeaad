"""Makes notes, and questions about them: the prompt of the notes assistant and the one right answer."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import ranking
import words as w
from families import FAMILIES, bare, capital, filler

PROMPTS = json.loads((Path(__file__).parent / "prompts.json").read_text())
ABSENT = PROMPTS["absent"]
NAMED = {f.name: f for f in FAMILIES}
# What can stand in several families: the same entity in different facts.
SHARED = [
    [("attribute", "o"), ("decision", "t"), ("cost", "t"), ("task", "t")],
    [("home", "p"), ("reach", "p"), ("did", "p"), ("role", "p"), ("task", "p"), ("likes", "p")],
    [("role", "o"), ("open", "o")],
    [("kept", "t"), ("did", "x")],
]
# Questions so open that any sentence about their key would answer them.
OPEN = {("likes", "p"), ("role", "p"), ("animal", "n"), ("kept", "l"), ("event", "d"), ("decision", "x")}
FOLDERS = "Notes Home Work Garden Projects Travel Family Journal Ideas Club Recipes Health Money Archive Cabin Boat Books Music School Office People Daily Areas Inbox Reference Car".split()
HEADINGS = "Overview|Details|Decision|Notes|Todo|Log|Summary|Contacts|Costs|Plan|History|Settings|Setup|Repairs|Dates|Links|Open questions|Meeting|Ideas|Equipment|Ingredients|Steps|Packing list".split("|")
ANY = "What can you do?|What is the capital of {c}?|Hello!|Write a poem.|What is the meaning of life?|What is {n} plus {n}?|Who won the game on {day}?|How is the weather in {c}?|Tell me a joke.|Who is {p}?|What is a {t}?|Which {t} is the best?|How does a {t} work?|When was {p} born?|What happened in {year}?|Where is {c}?".split("|")


@dataclass
class Fact:
    family: object
    slots: dict
    text: str
    source: int = 0

    @property
    def answer(self):
        return f" {self.text} [{self.source}]"


def make_fact(r, held=False, family=None, keep=None):
    family = family or (r.choice(FAMILIES) if r.random() < 0.8 else FAMILIES[0])
    slots = family.make(r, held, keep or {})
    if family.lines and r.random() < 0.15:
        return Fact(family, slots, capital(bare(r.choice(family.lines).format(**slots))))
    return Fact(family, slots, capital(r.choice(family.says).format(**slots)))


def key(family, asked, slots):
    return (family.name, asked.keys) + tuple(slots[k] for k in asked.keys)


def near(r, text):
    """Another name of the same kind that shares a word with this one: the Vimar bread, the Dreiren bread."""
    article, name = re.match(r"^(the |my |our |in the )?(.*)$", text).groups()
    words = name.split()
    if len(words) == 1:
        return f"{article or ''}{w.proper(r)} {name}" if article else w.proper(r)
    if r.random() < 0.65:
        words[0] = w.proper(r) + ("'s" if words[0].endswith("'s") else "")
    else:
        words[1:] = [r.choice(w.things + w.objects + w.nouns)] if article else [w.proper(r)]
    return (article or "") + " ".join(words)


def header(r, facts, deep=False):
    """The place of a passage: its path, and mostly a heading; `deep` as most notes have it, below their title."""

    def word():
        x = r.random()
        if facts and x < 0.4:
            slots = r.choice(facts).slots
            return capital(re.sub(r"[/.#›()]", "", bare(slots[r.choice(sorted(slots))])))
        return r.choice(FOLDERS) if x < 0.6 else capital(r.choice(w.nouns + w.things)) if x < 0.85 else w.proper(r)

    path = "/".join([r.choice(FOLDERS)] * (r.random() < 0.5) + [word()]) + ".md"
    if r.random() < 0.1:
        path = f"{r.choice(['Journal/', 'Daily/', ''])}{r.randint(2015, 2027)}-{r.randint(1, 12):02d}-{r.randint(1, 28):02d}.md"
    if deep:
        title = word()
        folder = "/".join(r.choice(FOLDERS + ["2026", "Old"]) for _ in range(r.choice([0, 1, 1, 2])))
        path = f"{folder}/{title}{' ' + str(r.randint(2, 500)) if r.random() < 0.4 else ''}.md".lstrip("/")
        return f"{path} › {title}" + (f" › {r.choice(HEADINGS)}" if r.random() < 0.6 else "")
    return path if r.random() < 0.3 else f"{path} › {r.choice(HEADINGS) if r.random() < 0.7 else word()}"


MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def write(r, passages, plain=False):
    """The user's turn up to the question, as notesPrompt.ts writes it: passages are (number, place, lines).

    Every line starts with a letter of its own, by which it can be found again.
    """
    count = sum(len(lines) for _, _, lines in passages)
    marks = iter(MARKS if plain or r.random() < 0.5 or count > 40 else sorted(r.sample(MARKS, count)))
    parts = [f"# {place}\n" + "\n".join(f"{next(marks)} {line} [{number}]" for line in lines) for number, place, lines in passages]
    return f"{PROMPTS['notes']}\n" + "\n".join(parts) + f"\n\n{PROMPTS['question']} "


def best_first(r, scene, question):
    """The whole user's turn as the app writes it: only the lines that share most with the question, the best first."""
    most = ranking.MOST if scene.held else r.choice([3, 4, ranking.MOST, ranking.MOST])
    passages = ranking.rank(scene.parts, question, most)
    return write(r, passages, plain=True) + question


def numbered(r, count, held):
    return r.sample(range(1, 10), count) if not held and r.random() < 0.3 else range(1, count + 1)


# Slots that hold names, of which `near` can make others.
NEAR = set("optxqen")


class Scene:
    """Numbered passages and the facts in them."""

    def __init__(self, r, passages, most, fillers, held=False, crowd=False):
        """`crowd`: what a search in many notes brings together, facts that all share words with one of them."""
        self.r, self.held, self.facts, self.taken, self.crowd = r, held, [], set(), crowd
        deep = crowd and r.random() < 0.7
        self.parts = parts = []
        for number in numbered(r, passages, held):
            mine = []
            for _ in range(1 if r.random() < 0.4 else r.randint(1, most)):
                if crowd and self.facts and r.random() < 0.85:
                    fact = self._crowded(self.facts[0])
                else:
                    fact = self._related(r.choice(self.facts)) if self.facts and r.random() < 0.4 else make_fact(r, held)
                keys = {key(fact.family, a, fact.slots) for a in fact.family.asks}
                if keys & self.taken:
                    continue
                self.taken |= keys
                fact.source = number
                mine.append(fact)
                self.facts.append(fact)
            lines = [f.text for f in mine]
            for _ in range(r.randint(0, fillers) if lines else 1):
                lines.insert(r.randint(0, len(lines)), filler(r))
            parts.append((number, header(r, mine, deep), lines))
        self.prefix = write(self.r, parts)
        self.askable = [(f, a) for f in self.facts for a in f.family.asks if self._unique(f, a)]

    def _elsewhere(self, fact):
        """Another family that can speak of the same entity: (family, its slot, the entity), or None."""
        places = [(name, slot, own) for group in SHARED for family, own in group if family == fact.family.name for name, slot in group if name != family]
        if not places:
            return None
        name, slot, own = self.r.choice(places)
        return NAMED[name], slot, fact.slots[own]

    def _related(self, fact):
        """Another fact that shares a key with one that is there: what makes careless reading fail."""
        other = self._elsewhere(fact) if self.r.random() < 0.4 else None
        if other:
            return make_fact(self.r, self.held, other[0], {other[1]: other[2]})
        names = sorted({k for a in fact.family.asks for k in a.keys if k != "b"})
        keep = self.r.choice(names) if len(names) > 1 or self.r.random() < 0.3 else None
        return make_fact(self.r, self.held, fact.family, {keep: fact.slots[keep]} if keep else {})

    def _crowded(self, fact):
        """A fact of the same kind that shares a key with this one, or a word of a key."""
        names = sorted({k for a in fact.family.asks for k in a.keys if k != "b"})
        keep = {k: fact.slots[k] for k in names if len(names) > 1 and self.r.random() < 0.4}
        keep |= {k: near(self.r, fact.slots[k]) for k in names if k not in keep and k in NEAR and self.r.random() < 0.6}
        return make_fact(self.r, self.held, fact.family, keep)

    def _unique(self, fact, asked):
        """No other sentence may answer the question as well."""
        if (fact.family.name, asked.keys[0]) in OPEN and len(asked.keys) == 1:
            return not any(o is not fact and bare(fact.slots[asked.keys[0]]) in o.text for o in self.facts)
        return not self._close(fact.family, asked, fact.slots, fact)

    def _close(self, family, asked, slots, but=None):
        """A key that is part of a key in the notes (the shed, the blue shed) leaves the right answer open."""
        for f in self.facts:
            if f is not but and f.family is family:
                pairs = [(bare(f.slots[k]).lower(), bare(slots[k]).lower()) for k in asked.keys]
                if all(a in b or b in a for a, b in pairs):
                    return True
        return False

    def _wording(self, asked, slots):
        return capital(self.r.choice(asked.held if self.held else asked.train).format(**slots))

    def ask(self):
        """A question whose answer is there, or None."""
        if not self.askable:
            return None
        fact, asked = self.r.choice(self.askable)
        return self._wording(asked, fact.slots), fact.answer

    def ask_absent(self):
        """A question near to a fact that is there: one key changed, or something else asked of the same entity."""
        r = self.r
        for _ in range(20):
            x, fact = r.random(), r.choice(self.facts) if self.facts else None
            other = self._elsewhere(fact) if fact and x < 0.15 else None
            if other:
                family, slots = other[0], other[0].make(r, self.held, {other[1]: other[2]})
                asked = r.choice([a for a in family.asks if other[1] in a.keys] or family.asks)
            elif fact and x < 0.85:
                family, slots = fact.family, dict(fact.slots)
                asked = r.choice(family.asks)
                changed = r.choice(asked.keys)
                same = [f for f in self.facts if f.family is family and f is not fact]
                fresh = r.choice(same).slots if same and r.random() < 0.4 else family.make(r, self.held, {})
                slots[changed] = near(r, slots[changed]) if self.crowd and changed in NEAR and r.random() < 0.5 else fresh[changed]
                if changed in ("g", "b"):
                    slots |= {"g": fresh["g"], "b": fresh["b"]}
            else:
                family = r.choice(FAMILIES)
                slots, asked = family.make(r, self.held, {}), r.choice(family.asks)
            if key(family, asked, slots) in self.taken or self._close(family, asked, slots):
                continue
            open_one = (family.name, asked.keys[0]) in OPEN and len(asked.keys) == 1
            if open_one and any(bare(slots[asked.keys[0]]).lower() in f.text.lower() for f in self.facts):
                continue
            return self._wording(asked, slots), ABSENT
        return "What is the answer?", ABSENT


LOOSE = "The {0} of the {1} {2} the {3}.|{0} {2} the {1} with {3}.|{4} and {5} {2} the {0}.|Every {0} in {4} has a {1}.|{4} {2} a {1} {0}.|{0} {1} {3} {2}.|The {1} {0} {2} by {4} at {3}.|If the {0} {2}, take the {1}.|{4}: {0}, {1}, {3}|{0} {1}: {6}|The {0} in {4} has {6} {1}.|{5} asked {4} about the {0}.|In {4} the {0} {2} {6}.|{0} = {6}|We saw the {1} {0} near {4}.".split("|")
LOOSE_ASK = "What about {}?|{}?|What is {}?|Who {}?|Where {}?|When {}?|Tell me about {}.|How is {}?|Which {}?|What do the notes say about {}?|Why {}?|How many {}?|Who was {}?|What did {}?|Is there {}?|Can you find {}?|Do you know {}?|What does {}?|How does {}?".split("|")


class LooseScene:
    """Sentences of any words; a question shares some of them. Reading by likeness, without known wordings."""

    def __init__(self, r, passages, most):
        self.r, self.held, self.lines = r, False, []
        self.parts = parts = []
        for number in numbered(r, passages, False):
            mine = [self._line() for _ in range(r.randint(1, most))]
            self.lines += [(number, *m) for m in mine]
            parts.append((number, header(r, []), [text for text, _ in mine]))
        self.prefix = write(self.r, parts)

    def _line(self):
        r = self.r
        noun = lambda: r.choice(w.nouns + w.things + w.objects + w.foods) if r.random() < 0.6 else w.syllables(r)
        words = [noun(), noun(), r.choice(w.verbs) + "s" if r.random() < 0.5 else w.syllables(r) + "ed", noun(), w.proper(r), w.proper(r), w.code(r)]
        if self.lines and r.random() < 0.4:
            known = r.choice(self.lines)[2]
            i = r.choice([0, 1, 3, 4])
            words[i] = known[i]
        form = r.choice(LOOSE)
        used = {i: words[i] for i in range(7) if "{%d}" % i in form}
        return capital(form.format(*words)), {i: words[i] if i in used else "" for i in range(7)}

    def _keys(self, words):
        keys = [x for i, x in words.items() if x and i < 6]
        self.r.shuffle(keys)
        return keys[: self.r.choice([1, 2, 2, 3])]

    def _fits(self, keys):
        return [line for line in self.lines if all(k.lower() in line[1].lower() for k in keys)]

    def _wording(self, keys):
        joined = self.r.choice([" ", " of the ", " and ", " in ", " the ", " for the ", " with "]).join(keys)
        return capital(self.r.choice(LOOSE_ASK).format(self.r.choice(["", "the ", "", "a "]) + joined))

    def ask(self):
        number, text, words = self.r.choice(self.lines)
        keys = self._keys(words)
        return (self._wording(keys), f" {text} [{number}]") if len(self._fits(keys)) == 1 else None

    def ask_absent(self):
        keys = self._keys(self.r.choice(self.lines)[2])
        other = self._keys(self.r.choice(self.lines)[2]) if self.r.random() < 0.4 else self._keys(self._line()[1])
        keys[self.r.randrange(len(keys))] = other[0]
        return (self._wording(keys), ABSENT) if not self._fits(keys) else None


def absent_any(r):
    """A question that has nothing to do with notes."""
    return r.choice(ANY).format(c=w.town(r), n=w.number(r), day=r.choice(w.days), p=w.person(r), t=r.choice(w.things), year=r.randint(1900, 2035)), ABSENT
