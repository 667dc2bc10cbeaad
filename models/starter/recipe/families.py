"""Kinds of facts that notes hold. Each says how its slots are made, how it is written, and how it is asked for.

A question kind is keyed by the slots it names. `held` wordings are asked only in the test set.
"""

from dataclasses import dataclass, field

import words as w


@dataclass(frozen=True)
class Asked:
    keys: tuple
    train: list
    held: list
    answer: str


@dataclass(frozen=True)
class Family:
    name: str
    slots: dict
    says: list
    asks: list
    lines: list = field(default_factory=list)


def thing(r, held):
    name = r.choice(w.held_things) if held and r.random() < 0.5 else r.choice(w.things)
    if r.random() < 0.06:
        name = w.syllables(r)
    x = r.random()
    if x < 0.5:
        return f"the {name}"
    if x < 0.6:
        return f"the {r.choice(w.colors + w.adjectives)} {name}"
    if x < 0.7:
        return f"the {w.proper(r)} {name}"
    if x < 0.8:
        return f"{w.proper(r)}'s {name}"
    if x < 0.9:
        return f"{r.choice(['my', 'our', 'my', 'our', 'his', 'her'])} {name}"
    return f"the {name} in {r.choice(['the ' + r.choice(w.things), w.town(r)])}"


def owner(r, held):
    x = r.random()
    return thing(r, held) if x < 0.6 else w.person(r) if x < 0.75 else w.organisation(r) if x < 0.95 else w.town(r)


def attribute(r, held):
    return (r.choice(sorted(w.VALUES)), w.syllables(r)) if r.random() < 0.05 else r.choice(w.attributes)


def thing_object(r, held):
    name = r.choice(w.held_objects) if held and r.random() < 0.5 else r.choice(w.objects)
    x = r.random()
    return f"the {name}" if x < 0.6 else f"{w.proper(r)}'s {name}" if x < 0.75 else f"the {r.choice(w.colors + w.adjectives)} {name}" if x < 0.9 else f"my {name}"


def place(r, held):
    name = r.choice(w.held_places) if held and r.random() < 0.5 else r.choice(w.places)
    x = r.random()
    return f"in the {name}" if x < 0.6 else f"{r.choice(['behind', 'under', 'next to', 'on top of', 'near', 'inside'])} the {name}" if x < 0.8 else f"in {thing(r, held)}" if x < 0.9 else f"at {w.person(r)}'s {r.choice(['house', 'place', 'office', 'flat'])}"


def role(r, held):
    return r.choice(w.held_roles) if held and r.random() < 0.5 else r.choice(w.roles)


def event(r, held):
    name = r.choice(w.held_events) if held and r.random() < 0.5 else r.choice(w.events)
    x = r.random()
    return f"the {name}" if x < 0.5 else f"the {w.proper(r)} {name}" if x < 0.7 else f"{w.proper(r)}'s {name}" if x < 0.85 else f"the {name} with {w.person(r)}"


def when(r, held):
    x = r.random()
    if x < 0.5:
        return f"on {w.date(r)}" if r.random() < 0.7 else f"in {r.choice(w.months)}"
    if x < 0.8:
        return f"on {r.choice(w.days)}{'' if r.random() < 0.5 else ' at ' + w.hour(r)}"
    return f"on {w.date(r)} at {w.hour(r)}"


def plural(r, held):
    name = r.choice(["chairs", "books", "bottles", "boxes", "tickets", "plants", "bricks", "tiles", "lamps", "screws", "boards", "bags", "jars", "trees", "rose bushes", "hens", "sheep", "candles", "folders", "photos", "cables", "batteries", "seats", "keys", "towels", "plates", "glasses", "tables", "windows", "doors", "members", "pupils", "guests", "rooms", "beds", "servers", "cameras", "sensors", "spare tyres", "paint cans"])
    return name if r.random() < 0.8 else f"{r.choice(w.colors)} {name}"


def food(r, held):
    return r.choice(w.foods)


def plain(maker):
    return lambda r, held: maker(r)


def dish(r, held):
    return f"the {w.proper(r)} {r.choice(['bread', 'soup', 'cake', 'stew', 'sauce', 'pie', 'salad', 'dough', 'pancakes', 'curry', 'jam', 'biscuits'])}" if r.random() < 0.6 else f"the {r.choice(w.foods)} {r.choice(['bread', 'soup', 'cake', 'stew', 'sauce', 'pie', 'salad', 'jam'])}"


def choice_of(text):
    options = text.split("|")
    return lambda r, held: r.choice(options)


def A(keys, train, held, answer):
    return Asked(tuple(keys.split()), train.split("|"), held.split("|"), answer)


job = choice_of("repairs|cleans|checks|waters|feeds|orders|paints|prepares|collects|locks|maintains|services|inspects|designs|tests|looks after|pays for|organises|tunes|measures")
FAMILIES = [
    Family("attribute", {"o": owner, "a": attribute, "v": None},
        ["The {a} of {o} is {v}.", "The {a} of {o} is {v}.", "The {a} for {o} is {v}.", "The {a} of {o} was changed to {v}.", "The new {a} of {o} is {v}.", "Remember that the {a} of {o} is {v}.", "We set the {a} of {o} to {v}.", "For {o} the {a} is {v}.", "I noted the {a} of {o}: {v}.", "{o}: the {a} is {v}.", "According to the label the {a} of {o} is {v}.", "Since May the {a} of {o} has been {v}."],
        [A("a o", "What is the {a} of {o}?|What is the {a} of {o}?|What's the {a} of {o}?|What is the {a} for {o}?|Which {a} does {o} have?|Tell me the {a} of {o}.|Do you know the {a} of {o}?|I need the {a} of {o}.|{o} {a}?|{a} of {o}?|What do the notes say about the {a} of {o}?|What {a} does {o} have?|Can you find the {a} of {o}?|What is {o}'s {a}?|What {a} did I write down for {o}?|Look up the {a} of {o}.",
           "Please give me the {a} of {o}.|I forgot the {a} of {o}, what is it?|For {o}, what is the {a}?|Remind me of the {a} of {o}.|What was the {a} of {o} again?", "The {a} of {o} is {v}.")],
        ["{o} {a}: {v}", "{a} of {o}: {v}", "{a} ({o}): {v}", "{o}, {a}: {v}", "{o} {a} = {v}"]),
    Family("role", {"p": plain(w.person), "r": role, "o": plain(w.organisation)},
        ["{p} is the {r} of {o}.", "The {r} of {o} is {p}.", "{p} became the {r} of {o}.", "{p} works as {r} at {o}.", "{o} has a new {r}: {p}.", "{p} has been the {r} of {o} since {v}.", "{o} chose {p} as {r}."],
        [A("r o", "Who is the {r} of {o}?|Who is the {r} of {o}?|What is the name of the {r} of {o}?|Who works as {r} at {o}?|Which person is the {r} of {o}?|Who is {r} at {o}?|{r} of {o}?|Tell me who the {r} of {o} is.|Do you know the {r} of {o}?", "What is the {r} of {o} called?|Can you name the {r} of {o}?|Who did {o} take as {r}?", "The {r} of {o} is {p}."),
         A("p", "What does {p} do?|What is the job of {p}?|Who is {p}?|Where does {p} work?|What is {p}'s role?|What do you know about {p}?", "What role does {p} have?|What does {p} work as?", "{p} is the {r} of {o}.")],
        ["{r} of {o}: {p}", "{o}, {r}: {p}"]),
    Family("home", {"p": plain(w.person), "c": plain(w.town), "v": plain(w.date)},
        ["{p} lives in {c}.", "{p} moved to {c}.", "{p} has a flat in {c}.", "{p} lives in {c} now.", "Since {v} {p} has been living in {c}.", "{p} grew up in {c}.", "{p} comes from {c}."],
        [A("p", "Where does {p} live?|Where is {p} from?|In which town does {p} live?|Which town does {p} live in?|Where is the home of {p}?|In what place does {p} live?|Tell me where {p} lives.|Do you know where {p} lives?", "What town is {p} in?|Where can I visit {p}?|Which place is {p}'s home?", "{p} lives in {c}."),
         A("c", "Who lives in {c}?|Who is from {c}?|Which person lives in {c}?|Whom do I know in {c}?|Who is living in {c}?", "Is there anyone in {c}?|Who has a home in {c}?", "In {c} lives {p}.")]),
    Family("kept", {"t": thing_object, "l": place},
        ["{t} is {l}.", "{t} is kept {l}.", "I put {t} {l}.", "We keep {t} {l}.", "{t} lies {l}.", "You can find {t} {l}.", "{t} is stored {l}.", "After the holidays {t} went back {l}.", "{w} left {t} {l}."],
        [A("t", "Where is {t}?|Where is {t}?|Where do we keep {t}?|Where can I find {t}?|Where did I put {t}?|Where is {t} kept?|Where do I find {t}?|In which place is {t}?|Tell me where {t} is.|{t}?|I am looking for {t}.|Do you know where {t} is?|Where is {t} stored?", "Where have I left {t}?|I cannot find {t}, where is it?|What is the place of {t}?|Where should I look for {t}?", "{t} is {l}.")],
        ["{t}: {l}"]),
    Family("event", {"e": event, "d": when},
        ["{e} is {d}.", "{e} takes place {d}.", "{e} starts {d}.", "{e} was moved; it is now {d}.", "{e} will be {d}.", "{e} is planned {d}.", "We agreed that {e} is {d}.", "Do not forget {e} {d}."],
        [A("e", "When is {e}?|When is {e}?|On which day is {e}?|What is the date of {e}?|When does {e} take place?|When does {e} start?|At what time is {e}?|Tell me when {e} is.|{e}, when?|What day is {e}?|When will {e} be?|Do you know when {e} is?", "For when is {e} planned?|When do I have {e}?|What date do we have for {e}?|When is it time for {e}?", "{e} is {d}.")],
        ["{e}: {d}"]),
    Family("decision", {"x": plain(w.product), "t": thing, "w": plain(w.person)},
        ["We decided to use {x} for {t}.", "For {t} we chose {x}.", "We will buy {x} for {t}.", "Decision: {x} for {t}.", "{w} suggested {x} for {t} and all agreed.", "We take {x} for {t}.", "It was agreed to go with {x} for {t}.", "The choice for {t} fell on {x}."],
        [A("t", "What did we decide for {t}?|What do we use for {t}?|What did we choose for {t}?|Which one did we choose for {t}?|What will we buy for {t}?|What was decided about {t}?|What is the decision on {t}?|Which product do we take for {t}?|What did we agree on for {t}?", "What was the choice for {t}?|Which product did we settle on for {t}?|What did we pick for {t}?", "For {t} it is {x}."),
         A("x", "What do we use {x} for?|What is {x} for?|What did we choose {x} for?|Why do we need {x}?", "For what did we pick {x}?|What will {x} be used for?", "{x} is for {t}.")],
        ["Decision for {t}: {x}", "{t}: {x}"]),
    Family("cost", {"t": thing, "m": plain(w.money), "w": plain(w.person)},
        ["{t} cost {m}.", "We paid {m} for {t}.", "{w} paid {m} for {t}.", "{t} costs {m}.", "The bill for {t} was {m}.", "I got {t} for {m}.", "{t} was sold for {m}.", "For {t} we spent {m}."],
        [A("t", "How much did {t} cost?|What did {t} cost?|How much was {t}?|What did we pay for {t}?|How much does {t} cost?|How much money did we spend on {t}?|How expensive was {t}?|How much did we pay for {t}?|Tell me what {t} cost.", "What was paid for {t}?|How much money went into {t}?|What sum did {t} cost?", "{t} cost {m}.")],
        ["{t}: {m}", "Cost of {t}: {m}"]),
    Family("count", {"n": plain(w.number), "x": plural, "l": place},
        ["There are {n} {x} {l}.", "We have {n} {x} {l}.", "I counted {n} {x} {l}.", "{n} {x} are {l}.", "We stored {n} {x} {l}."],
        [A("x l", "How many {x} are {l}?|How many {x} are there {l}?|What is the number of {x} {l}?|How many {x} do we have {l}?|How many {x} did I count {l}?", "Can you tell me how many {x} we keep {l}?|{l}, how many {x} are there?", "The number of {x} {l} is {n}.")],
        ["{x} {l}: {n}"]),
    Family("task", {"p": plain(w.person), "j": job, "t": thing, "d": when},
        ["{p} {j} {t}.", "{p} {j} {t} {d}.", "{t} is a task of {p}, who {j} it {d}."],
        [A("j t", "Who {j} {t}?|Who {j} {t}?|Which person {j} {t}?|Do you know who {j} {t}?|Tell me who {j} {t}.|Who is it that {j} {t}?", "What is the name of the person who {j} {t}?|Who usually {j} {t}?", "The one who {j} {t} is {p}.")]),
    Family("amount", {"q": dish, "f": food, "v": plain(w.measure)},
        ["{q} needs {v} of {f}.", "For {q} take {v} of {f}.", "Add {v} of {f} to {q}.", "{q} is made with {v} of {f}.", "Put {v} of {f} into {q}."],
        [A("q f", "How much {f} does {q} need?|How much {f} goes into {q}?|What amount of {f} is in {q}?|How much {f} do I need for {q}?|How much {f} is in {q}?", "How much {f} should I take for {q}?|{q}: how much {f}?", "For {q} take {v} of {f}.")],
        ["{f} for {q}: {v}"]),
    Family("likes", {"p": plain(w.person), "h": choice_of("likes|loves|hates|is allergic to|does not eat|prefers|cannot stand|collects"), "f": food},
        ["{p} {h} {f}.", "{p} {h} {f}.", "Remember that {p} {h} {f}.", "{w} told me that {p} {h} {f}."],
        [A("p", "Who is {p}?|What do the notes say about {p}?|What do I know about {p}?|What should I remember about {p}?|What does {p} like or not like?|What about {p}?", "What is there to know about {p}?|What did I note about {p}?", "{p} {h} {f}."),
         A("h f", "Who {h} {f}?|Which person {h} {f}?|Do you know who {h} {f}?|Is there someone who {h} {f}?", "Who was it that {h} {f}?|Which guest {h} {f}?", "The one who {h} {f} is {p}.")]),
    Family("made", {"x": plain(w.product), "p": plain(w.person), "g": choice_of("wrote|built|designed|painted|invented|sold|bought|found|recommended|borrowed|repaired|founded|composed|donated|lost")},
        ["{p} {g} {x}.", "It was {p} who {g} {x}.", "{p} {g} {x} in {year}.", "In {year} {p} {g} {x}."],
        [A("g x", "Who {g} {x}?|Who {g} {x}?|Which person {g} {x}?|Do you know who {g} {x}?|Tell me who {g} {x}.|Who was it that {g} {x}?", "What is the name of the person who {g} {x}?|By whom was it: who {g} {x}?", "The one who {g} {x} is {p}."),
         A("p g", "What did {p} do?|What was it that {p} {g}?|What is it that {p} {g}?", "Which thing is it that {p} {g}?", "{p} {g} {x}.")]),
    Family("duration", {"t": choice_of("the train ride to|the drive to|the flight to|the walk to|the ferry to|the bike tour to|the bus ride to|the hike to"), "c": plain(w.town), "v": lambda r, h: f"{r.randint(2, 50)} {r.choice(['minutes', 'hours', 'days'])}"},
        ["{t} {c} takes {v}.", "{t} {c} took us {v}.", "Allow {v} for {t} {c}.", "It was {v} for {t} {c}.", "{t} {c} lasts {v}."],
        [A("t c", "How long does {t} {c} take?|How long is {t} {c}?|How much time does {t} {c} take?|How long was {t} {c}?|How many hours does {t} {c} take?", "What time do I need for {t} {c}?|How long do I have to plan for {t} {c}?", "{t} {c} takes {v}.")]),
    Family("open", {"o": plain(w.organisation), "h": plain(w.hour), "k": plain(w.hour)},
        ["{o} is open from {h} to {k}.", "{o} opens at {h} and closes at {k}.", "The opening hours of {o} are {h} to {k}."],
        [A("o", "When does {o} open?|At what time does {o} open?|What are the opening hours of {o}?|When is {o} open?|From when is {o} open?|How long is {o} open?", "What time can I go to {o}?|Until when is {o} open?", "{o} is open from {h} to {k}.")],
        ["{o}: {h} to {k}"]),
    Family("reach", {"p": plain(w.person), "n": lambda r, h: w.phone(r) if r.random() < 0.6 else w.mail(r)},
        ["You can reach {p} at {n}.", "{p}: {n}.", "Contact {p} under {n}.", "{p} can be called at {n}.", "Write to {p} at {n}.", "{p}'s number is {n}."],
        [A("p", "How can I reach {p}?|What is the number of {p}?|What is {p}'s number?|How do I contact {p}?|How can I call {p}?|Where can I reach {p}?|What is the contact of {p}?|phone number of {p}?", "How do I get hold of {p}?|Under which number is {p}?|How can I get in touch with {p}?", "You can reach {p} at {n}.")],
        ["{p}: {n}", "{p}, {n}"]),
    Family("expires", {"t": thing_object, "d": plain(w.date)},
        ["{t} expires on {d}.", "{t} is valid until {d}.", "{t} must be renewed by {d}.", "{t} runs out on {d}.", "The warranty of {t} ends on {d}."],
        [A("t", "When does {t} expire?|Until when is {t} valid?|How long is {t} valid?|When must {t} be renewed?|When does {t} run out?", "By when do I have to renew {t}?|What is the last day for {t}?", "{t} is valid until {d}.")]),
    Family("reason", {"t": thing, "y": choice_of("the fuse was broken|the pump was blocked|the belt was torn|the filter was dirty|the cable was loose|the wood was wet|the bolt was missing|the oil was low|the roof was leaking|the sensor was wrong|the paint was too thin|the lock was frozen|the battery was empty|the seal was old"), "w": plain(w.person)},
        ["{t} stopped because {y}.", "{t} failed since {y}.", "{w} found out that {t} stopped because {y}.", "The reason why {t} broke: {y}.", "{t} did not work because {y}."],
        [A("t", "Why did {t} stop?|Why did {t} fail?|What was wrong with {t}?|Why did {t} not work?|What is the reason why {t} broke?|What happened to {t}?", "For what reason did {t} stop?|What was the problem with {t}?", "{t} stopped because {y}.")]),
    Family("animal", {"n": plain(w.proper), "k": choice_of("dog|cat|horse|parrot|rabbit|goat|pony|hamster|tortoise|canary|donkey|guinea pig"), "p": plain(w.person)},
        ["{p}'s {k} is called {n}.", "{p} has a {k} named {n}.", "{n} is the {k} of {p}.", "The {k} of {p} is {n}."],
        [A("k p", "What is the name of {p}'s {k}?|What is {p}'s {k} called?|How is the {k} of {p} called?|What is the {k} of {p} called?|Name of {p}'s {k}?", "Which name does {p}'s {k} have?|What does {p} call the {k}?", "{p}'s {k} is called {n}."),
         A("n", "Who is {n}?|Whose animal is {n}?|What kind of animal is {n}?|What is {n}?", "Who owns {n}?|To whom does {n} belong?", "{n} is the {k} of {p}.")]),
    Family("lent", {"p": plain(w.person), "t": thing_object, "d": when},
        ["{p} borrowed {t}.", "I lent {t} to {p}.", "{p} borrowed {t} {d}.", "{t} went to {p} {d}.", "{p} still has {t}.", "We gave {t} to {p}."],
        [A("t", "Who has {t}?|Who borrowed {t}?|To whom did I lend {t}?|Who did we give {t} to?|Who got {t}?", "With whom is {t}?|Who took {t}?", "{t} is with {p}."),
         A("p", "What did {p} borrow?|What did I lend to {p}?|What does {p} still have?|What did we give to {p}?", "Which thing did {p} get from us?|What does {p} have of mine?", "{p} has {t}.")]),
    Family("steps", {"a": choice_of("restart|reset|open|empty|clean|drain|start|stop|unlock|prime|bleed|calibrate|switch off|update"), "t": thing, "v": choice_of("hold the button for ten seconds|turn the valve to the left|pull the red lever|unplug it for a minute|press both keys at once|remove the lower cover first|push the handle down|wait until the light is green|turn the key twice|slide the cover up|fill in two litres of water|loosen the screw on top|close the main tap|hold the plus key")},
        ["To {a} {t}, {v}.", "If you want to {a} {t}, {v}.", "You {a} {t} like this: {v}.", "How to {a} {t}: {v}."],
        [A("a t", "How do I {a} {t}?|How can I {a} {t}?|How to {a} {t}?|What must I do to {a} {t}?|How do we {a} {t}?|What is the way to {a} {t}?", "I want to {a} {t}, how?|How does one {a} {t}?", "To {a} {t}, {v}.")]),
]

FREE = ["The weather was {adj} all {day}.", "We talked about it for an hour.", "Remember to {verb} the {noun} before {season}.", "The {noun} is {adj} this year.", "I should {verb} the {noun} again.", "It was a {adj} {noun}.", "The {adj} {noun} is next to the {noun2}.", "Ask {p} about the {noun}.", "{p} was there too.", "We had {f} for lunch.", "On {day} we went to the {noun}.", "The {noun} needs a new {noun2}.", "Next week we {verb} the {noun}.", "There is still much to do.", "This took longer than planned.", "I like the {adj} {noun} in the {season}.", "The {noun} and the {noun2} are both {adj}.", "{p} said that the {noun} was too {adj}.", "Maybe we {verb} it next {day}.", "Nothing else was decided.", "We walked along the {noun} until the evening.", "See also the page about the {noun}.", "The first part is done.", "{p} will {verb} it.", "The colour of the sky was {color}.", "It rained, so we stayed at home.", "The {noun} was {adj}, the {noun2} was not.", "Todo: {verb} the {noun}.", "Later we may {verb} a {adj} {noun}.", "The old {noun} is gone.", "{p} and {w} met at the {noun}.", "Photos are in the folder.", "The list below is from last year.", "We did not {verb} the {noun}.", "{p} sent a {adj} letter.", "The {noun} closes in {season}."]
