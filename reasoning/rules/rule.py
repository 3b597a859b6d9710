"""Rules in the manner of Datalog, and how they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kgkit.errors import QueryError, SchemaError
from reasoning.logic.expressions import Constant, variables_of
from reasoning.logic.forms import Combine, Filter, Let, Link, Path, Program, Retrieve, Step, Term
from reasoning.logic.reading import parse

__all__ = ["Rule", "parse_rules"]

_END = r"\(\s*(?P<{0}>[^()\[\]]*?)\s*\)"
_ATOM = re.compile(
    r"(?P<no>not\s+)?"
    + _END.format("head")
    + r"\s*-\s*\[\s*:?(?P<relation>`[^`]+`|\w+)\s*\]\s*->\s*"
    + _END.format("tail")
)
_BLANK = re.compile(r"-\s*\[\s*:?(\w+(?:\s+\w+)+)\s*\]\s*->")
_NODE = re.compile(r"\??(?P<name>[^\W\d]\w*)?\s*(?::\s*(?P<type>\w+|`[^`]+`))?")
_LET = re.compile(r"\??(?P<name>[^\W\d]\w*)\s*=(?!=)(?P<value>.*)", re.DOTALL)
_PROPERTY = re.compile(
    r"(?P<relation>\w+|`[^`]+`)\s+is\s+(?:(?P<kind>symmetric|transitive)"
    r"|(?:the\s+)?inverse\s+of\s+(?P<other>\w+|`[^`]+`))"
)
_BARE = re.compile(r'"(?:\\.|[^"\\])*"|\[[^\]]*\]|(?<![\w?])[^\W\d]\w*(?!\w|\s*\()')
_ORDER = (Retrieve, Let, Filter, Combine)
_WORDS = frozenset({"and", "or", "not", "true", "false"})


@dataclass(frozen=True, slots=True)
class Rule:
    """`head` holds wherever all of the body does; `text` is the rule as it was written.

    The body is a program: its retrieves are the positive atoms, an `except` with one block a
    negated one, filters and lets are conditions and computed values.
    """

    text: str
    head: Retrieve
    body: Program

    @property
    def relation(self) -> str:
        """The relation that the rule concludes."""
        return self.head.path.links[0].relation

    @property
    def needs(self) -> frozenset[str]:
        """The relations of its positive atoms."""
        return frozenset(k.relation for s in self.body.steps if isinstance(s, Retrieve)
                         for k in s.path.links)  # fmt: skip

    @property
    def denies(self) -> frozenset[str]:
        """The relations of its negated atoms."""
        blocks = [step.right for step in self.body.steps if isinstance(step, Combine)]
        return frozenset(k.relation for b in blocks for s in b.steps if isinstance(s, Retrieve)
                         for k in s.path.links)  # fmt: skip

    @property
    def computes(self) -> bool:
        """Whether an end of what it concludes is computed, and so may be new."""
        made = {step.variable for step in self.body.steps if isinstance(step, Let)}
        ends = (self.head.head, self.head.tail)
        return any(isinstance(end, Term) and end.variable in made for end in ends)

    def __str__(self) -> str:
        return self.text


def parse_rules(text: str | Iterable[str]) -> tuple[Rule, ...]:
    """Return the rules that a text writes, one a line; blank lines and comments (#) are passed
    over. "R is symmetric", "R is transitive" and "R is inverse of S" are rules too.

    Raises `SchemaError` naming the line (by its number, in a text) that is no rule, or a variable
    of its head that its body does not bind.

    >>> rules = parse_rules("(x)-[GRANDPARENT]->(z) :- (x)-[PARENT]->(y), (y)-[PARENT]->(z)")
    >>> rules[0].relation, sorted(rules[0].needs)
    ('GRANDPARENT', ['PARENT'])
    """
    if not isinstance(text, str):
        return tuple(dict.fromkeys(rule for line in text for rule in _rules_of(line.strip())))
    lines = enumerate(text.splitlines(), 1)
    return tuple(dict.fromkeys(rule for at in lines for rule in _at_line(*at)))


def _at_line(number: int, line: str) -> list[Rule]:
    try:
        return list(_rules_of(line.strip()))
    except SchemaError as error:
        raise SchemaError(f"line {number}: {error}") from error


def _rules_of(line: str) -> Iterator[Rule]:
    if not line or line.startswith("#"):
        return
    known = _PROPERTY.fullmatch(line)
    if known is None:
        yield _rule(line)
        return
    name, other = known["relation"], known["other"]
    if known["kind"] == "symmetric":
        yield _rule(f"(x)-[{name}]->(y) :- (y)-[{name}]->(x)", line)
    elif known["kind"] == "transitive":
        yield _rule(f"(x)-[{name}]->(z) :- (x)-[{name}]->(y), (y)-[{name}]->(z)", line)
    else:
        yield _rule(f"(x)-[{name}]->(y) :- (y)-[{other}]->(x)", line)
        yield _rule(f"(x)-[{other}]->(y) :- (y)-[{name}]->(x)", line)


def _rule(line: str, shown: str | None = None) -> Rule:
    blank = _BLANK.search(line)
    if blank is not None:
        name = "_".join(blank[1].split())
        raise SchemaError(
            f"the relation {blank[1]!r} in {line!r} has a blank in it; write {name}, or "
            f"`{blank[1]}` in backticks."
        )
    left, arrow, right = line.partition(":-")
    head = _ATOM.fullmatch(left.strip())
    if not arrow or head is None or head["no"]:
        raise SchemaError(
            f"{line!r} is no rule; expected '(x)-[GRANDPARENT]->(z) :- (x)-[PARENT]->(y), "
            "(y)-[PARENT]->(z)' or 'PART_OF is transitive'."
        )
    steps = [_step(part.strip(), line) for part in _parts(right)]
    # Positive atoms bind what the others look at.
    steps.sort(key=lambda step: _ORDER.index(type(step)))
    rule = Rule(shown or line, _atom(head, line), Program(tuple(steps)))
    _refuse_unbound(rule)
    return rule


def _parts(body: str) -> Iterator[str]:
    """Yield what stands between the commas of a body that are in no bracket and no text."""
    begin = depth = 0
    quoted = False
    for place, character in enumerate(body):
        if character == '"' and body[place - 1 : place] != "\\":
            quoted = not quoted
        if quoted:
            continue
        depth += (character in "([{") - (character in ")]}")
        if character == "," and depth == 0:
            yield body[begin:place]
            begin = place + 1
    yield body[begin:]


def _step(part: str, line: str) -> Step:
    atom = _ATOM.fullmatch(part)
    if atom is not None:
        found = _atom(atom, line)
        return Combine("except", None, Program((found,))) if atom["no"] else found
    made = _LET.fullmatch(part)
    text = f"?{made['name']} = {_marked(made['value'])}" if made else f"filter({_marked(part)})"
    try:
        (step,) = parse(text).steps
    except (QueryError, ValueError) as error:
        raise SchemaError(
            f"{part!r} in {line!r} is neither an atom nor a condition: {error}"
        ) from (error)
    return step


def _marked(condition: str) -> str:
    """Return a condition with its variables as the logical form writes them: ?x.

    >>> _marked('years(b, d) > 3[day] and name(x) != "y"')
    'years(?b, ?d) > 3[day] and name(?x) != "y"'
    """

    def mark(found: re.Match[str]) -> str:
        word = found[0]
        return word if word[0] in '"[' or word in _WORDS else f"?{word}"

    return _BARE.sub(mark, condition)


def _atom(found: re.Match[str], line: str) -> Retrieve:
    head, tail = _end(found["head"], line), _end(found["tail"], line)
    if isinstance(head, Constant):
        raise SchemaError(f"{line!r} has a value before an arrow; facts begin with an entity.")
    return Retrieve(head, Path((Link(found["relation"].strip("`")),)), tail)


def _end(text: str, line: str) -> Term | Constant:
    if text[:1] in {'"', "-"} or text[:1].isdigit() or text in ("true", "false"):
        try:
            (step,) = parse(f"filter({text})").steps
        except (QueryError, ValueError) as error:
            raise SchemaError(f"({text}) in {line!r} is no value: {error}") from error
        test = step.test if isinstance(step, Filter) else None
        if isinstance(test, Constant):
            # A text names an entity, or is itself a value.
            return Term(names=(test.value,)) if isinstance(test.value, str) else test
    node = _NODE.fullmatch(text)
    if node is None:
        raise SchemaError(f"({text}) in {line!r} is no end of a fact; write (x) or (x:Type).")
    name = node["name"] if node["name"] != "_" else None
    return Term(name, node["type"] and node["type"].strip("`"))


def _refuse_unbound(rule: Rule) -> None:
    bound: set[str] = set()
    for step in rule.body.steps:
        match step:
            case Retrieve(head, _, tail):
                bound |= {end.variable for end in (head, tail)
                          if isinstance(end, Term) and end.variable}  # fmt: skip
            case Let(variable, value):
                _need(variables_of(value), bound, rule)
                bound.add(variable)
            case Filter(test):
                _need(variables_of(test), bound, rule)
    ends = [end for end in (rule.head.head, rule.head.tail) if isinstance(end, Term)]
    for end in ends:
        if end.variable is None and not end.names:
            raise SchemaError(f"{rule} does not say what it concludes; name both ends of its head.")
    _need([end.variable for end in ends if end.variable], bound, rule)


def _need(names: Iterable[str], bound: set[str], rule: Rule) -> None:
    for name in names:
        if name not in bound:
            raise SchemaError(
                f"{name} in {rule} is bound by no atom that is not negated; add one that has it."
            )
