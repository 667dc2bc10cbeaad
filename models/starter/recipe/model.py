"""A small Llama: RMSNorm, rotary positions, SwiGLU, tied embeddings. Matrices run in bfloat16, the rest in float32."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F


@dataclass(frozen=True)
class Shape:
    vocabulary: int
    width: int = 256
    layers: int = 5
    heads: int = 8
    hidden: int = 640
    context: int = 2048
    rope_base: float = 10000.0
    epsilon: float = 1e-5

    @property
    def head(self):
        return self.width // self.heads


MATRICES = ("q", "k", "v", "o", "gate", "up", "down")


def layout(shape):
    """Name -> size of every tensor, in the order in which they lie in the flat parameter."""
    w, h = shape.width, shape.hidden
    sizes = {"embed": (shape.vocabulary, w), "norm": (w,)}
    for i in range(shape.layers):
        sizes |= {f"{i}.norm1": (w,), f"{i}.norm2": (w,)}
        sizes |= {f"{i}.{n}": (w, w) for n in "qkvo"}
        sizes |= {f"{i}.gate": (h, w), f"{i}.up": (h, w), f"{i}.down": (w, h)}
    return sizes


def views(flat, shape):
    """The flat parameter seen as named tensors."""
    out, at = {}, 0
    for name, size in layout(shape).items():
        n = 1
        for s in size:
            n *= s
        out[name] = flat[at : at + n].view(size)
        at += n
    assert at == flat.numel()
    return out


def count(shape):
    return sum(torch.Size(s).numel() for s in layout(shape).values())


def initial(shape, seed):
    g = torch.Generator().manual_seed(seed)
    flat = torch.zeros(count(shape))
    for name, p in views(flat, shape).items():
        kind = name.split(".")[-1]
        if "norm" in kind:
            p.fill_(0.5 if name == "norm" else 1)
        elif kind in ("o", "down"):
            p.normal_(0, (0.5 / p.shape[1] ** 0.5) / (2 * shape.layers) ** 0.5, generator=g)
        elif kind == "embed":
            # It is the output, too: small, so that what a token is does not drown what comes next.
            p.normal_(0, 0.15, generator=g)
            # Heads that look by place alone need something that all tokens share; there are no biases.
            p[:, 0] = 1
        else:
            p.normal_(0, 1 / p.shape[1] ** 0.5, generator=g)
    copying_heads(views(flat, shape), shape, g)
    return flat


def copying_heads(p, shape, g):
    """Starts the model where copying is near: it would find these heads by itself, but only after millions of tokens.

    Half the heads of layer 0 look at the token before; half the heads of layer 1 look for a token that came after the
    present one; all later heads tend to say again what they look at. Training goes on from there, as from any start.
    """
    n, w = shape.head, shape.width
    half, some = n // 2, shape.heads // 2 * n
    rows = lambda k: torch.linalg.qr(torch.randn(w, w, generator=g))[0][:k]
    rate = shape.rope_base ** (-torch.arange(half).float() / half)
    for h in range(shape.heads // 2):
        for name, shift in (("q", -1.0), ("k", 0.0)):
            place = p[f"0.{name}"][h * n : h * n + n]
            place.mul_(0.1)
            place[:half, 0], place[half:, 0] = 1.2 * (shift * rate).cos(), 1.2 * (shift * rate).sin()
    before, written = rows(some), rows(some).t()
    before[:, 0] = 0
    p["0.v"][:some], p["0.o"][:, :some] = before, 0.25 * written
    slow = torch.arange(n) % half >= half // 2
    for h in range(shape.heads // 2):
        at = torch.arange(h * n, h * n + n)
        for name, reads in (("q", before), ("k", written.t())):
            p[f"1.{name}"][at] *= 0.1
            p[f"1.{name}"][at[slow]] += 2 * reads[at[slow]]
    for i in range(1, shape.layers):
        copied = rows(w)
        copied[:, 0] = 0
        p[f"{i}.v"].copy_(copied)
        p[f"{i}.o"].copy_(0.1 * copied.t())
    p["1.o"][:, :some] *= 5


def norm(x, weight, epsilon):
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + epsilon) * weight


def rotation(positions, shape):
    """Cosines and sines for (rows, tokens) positions; halves are paired, the exporter reorders for llama.cpp."""
    half = shape.head // 2
    rate = shape.rope_base ** (-torch.arange(half).float() / half)
    angle = positions.float()[..., None] * rate
    return angle.cos()[:, None], angle.sin()[:, None]


def rotate(x, cos, sin):
    a, b = x.chunk(2, -1)
    return torch.cat((a * cos - b * sin, a * sin + b * cos), -1)


def forward(p, shape, tokens, positions, bias, select=None, kind=torch.bfloat16):
    """Logits of the selected flat places (all without `select`). `bias` is 0 where a token may look, else -inf."""
    rows, length = tokens.shape
    cos, sin = rotation(positions, shape)
    cos, sin, bias = cos.to(kind), sin.to(kind), bias.to(kind)
    x = F.embedding(tokens, p["embed"].float())
    split = lambda y: y.view(rows, length, shape.heads, shape.head).transpose(1, 2)
    for i in range(shape.layers):
        h = norm(x, p[f"{i}.norm1"].float(), shape.epsilon).to(kind)
        q = rotate(split(F.linear(h, p[f"{i}.q"])), cos, sin) * shape.head**-0.5
        k = rotate(split(F.linear(h, p[f"{i}.k"])), cos, sin)
        v = split(F.linear(h, p[f"{i}.v"]))
        a = (torch.matmul(q, k.transpose(2, 3)) + bias).softmax(-1) @ v
        x = x + F.linear(a.transpose(1, 2).reshape(rows, length, -1), p[f"{i}.o"])
        h = norm(x, p[f"{i}.norm2"].float(), shape.epsilon).to(kind)
        x = x + F.linear(F.silu(F.linear(h, p[f"{i}.gate"])) * F.linear(h, p[f"{i}.up"]), p[f"{i}.down"])
    x = x.view(rows * length, -1)
    if select is not None:
        x = x[select]
    x = norm(x, p["norm"].float(), shape.epsilon).to(kind)
    return F.linear(x, p["embed"]).float()
