"""Byte-level BPE, cut like GPT-2 (`tokenizer.ggml.pre` = gpt-2). No merge holds a digit, so every number can be copied."""

import collections
import json
import unicodedata
from pathlib import Path

SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
CONTRACTIONS = ("'s", "'t", "'re", "'ve", "'m", "'ll", "'d")


def alphabet():
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    extra = iter(range(256, 512))
    return [chr(b) if b in printable else chr(next(extra)) for b in range(256)]


ALPHABET = alphabet()


def kind(c):
    if c.isspace():
        return "s"
    category = unicodedata.category(c)[0]
    return category if category in "LN" else "o"


def pieces(text):
    """The GPT-2 pattern by hand: contractions, then letters, numbers or others with one space before, then spaces."""
    out, i, n = [], 0, len(text)
    while i < n:
        short = next((c for c in CONTRACTIONS if text.startswith(c, i)), None)
        if short:
            out.append(short)
            i += len(short)
            continue
        start = i + 1 if text[i] == " " and i + 1 < n and kind(text[i + 1]) != "s" else i
        k = kind(text[start])
        end = start + 1
        while end < n and kind(text[end]) == k:
            end += 1
        if k == "s" and end < n and end - i > 1:
            end -= 1
        out.append(text[i:end])
        i = end
    return out


class Tokenizer:
    def __init__(self, merges):
        self.merges = [tuple(m) for m in merges]
        self.tokens = ALPHABET + [a + b for a, b in self.merges] + SPECIALS
        self.ids = {t: i for i, t in enumerate(self.tokens)}
        self.ranks = {m: i for i, m in enumerate(self.merges)}
        self.cache = {}
        self.end, self.start, self.stop = (self.ids[s] for s in SPECIALS)

    def piece(self, piece):
        known = self.cache.get(piece)
        if known is not None:
            return known
        parts = [ALPHABET[b] for b in piece.encode()]
        while len(parts) > 1:
            rank, at = min((self.ranks.get((a, b), 1 << 30), i) for i, (a, b) in enumerate(zip(parts, parts[1:])))
            if rank == 1 << 30:
                break
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        ids = [self.ids[p] for p in parts]
        if len(self.cache) < 200_000:
            self.cache[piece] = ids
        return ids

    def encode(self, text):
        return [i for p in pieces(text) for i in self.piece(p)]

    def decode(self, ids):
        back = {c: b for b, c in enumerate(ALPHABET)}
        data = bytearray()
        for i in ids:
            data += self.tokens[i].encode() if self.tokens[i] in SPECIALS else bytes(back[c] for c in self.tokens[i])
        return data.decode(errors="replace")

    def save(self, path):
        Path(path).write_text(json.dumps([f"{a} {b}" for a, b in self.merges], ensure_ascii=False, indent=0) + "\n")

    @staticmethod
    def load(path):
        return Tokenizer([m.split(" ") for m in json.loads(Path(path).read_text())])


def train(texts, size):
    """Merges the most frequent pair until the vocabulary has `size` tokens."""
    counts = collections.Counter(p for t in texts for p in pieces(t) if not any(kind(c) == "N" for c in p) and (p.isascii() or p == " ›"))
    # Rare words count for more than their share: their tokens are what passages are copied with.
    words = [([ALPHABET[b] for b in p.encode()], int(c**0.7) + 1) for p, c in counts.items() if c > 1]
    where, pairs = collections.defaultdict(set), collections.Counter()
    for i, (parts, c) in enumerate(words):
        for pair in zip(parts, parts[1:]):
            pairs[pair] += c
            where[pair].add(i)
    merges = []
    while len(merges) < size - 256 - len(SPECIALS):
        best = max(pairs, key=lambda p: (pairs[p], p))
        merges.append(best)
        for i in list(where[best]):
            parts, c = words[i]
            for pair in zip(parts, parts[1:]):
                pairs[pair] -= c
                where[pair].discard(i)
            j, new = 0, []
            while j < len(parts):
                if j + 1 < len(parts) and (parts[j], parts[j + 1]) == best:
                    new.append(parts[j] + parts[j + 1])
                    j += 2
                else:
                    new.append(parts[j])
                    j += 1
            words[i] = (new, c)
            for pair in zip(new, new[1:]):
                pairs[pair] += c
                where[pair].add(i)
        pairs.pop(best, None)
    return Tokenizer(merges)


if __name__ == "__main__":
    import random
    import sys

    import app
    import notes
    import words as w

    r = random.Random(1)
    corpus = [" " + x for name in "things places objects roles events foods colors adjectives nouns verbs units".split() for x in getattr(w, name) for _ in range(12)]
    corpus += [" " + a for _, a in w.attributes for _ in range(12)]
    for _ in range(4000):
        scene = notes.Scene(r, r.randint(1, 5), 2, 2)
        corpus.append(scene.prefix)
        corpus += [" " + " ".join(x) for x in (scene.ask(), scene.ask_absent()) if x]
        corpus += [app.ask(r)[0] for _ in range(4)] + [app.ask_other(r)[0] for _ in range(2)]
    corpus += [i["answer"] for i in app.INTENTS for _ in range(60)]
    corpus += ["system\nuser\nassistant\n" + notes.PROMPTS["notesSystem"]] * 2000
    train(corpus, int(sys.argv[2])).save(sys.argv[1])
