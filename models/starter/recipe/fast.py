"""The same layers as model.py with their gradients by hand, on kernels.c. Needs a C compiler; a step takes about 1.7 times as long without."""

import ctypes
import os
import subprocess
import tempfile
from pathlib import Path

import torch
import torch.nn.functional as F

from model import norm

HERE = Path(__file__).parent


def build():
    """Compiles the kernels for this machine; None where there is no compiler."""
    out = Path(tempfile.mkdtemp(prefix="starter-")) / "kernels.so"
    flags = ["-Ofast", "-march=native", "-mprefer-vector-width=512", "-shared", "-fPIC"]
    try:
        subprocess.run([os.environ.get("CC", "cc"), *flags, "-o", out, HERE / "kernels.c", "-lmvec", "-lm"], check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return out


lib = None


def use(path):
    global lib
    lib = ctypes.CDLL(str(path))


def call(name, *args):
    """Tensors go as addresses, ints as long, floats as float."""
    given = [ctypes.c_void_p(a.data_ptr()) if isinstance(a, torch.Tensor) else ctypes.c_long(a) if isinstance(a, int) else ctypes.c_float(a) for a in args]
    getattr(lib, name)(*given)


class Layer(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, n1, qkv, o, n2, gu, down, cos, sin, owner, part, shape):
        rows, tokens = owner.shape
        size, width = x.shape
        heads, n = shape.heads, shape.head
        bf = dict(dtype=torch.bfloat16)
        h1, s1 = torch.empty(size, width, **bf), torch.empty(size)
        call("norm_forward", x, n1, h1, s1, size, width, shape.epsilon)
        q, k, v = (torch.empty(rows * heads, tokens, n, **bf) for _ in range(3))
        call("split_heads", h1 @ qkv.t(), cos, sin, q, k, v, rows, tokens, heads, n, n**-0.5)
        shares = torch.bmm(q, k.transpose(1, 2))
        call("soften", shares, owner, part, rows, heads, tokens)
        mixed = torch.bmm(shares, v).view(rows, heads, tokens, n).transpose(1, 2).reshape(size, width)
        y = x + (mixed @ o.t())
        h2, s2 = torch.empty(size, width, **bf), torch.empty(size)
        call("norm_forward", y, n2, h2, s2, size, width, shape.epsilon)
        both = h2 @ gu.t()
        act = torch.empty(size, shape.hidden, **bf)
        call("gate_forward", both, act, size, shape.hidden)
        ctx.save_for_backward(x, n1, qkv, o, n2, gu, down, cos, sin, owner, h1, s1, q, k, v, shares, mixed, y, h2, s2, both, act)
        ctx.shape = shape
        return y + (act @ down.t())

    @staticmethod
    def backward(ctx, dz):
        x, n1, qkv, o, n2, gu, down, cos, sin, owner, h1, s1, q, k, v, shares, mixed, y, h2, s2, both, act = ctx.saved_tensors
        shape = ctx.shape
        rows, tokens = owner.shape
        size, width = x.shape
        heads, n = shape.heads, shape.head
        dy = dz.contiguous().clone()
        d = dy.bfloat16()
        ddown = d.t() @ act
        dboth = torch.empty_like(both)
        call("gate_backward", both, d @ down, dboth, size, shape.hidden)
        dgu = dboth.t() @ h2
        dn2, dn1 = torch.zeros(width), torch.zeros(width)
        call("norm_backward", y, n2, dboth @ gu, s2, dy, dn2, size, width)
        d = dy.bfloat16()
        do = d.t() @ mixed
        dmixed = (d @ o).view(rows, tokens, heads, n).transpose(1, 2).reshape(rows * heads, tokens, n)
        dv = torch.bmm(shares.transpose(1, 2), dmixed)
        ds = torch.bmm(dmixed, v.transpose(1, 2))
        call("soften_backward", shares, ds, owner, rows, heads, tokens)
        dq, dk = torch.bmm(ds, k), torch.bmm(ds.transpose(1, 2), q)
        dh = torch.empty(size, 3 * width, dtype=torch.bfloat16)
        call("join_heads", dq, dk, dv, cos, sin, dh, rows, tokens, heads, n, n**-0.5)
        dqkv = dh.t() @ h1
        call("norm_backward", x, n1, dh @ qkv, s1, dy, dn1, size, width)
        return dy, dn1, dqkv, do, dn2, dgu, ddown, None, None, None, None, None


def forward(p, shape, tokens, positions, owner, part, select):
    """Logits of the selected places; `p` as in model.py, matrices in bfloat16 and norms in float32."""
    half = shape.head // 2
    angle = positions.float()[..., None] * shape.rope_base ** (-torch.arange(half).float() / half)
    cos, sin = angle.cos().contiguous(), angle.sin().contiguous()
    x = F.embedding(tokens.view(-1), p["embed"].float())
    for i in range(shape.layers):
        qkv = torch.cat([p[f"{i}.{n}"] for n in "qkv"])
        gu = torch.cat([p[f"{i}.gate"], p[f"{i}.up"]])
        x = Layer.apply(x, p[f"{i}.norm1"], qkv, p[f"{i}.o"], p[f"{i}.norm2"], gu, p[f"{i}.down"], cos, sin, owner, part, shape)
    x = norm(x[select], p["norm"], shape.epsilon).bfloat16()
    return F.linear(x, p["embed"]).float()
