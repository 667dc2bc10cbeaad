"""Makes questions about the app, courtesies, and questions that the starter must decline."""

import json
import re
from pathlib import Path

import words as w

FACTS = json.loads((Path(__file__).parent / "app_facts.json").read_text())
INTENTS = FACTS["intents"]
OTHER = FACTS["other"]
CHOICE = re.compile(r"\[([^\[\]]*)\]")


def fill(r, template):
    """Chooses one of each [a|b|c]."""
    template = template.replace("{how}", FACTS["how"])
    while True:
        filled = CHOICE.sub(lambda m: r.choice(m[1].split("|")), template)
        if filled == template:
            return re.sub(r" +", " ", filled).replace(" ,", ",").strip()
        template = filled


BEFORE = "please tell me, |I wonder, |quick question: |hey, |tell me: |hi, |sorry, |so |and |ok, |one question, |I want to know: |hello, |excuse me, |can you tell me, |please, |do you know, |I would like to know, |just asking, |maybe you know: |now, |one thing, |Inkling, |starter, |um, ".split("|")
AFTER = "| please|, please| in Inkling| here| in this app| now| then| with Inkling| exactly| again|, do you know|, can you tell me| by the way| on this computer".split("|")
# Words of which one may stand for another in a question about the app.
ALIKE = [x.split("|") for x in ("chat|conversation|talk|discussion|thread", "chats|conversations|talks", "answer|reply|response|text", "answers|replies|responses", "delete|remove|erase|drop", "model|language model|LLM|AI model", "button|key", "app|program|software|application", "computer|machine|PC|laptop|device", "stop|halt|end|cancel|interrupt", "message|text|question", "find|locate|see|discover", "make|create", "change|alter|switch|adjust", "big|large|huge", "bigger|larger|stronger|more capable|better", "folder|directory", "start|begin|open", "saved|stored|kept", "internet|web|network", "show|display|tell", "get|obtain|have", "new|fresh|another", "title|name|heading", "possible|allowed", "notes|Markdown notes|note files", "need|require", "private|confidential|secret", "copy|duplicate", "works|functions", "dark|black")]
SWAP = {}
for group in ALIKE:
    for word in group:
        SWAP.setdefault(word, []).extend(group)


def heart(text):
    return text.lower().strip(" ?.!")


# Training never shows a question of the test set.
HELD = {heart(q) for i in INTENTS for q in i["held"]} | {heart(q) for q in FACTS["heldOther"]}


def vary(r, text):
    """Another word of the same meaning here and there."""
    return " ".join(r.choice(SWAP[x]) if x in SWAP and r.random() < 0.2 else x for x in text.split(" "))


def ask(r, intent=None):
    intent = intent or r.choice(INTENTS)
    text = vary(r, fill(r, r.choice(intent["train"])))
    if heart(text) in HELD:
        return ask(r, intent)
    if len(text.split()) > 1:
        text = (r.choice(BEFORE) if r.random() < 0.2 else "") + text
        text += r.choice(AFTER) if r.random() < 0.2 and text[-1] not in "?!." else ""
    text = text[0].upper() + text[1:]
    x = r.random()
    return text + ("?" if x < 0.75 and text[-1] not in "?!." else "" if x < 0.9 else "." if text[-1] not in "?!." else ""), intent["answer"]


SUBJECTS = "love history physics chemistry biology mathematics music art football chess cooking economics politics religion philosophy geography astronomy medicine law poetry cinema theatre fashion gardening fishing sailing climbing cycling swimming running dancing painting knitting photography architecture engineering programming robots dinosaurs whales volcanoes earthquakes planets stars galaxies atoms cells genes viruses bees ants horses cats dogs birds trees roses rivers oceans deserts jungles castles knights pirates vikings pyramids Rome Greece Egypt Paris London Berlin Tokyo China India Africa Brazil Canada Spain Italy France Germany Japan Russia Mexico Australia Mozart Bach Einstein Newton Darwin Napoleon Caesar Shakespeare Goethe Python JavaScript Java Rust HTML SQL Linux Windows Excel Bitcoin money taxes insurance mortgages stocks inflation climate weather rain snow health sleep diet vitamins coffee tea bread pizza pasta soup cake chocolate wine beer".split()
LANGUAGES = "French German Spanish Italian Latin Greek Russian Polish Japanese Chinese Arabic Turkish Dutch Swedish Portuguese Korean Hindi Czech".split()
TASKS = "a poem|a story|a letter|an essay|an email|a song|a joke|a speech|a list|a summary|a recipe|a program|a script|a report|a plan|a riddle|a short text|a review|a blog post|a tweet|a birthday card|a limerick|a shopping list|a love letter|an application"
GENERAL = [
    "what is {s}", "what is the [capital|population|currency|president|largest city|flag|history|language] of {pl}", "who [invented|discovered|wrote|painted|built|founded|composed|was] {s}", "write {task}[ about {s}| for {p}| about a {n}|]", "write me {task} about {s}", "tell me [a joke|a story|a fairy tale|something about {s}|about {s}|about {pl}|something interesting|a secret|the news|a fun fact]", "what is {d} [plus|minus|times|divided by|+|*|-|/] {d}", "{d} [+|*|-|/] {d}", "how much is {d} [plus|minus|times] {d}", "translate [this|hello|the word {n}|{n}|I am hungry|'the {n} is {adj}'] [into|to] {lang}", "how do you say {n} in {lang}", "what is the weather [like |][today|tomorrow|in {pl}|]", "how is the weather in {pl}", "what time is it[ in {pl}|]", "what day is [it|today]", "what is the date today", "who is {p}", "who is the [president|king|queen|mayor|chancellor|owner|director] of {pl}", "when was {p} born", "when [did|was] {s} [invented|start|end|begin]", "why is [the {n}|the sea|the grass|the sun|the {n}] [{adj}|green|yellow|so big|round|salty]", "how [does|do] [a {n}|the {n}|{s}] work", "how [big|far|old|heavy|deep|high|long|fast|tall] is [the {n}|{pl}|a {n}|the {t}]", "how many [people live in {pl}|days are in a year|planets are there|bones does a body have|{n}s are there]", "explain {s}[ to me| in simple words| like I am five|]", "summarize [this text|the book {s}|the news|my day|this article|this]", "give me [some |]advice [about|on] {s}", "what do you think [about|of] {s}", "do you [like|love|know|understand|speak|play|eat|drink] [{s}|{lang}|{f}|{p}|music]", "what is your favourite [colour|song|food|film|book|{n}|animal]", "how do I [cook|bake|fix|repair|build|paint|clean|make|sell|buy|grow|cut|draw|learn|peel|train|wash] [a {n}|{f}|the {t}|a {t}|{s}|{lang}|my {t}]", "where can I buy [a {t}|{f}|a {n}]", "what should I [eat|do|read|watch|buy|wear|cook|say|drink] [today|tonight|tomorrow|]", "recommend [a book|a film|a restaurant|a game|a song|a movie|some music|a hotel in {pl}]", "what is the [best|biggest|smallest|oldest|longest|most expensive] {n}[ in the world| in {pl}|]", "is {s} [good|bad|dangerous|healthy|expensive|difficult|true]", "what does {s} mean", "define {s}", "what is the [meaning|definition] of [{s}|{n}|life]", "can you [write code|draw a picture|sing|translate {lang}|do maths|play chess|see images|make music|write a {n}|do my homework|call {p}|set an alarm|send an email|open a website|browse the web|order {f}|hear me]", "solve {d}x = {d}", "what is the square root of {d}", "[fix|correct|improve|rewrite|check] [this sentence|my text|this code|my grammar|my English]: {free}", "{free}", "I [like|love|hate|need|want|bought|saw|lost|found] [a {n}|{f}|the {t}|{s}]", "I am [sad|tired|hungry|bored|sick|happy|angry|alone|in {pl}]", "my [dog|cat|car|{n}|{t}|friend|computer|phone] is [sick|{adj}|broken|gone|old|called {p}]", "who won the [game|election|match|race|war|championship] [in {year}|on {day}|yesterday|]", "what happened [in {year}|on {date}|in {pl}|yesterday]", "how do I [install|use|update|uninstall|delete|open|close] [Windows|Linux|Excel|Python|a file in Linux|my phone|Photoshop|a printer|Word|the browser]", "[what|how] about {s}", "compare {s} and {s2}", "{s} or {s2}", "what is the difference between {s} and {s2}", "[name|list] [three|five|ten|some] [{n}s|kinds of {n}|cities in {pl}|facts about {s}]", "what is the [a|code|password|phone number|price|colour|address|size|name|PIN] of [the {t}|{p}|the {n}|my {t}]", "where is [{p}|the {t}|my {t}|{pl}|the {n}]", "when is [the {e}|my {e}|the next {e}]", "what did [we|I|{p}] [decide|say|buy|eat|write]", "who is the {role} of {pl}", "{gib}", "{gib} {gib2}", "asdf", "{d}", "?", "...", "blah blah", "lorem ipsum", "is {p} [nice|married|{adj}|at home]", "play [music|a game|{s}]", "[sing|dance|draw|paint|count to {d}|guess a number|roll a dice]", "why", "why not", "really", "yes", "no", "maybe", "ok", "what", "how", "and then", "go on", "continue", "more", "I don't understand", "interesting", "you are [stupid|great|funny|boring|wrong|nice|cute]", "shut up", "I love you", "are you [hungry|married|male|female|old|a cat|from {pl}]", "how old are you", "where do you live", "what do you [eat|want|dream of|hate|love]", "def f(x): return x + {d}", "SELECT * FROM {gib}", "what is wrong with my {t}", "should I [buy|sell|marry|visit|call|eat] [{p}|a {t}|{pl}|{f}]", "what will [the weather|{s}|the price of {f}] be [tomorrow|next year|in {year}]",
]


def ask_other(r):
    text = fill(r, r.choice(GENERAL))
    for name, maker in {"s": lambda: r.choice(SUBJECTS).replace("_", " ") if r.random() < 0.85 else w.proper(r), "s2": lambda: r.choice(SUBJECTS), "pl": lambda: r.choice(SUBJECTS[90:108]) if r.random() < 0.5 else w.town(r), "task": lambda: r.choice(TASKS.split("|")), "p": lambda: w.person(r), "n": lambda: r.choice(w.nouns), "adj": lambda: r.choice(w.adjectives), "d": lambda: w.number(r) if r.random() < 0.6 else str(r.randint(0, 20)), "lang": lambda: r.choice(LANGUAGES), "t": lambda: r.choice(w.things), "f": lambda: r.choice(w.foods), "e": lambda: r.choice(w.events), "role": lambda: r.choice(w.roles), "year": lambda: str(r.randint(1800, 2030)), "day": lambda: r.choice(w.days), "date": lambda: w.date(r), "gib": lambda: w.syllables(r), "gib2": lambda: w.secret(r), "free": lambda: free(r)}.items():
        while "{" + name + "}" in text:
            text = text.replace("{" + name + "}", maker(), 1)
    if heart(text) in HELD:
        return ask_other(r)
    text = text[0].upper() + text[1:]
    return text + ("?" if r.random() < 0.65 and text[-1] not in ".?!" else ""), OTHER


def free(r):
    from notes import filler, make_fact

    return filler(r) if r.random() < 0.5 else make_fact(r).text
