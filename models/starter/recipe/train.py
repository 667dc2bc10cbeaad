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

import torch
import torch.multiprocessing as mp
import torch.nn.functional as F

import fast
from batch import microbatch
from check import evaluate, run, test_batches
from data import Data
from model import Shape, count, initial, views
from optimise import rate, update
from tokenizer import Tokenizer

HERE = Path(__file__).parent


def run_fast(p, shape, batch):
    tokens, positions, owner, part, select, target = map(torch.from_numpy, batch[:6])
    return fast.forward(p, shape, tokens, positions, owner, part, select), target


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
            batch = microbatch(data, args.seed, step, index, (step - args.copying) / args.ramp, args.prompt)
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
    a.add_argument("--steps", type=int, default=6000)
    a.add_argument("--micro", type=int, default=3, help="microbatches of 1536 tokens in a step")
    a.add_argument("--workers", type=int, default=2)
    a.add_argument("--seed", type=int, default=20261123)
    a.add_argument("--rate", type=float, default=0.004, help="of Muon")
    a.add_argument("--adam", type=float, default=0.0007, help="rate of Adam")
    a.add_argument("--shrink", type=float, default=0.02, help="weight decay of the matrices")
    a.add_argument("--warm", type=int, default=30)
    a.add_argument("--decay", type=float, default=0.6, help="share of the steps in which the rate falls")
    a.add_argument("--ramp", type=int, default=1500, help="steps in which notes get as hard as they will be")
    a.add_argument("--minutes", type=float, help="end after this time at the latest, with the rate at zero")
    a.add_argument("--prompt", type=float, default=0.0, help="weight of the text before answers")
    a.add_argument("--copying", type=int, default=100, help="first steps, mostly of copying tasks")
    a.add_argument("--every", type=int, default=100, help="steps between checkpoints")
    a.add_argument("--test", type=int, default=1000, help="steps between tests")
    a.add_argument("--pause", help="while this file exists, wait")
    a.add_argument("--layers", type=int, default=7)
    a.add_argument("--width", type=int, default=320)
    a.add_argument("--heads", type=int, default=5)
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
