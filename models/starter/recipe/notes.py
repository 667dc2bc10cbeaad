"""Makes notes, and questions about them: the prompt of the notes assistant and the one right answer."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import words as w
from families import FAMILIES, FREE

PROMPTS = json.loads((Path(__file__).parent / "prompts.json").read_text())
ABSENT = PROMPTS["absent"]
EXTRA = ("w", "day", "year", "v")


@dataclass
class Fact:
    family: object
    slots: dict
    text: str
    source: int = 0


def capital(text):
    return text[:1].upper() + text[1:]


def extra(r):
    return {"w": w.person(r), "day": r.choice(w.days), "year": str(r.randint(1900, 2035)), "v": w.date(r)}


def make_slots(r, family, held):
    slots = extra(r)
    for name, maker in family.slots.items():
        if name == "a" and family.name == "attribute":
            kind, slots["a"] = maker(r, held)
            slots["v"] = w.VALUES[kind](r)
        elif maker is not None:
            slots[name] = maker(r, held)
    return slots


def write_fact(r, family, slots):
    if family.lines and r.random() < 0.15:
        return re.sub(r"^(the|my|our) ", "", r.choice(family.lines).format(**slots)) if r.random() < 0.7 else r.choice(family.lines).format(**slots)
    return r.choice(family.says).format(**slots)


def make_fact(r, held=False, family=None, slots=None):
    family = family or r.choice(FAMILIES if r.random() < 0.72 else FAMILIES[:1])
    slots = slots or make_slots(r, family, held)
    return Fact(family, slots, capital(write_fact(r, family, slots)))


def key(family, asked, slots):
    return (family.name, asked.keys) + tuple(slots[k] for k in asked.keys)


def filler(r):
    return capital(r.choice(FREE).format(adj=r.choice(w.adjectives), noun=r.choice(w.nouns), noun2=r.choice(w.nouns), verb=r.choice(w.verbs),
        season=r.choice(["winter", "summer", "spring", "autumn"]), p=w.person(r), w=w.person(r), f=r.choice(w.foods), day=r.choice(w.days), color=r.choice(w.colors)))


def quoted(text):
    """A sentence as an answer gives it back: whole, and with a full stop if it had no end."""
    return text if text[-1] in ".!?" else text + "."


FOLDERS = "Notes Home Work Garden Projects Travel Family Journal Ideas Club Recipes Health Money Archive Cabin Boat Books Music School Office People Daily Areas Inbox Reference Car".split()
HEADINGS = "Overview Details Decision Notes Todo Log Summary Contacts Costs Plan History Settings Setup Repairs Dates Links Open questions Meeting Ideas Equipment Ingredients Steps Packing list".split()


def header(r, facts):
    def word():
        x = r.random()
        if facts and x < 0.4:
            slots = r.choice(facts).slots
            text = re.sub(r"^(the|my|our|in the) ", "", slots[r.choice([k for k in slots if k not in EXTRA])])
            return capital(re.sub(r"[/.#›()]", "", text))
        return r.choice(FOLDERS) if x < 0.6 else capital(r.choice(w.nouns + w.things)) if x < 0.85 else w.proper(r)

    path = "/".join([r.choice(FOLDERS)] * (r.random() < 0.6) + [word()]) + ".md"
    if r.random() < 0.1:
        path = f"{r.choice(['Journal/', 'Daily/', ''])}{r.randint(2015, 2027)}-{r.randint(1, 12):02d}-{r.randint(1, 28):02d}.md"
    if r.random() < 0.15:
        return f"({path})"
    return f"({path} › {r.choice(HEADINGS) if r.random() < 0.6 else word()})"


def body(r, sentences):
    """Sentences as running text or as a list; returns the text."""
    lines = any(s[-1] not in ".!?" for s in sentences)
    x = r.random()
    if lines or x < 0.12:
        mark = r.choice(["- ", "", "* ", "- "])
        return "\n".join(mark + s for s in sentences)
    return ("\n" if x < 0.2 else " ").join(sentences)


class Scene:
    """Numbered passages and the facts in them."""

    def __init__(self, r, passages, fillers, held=False):
        self.r, self.held = r, held
        self.facts, taken = [], set()
        shared = None
        numbers = list(range(1, passages + 1))
        if not held and r.random() < 0.15:
            numbers = r.sample(range(1, 10), passages)
        parts = []
        for number in numbers:
            mine = []
            for _ in range(1 if r.random() < 0.6 else r.randint(1, 3)):
                fact = self._related(shared) if shared and r.random() < 0.5 else make_fact(r, held)
                keys = {key(fact.family, a, fact.slots) for a in fact.family.asks}
                if keys & taken:
                    continue
                taken |= keys
                fact.source, shared = number, fact
                mine.append(fact)
            texts = [f.text for f in mine]
            for _ in range(r.randint(0, fillers) if r.random() < 0.8 else 0):
                texts.insert(r.randint(0, len(texts)), filler(r))
            if not texts:
                texts = [filler(r)]
            parts.append(f"[{number}] {header(r, mine)} {body(r, texts)}")
            self.facts += mine
        self.taken = taken
        self.prefix = f"{PROMPTS['notes']}\n" + "\n".join(parts) + f"\n\n{PROMPTS['question']} "
        everything = self.facts
        self.askable = [(f, a) for f in everything for a in f.family.asks if self._unique(f, a)]

    def _related(self, fact):
        """Another fact that shares a key with the last one: what makes careless reading fail."""
        r = self.r
        slots = make_slots(r, fact.family, self.held)
        names = sorted({k for a in fact.family.asks for k in a.keys})
        if len(names) > 1 or r.random() < 0.3:
            keep = r.choice(names)
            slots[keep] = fact.slots[keep]
            if keep == "a" and fact.family.name == "attribute":
                kind = next((k for k, a in w.attributes if a == slots["a"]), "code")
                slots["v"] = w.VALUES[kind](r)
        return make_fact(r, self.held, fact.family, slots)

    def _unique(self, fact, asked):
        """No other sentence may answer the question as well."""
        words = [fact.slots[k] for k in asked.keys]
        if len(words) == 1:
            return not any(o is not fact and words[0] in o.text or o is not fact and words[0].split(" ", 1)[-1] in o.text for o in self.facts)
        return not any(o is not fact and o.family is fact.family and all(o.slots[k] == fact.slots[k] for k in asked.keys) for o in self.facts)

    def ask(self):
        """A question whose answer is there, or None."""
        if not self.askable:
            return None
        fact, asked = self.r.choice(self.askable)
        wording = self.r.choice(asked.held if self.held else asked.train)
        return capital(wording.format(**fact.slots)), f"{quoted(capital(asked.answer.format(**fact.slots)))} [{fact.source}]"

    def ask_absent(self):
        """A question near to a fact that is there, with one key changed."""
        r = self.r
        for _ in range(20):
            if self.facts and r.random() < 0.75:
                fact = r.choice(self.facts)
                family, slots = fact.family, dict(fact.slots)
                asked = r.choice(family.asks)
                changed = r.choice(asked.keys)
                same = [f for f in self.facts if f.family is family and f is not fact]
                slots[changed] = r.choice(same).slots[changed] if same and r.random() < 0.4 else make_slots(r, family, self.held)[changed]
            else:
                family = r.choice(FAMILIES)
                slots, asked = make_slots(r, family, self.held), r.choice(family.asks)
            if key(family, asked, slots) in self.taken:
                continue
            if len(asked.keys) == 1 and self._mentioned(slots[asked.keys[0]]):
                continue
            if self._close(family, asked, slots):
                continue
            return capital(r.choice(asked.held if self.held else asked.train).format(**slots)), ABSENT
        return "What is the answer?", ABSENT

    def _mentioned(self, text):
        bare = text.split(" ", 1)[-1] if text.split(" ")[0] in ("the", "my", "our", "his", "her") else text
        return any(bare.lower() in f.text.lower() for f in self.facts)

    def _close(self, family, asked, slots):
        """A key that is part of a key in the notes (the shed, the blue shed) leaves the right answer open."""
        for f in self.facts:
            if f.family is not family:
                continue
            bare = [(re.sub(r"^(the|my|our|his|her) ", "", f.slots[k]).lower(), re.sub(r"^(the|my|our|his|her) ", "", slots[k]).lower()) for k in asked.keys]
            if all(a in b or b in a for a, b in bare):
                return True
        return False


def loose_sentence(r):
    words = [r.choice(w.nouns) if r.random() < 0.4 else r.choice(w.adjectives) if r.random() < 0.2 else w.syllables(r) if r.random() < 0.5 else w.proper(r) if r.random() < 0.6 else w.code(r) for _ in range(r.randint(3, 8))]
    for _ in range(r.randint(0, 3)):
        words.insert(r.randint(0, len(words)), r.choice(["the", "a", "of", "in", "and", "was", "is", "for", "with", "to", "on", "has", "from"]))
    return words


class LooseScene(Scene):
    """Sentences of any words: a question shares some of them. Reading by likeness, without known wordings."""

    def __init__(self, r, passages):
        self.r, self.held, self.sentences, parts = r, False, [], []
        for number in range(1, passages + 1):
            mine = [loose_sentence(r) for _ in range(r.randint(1, 3))]
            self.sentences += [(number, s) for s in mine]
            parts.append(f"[{number}] {header(r, [])} {body(r, [capital(' '.join(s)) + '.' for s in mine])}")
        self.prefix = f"{PROMPTS['notes']}\n" + "\n".join(parts) + f"\n\n{PROMPTS['question']} "

    def ask(self):
        r = self.r
        number, words = r.choice(self.sentences)
        start = r.randrange(max(1, len(words) - 2))
        picked = words[start : start + r.randint(2, 4)] if r.random() < 0.6 else sorted(r.sample(words, min(len(words), r.randint(2, 4))), key=words.index)
        content = [x for x in picked if len(x) > 3]
        matching = [s for _, s in self.sentences if set(content) & set(s)]
        if not content or len(matching) != 1:
            return None
        return loose_question(r, picked), f"{capital(' '.join(words))}. [{number}]"

    def ask_absent(self):
        r = self.r
        known = {x for _, s in self.sentences for x in s}
        words = [x for x in loose_sentence(r) if x not in known or len(x) <= 3][:4]
        return loose_question(r, words or ["nothing"]), ABSENT


def loose_question(r, words):
    text = r.choice(["What about {}?", "{}?", "What is {}?", "Who {}?", "Where {}?", "When {}?", "Tell me about {}.", "How is {}?", "Which {}?", "What do the notes say about {}?", "What {}?", "Why {}?", "How many {}?", "Who was {}?"])
    return capital(text.format(" ".join(words)))


ANY = ["What can you do?", "What is the capital of {c}?", "Hello!", "Write a poem.", "What is the meaning of life?", "What is {n} plus {n}?", "Who won the game on {day}?", "How is the weather in {c}?", "Tell me a joke.", "Who is {p}?", "What is a {t}?", "Which {t} is the best?", "How does a {t} work?", "When was {p} born?", "What happened in {year}?", "Where is {c}?"]


def absent_any(r):
    return r.choice(ANY).format(c=w.town(r), n=w.number(r), day=r.choice(w.days), p=w.person(r), t=r.choice(w.things), year=r.randint(1900, 2035)), ABSENT
