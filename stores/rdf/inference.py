"""What follows from a graph: the closure under OWL 2 RL or RDFS."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgkit.errors import InputError, MissingExtra
from kgkit.evidence import RuleEvidence
from kgkit.facts import Fact
from kgkit.schema import Schema
from stores.rdf.copies import about_things, read_turtle, to_rdflib, triples_of
from stores.rdf.foreign import Interpreter, class_name
from stores.rdf.names import PREFIXES, type_of
from stores.rdf.reading import index, read_records
from stores.rdf.store import RdfGraph

__all__ = ["Inference", "infer"]

_PROFILES = {"owl-rl": "OWLRL_Semantics", "rdfs": "RDFS_Semantics"}
_LANGUAGE = tuple(PREFIXES[name] for name in ("rdf", "rdfs", "owl", "xsd"))
_ERROR = "http://www.daml.org/2002/03/agents/agent-ont#error"


@dataclass(frozen=True, slots=True)
class Inference:
    """What was not in the graph and follows from it.

    `facts` rest on the rule set as their evidence, `types` are pairs of entity and class, `same`
    pairs of names of one thing, `contradictions` sentences on what cannot be true together.
    """

    profile: str
    facts: tuple[Fact, ...]
    types: tuple[tuple[str, str], ...]
    same: tuple[tuple[str, str], ...]
    contradictions: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"{self.profile}: {len(self.facts)} facts follow"]
        lines += [f"  {fact}" for fact in self.facts]
        lines += [f"  {name} is a {type}" for name, type in self.types]
        lines += [f"  {one} is {other}" for one, other in self.same]
        return "\n".join([*lines, *(f"  contradiction: {text}" for text in self.contradictions)])


def infer(
    graph: RdfGraph | Iterable[Fact],
    profile: str = "owl-rl",
    *,
    ontology: str | Path | Schema | None = None,
) -> Inference:
    """Return what follows from the asserted facts and an ontology, computed in memory.

    `profile` is "owl-rl" or "rdfs"; `ontology` is Turtle text, a file of RDF, or a schema, besides
    what the graph itself says of its classes and relations. Some thousand triples take seconds.

    Raises `InputError` for another profile, `ReadError` for a broken ontology, and
    `MissingExtra` without owlrl.
    """
    try:
        import owlrl
    except ImportError as error:
        raise MissingExtra('owlrl is not installed: pip install "kgkit[owl]"') from error
    from rdflib import URIRef

    if profile not in _PROFILES:
        raise InputError(f"no profile is named {profile!r}; known are {', '.join(_PROFILES)}.")
    triples = triples_of(graph)
    known = read_records(index(triples)).entities
    things = list(about_things(triples))
    closure = to_rdflib([*things, *(read_turtle(ontology) if ontology is not None else ())])
    before = set(closure)
    rules = getattr(owlrl, _PROFILES[profile])
    # Its own reading of datatypes would change rdflib's for the whole process.
    owlrl.DeductiveClosure(rules, improved_datatypes=False).expand(closure)
    reader = Interpreter("", index(things), known)
    facts, types, same = set(), set(), set()
    for subject, predicate, value in sorted(set(closure) - before):
        if not isinstance(subject, URIRef) or str(subject).startswith(_LANGUAGE):
            continue
        one = reader.entity_of(_back(subject))
        if str(predicate) == f"{PREFIXES['owl']}sameAs":
            if str(subject) < str(value):
                same.add((one.name, reader.entity_of(_back(value)).name))
        elif str(predicate) == f"{PREFIXES['rdf']}type":
            if isinstance(value, URIRef) and not str(value).startswith(_LANGUAGE):
                types.add((one.name, class_name(_back(value))))
        elif not str(predicate).startswith(_LANGUAGE):
            facts.add(_fact(reader, (subject, predicate, value), profile))
    found = map(str, closure.objects(None, URIRef(_ERROR)))
    # On datatypes it errs (it does not know INF); shapes can ask for them.
    texts = {_in_names(text, reader) for text in found if not text.startswith("Lexical value")}
    made = sorted((fact for fact in facts if fact is not None), key=lambda fact: fact.id)
    ordered = tuple(sorted(types)), tuple(sorted(same)), tuple(sorted(texts))
    return Inference(profile, tuple(made), *ordered)


def _fact(reader: Interpreter, triple: Any, profile: str) -> Fact | None:
    from pyoxigraph import Triple

    return reader.fact_of(Triple(*map(_back, triple)), RuleEvidence(profile, ()))


def _in_names(sentence: str, reader: Interpreter) -> str:
    """Return a sentence of the reasoner with the names of entities and types for their IRIs."""
    words = []
    for word in sentence.split():
        known = reader.known.get(word)
        words.append(known.name if known else (type_of(word) or word))
    return " ".join(words)


def _back(term: Any) -> Any:
    import pyoxigraph as ox
    import rdflib

    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(
        str(term), datatype=ox.NamedNode(str(term.datatype or f"{PREFIXES['xsd']}string"))
    )
