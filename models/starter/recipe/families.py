"""Kinds of facts that notes hold: how each is written, and how it is asked for.

An answer quotes the sentence as it stands, so sentence and question share the words that matter. A question kind is
keyed by the slots it names. `held` wordings are asked only in the test set.
"""

import re
from dataclasses import dataclass, replace
from typing import Callable

import words as w


@dataclass(frozen=True)
class Asked:
    keys: tuple
    train: list
    held: list


@dataclass(frozen=True)
class Family:
    name: str
    # (random, held, keep) -> slots; what `keep` names stays as it is there.
    make: Callable
    says: list
    lines: list
    asks: list


def some(r, held, known, kept, strange=0.12):
    """A known word, one that only the test set has, or a word that nobody knows."""
    if held and r.random() < 0.5:
        return r.choice(kept)
    return w.syllables(r) if r.random() < strange else r.choice(known)


def thing(r, held):
    name, x = some(r, held, w.things, w.held_things), r.random()
    if x < 0.6:
        return f"the {name}"
    if x < 0.72:
        return f"the {r.choice(w.colors + w.adjectives)} {name}"
    return f"the {w.proper(r)} {name}" if x < 0.8 else f"{w.proper(r)}'s {name}" if x < 0.9 else f"{r.choice(['my', 'our'])} {name}"


def item(r, held):
    name, x = some(r, held, w.objects, w.held_objects), r.random()
    return f"the {name}" if x < 0.65 else f"{w.proper(r)}'s {name}" if x < 0.75 else f"the {r.choice(w.colors + w.adjectives)} {name}" if x < 0.9 else f"my {name}"


def place(r, held):
    name, x = some(r, held, w.places, w.held_places), r.random()
    return f"in the {name}" if x < 0.65 else f"{r.choice(['behind', 'under', 'next to', 'on top of', 'near'])} the {name}" if x < 0.9 else f"at {w.person(r)}'s {r.choice(['house', 'place', 'office', 'flat'])}"


def role(r, held):
    return some(r, held, w.roles, w.held_roles, 0.05)


def event(r, held):
    name, x = some(r, held, w.events, w.held_events), r.random()
    return f"the {name}" if x < 0.55 else f"the {w.proper(r)} {name}" if x < 0.7 else f"{w.proper(r)}'s {name}" if x < 0.85 else f"the {name} with {w.person(r)}"


def when(r):
    x = r.random()
    if x < 0.55:
        return f"on {w.date(r)}" if r.random() < 0.75 else f"in {r.choice(w.months)}"
    return f"on {r.choice(w.days)}{'' if r.random() < 0.4 else ' at ' + w.hour(r)}" if x < 0.8 else f"on {w.date(r)} at {w.hour(r)}"


def either(text):
    return lambda r, held: r.choice(text.split("|"))


def plain(maker):
    return lambda r, held: maker(r)


def slots(**makers):
    """Slots that do not hang together."""
    return lambda r, held, keep: {n: keep[n] if n in keep else make(r, held) for n, make in makers.items()}


KIND = {a: kind for kind, a in w.attributes}


def attribute(owner):
    def make(r, held, keep):
        a = keep.get("a") or (w.syllables(r) if r.random() < 0.05 else r.choice(w.attributes)[1])
        return {"a": a, "o": keep.get("o") or owner(r, held), "v": w.VALUES[KIND.get(a) or r.choice(sorted(w.VALUES))](r)}

    return make


DID = dict(x.split("/") for x in "wrote/write|built/build|designed/design|painted/paint|invented/invent|sold/sell|bought/buy|found/find|recommended/recommend|borrowed/borrow|repaired/repair|lost/lose|ordered/order|cleaned/clean|brought/bring|broke/break|chose/choose|tested/test|paid for/pay for|took/take|gave back/give back|planted/plant|baked/bake|signed/sign|printed/print".split("|"))


def did(r, held, keep):
    g = keep.get("g") or r.choice(sorted(DID))
    x = item(r, held) if r.random() < 0.6 else w.product(r)
    return {"p": keep.get("p") or w.person(r), "g": g, "b": DID[g], "x": keep.get("x") or x, "d": when(r)}


def A(keys, train, held):
    return Asked(tuple(keys.split()), train.split("|"), held.split("|"))


def F(name, make, says, lines, *asks):
    return Family(name, make, says.split("|"), lines.split("|") if lines else [], list(asks))


person, town, product = plain(w.person), plain(w.town), plain(w.product)
job = either("repairs|cleans|checks|waters|feeds|orders|paints|prepares|collects|locks|services|inspects|tests|looks after|pays for|organises|tunes|measures|drives|carries")
plural = either("chairs|books|bottles|boxes|tickets|plants|bricks|tiles|lamps|screws|boards|bags|jars|trees|rose bushes|hens|sheep|candles|folders|photos|cables|batteries|seats|keys|towels|plates|glasses|tables|windows|doors|rooms|beds|cameras|sensors|spare tyres|paint cans")
dish = lambda r, held: f"the {w.proper(r)} {r.choice(['bread', 'soup', 'cake', 'stew', 'sauce', 'pie', 'salad', 'dough', 'curry', 'jam'])}" if r.random() < 0.5 else f"the {r.choice(w.foods)} {r.choice(['bread', 'soup', 'cake', 'stew', 'sauce', 'pie', 'salad', 'jam'])}"
FAMILIES = [
    F("attribute", attribute(thing),
        "The {a} of {o} is {v}.|The {a} of {o} is {v}.|The {a} for {o} is {v}.|The {a} of {o} was changed to {v}.|The new {a} of {o} is {v}.|Remember that the {a} of {o} is {v}.|We set the {a} of {o} to {v}.|For {o} the {a} is {v}.|{o} has the {a} {v}.|According to the label the {a} of {o} is {v}.|{v} is the {a} of {o}.",
        "{o} {a}: {v}|{a} of {o}: {v}|{a} ({o}): {v}|{o}, {a}: {v}",
        A("a o", "What is the {a} of {o}?|What is the {a} of {o}?|What's the {a} of {o}?|What is the {a} for {o}?|Which {a} does {o} have?|Tell me the {a} of {o}.|Do you know the {a} of {o}?|I need the {a} of {o}.|{o} {a}?|{a} of {o}?|What do the notes say about the {a} of {o}?|What {a} does {o} have?|Can you find the {a} of {o}?|What is {o}'s {a}?|What {a} did I write down for {o}?|Look up the {a} of {o}.|I want to know the {a} of {o}.|Which {a} did we note for {o}?|Could you find out the {a} of {o}?|{o}: which {a}?|Has {o} got a {a}?|Show me the {a} of {o}.|I do not remember the {a} of {o}.|Is there a {a} of {o}?|What did I say about the {a} of {o}?",
          "Please give me the {a} of {o}.|I forgot the {a} of {o}, what is it?|For {o}, what is the {a}?|Remind me of the {a} of {o}.|What was the {a} of {o} again?")),
    F("role", slots(p=person, r=role, o=plain(w.organisation), d=plain(w.date)),
        "{p} is the {r} of {o}.|The {r} of {o} is {p}.|{p} became the {r} of {o}.|{p} works as {r} at {o}.|{o} has a new {r}: {p}.|Since {d} {p} has been the {r} of {o}.|{o} chose {p} as {r}.",
        "{r} of {o}: {p}|{o}, {r}: {p}",
        A("r o", "Who is the {r} of {o}?|Who is the {r} of {o}?|What is the name of the {r} of {o}?|Who works as {r} at {o}?|Which person is the {r} of {o}?|Who is {r} at {o}?|{r} of {o}?|Tell me who the {r} of {o} is.|Do you know the {r} of {o}?|Who does the job of {r} at {o}?|Does {o} have a {r}?|Who was made {r} of {o}?|Name the {r} of {o}.|{o}: who is the {r}?|I want to know who the {r} of {o} is.", "What is the {r} of {o} called?|Can you name the {r} of {o}?|Who did {o} take as {r}?"),
        A("p", "What does {p} do?|What is the job of {p}?|Who is {p}?|Where does {p} work?|What is {p}'s role?|What do you know about {p}?|What is {p} by profession?|What position does {p} hold?|Which job does {p} have?|What is {p} doing for a living?|For whom does {p} work?", "What role does {p} have?|What does {p} work as?")),
    F("home", slots(p=person, c=town, d=plain(w.date)),
        "{p} lives in {c}.|{p} lives in {c}.|{p} moved to {c}.|{p} has a flat in {c}.|{p} lives in {c} now.|Since {d} {p} has been living in {c}.|{p} comes from {c}.", "",
        A("p", "Where does {p} live?|Where does {p} live?|Where is {p} from?|In which town does {p} live?|Which town does {p} live in?|Where is the home of {p}?|Tell me where {p} lives.|Do you know where {p} lives?|What is the home town of {p}?|Where can {p} be found?|Which town is home to {p}?|Where did {p} move to?|To which town do I drive to see {p}?|Where is {p} at home?|I want to see {p} at home, where is that?|Which city does {p} come from?", "What town is {p} in?|Where can I visit {p}?|Which place is {p}'s home?"),
        A("c", "Who lives in {c}?|Who is from {c}?|Which person lives in {c}?|Whom do I know in {c}?|Who is living in {c}?|Who moved to {c}?|Do I know somebody in {c}?|Who comes from {c}?|Whose flat is in {c}?|Whom could I see in {c}?|Who is at home in {c}?", "Is there anyone in {c}?|Who has a home in {c}?")),
    F("kept", slots(t=item, l=place, p=person),
        "{t} is {l}.|{t} is kept {l}.|I put {t} {l}.|We keep {t} {l}.|{t} lies {l}.|You can find {t} {l}.|{t} is stored {l}.|{p} left {t} {l}.", "{t}: {l}",
        A("t", "Where is {t}?|Where is {t}?|Where do we keep {t}?|Where can I find {t}?|Where did I put {t}?|Where is {t} kept?|Where do I find {t}?|In which place is {t}?|Tell me where {t} is.|I am looking for {t}.|Do you know where {t} is?|Where is {t} stored?|Where did {t} go?|Where does {t} lie?|I need {t}, where do I find it?|At which place do we keep {t}?|Where has {t} been put?|Where was {t} left?|Which place did I put {t} in?|Who knows where {t} is?", "Where have I left {t}?|I cannot find {t}, where is it?|What is the place of {t}?|Where should I look for {t}?"),
        A("l", "What is {l}?|What do we keep {l}?|What did I put {l}?|What lies {l}?|What can I find {l}?|What is kept {l}?|What is there {l}?|What was left {l}?|What did we leave {l}?|Is there something {l}?|What is stored {l}?", "Which thing is {l}?|What have we stored {l}?")),
    F("event", slots(e=event, d=plain(when)),
        "{e} is {d}.|{e} takes place {d}.|{e} starts {d}.|{e} was moved; now it is {d}.|{e} will be {d}.|{e} is planned {d}.|We agreed that {e} is {d}.|Do not forget {e} {d}.", "{e}: {d}",
        A("e", "When is {e}?|When is {e}?|On which day is {e}?|What is the date of {e}?|When does {e} take place?|When does {e} start?|At what time is {e}?|Tell me when {e} is.|{e}, when?|What day is {e}?|When will {e} be?|Do you know when {e} is?|When do we have {e}?|How soon is {e}?|When does {e} begin?|When should I be ready for {e}?|On what date is {e}?|Which day is {e} on?|When did we agree to have {e}?|I want to know the day of {e}.|Have we set a date for {e}?", "For when is {e} planned?|When do I have {e}?|What date do we have for {e}?|When is it time for {e}?"),
        A("d", "What is {d}?|What happens {d}?|What do we have {d}?|What is planned {d}?|What takes place {d}?|What is going on {d}?|What starts {d}?|Is there anything {d}?|What must I not forget {d}?|What did we agree to do {d}?", "Which date is it {d}?|What do I have to do {d}?")),
    F("decision", slots(x=product, t=thing, p=person),
        "We decided to use {x} for {t}.|For {t} we chose {x}.|We will buy {x} for {t}.|Decision: {x} for {t}.|{p} suggested {x} for {t} and all agreed.|We take {x} for {t}.|It was agreed to use {x} for {t}.", "Decision for {t}: {x}",
        A("t", "What did we decide for {t}?|What do we use for {t}?|What did we choose for {t}?|What will we buy for {t}?|What was decided about {t}?|What is the decision on {t}?|What did we agree on for {t}?|What are we going to buy for {t}?|Which one do we take for {t}?|What did they suggest for {t}?|Which product is for {t}?|Have we decided about {t}?|What have we chosen for {t}?|What should I order for {t}?|What do we want to use for {t}?|Which make did we choose for {t}?", "What was the choice for {t}?|Which product did we settle on for {t}?|What did we pick for {t}?"),
        A("x", "What do we use {x} for?|What is {x} for?|What did we choose {x} for?|Why do we need {x}?|For which thing do we use {x}?|Why did we buy {x}?|What are we going to use {x} for?|What was {x} chosen for?|Where do we need {x}?|What did we decide about {x}?|What do we want {x} for?|What is the use of {x}?", "For what did we pick {x}?|What will {x} be used for?")),
    F("cost", slots(t=thing, m=plain(w.money), p=person),
        "{t} cost {m}.|We paid {m} for {t}.|{p} paid {m} for {t}.|{t} costs {m}.|The bill for {t} was {m}.|I got {t} for {m}.|For {t} we spent {m}.", "Cost of {t}: {m}|Price of {t}: {m}",
        A("t", "How much did {t} cost?|What did {t} cost?|How much was {t}?|What did we pay for {t}?|How much does {t} cost?|How much money did we spend on {t}?|How expensive was {t}?|How much did we pay for {t}?|Tell me what {t} cost.|What is the price of {t}?|How much did I spend on {t}?|What did I give for {t}?|How many euros was {t}?|What was the bill for {t}?|Was {t} expensive?|How much did they charge for {t}?|What do I owe for {t}?|How much is {t}?", "What was paid for {t}?|How much money went into {t}?|What sum did {t} cost?")),
    F("count", slots(n=plain(w.number), x=plural, l=place),
        "There are {n} {x} {l}.|We have {n} {x} {l}.|I counted {n} {x} {l}.|We stored {n} {x} {l}.", "{x} {l}: {n}",
        A("x l", "How many {x} are {l}?|How many {x} are there {l}?|What is the number of {x} {l}?|How many {x} do we have {l}?|How many {x} did I count {l}?|How many {x} did we store {l}?|How many of the {x} are {l}?|Do you know how many {x} are {l}?|Count the {x} {l}.|Tell me the number of {x} {l}.|How many {x} can I find {l}?|What number of {x} is {l}?", "Can you tell me how many {x} we keep {l}?|{l}, how many {x} are there?")),
    F("task", slots(p=person, j=job, t=thing, d=plain(when)),
        "{p} {j} {t}.|{p} {j} {t}.|{p} {j} {t} {d}.|It is {p} who {j} {t}.", "",
        A("j t", "Who {j} {t}?|Who {j} {t}?|Which person {j} {t}?|Do you know who {j} {t}?|Tell me who {j} {t}.|Who is it that {j} {t}?|Is there someone who {j} {t}?|I want to know who {j} {t}.|Which of us {j} {t}?|Who always {j} {t}?|Whose task is it: who {j} {t}?|{j} {t}: who?|Can you find out who {j} {t}?|Who was asked and now {j} {t}?", "What is the name of the person who {j} {t}?|Who usually {j} {t}?")),
    F("did", did,
        "{p} {g} {x}.|{p} {g} {x}.|{p} {g} {x} {d}.|It was {p} who {g} {x}.", "",
        A("g x", "Who {g} {x}?|Who {g} {x}?|Which person {g} {x}?|Do you know who {g} {x}?|Tell me who {g} {x}.|Who was it that {g} {x}?|Which of us {g} {x}?|I want to know who {g} {x}.|Is there someone who {g} {x}?|Whom do I thank, who {g} {x}?|Can you find out who {g} {x}?|Who is it that {g} {x}?", "What is the name of the person who {g} {x}?|Can you say who {g} {x}?"),
        A("p b", "What did {p} {b}?|What did {p} {b}?|Which thing did {p} {b}?|Do you know what {p} {g}?|What thing was it that {p} {g}?|What has {p} done, what did {p} {b}?|I want to know what {p} {g}.|Find out what {p} {g}.|What exactly did {p} {b}?", "What was it that {p} {g}?|Tell me the thing that {p} {g}.")),
    F("likes", slots(p=person, h=either("likes|loves|hates|is allergic to|does not eat|prefers|cannot stand|collects"), f=plain(lambda r: r.choice(w.foods)), q=person),
        "{p} {h} {f}.|{p} {h} {f}.|Remember that {p} {h} {f}.|{q} told me that {p} {h} {f}.", "",
        A("p", "What do I know about {p}?|What should I remember about {p}?|What does {p} like?|What about {p}?|What does {p} eat?|What do the notes say about {p}?|What did I write about {p}?|What is special about {p}?|What must I know about {p}?|Does {p} like anything?|What did they tell me about {p}?|Is there anything about {p}?", "What is there to know about {p}?|What did I note about {p}?"),
        A("h f", "Who {h} {f}?|Which person {h} {f}?|Do you know who {h} {f}?|Is there someone who {h} {f}?|Which of them {h} {f}?|Who is it that {h} {f}?|Which friend {h} {f}?|I want to know who {h} {f}.|Who of us {h} {f}?|Tell me who {h} {f}.", "Who was it that {h} {f}?|Which guest {h} {f}?")),
    F("duration", slots(t=either("the train ride to|the drive to|the flight to|the walk to|the ferry to|the bus ride to|the hike to"), c=town, v=plain(lambda r: f"{r.randint(2, 50)} {r.choice(['minutes', 'hours', 'days'])}")),
        "{t} {c} takes {v}.|{t} {c} took us {v}.|Allow {v} for {t} {c}.|{t} {c} lasts {v}.", "",
        A("t c", "How long does {t} {c} take?|How long is {t} {c}?|How much time does {t} {c} take?|How long was {t} {c}?|How many hours does {t} {c} take?|How many minutes is {t} {c}?|What time does {t} {c} take?|How long did {t} {c} last?|How much time should I allow for {t} {c}?|Is {t} {c} long?|How long will {t} {c} be?", "What time do I need for {t} {c}?|How long do I have to plan for {t} {c}?")),
    F("open", slots(o=plain(w.organisation), h=plain(w.hour), k=plain(w.hour)),
        "{o} is open from {h} to {k}.|{o} opens at {h} and closes at {k}.|The opening hours of {o} are {h} to {k}.", "{o}: open {h} to {k}",
        A("o", "When does {o} open?|At what time does {o} open?|What are the opening hours of {o}?|When is {o} open?|From when is {o} open?|How long is {o} open?|When does {o} close?|What are the hours of {o}?|When can I visit {o}?|Till when can I go to {o}?|Which hours is {o} open?|How early does {o} open?", "What time can I go to {o}?|Until when is {o} open?")),
    F("reach", slots(p=person, n=plain(lambda r: w.phone(r) if r.random() < 0.6 else w.mail(r))),
        "You can reach {p} at {n}.|Contact {p} under {n}.|{p} can be called at {n}.|Write to {p} at {n}.|The number of {p} is {n}.", "{p}: {n}|{p}, {n}",
        A("p", "How can I reach {p}?|What is the number of {p}?|What is {p}'s number?|How do I contact {p}?|How can I call {p}?|Where can I reach {p}?|What is the contact of {p}?|phone number of {p}?|How can I write to {p}?|Which number does {p} have?|How do I call {p}?|I want to talk to {p}, how?|What is the address of {p}?|Give me the number of {p}.|How can one contact {p}?|{p}'s number?", "How do I get hold of {p}?|Under which number is {p}?|How can I get in touch with {p}?")),
    F("amount", slots(q=dish, f=plain(lambda r: r.choice(w.foods)), v=plain(w.measure)),
        "{q} needs {v} of {f}.|For {q} take {v} of {f}.|Add {v} of {f} to {q}.|{q} is made with {v} of {f}.", "{f} for {q}: {v}",
        A("q f", "How much {f} does {q} need?|How much {f} goes into {q}?|What amount of {f} is in {q}?|How much {f} do I need for {q}?|How much {f} is in {q}?|How much {f} do I add to {q}?|How much {f} do we take for {q}?|Does {q} need {f}, and how much?|How much {f} belongs in {q}?|Tell me how much {f} {q} needs.|What weight of {f} is in {q}?|For {q}, how much {f} do I need?", "How much {f} should I take for {q}?|{q}: how much {f}?")),
    F("animal", slots(n=plain(w.proper), k=either("dog|cat|horse|parrot|rabbit|goat|pony|hamster|tortoise|canary|donkey"), p=person),
        "{p}'s {k} is called {n}.|{p} has a {k} named {n}.|{n} is the {k} of {p}.|The {k} of {p} is {n}.", "",
        A("k p", "What is the name of {p}'s {k}?|What is {p}'s {k} called?|What is the {k} of {p} called?|Name of {p}'s {k}?|{p} has a {k}, what is its name?|How do they call the {k} of {p}?|Do you know the name of {p}'s {k}?|What name did {p} give the {k}?|The {k} of {p}: what is it called?", "Which name does {p}'s {k} have?|What does {p} call the {k}?"),
        A("n", "Who is {n}?|Whose animal is {n}?|What kind of animal is {n}?|What is {n}?|Whose is {n}?|Which animal is {n}?|Who is the master of {n}?|Who has {n}?|Whose pet is called {n}?|Who keeps an animal named {n}?|Who has the animal {n}?|What animal is {n}, and whose?", "Who owns {n}?|To whom does {n} belong?")),
]

FAMILIES.append(replace(FAMILIES[0], name="belongs", make=attribute(lambda r, held: r.choice([w.person, w.organisation, w.town])(r))))

FREE = "The weather was {adj} all {day}.|We talked about it for an hour.|Remember to {verb} the {noun} before {season}.|The {noun} is {adj} this year.|I should {verb} the {noun} again.|It was a {adj} {noun}.|The {adj} {noun} is next to the {noun2}.|Ask {p} about the {noun}.|{p} was there too.|We had {f} for lunch.|On {day} we went to the {noun}.|The {noun} needs a new {noun2}.|Next week we {verb} the {noun}.|There is still much to do.|This took longer than planned.|I like the {adj} {noun} in the {season}.|The {noun} and the {noun2} are both {adj}.|{p} said that the {noun} was too {adj}.|Maybe we {verb} it next {day}.|Nothing else was decided.|We walked along the {noun} until the evening.|See also the page about the {noun}.|The first part is done.|{p} will {verb} it.|The colour of the sky was {color}.|It rained, so we stayed at home.|The {noun} was {adj}, the {noun2} was not.|Todo: {verb} the {noun}.|Later we may {verb} a {adj} {noun}.|The old {noun} is gone.|{p} and {w} met at the {noun}.|Photos are in the folder.|The list below is from last year.|We did not {verb} the {noun}.|{p} sent a {adj} letter.|The {noun} closes in {season}.".split("|")


def filler(r):
    """A sentence that no question asks for."""
    text = r.choice(FREE).format(adj=r.choice(w.adjectives), noun=r.choice(w.nouns), noun2=r.choice(w.nouns), verb=r.choice(w.verbs),
        season=r.choice(["winter", "summer", "spring", "autumn"]), p=w.person(r), w=w.person(r), f=r.choice(w.foods), day=r.choice(w.days), color=r.choice(w.colors))
    return capital(text)


def capital(text):
    return text[:1].upper() + text[1:]


def bare(text):
    """Without the small word at its start."""
    return re.sub(r"^(the|my|our|in the) ", "", text)
