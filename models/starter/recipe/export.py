"""Writes a checkpoint as GGUF, and what it says next to some fixed prompts: `python3 export.py starter.pt`."""

import argparse
import json
from pathlib import Path

import torch

import gguf
import heldout
from data import Data
from model import Shape, count, forward, views
from tokenizer import Tokenizer

HERE = Path(__file__).parent
TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
DESCRIPTION = (
    "The very small model that comes with Inkling. It explains the app and quotes facts from notes; it has no general "
    "knowledge. Trained from scratch on text made by the recipe beside it."
)
NAMES = {"q": "attn_q", "k": "attn_k", "v": "attn_v", "o": "attn_output", "gate": "ffn_gate", "up": "ffn_up", "down": "ffn_down", "norm1": "attn_norm", "norm2": "ffn_norm"}


def paired(x, shape):
    """llama.cpp turns neighbouring numbers of a head, the trainer its two halves."""
    return x.view(shape.heads, 2, shape.head // 2, x.shape[1]).transpose(1, 2).reshape(x.shape)


def tensors(p, shape, kind):
    yield "token_embd.weight", p["embed"].numpy(), kind
    for i in range(shape.layers):
        for short, name in NAMES.items():
            x = p[f"{i}.{short}"]
            x = paired(x, shape) if short in "qk" else x
            yield f"blk.{i}.{name}.weight", x.contiguous().numpy(), "F32" if x.ndim == 1 else kind
    yield "output_norm.weight", p["norm"].numpy(), "F32"


def metadata(shape, t, kind):
    size = f"{count(shape) / 1e6:.1f}M"
    return {
        "general.architecture": ("str", "llama"), "general.type": ("str", "model"), "general.name": ("str", "Starter (built in)"),
        "general.author": ("str", "The Inkling authors"), "general.license": ("str", "mit"), "general.size_label": ("str", size),
        "general.description": ("str", DESCRIPTION), "general.source.url": ("str", "models/starter/README.md in the Inkling project"),
        "general.languages": ("strs", ["en"]), "general.file_type": ("u32", {"F16": 1, "Q8_0": 7}[kind]), "general.quantization_version": ("u32", 2),
        "llama.context_length": ("u32", shape.context), "llama.embedding_length": ("u32", shape.width), "llama.block_count": ("u32", shape.layers),
        "llama.feed_forward_length": ("u32", shape.hidden), "llama.attention.head_count": ("u32", shape.heads),
        "llama.attention.head_count_kv": ("u32", shape.heads), "llama.attention.layer_norm_rms_epsilon": ("f32", shape.epsilon),
        "llama.rope.dimension_count": ("u32", shape.head), "llama.rope.freq_base": ("f32", shape.rope_base), "llama.vocab_size": ("u32", len(t.tokens)),
        "tokenizer.ggml.model": ("str", "gpt2"), "tokenizer.ggml.pre": ("str", "gpt-2"), "tokenizer.ggml.tokens": ("strs", t.tokens),
        "tokenizer.ggml.token_type": ("i32s", [1] * (len(t.tokens) - 3) + [3] * 3), "tokenizer.ggml.merges": ("strs", [f"{a} {b}" for a, b in t.merges]),
        "tokenizer.ggml.eos_token_id": ("u32", t.stop), "tokenizer.ggml.padding_token_id": ("u32", t.end),
        "tokenizer.ggml.add_bos_token": ("bool", False), "tokenizer.chat_template": ("str", TEMPLATE),
    }


def answer(p, shape, data, tokens, most=120):
    """Greedy tokens after a prompt, in float32, until the stop or `most`."""
    out = []
    while len(out) < most:
        x = torch.tensor([tokens + out])
        n = x.shape[1]
        look = torch.zeros(1, 1, n, n).masked_fill(~torch.ones(n, n, dtype=torch.bool).tril(), float("-inf"))
        with torch.no_grad():
            logits = forward(p, shape, x, torch.arange(n)[None], look, torch.tensor([n - 1]), torch.float32)
        out.append(int(logits[0].argmax()))
        if out[-1] == data.t.stop:
            break
    return out


def fixture(p, shape, data):
    """Prompts of each kind, and what the trainer's own model says to them."""
    cases = heldout.cases()
    chosen = [c for kind in ("app", "other", "note", "absent") for c in [x for x in cases if x["kind"] == kind][:: 37][:5]]
    for case in chosen:
        group = heldout.group(data, case)
        branch, first = group.branches[0]
        prompt = group.prefix + branch[:first]
        messages = [{"role": role, "text": case[role]} for role in ("system", "user") if role in case]
        yield {"messages": messages, "prompt": prompt, "next": answer(p, shape, data, prompt)}


def main():
    torch.set_num_threads(1)
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("checkpoint")
    a.add_argument("--type", default="F16", choices=["F16", "Q8_0"])
    a.add_argument("--out", default=str(HERE.parent / "inkling-starter.gguf"))
    a.add_argument("--fixture", default=str(HERE.parent / "sameTokens.json"))
    args = a.parse_args()
    state = torch.load(args.checkpoint, map_location="cpu")
    shape, data = Shape(**state["shape"]), Data(Tokenizer.load(HERE / "tokenizer.json"))
    p = views(state["p"], shape)
    gguf.write(args.out, metadata(shape, data.t, args.type), list(tensors(p, shape, args.type)))
    if args.fixture:
        # The file holds rounded numbers; the trainer speaks with the same ones.
        rounded = {n: x.half().float() if x.ndim > 1 else x for n, x in p.items()}
        lines = ",\n".join("  " + json.dumps(c, ensure_ascii=False) for c in fixture(rounded, shape, data))
        Path(args.fixture).write_text(f"[\n{lines}\n]\n")
    print(f"{args.out}: {count(shape):,} parameters after {state['step']} steps")


if __name__ == "__main__":
    main()
