"""Words (vocabulary.json) and makers of names, codes and numbers. `held` entities are kept for the test set."""

import json
from pathlib import Path

_lists = json.loads((Path(__file__).parent / "vocabulary.json").read_text())
things, places, objects, roles, events = (_lists[n].split("|") for n in ("things", "places", "objects", "roles", "events"))
held_things, held_places, held_objects, held_roles, held_events = (
    _lists[n].split("|") for n in ("heldThings", "heldPlaces", "heldObjects", "heldRoles", "heldEvents")
)
foods, colors, months, days, units = (_lists[n].split("|") for n in ("foods", "colors", "months", "days", "units"))
adjectives, nouns, verbs, first_names = (_lists[n].split("|") for n in ("adjectives", "nouns", "verbs", "firstNames"))
attributes = [(kind, a) for kind, text in _lists["attributes"].items() for a in text.split("|")]

START = "b bl br c ch cl d dr f fl fr g gl gr h j k kl kr l m n p pl pr qu r s sch sh sk sl st str t th tr v w z y".split()
MIDDLE = "a e i o u a e i o u a e o ai au ea ei ia ie io oa oo ou y".split()
END = "l n r s t m k d x th nd lk rn ss ck p b g ng rt v z".split()
LAST = "a o en er in is or us el an ie y i ov ek on as um ar it et old mann sen son ley well berg".split()
ACCENTS = {"a": "áàäåãą", "e": "éèêëę", "i": "íîï", "o": "óöøôő", "u": "üúûů", "s": "šś", "c": "çčć", "n": "ñń", "z": "žż", "l": "ł"}
OTHER = ["Москва", "Ольга", "東京", "山田", "北京", "Αθήνα", "שלום", "서울", "Київ", "دمشق"]


SIMPLE = ["b br c d dr f g gr h j k l m n p r s sh st t th tr v w z".split(), "a e i o u a e i o".split(), "l n r s t m".split()]


def syllables(r, low=1, high=2):
    start, middle, end = (START, MIDDLE, END) if r.random() < 0.2 else SIMPLE
    word = "".join(r.choice(start) + r.choice(middle) + (r.choice(end) if r.random() < 0.4 else "") for _ in range(r.randint(low, high)))
    word += r.choice(LAST) if r.random() < 0.6 else ""
    return word if len(word) > 2 else word + r.choice(LAST)


def proper(r):
    word = syllables(r)
    if r.random() < 0.05:
        at = [i for i, c in enumerate(word) if c in ACCENTS]
        if at:
            i = r.choice(at)
            word = word[:i] + r.choice(ACCENTS[word[i]]) + word[i + 1 :]
    if r.random() < 0.004:
        return r.choice(OTHER)
    return word[0].upper() + word[1:]


def person(r):
    x = r.random()
    if x < 0.35:
        return proper(r)
    if x < 0.45:
        return r.choice(first_names)
    if x < 0.6:
        return r.choice(first_names) + " " + proper(r)
    if x < 0.9:
        return proper(r) + " " + proper(r)
    return r.choice(["Mr", "Mrs", "Ms", "Dr", "Aunt", "Uncle"]) + " " + proper(r)


def digits(r, low, high):
    return "".join(r.choice("0123456789") for _ in range(r.randint(low, high)))


def letters(r, low, high):
    return "".join(r.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(r.randint(low, high)))


def code(r):
    x = r.random()
    if x < 0.2:
        return digits(r, 3, 8)
    if x < 0.5:
        return letters(r, 1, 3) + r.choice(["-", "", " ", "/", "-"]) + digits(r, 2, 5)
    if x < 0.7:
        return letters(r, 1, 2) + digits(r, 1, 2) + "-" + digits(r, 2, 4)
    if x < 0.85:
        return "-".join(digits(r, 2, 4) for _ in range(r.randint(2, 3)))
    return "".join(r.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(r.randint(4, 8)))


def secret(r):
    x = r.random()
    if x < 0.4:
        return syllables(r) + r.choice(["-", "_", "", "."]) + syllables(r) + r.choice(["", digits(r, 1, 4)])
    if x < 0.7:
        return syllables(r) + digits(r, 2, 4)
    return "".join(r.choice("abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(r.randint(6, 10)))


def number(r):
    return str(r.choice([r.randint(2, 99), r.randint(100, 999), r.randint(1000, 9999)]))


def money(r):
    n = number(r)
    if r.random() < 0.3:
        n += "." + digits(r, 2, 2)
    return r.choice([f"{n} euros", f"{n} dollars", f"${n}", f"{n} EUR", f"€{n}", f"£{n}", f"{n} francs", f"{n} pounds"])


def date(r):
    d, m, y = r.randint(1, 28), r.choice(months), r.randint(1950, 2035)
    return r.choice([f"{d} {m}", f"{m} {d}", f"{d} {m} {y}", f"{y}-{r.randint(1, 12):02d}-{d:02d}", f"{m} {y}", f"{d}.{r.randint(1, 12)}.{y}", f"the {d}th of {m}" if d > 3 else f"{d} {m}"])


def hour(r):
    return r.choice([f"{r.randint(0, 23)}:{r.choice(['00', '15', '30', '45', digits(r, 2, 2)])}", f"{r.randint(1, 12)} pm", f"{r.randint(1, 12)} am", f"{r.randint(1, 12)} o'clock", "noon"])


def phone(r):
    return r.choice(["+", "0", "0"]) + digits(r, 2, 4) + r.choice([" ", "-", " "]) + digits(r, 3, 4) + r.choice([" ", "", "-"]) + digits(r, 2, 4)


def mail(r):
    return f"{syllables(r)}{r.choice(['', '.' + syllables(r)])}@{syllables(r)}.{r.choice(['org', 'com', 'net', 'example', 'de'])}"


def measure(r):
    n = number(r) if r.random() < 0.7 else f"{r.randint(0, 99)}.{r.randint(1, 9)}"
    return f"{n} {r.choice(units)}"


def town(r):
    return r.choice(["", "", "", "Port ", "New ", "Saint ", "Lake ", "Bad "]) + proper(r)


def address(r):
    return r.choice([f"{r.randint(1, 199)} {proper(r)} {r.choice(['Street', 'Road', 'Lane', 'Avenue'])}", f"{proper(r)} {r.choice(['Square', 'Street', 'Park'])} {r.randint(1, 99)}", town(r)])


def organisation(r):
    x = r.random()
    kinds = ["choir", "club", "library", "school", "museum", "bakery", "clinic", "theatre", "orchestra", "garage", "bank", "hotel", "farm", "brewery", "team", "band", "society", "market", "company", "academy"]
    if x < 0.5:
        return f"the {proper(r)} {r.choice(kinds)}"
    if x < 0.7:
        return f"the {r.choice(kinds)}"
    if x < 0.85:
        return f"project {proper(r)}"
    return proper(r) + r.choice([" GmbH", " Ltd", " Inc", " and Sons", " AG"])


def product(r):
    return r.choice([f"{proper(r)} {number(r)}", f"{proper(r)} {letters(r, 1, 2)}{digits(r, 1, 3)}", proper(r), f"{proper(r)} {r.choice(['Pro', 'Mini', 'Max', 'Plus', 'Air', 'One'])}", f"{letters(r, 2, 3)}-{digits(r, 2, 4)}"])


def version(r):
    return r.choice([f"{r.randint(0, 20)}.{r.randint(0, 20)}", f"{r.randint(0, 20)}.{r.randint(0, 20)}.{r.randint(0, 99)}", product(r), product(r)])


VALUES = {"code": code, "serial": code, "password": secret, "number": number, "money": money, "name": person, "color": lambda r: r.choice(colors),
          "measure": measure, "date": date, "phone": phone, "mail": mail, "place": address, "version": version}
