"""Trains the starter on two (or more) CPU processes which share the weights. Run with --help.

Matrices are updated by Muon, the embedding and norms by Adam; the rate is constant and falls to zero in the last part,
so that a run can be lengthened from a checkpoint. Steps are made of microbatches, which the processes take one by one.
"""

import os

os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

import argparse
import ctypes
import json
import time
from pathlib import Path

import numpy as np
import torch
import torch.multiprocessing as mp
import torch.nn.functional as F

import fast
import heldout
from data import Data, microbatch, rows
from model import MATRICES, Shape, count, forward, initial, views
from tokenizer import Tokenizer

HERE = Path(__file__).parent


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


def run_fast(p, shape, batch):
    tokens, positions, owner, part, select, target = map(torch.from_numpy, batch[:6])
    return fast.forward(p, shape, tokens, positions, owner, part, select), target


def orthogonal(g):
    """The nearest orthogonal matrices, by five Newton-Schulz steps in bfloat16."""
    x = g.bfloat16()
    wide = x.shape[-2] <= x.shape[-1]
    x = x if wide else x.transpose(-2, -1)
    x = x / (x.float().norm(dim=(-2, -1), keepdim=True) + 1e-7).bfloat16()
    for _ in range(5):
        a = x @ x.transpose(-2, -1)
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * (a @ a)) @ x
    return (x if wide else x.transpose(-2, -1)).float()


def rate(step, args, seconds):
    """Share of the full rate: up in the first steps, down to nothing at the last step or when the time is over."""
    warm = min(1, (step + 1) / args.warm)
    left = (args.steps - step) / (args.steps * args.decay)
    if args.minutes:
        left = min(left, (args.minutes * 60 - seconds) / (args.minutes * 60 * args.decay))
    return warm * min(1, max(left, 0))


def update(names, p, grads, m, v, step, args, scale):
    for name in names:
        g = sum(x[name] for x in grads) / grads_total(args)
        if name.split(".")[-1] in MATRICES:
            m[name].mul_(0.95).add_(g)
            direction = orthogonal(g + 0.95 * m[name])
            size = args.rate * scale * max(1, g.shape[0] / g.shape[1]) ** 0.5
            p[name].mul_(1 - size * args.shrink).sub_(size * direction)
        else:
            m[name].mul_(0.9).add_(g, alpha=0.1)
            v[name].mul_(0.98).add_(g * g, alpha=0.02)
            fix = (1 - 0.98 ** (step + 1)) ** 0.5 / (1 - 0.9 ** (step + 1))
            change = fix * m[name] / (v[name].sqrt() + 1e-8)
            if name == "embed":
                # Adam would push all rare tokens the same way until they look alike; what is common changes no choice.
                change -= change.mean(0)
            p[name].sub_(args.adam * (1 if name == "embed" else 0.1) * scale * change)


def grads_total(args):
    # Any constant near the number of answer tokens in a step: both optimisers forget the scale.
    return args.micro * 400.0


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


def work(rank, args, shape, shared):
    libc = ctypes.CDLL(None)
    # Keep freed memory: giving it back costs page faults at every step.
    libc.mallopt(-1, 2**31 - 1), libc.mallopt(-3, 2**30)
    torch.set_num_threads(1)
    if shared["kernels"]:
        fast.use(shared["kernels"])
    data = Data(Tokenizer.load(HERE / "tokenizer.json"))
    p, m, v = (views(shared[k], shape) for k in ("p", "m", "v"))
    grads = [views(g, shape) for g in shared["grads"]]
    owned = [n for i, n in enumerate(sorted(p, key=lambda n: (-p[n].numel(), n))) if i % args.workers == rank]
    pause = Path(args.pause) if args.pause else None
    tests = test_batches(data) if rank == 0 else None
    started = time.time()
    for step in range(args.first, args.steps):
        while pause and pause.exists():
            time.sleep(1)
        shared["grads"][rank].zero_()
        loss_sum = tokens = answers = 0
        while True:
            with shared["lock"]:
                index = shared["next"].value
                shared["next"].value += 1
            if index >= args.micro:
                break
            batch = microbatch(data, args.seed, step, index, (step - args.copying) / args.steps * args.speed, args.prompt)
            leaf = {n: (x.bfloat16() if x.ndim > 1 else x.clone()).requires_grad_() for n, x in p.items()}
            logits, target = run_fast(leaf, shape, batch) if shared["kernels"] else run(leaf, shape, batch)
            weight = torch.from_numpy(batch[6])
            each = F.cross_entropy(logits, target, reduction="none")
            loss = (weight * (each + 1e-4 * logits.logsumexp(-1).pow(2))).sum()
            loss.backward()
            for n, x in leaf.items():
                grads[rank][n].add_(x.grad)
            told = weight >= 1
            loss_sum += each.detach()[told].sum().item()
            tokens += batch[0].size
            answers += int(told.sum())
        shared["log"][rank] = torch.tensor([loss_sum, answers, tokens])
        shared["barrier"].wait()
        if rank == 0:
            shared["next"].value = 0
            total = shared["log"].sum(0)
            shared["rate"].fill_(rate(step, args, time.time() - started))
        shared["barrier"].wait()
        scale = shared["rate"].item()
        update(owned, p, grads, m, v, step, args, scale)
        shared["barrier"].wait()
        last = step + 1 == args.steps or scale == 0
        if rank == 0:
            if step % 20 == 0:
                speed = (time.time() - started) / (step + 1 - args.first)
                print(f"{step} loss {total[0] / total[1]:.4f} answers {int(total[1])} tokens {int(total[2])} s/step {speed:.2f} rate {scale:.3f}", flush=True)
            if (step + 1) % args.every == 0 or last:
                state = {k: shared[k].clone() for k in ("p", "m", "v")} | {"step": step + 1, "shape": shape.__dict__}
                torch.save(state, args.out + ".partial")
                os.replace(args.out + ".partial", args.out)
            if (step + 1) % args.test == 0 or last:
                print(f"  test {step + 1} {json.dumps(evaluate({n: x.bfloat16() for n, x in p.items()}, shape, tests))} after {time.time() - started:.0f} s", flush=True)
        if last:
            break


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--out", default=str(HERE.parent / "starter.pt"), help="checkpoint file")
    a.add_argument("--resume", help="checkpoint to go on from")
    a.add_argument("--steps", type=int, default=9000)
    a.add_argument("--micro", type=int, default=2, help="microbatches of 1536 tokens in a step")
    a.add_argument("--workers", type=int, default=2)
    a.add_argument("--seed", type=int, default=20261123)
    a.add_argument("--rate", type=float, default=0.014, help="of Muon")
    a.add_argument("--adam", type=float, default=0.0007, help="rate of Adam")
    a.add_argument("--shrink", type=float, default=0.02, help="weight decay of the matrices")
    a.add_argument("--warm", type=int, default=30)
    a.add_argument("--decay", type=float, default=0.7, help="share of the steps in which the rate falls")
    a.add_argument("--speed", type=float, default=2.2, help="how fast the tasks get harder")
    a.add_argument("--minutes", type=float, help="end after this time at the latest, with the rate at zero")
    a.add_argument("--prompt", type=float, default=0.0, help="weight of the text before answers")
    a.add_argument("--copying", type=int, default=200, help="first steps, mostly of copying tasks")
    a.add_argument("--every", type=int, default=100, help="steps between checkpoints")
    a.add_argument("--test", type=int, default=200, help="steps between tests")
    a.add_argument("--pause", help="while this file exists, wait")
    a.add_argument("--layers", type=int, default=6)
    a.add_argument("--width", type=int, default=256)
    a.add_argument("--heads", type=int, default=8)
    a.add_argument("--hidden", type=int, default=512)
    args = a.parse_args()
    args.first = 0
    vocabulary = len(Tokenizer.load(HERE / "tokenizer.json").tokens)
    shape = Shape(vocabulary, args.width, args.layers, args.heads, args.hidden)
    n = count(shape)
    shared = {k: torch.zeros(n) for k in "mv"} | {"p": initial(shape, args.seed), "grads": torch.zeros(args.workers, n), "log": torch.zeros(args.workers, 3), "rate": torch.zeros(1)}
    if args.resume:
        state = torch.load(args.resume)
        shape = Shape(**state["shape"])
        for k in "pmv":
            shared[k] = state[k]
        args.first = state["step"]
    for x in shared.values():
        x.share_memory_()
    shared["kernels"] = fast.build()
    spawn = mp.get_context("spawn")
    shared |= {"lock": spawn.Lock(), "next": spawn.Value("i", 0), "barrier": spawn.Barrier(args.workers)}
    print(f"{n:,} parameters, kernels {bool(shared['kernels'])}, {args}", flush=True)
    mp.start_processes(work, (args, shape, shared), nprocs=args.workers, start_method="spawn")


if __name__ == "__main__":
    main()
