"""Muon for matrices, Adam for the embedding and the norms, and how their rates go."""

from model import MATRICES


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
            v[name].mul_(0.98).addcmul_(g, g, value=0.02)
            fix = (1 - 0.98 ** (step + 1)) ** 0.5 / (1 - 0.9 ** (step + 1))
            change = fix * m[name] / (v[name].sqrt() + 1e-8)
            if name == "embed":
                # Adam would push all rare tokens the same way until they look alike; what is common changes no choice.
                change -= change.mean(0)
            p[name].sub_(args.adam * (1 if name == "embed" else 0.1) * scale * change)


def grads_total(args):
    # Any constant near the number of answer tokens in a step: both optimisers forget the scale.
    return args.micro * 400.0
