"""Packs groups of questions into rows of tokens."""

import random

import numpy as np


def rows(groups, length, newline, r=None, prompt=0.0, gaps=0.0):
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
            if r and r.random() < gaps:
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
                # The first tokens choose the sentence, the rest mostly follows from them.
                weight += ([4.0, 3.0, 2.0, 2.0] + [1.0] * len(text))[: len(text) - first]
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
        out = rows(groups, length, data.newline[0], r, prompt, 0.25 if progress > 0.8 else 0)
        if out[0].shape[0] <= max(1, size // length):
            return out
        groups.pop()
