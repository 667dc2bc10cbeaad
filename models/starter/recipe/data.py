"""Makes questions of all kinds as tokens. Several questions share one prefix: each sees it and itself, nothing else."""

from dataclasses import dataclass, field

import app
import notes

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
        self.absent, self.loose, self.best_first, self.crowd = 0.3, 0.25, 0.9, 0.7

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
                scene = notes.Scene(r, 1, 1, 0)
                asked, answer = scene.ask() or scene.ask_absent()
            out += self.turn("user", asked) + self.turn("assistant", answer)
        return out

    def asked(self, r, scene):
        """A question about the scene and its answer, or None."""
        x = r.random()
        pair = scene.ask() if x > self.absent else scene.ask_absent() if x < self.absent * 0.9 else notes.absent_any(r) if x < self.absent * 0.95 else (app.ask(r)[0], notes.ABSENT)
        return (disturb(r, pair[0]), pair[1]) if pair else None

    def scene(self, r, limit, scene, questions):
        """Questions about the same lines in the order of the notes: many answers for few tokens."""
        group = Group(self.system(r, notes.PROMPTS["notesSystem"]) + self.history(r) + self.opening("user", scene.prefix[:-1]), language=True)
        for _ in range(questions):
            if pair := self.asked(r, scene):
                branch = self.branch(" " + pair[0], pair[1])
                if len(group) + len(branch[0]) > limit:
                    break
                group.branches.append(branch)
        return group

    def ranked(self, r, limit, make):
        """Questions as the app puts them: each with the best lines of notes of its own."""
        group = Group(self.system(r, notes.PROMPTS["notesSystem"]) + self.history(r), language=True)
        scene = make()
        for _ in range(20):
            if pair := self.asked(r, scene):
                text = notes.best_first(r, scene, pair[0])
                if pair[1] != notes.ABSENT and pair[1] + "\n" not in text:
                    continue
                tokens, first = self.branch(text, pair[1])
                opening = self.opening("user")
                if len(group) + len(opening) + len(tokens) > limit:
                    break
                group.branches.append((opening + tokens, len(opening) + first))
            if r.random() < 0.4:
                scene = make()
        return group

    def notes(self, r, limit, hard):
        """Notes with questions; `hard` 0 to 1 says how many passages and lines there are."""
        most = 1 + round(4 * hard)
        passages = r.randint(1, most) if r.random() < 0.7 else most
        lines = r.randint(1, 1 + round(4 * hard * (r.random() if passages > 2 else 1)))
        if r.random() < self.best_first:
            loose = r.random() < self.loose
            if not loose and r.random() < self.crowd:
                # Near misses are hard to tell from answers, so they come as often.
                self.absent = 0.5
                return self.ranked(r, limit, lambda: notes.Scene(r, r.randint(3, 5), r.randint(1, 3), 1, crowd=True))
            return self.ranked(r, limit, lambda: notes.LooseScene(r, r.randint(1, 5), r.randint(1, 4)) if loose else notes.Scene(r, r.randint(1, 5), r.randint(1, 4), r.randint(0, 3)))
        if r.random() < self.loose:
            return self.scene(r, limit, notes.LooseScene(r, passages, lines), r.randint(4, 10))
        return self.scene(r, limit, notes.Scene(r, passages, lines, r.randint(0, round(3 * hard))), r.randint(4, 10))

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
        """One group of at most `limit` tokens; `progress` below 0 is the start, then 0 to 1 makes it harder."""
        x, hard = r.random(), min(0.75, max(0, progress))
        # Refusing is learned in a moment, and hides for long that finding has not been learned.
        self.absent, self.loose = 0.22 + 0.1 * hard, 0.15
        if x < (0.6 if progress < 0 else 0.1 - 0.08 * hard):
            group = self.copy(r, min(limit, 200)) if r.random() < 0.5 else self.lookup(r, limit)
        elif x < 0.7:
            group = self.notes(r, limit, hard)
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
