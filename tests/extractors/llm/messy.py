"""Replies as small and large models really give them, about `reading.TEXT`.

Each has a name, the reply, the facts that must come out of it, and the kinds of rows rejected.
"""

from __future__ import annotations

import json
from typing import NamedTuple

B = "(Marie Curie)-[BORN_IN]->(Warsaw)"
M = "(Marie Curie)-[MARRIED]->(Pierre Curie)"
BORN = '{"head": "Marie Curie", "relation": "BORN_IN", "tail": "Warsaw"}'
WED = '{"head": "Marie Curie", "relation": "MARRIED", "tail": "Pierre Curie"}'
BOTH = f'{{"facts": [{BORN}, {WED}]}}'


class Messy(NamedTuple):
    """One reply and what must become of it."""

    name: str
    reply: str
    facts: tuple[str, ...] = (B, M)
    rejected: tuple[str, ...] = ()


MESSY = [
    # Around the JSON
    Messy("plain", BOTH),
    Messy("fenced", f"```json\n{BOTH}\n```"),
    Messy("fence without an end", f"```json\n{BOTH}"),
    Messy("prose before", f"Sure! Here is what I found:\n\n{BOTH}"),
    Messy("prose after", f"{BOTH}\n\nLet me know if you need {{more}} details [1]!"),
    Messy("prose with braces before", f"I will use {{braces}} and [brackets].\n{BOTH}"),
    Messy("thinking", f"<think>Head {{'x'}}: maybe {WED[:20]}</think>\n{BOTH}"),
    Messy("thinking in capitals", f"<THINKING>\nhm, [1, 2\n</THINKING>{BOTH}"),
    Messy("thinking without a beginning", f"she was born... so {BORN}\n</think>\n{BOTH}"),
    Messy("only thinking", f"<think>I should list {BOTH} but", (), ("empty",)),
    Messy("byte order mark", f"\ufeff{BOTH}"),
    Messy("thinking in brackets", f"[THINK]so {WED}[/THINK]{{\"facts\": [{BORN}]}}", (B,)),
    Messy("a scratchpad", f"<scratchpad>{WED}</scratchpad>{BORN}", (B,)),
    Messy("channels", f"<|channel|>analysis<|message|>{WED}<|end|><|start|>assistant<|channel|>"
          f"final<|message|>{{\"facts\": [{BORN}]}}", (B,)),
    Messy("a quoted object", json.dumps(BOTH)),
    Messy("the arguments of a call", json.dumps({"name": "extract", "arguments": BOTH})),
    Messy("steps", "Marie Curie -> BORN_IN -> Warsaw\n- Marie Curie --MARRIED--> Pierre Curie"),
    Messy("tabs", "Marie Curie\tBORN_IN\tWarsaw\nMarie Curie\tMARRIED\tPierre Curie"),
    Messy("semicolons", "(Marie Curie; BORN_IN; Warsaw)\n(Marie Curie; MARRIED; Pierre Curie)"),
    Messy("a name that looks like a list", f'[{BORN}, {{"head": "[1]", "relation": "X", '
          '"tail": "Warsaw"}]', (B,), ("not found",)),
    Messy("one string inside quotes", f"'{BOTH}'"),
    Messy("the prompt's form echoed", '{"entities": [...], "facts": [...]}\n' + BOTH),
    Messy(
        "an example of the prompt echoed",
        '{"facts": [{"head": "Ridley Scott", "relation": "DIRECTED", "tail": "Alien"}]}\n' + BOTH,
        rejected=("not found",),
    ),
    Messy("two objects", f'{{"facts": [{BORN}]}}\n{{"facts": [{WED}]}}'),
    Messy("a line a row", f"{BORN}\n{WED}"),
    Messy("said twice", f"{BOTH}\n\n{BOTH}"),
    # Other shapes
    Messy("a bare list", f"[{BORN}, {WED}]"),
    Messy("one object", BORN, (B,)),
    Messy("deeply wrapped", f'{{"result": {{"data": [{{"triples": [{BORN}, {WED}]}}]}}}}'),
    Messy("other keys", BOTH.replace("head", "subject").replace("tail", "object")
          .replace("relation", "predicate")),
    Messy("keys of graphs", BOTH.replace("head", "source").replace("tail", "target")
          .replace('"relation"', '"type"')),
    Messy("keys in capitals", BOTH.replace("head", "Head").replace("tail", "Tail Entity")),
    Messy("triples as lists",
          '[["Marie Curie", "BORN_IN", "Warsaw"], ["Marie Curie", "MARRIED", "Pierre Curie"]]'),
    Messy("one triple as a list", '["Marie Curie", "BORN_IN", "Warsaw"]', (B,)),
    Messy(
        "ends as objects",
        '[{"head": {"name": "Marie Curie", "type": "Person"}, "relation": "BORN_IN", '
        '"tail": {"name": "Warsaw"}}]',
        (B,),
    ),
    Messy("relations in words", BOTH.replace("BORN_IN", "born in").replace("MARRIED", "married")),
    Messy("arrows in strings", '{"facts": ["(Marie Curie)-[BORN_IN]->(Warsaw)"]}', (B,)),
    Messy("arrows in lines", f"- {B}\n- {M}"),
    Messy("bars", "Marie Curie | BORN_IN | Warsaw\nMarie Curie | MARRIED | Pierre Curie"),
    Messy("a table", "| head | relation | tail |\n|---|---|---|\n| Marie Curie | BORN_IN | Warsaw |"
          "\n| Marie Curie | MARRIED | Pierre Curie |"),
    Messy("tuples", "1. (Marie Curie, BORN_IN, Warsaw)\n2. ('Marie Curie', 'MARRIED', "
          "'Pierre Curie')"),
    Messy("several tails", '[{"head": "Marie Curie", "relation": "KNOWS_OF", '
          '"tail": ["Warsaw", "Paris"]}]',
          ("(Marie Curie)-[KNOWS_OF]->(Paris)", "(Marie Curie)-[KNOWS_OF]->(Warsaw)")),
    # Damage
    Messy("cut off in a row", BOTH[:-25], (B,), ("unreadable",)),
    Messy("cut off between rows", f'{{"facts": [{BORN},', (B,)),
    Messy("commas at the ends", f'{{"facts": [{BORN[:-1]},}}, {WED},],}}'),
    Messy("single quotes", BOTH.replace('"', "'")),
    Messy("Python's words", BOTH.replace('"Warsaw"', '"Warsaw", "denied": False, "roles": None')),
    Messy("bare keys", '[{head: "Marie Curie", relation: "BORN_IN", tail: "Warsaw"}]', (B,)),
    Messy("curly quotes", BORN.replace('"', "“"), (B,)),
    Messy("comments", f'{{"facts": [\n  {BORN[:-1]} // line 1\n  }},\n  {WED}\n]}}'),
    Messy("a blank line within a string", BOTH.replace("Marie Curie", "Marie\\nCurie")),
    Messy("a raw line break within a string", BOTH.replace("Marie Curie", "Marie\nCurie")),
    Messy("a quote within a string",
          f'[{{"head": "Marie "Maria" Curie", "relation": "R", "tail": "Warsaw"}}, {WED}]',
          (M,), ("unreadable",)),
    Messy("a missing comma between rows", f"[{BORN} {WED}]"),
    Messy("a control character", BOTH.replace("Warsaw", "Warsaw\x07")),
    # Rows that are wrong by themselves
    Messy("a row without a tail", f'[{{"head": "Marie Curie", "relation": "BORN_IN"}}, {WED}]',
          (M,), ("incomplete",)),
    Messy("a row with null", f'[{{"head": null, "relation": "X", "tail": "Warsaw"}}, {WED}]',
          (M,), ("incomplete",)),
    Messy("an empty name", f'[{{"head": "", "relation": "X", "tail": "Warsaw"}}, {WED}]',
          (M,), ("incomplete",)),
    Messy("an invented end",
          f'[{{"head": "Marie Curie", "relation": "WON", "tail": "Nobel Prize"}}, {WED}]',
          (M,), ("not found",)),
    Messy("half a word", f'[{{"head": "Curie", "relation": "X", "tail": "War"}}, {WED}]',
          (M,), ("not found",)),
    Messy("a relation without letters",
          f'[{{"head": "Marie Curie", "relation": "---", "tail": "Warsaw"}}, {WED}]',
          (M,), ("not in schema",)),
    Messy("both ends the same",
          f'[{{"head": "Marie Curie", "relation": "IS", "tail": "marie curie"}}, {WED}]',
          (M,), ("empty",)),
    Messy("a date as head", f'[{{"head": "1867", "relation": "X", "tail": "1867"}}, {WED}]',
          (M,), ("incomplete",)),
    Messy("a name of 5,000 characters",
          f'[{{"head": "{"x" * 5_000}", "relation": "R", "tail": "Warsaw"}}, {WED}]',
          (M,), ("incomplete",)),
    Messy("the sentence is odd", BORN[:-1] + ', "sentence": "S99"}', (B,)),
    Messy("flags as words", BORN[:-1] + ', "denied": "no", "hedged": "yes"}',
          ("maybe (Marie Curie)-[BORN_IN]->(Warsaw)",)),
    Messy("roles as an object", BORN[:-1] + ', "roles": {"time": "7 November 1867"}}', (B,)),
    Messy("entities as words", f'{{"entities": ["Paris", "Rome"], "facts": [{BORN}]}}',
          (B,), ("not found",)),
    Messy(
        "a row without a head",
        f'[{{"predicate": "BORN_IN", "object": "Warsaw"}}, {WED}]',
        (M,),
        ("incomplete",),
    ),
    Messy(
        "rows of no known shape",
        f'{{"facts": [{WED}, {{"a": 1, "b": "Warsaw"}}, ["Warsaw", "Paris"], "Warsaw"]}}',
        (M,),
        ("unreadable", "unreadable"),
    ),
    # No rows
    Messy("nothing to say", '{"entities": [], "facts": []}', ()),
    Messy("an empty list", "```json\n[]\n```", ()),
    Messy("a refusal", "I'm sorry, but I can't help with that.", (), ("empty",)),
    Messy("an empty reply", "", (), ("empty",)),
    Messy("blanks", " \n\t ", (), ("empty",)),
    Messy("an error in JSON", '{"error": "context length exceeded"}', (), ("empty",)),
    Messy("another language's prose", "申し訳ありませんが、お手伝いできません。", (), ("empty",)),
    Messy("the text itself", "Marie Curie was born in Warsaw on 7 November 1867.", (), ("empty",)),
]  # fmt: skip
