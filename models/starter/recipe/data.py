"""Turns questions into rows of tokens. Several questions share one prefix: each sees it and itself, nothing else."""

import random
from dataclasses import dataclass, field

import numpy as np

import app
import notes
import words as w

SYSTEMS = ["You are a helpful assistant.", "You are a helpful assistant.", "Be brief.", "You are Inkling, a friendly assistant.", "Answer in English.", "Always answer politely and in short sentences.", "You are an expert.", "Talk like a pirate."]


@dataclass
class Group:
    """A prefix, and branches of (tokens, index of the first token of the answer)."""

    prefix: list
    branches: list = field(default_factory=list)
    # Whether the text before answers is language too, and so worth a little learning.
    language: bool = False

    def __len__(self):
        return len(self.prefix) + sum(len(b) for b, _ in self.branches)


class Data:
    def __init__(self, tokenizer):
        self.t = tokenizer
        self.newline = tokenizer.encode("\n")
        self.plain = len(tokenizer.tokens) - 3
        self.absent = 0.36

    def turn(self, role, text):
        t = self.t
        return [t.start, *t.encode(f"{role}\n"), *t.encode(text), t.stop, *self.newline]

    def opening(self, role, text=""):
        return [self.t.start, *self.t.encode(f"{role}\n"), *self.t.encode(text)]

    def branch(self, asked, answer):
        """The rest of a user's turn, and the answer with its stop."""
        head = [*self.t.encode(asked), self.t.stop, *self.newline, *self.opening("assistant")]
        return head + [*self.t.encode(answer), self.t.stop], len(head)

    # -- kinds of groups

    def copy(self, r, limit):
        """Random tokens, and the same again."""
        group = Group([])
        while len(group) < limit - 60:
            text = [r.randrange(self.plain) for _ in range(r.randint(4, 24))]
            again = (text + self.newline) * r.choice([1, 1, 2])
            group.branches.append((text + self.newline + again + [self.t.stop], len(text) + 2))
        return group

    def lookup(self, r, limit):
        """Pairs of random tokens; each branch names a key and wants its value."""
        pairs = [([r.randrange(self.plain) for _ in range(r.randint(1, 3))], [r.randrange(self.plain) for _ in range(r.randint(1, 6))]) for _ in range(r.randint(2, 12))]
        mark = self.t.encode(":")
        group = Group([x for k, v in pairs for x in k + mark + v + self.newline])
        for k, v in r.sample(pairs, min(len(pairs), 8)):
            group.branches.append((self.newline + k + mark + v + [self.t.stop], 1 + len(k) + 1))
        return group

    def system(self, r, prompt):
        x = r.random()
        if x < 0.9:
            return self.turn("system", prompt)
        return [] if x < 0.96 else self.turn("system", r.choice(SYSTEMS) + " " + prompt)

    def history(self, r):
        """Earlier turns of a chat, rarely."""
        out = []
        for _ in range(r.choice([1, 1, 2]) if r.random() < 0.12 else 0):
            asked, answer = app.ask(r) if r.random() < 0.7 else app.ask_other(r)
            if r.random() < 0.4:
                scene = notes.Scene(r, 1, 0)
                asked, answer = scene.ask() or scene.ask_absent()
            out += self.turn("user", asked) + self.turn("assistant", answer)
        return out

    def scene(self, r, limit, scene, questions, absent):
        group = Group(self.system(r, notes.PROMPTS["notesSystem"]) + self.history(r) + self.opening("user", scene.prefix[:-1]), language=True)
        for _ in range(questions):
            x = r.random()
            pair = scene.ask() if x > absent else scene.ask_absent() if x < absent * 0.86 else notes.absent_any(r) if x < absent * 0.95 else (app.ask(r)[0], notes.ABSENT)
            if pair:
                branch = self.branch(" " + disturb(r, pair[0]), pair[1])
                if len(group) + len(branch[0]) > limit:
                    break
                group.branches.append(branch)
        return group

    def notes(self, r, limit, hard):
        most = 1 + round(4 * min(1, hard))
        passages = r.randint(1, most) if r.random() < 0.8 else most
        return self.scene(r, limit, notes.Scene(r, passages, r.choice([0, 1, 2, 3]) if hard < 0.5 else r.choice([0, 1, 2, 3, 5])), r.randint(4, 10), self.absent)

    def loose(self, r, limit, hard):
        return self.scene(r, limit, notes.LooseScene(r, r.randint(1, 1 + round(4 * min(1, hard)))), r.randint(4, 10), self.absent)

    def chat(self, r, limit):
        x = r.random()
        system = [] if x < 0.6 else self.turn("system", r.choice(SYSTEMS))
        group = Group(system + self.history(r), language=True)
        while True:
            asked, answer = app.ask(r) if r.random() < 0.72 else app.ask_other(r)
            tokens, first = self.branch(disturb(r, asked), answer)
            opening = self.opening("user")
            if len(group) + len(opening) + len(tokens) > limit or len(group.branches) >= 10:
                return group
            group.branches.append((opening + tokens, len(opening) + first))

    def group(self, r, limit, progress):
        """One group of at most `limit` tokens; `progress` 0 to 1 makes it harder."""
        x = r.random()
        warm = progress < 0
        # Refusing is learned in a moment, and hides for long that finding has not been learned.
        self.absent = min(0.33, 0.1 + max(0, progress - 0.4))
        if x < (0.8 if warm else 0.03):
            group = self.copy(r, min(limit, 200)) if r.random() < 0.5 else self.lookup(r, limit)
        elif x < (0.8 if warm else 0.03):
            group = self.loose(r, limit, max(0, progress * 4))
        elif x < (0.95 if warm else 0.75):
            group = self.notes(r, limit, max(0, progress * 4))
        else:
            group = self.chat(r, limit)
        return group if group.branches and len(group) <= limit else self.group(r, limit, progress)


def disturb(r, text):
    """What people do to questions: no capitals, no question mark, a slip."""
    x = r.random()
    if x < 0.04:
        text = text.lower()
    elif x < 0.2:
        text = text[0].lower() + text[1:]
    if r.random() < 0.12 and len(text) > 4:
        text = text.rstrip("?.")
    if r.random() < 0.06 and len(text) > 8:
        i = r.randrange(1, len(text) - 2)
        if text[i].isalpha() and text[i + 1].isalpha():
            text = r.choice([text[:i] + text[i + 1 :], text[:i] + text[i + 1] + text[i] + text[i + 2 :], text[:i] + text[i] + text[i:]])
    if r.random() < 0.02:
        text = text.replace("What", "Wat").replace("Where", "Were").replace("the", "teh", 1)
    return text


def rows(groups, length, newline, r=None, prompt=0.0):
    """Packs groups into rows. Gives arrays of tokens, positions, group and branch numbers, and places to learn."""
    packed = []
    for group in sorted(groups, key=len, reverse=True):
        row = next((x for x in packed if sum(map(len, x)) + len(group) <= length), None)
        if row is None:
            packed.append(row := [])
        row.append(group)
    n = len(packed)
    tokens, positions, owner, part = (np.zeros((n, length), np.int64) for _ in range(4))
    owner -= 1
    select, target, which, weight = [], [], [], []
    for y, row in enumerate(packed):
        at = 0
        for g, group in enumerate(row):
            size = len(group.prefix)
            tokens[y, at : at + size] = group.prefix
            place = np.arange(size)
            if r and r.random() < 0.3:
                # Gaps between lines stand for longer notes, so that distances up to the context are known.
                for i in range(size):
                    if group.prefix[i] == newline and r.random() < 0.3:
                        place[i:] += r.randint(0, 250)
                if size and place[-1] > 1700:
                    place = np.arange(size)
            positions[y, at : at + size] = place
            owner[y, at : at + size] = g
            base = int(place[-1]) + 1 if size else 0
            learn = prompt > 0 and group.language
            if learn:
                select += range(y * length + at, y * length + at + size - 1)
                target += group.prefix[1:]
                weight += [prompt] * (size - 1)
            at += size
            for b, (text, first) in enumerate(group.branches):
                end = at + len(text)
                tokens[y, at:end] = text
                positions[y, at:end] = base + np.arange(len(text))
                owner[y, at:end], part[y, at:end] = g, b + 1
                select += range(y * length + at + first - 1, y * length + end - 1)
                target += text[first:]
                # The first token chooses the sentence, the rest mostly follows from it.
                weight += ([4.0, 2.0] + [1.0] * len(text))[: len(text) - first]
                which += [(y, g, b)] * (len(text) - first)
                if learn:
                    select += range(y * length + at, y * length + at + first - 1)
                    target += text[1:first]
                    weight += [prompt] * (first - 1)
                at = end
    return tokens, positions, owner, part, np.array(select), np.array(target), np.array(weight, np.float32), which


def microbatch(data, seed, step, index, progress, prompt=0.0, size=1536):
    """The rows of one microbatch; the same seed, step and index give the same rows."""
    r = random.Random(f"{seed}/{step}/{index}")
    length = 384 if progress < 0 else r.choice([384, 512] if progress < 0.9 else [384, 512, 768])
    room, groups = size // length * length, []
    while room > length * 0.12:
        groups.append(data.group(r, length, progress))
        room -= len(groups[-1])
    while True:
        out = rows(groups, length, data.newline[0], r, prompt)
        if out[0].shape[0] <= max(1, size // length):
            return out
        groups.pop()
