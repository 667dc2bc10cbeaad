"""Writes GGUF version 3: metadata and tensors in float32, float16 or Q8_0."""

import struct

import numpy as np

TYPES = {"u32": (4, "<I"), "i32": (5, "<i"), "f32": (6, "<f"), "bool": (7, "<?")}
TENSORS = {"F32": 0, "F16": 1, "Q8_0": 8}


def text(value):
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def value(kind, x):
    if kind == "str":
        return struct.pack("<I", 8) + text(x)
    if kind == "strs":
        return struct.pack("<IIQ", 9, 8, len(x)) + b"".join(map(text, x))
    if kind == "i32s":
        return struct.pack("<IIQ", 9, 5, len(x)) + np.array(x, "<i4").tobytes()
    number, form = TYPES[kind]
    return struct.pack("<I", number) + struct.pack(form, x)


def encode(x, kind):
    if kind == "F32":
        return x.astype("<f4").tobytes()
    if kind == "F16":
        return x.astype("<f2").tobytes()
    blocks = x.astype("<f4").reshape(-1, 32)
    scale = np.abs(blocks).max(1, keepdims=True) / 127
    whole = np.round(blocks / np.where(scale == 0, 1, scale)).astype("i1")
    return np.concatenate([scale.astype("<f2").view("u1"), whole.view("u1")], 1).tobytes()


def write(path, metadata, tensors):
    """`metadata`: key -> (kind, value); `tensors`: (name, array, type)."""
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata))
    for key, (kind, x) in metadata.items():
        head += text(key) + value(kind, x)
    body = b""
    for name, array, kind in tensors:
        head += text(name) + struct.pack("<I", array.ndim) + struct.pack(f"<{array.ndim}Q", *array.shape[::-1])
        head += struct.pack("<IQ", TENSORS[kind], len(body))
        data = encode(array, kind)
        body += data + bytes(-len(data) % 32)
    with open(path, "wb") as f:
        f.write(head + bytes(-len(head) % 32) + body)
