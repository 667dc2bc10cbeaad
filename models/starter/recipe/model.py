"""A small Llama: RMSNorm, rotary positions, SwiGLU, tied embeddings. Matrices run in bfloat16, the rest in float32."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F


@dataclass(frozen=True)
class Shape:
    vocabulary: int
    width: int = 320
    layers: int = 7
    heads: int = 5
    hidden: int = 512
    context: int = 2048
    rope_base: float = 1000000.0
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
            p[:, shape.width - shape.head :] = 0
        else:
            p.normal_(0, 1 / p.shape[1] ** 0.5, generator=g)
    copying_heads(views(flat, shape), shape, g)
    return flat


def copying_heads(p, shape, g):
    """Starts the model where copying is near: it would find these heads by itself, but only after millions of tokens.

    Three heads of layer 0 look one, two and three tokens back and note a short code of what they see in numbers that the
    embedding leaves free. All heads of layer 1 look for the place where the last three tokens stood before, and say what
    came after them: with one token only, the second 3 of 3138 is lost. All later heads tend to say again what they look
    at. Training goes on from there, as from any start.
    """
    n, half, fast = shape.head, shape.head // 2, 8
    own, code = shape.width - n, n // 3
    rate = shape.rope_base ** (-torch.arange(half).float() / half)
    turned = lambda size: torch.linalg.qr(torch.randn(size, size, generator=g))[0]
    slot = lambda i: slice(own + i * code, own + (i + 1) * code)
    reads = turned(own)[:code]
    reads[:, 0] = 0
    for name in ("0.q", "0.k", "1.q", "1.k", "0.o"):
        p[name].zero_()
    for h in range(shape.heads):
        back = h + 1 if h < 3 else 1
        for name, shift in (("q", -back), ("k", 0)):
            place = p[f"0.{name}"][h * n : h * n + n]
            place[:fast, 0], place[half : half + fast, 0] = 1.5 * (shift * rate[:fast]).cos(), 1.5 * (shift * rate[:fast]).sin()
        if h < 3:
            p["0.v"][h * n : h * n + code, :own] = reads
            p["0.o"][slot(h), h * n : h * n + code] = 0.13 * torch.eye(code)
    slow = torch.arange(n) % half >= half // 2
    for h in range(shape.heads):
        at = torch.arange(h * n, h * n + n)[slow]
        last, second, third = (turned(half)[:, :code] for _ in range(3))
        q, k = torch.zeros(half, shape.width), torch.zeros(half, shape.width)
        q[:, :own], k[:, slot(0)] = 2.2 * last @ reads, 2.5 * last
        q[:, slot(0)], k[:, slot(1)] = 2.1 * second, 2.1 * second
        q[:, slot(1)], k[:, slot(2)] = 2.1 * third, 2.1 * third
        p["1.q"][at], p["1.k"][at] = q, k
    for i in range(1, shape.layers):
        copied = turned(shape.width)
        copied[:, 0] = 0
        p[f"{i}.v"].copy_(copied)
        p[f"{i}.o"].copy_(0.1 * copied.t())


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
