"""Makes the held-out test set: wordings and entities that training never shows. `python3 heldout.py` writes heldout.json."""

import json
import random
from pathlib import Path

import app
import notes
from data import Group

SEED = 777
FILE = Path(__file__).parent.parent / "heldout.json"


def make():
    r = random.Random(SEED)
    out = [{"kind": "app", "user": q, "answer": i["answer"], "must": i["must"], "about": i["id"]} for i in app.INTENTS for q in i["held"]]
    out += [{"kind": "other", "user": q, "answer": app.OTHER, "must": ["starter model"], "about": "other"} for q in app.FACTS["heldOther"]]
    for kind, wanted in (("note", 240), ("absent", 120)):
        made = 0
        while made < wanted:
            scene = notes.Scene(r, 1 + made % 5, 3, 2, held=True)
            pair = scene.ask() if kind == "note" else scene.ask_absent()
            if pair and (kind == "note" or scene.facts):
                out.append({"kind": kind, "system": notes.PROMPTS["notesSystem"], "user": notes.best_first(r, scene, pair[0]), "answer": pair[1],
                            "question": pair[0], "passages": [{"number": n, "place": p, "lines": some} for n, p, some in scene.parts]})
                made += 1
    return out


def cases():
    return json.loads(FILE.read_text())["cases"]


def group(data, case):
    """The case as the model reads it."""
    system = data.turn("system", case["system"]) if "system" in case else []
    tokens, first = data.branch(case["user"], case["answer"])
    return Group(system + data.opening("user"), [(tokens, first)])


if __name__ == "__main__":
    text = ",\n".join("    " + json.dumps(c, ensure_ascii=False) for c in make())
    FILE.write_text(f'{{\n  "seed": {SEED},\n  "cases": [\n{text}\n  ]\n}}\n')
