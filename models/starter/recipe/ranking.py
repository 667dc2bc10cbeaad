"""Orders the lines of notes by the words that they share with the question, exactly as rankLines.ts does for the app."""

import json
import re
from pathlib import Path

_words = json.loads((Path(__file__).parent / "ranking.json").read_text())
COMMON = set(_words["common"].split())
ENDINGS = _words["endings"].split()
MOST = _words["most"]


def stem(word):
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def stems(text):
    """Each once, in order."""
    return list(dict.fromkeys(stem(x) for x in re.findall(r"[^\W_]+", text.lower())))


def rank(passages, question, most=MOST):
    """Passages (number, place, lines) with the `most` best lines alone, the best first."""
    lines = [(at, line, set(stems(line)), set(stems(place))) for at, (_, place, some) in enumerate(passages) for line in some]
    asked, n = stems(question), len(lines)
    common = {stem(x) for x in COMMON}
    scored = []
    for i, (at, line, inside, above) in enumerate(lines):
        score = 0.0
        for x in asked:
            weight = 0.1 if x in common else 1.0
            if x in inside:
                score += weight * n / (n + 3 * sum(x in other[2] for other in lines))
            elif x in above:
                score += 0.2 * weight
        scored.append((-score, i, at, line))
    out = {}
    for _, _, at, line in sorted(scored)[:most]:
        out.setdefault(at, []).append(line)
    return [(passages[at][0], passages[at][1], some) for at, some in out.items()]
