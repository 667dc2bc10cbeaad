"""The model without C kernels, and the test set while training runs."""

import torch

import heldout
from batch import rows
from model import forward


def look(owner, part):
    """0 where a token may look: earlier, in its own group, at the prefix or its own branch."""
    n = owner.shape[1]
    same = owner[:, :, None] == owner[:, None, :]
    near = (part[:, None, :] == 0) | (part[:, :, None] == part[:, None, :])
    ok = same & near & torch.ones(n, n, dtype=torch.bool).tril()
    return torch.zeros(ok.shape).masked_fill(~ok, float("-inf"))[:, None]


def run(p, shape, batch, kind=torch.bfloat16):
    tokens, positions, owner, part, select, target, _, _ = batch
    tensor = torch.from_numpy
    logits = forward(p, shape, tensor(tokens), tensor(positions), look(tensor(owner), tensor(part)), tensor(select), kind)
    return logits, tensor(target)


def test_batches(data, limit=None):
    """Held-out cases as batches: (kind of each case, batch)."""
    cases = heldout.cases()[:limit]
    out = []
    for i in range(0, len(cases), 6):
        groups = [heldout.group(data, c) for c in cases[i : i + 6]]
        length = -(-max(map(len, groups)) // 32) * 32
        kept = []
        for g in sorted(groups, key=len, reverse=True):
            kept.append(g)
        order = sorted(range(len(groups)), key=lambda k: len(groups[k]), reverse=True)
        tokens, positions, owner, part, select, target, weight, which = rows(kept, length, data.newline[0])
        out.append(([cases[i + k]["kind"] for k in order], groups, (tokens, positions, owner, part, select, target, weight, which)))
    return out


def evaluate(p, shape, batches):
    """Share of held-out cases whose every answer token is the first choice, by kind."""
    right, total = {}, {}
    with torch.no_grad():
        for kinds, groups, batch in batches:
            logits, target = run(p, shape, batch)
            good = (logits.argmax(-1) == target).numpy()
            cases = {}
            for place, ok in zip(batch[7], good):
                cases[place[:2]] = cases.get(place[:2], True) and bool(ok)
            for kind, ok in zip(kinds_in_order(kinds, groups, batch), cases.values()):
                right[kind] = right.get(kind, 0) + ok
                total[kind] = total.get(kind, 0) + 1
    return {k: round(right[k] / total[k], 3) for k in total}


def kinds_in_order(kinds, groups, batch):
    """Cases come out row by row; `rows` filled them by size, so find each by its first target."""
    order = sorted(groups, key=len, reverse=True)
    packed = []
    length = batch[0].shape[1]
    for k, g in enumerate(order):
        row = next((x for x in packed if sum(len(order[j]) for j in x) + len(g) <= length), None)
        if row is None:
            packed.append(row := [])
        row.append(k)
    return [kinds[k] for row in packed for k in row]
