"""Questions about parsed sentences, made from their clauses by rules.

Each argument of a clause is asked for in turn, as in cloze translation (Lewis et al. 2019), but
with the order of words that English questions have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.mini.clauses.clause import Argument, Clause
from extractors.mini.clauses.reading import clauses
from extractors.mini.syntax import Sentence, Token

__all__ = ["Made", "questions_of"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PRONOUNS = _words("he she it they i we you this that these those who which there")
_STANDS_FOR_TITLE = _words("he she it")
_AUXILIARY = _words("aux aux:pass cop")
_DO = {"VBD": "did", "VBZ": "does", "VBP": "do"}
_LONGEST = 14


@dataclass(frozen=True, slots=True)
class Made:
    """A question and the tokens [first, last] of its sentence that answer it."""

    question: str
    first: int
    last: int


def questions_of(
    text: str, sentence: Sentence, title: str, known: frozenset[str]
) -> Iterator[Made]:
    """Yield questions; a pronoun as the subject is put as `title`, what the text is about; the
    base form of a verb is one of the words `known`."""
    for clause in clauses(sentence):
        if clause.negated or clause.hedged or clause.kind not in _KINDS:
            continue
        asker = _Asker(text, sentence, clause, title, known)
        if asker.sayable:
            yield from (made for made in asker.questions() if _asks_enough(made.question))


#: Constructions whose words are a whole statement.
_KINDS = ("verb", "copula", "lifespan")


def _asks_enough(question: str) -> bool:
    words = question[:-1].split()
    return 4 <= len(words) <= 30 and any(len(word) > 3 for word in words[2:])


class _Asker:
    """Asks for the arguments of one clause."""

    def __init__(
        self, text: str, sentence: Sentence, clause: Clause, title: str, known: frozenset[str]
    ) -> None:
        self.text, self.sentence, self.clause = text, sentence, clause
        self.subject = self._said(clause.subject)
        if self.subject.lower() in _PRONOUNS:
            named = self.subject.lower() in _STANDS_FOR_TITLE and title
            self.subject = title if named else ""
        self.others = [a for a in clause.arguments if a.role != "adjunct"][:4]
        verb = [sentence.tokens[i] for i in clause.predicate]
        auxiliaries = [t for t in verb if t.deprel in _AUXILIARY]
        main = sentence.tokens[clause.head]
        self.front, self.rest = "", " ".join(t.text for t in verb)
        if clause.kind == "lifespan":
            self.front = {"born": "was", "die": "did"}.get(clause.implied, "")
            self.rest = clause.implied
        elif auxiliaries:
            self.front = auxiliaries[0].text.lower()
            self.rest = " ".join(t.text for t in verb if t is not auxiliaries[0])
        elif main.xpos in _DO and main.deprel != "cop":
            self.front = _DO[main.xpos]
            self.rest = " ".join(_base(t, known) if t is main else t.text for t in verb)

    @property
    def sayable(self) -> bool:
        """Whether there is a verb to ask with."""
        return bool(self.front) and bool(self.clause.predicate or self.clause.implied)

    def questions(self) -> Iterator[Made]:
        """Ask for the subject, then for each other argument, and for numbers within them."""
        subject = self.clause.subject
        said = " ".join(self.sentence.tokens[i].text for i in self.clause.predicate)
        if said and self._answers(subject) and self.others:
            for wh in self._whs(subject):
                yield self._made([wh, said, *self._tail(None)], subject.tokens)
        if not self.subject:
            return
        for argument in self.others:
            if not self._answers(argument):
                continue
            marker = self._marker(argument)
            kind = self._kind(argument)
            tail = self._tail(argument)
            if kind == "Time" and (marker or self.clause.kind == "lifespan"):
                whs, end = ["When", "In what year"][: 1 + self._is_year(argument)], ""
            elif marker and kind == "Location":
                whs, end = ["Where"], marker if marker.lower() == "from" else ""
            else:
                whs, end = self._whs(argument), marker
            for wh in whs:
                parts = [wh, self.front, self.subject, self.rest, end, *tail]
                yield self._made(parts, argument.tokens)
            yield from self._numbers(argument, tail)

    def _numbers(self, argument: Argument, tail: list[str]) -> Iterator[Made]:
        for i in argument.tokens:
            token = self.sentence.tokens[i]
            noun = token.head
            if token.deprel != "nummod" or noun != argument.head:
                continue
            left = [self.sentence.tokens[k].text for k in argument.tokens if i < k]
            if left and self.sentence.tokens[noun].xpos == "NNS":
                parts = [self._marker(argument), "how many", *left, self.front, self.subject]
                yield self._made([*parts, self.rest, *tail], (i,))

    def _made(self, parts: list[str], tokens: tuple[int, ...]) -> Made:
        words = " ".join(part for part in parts if part).replace(" 's", "'s").replace(" ,", ",")
        return Made(f"{words[0].upper()}{words[1:]}?", tokens[0], tokens[-1])

    def _tail(self, left_out: Argument | None) -> list[str]:
        said = []
        for argument in self.others:
            if argument is left_out or len(argument.tokens) > _LONGEST:
                continue
            said += [self._marker(argument), self._said(argument)]
        return said

    def _said(self, argument: Argument) -> str:
        tokens = argument.tokens
        if tokens[-1] - tokens[0] + 1 == len(tokens):
            start, end = argument.extent(self.sentence)
            return " ".join(self.text[start:end].split())
        return argument.words(self.sentence)

    def _marker(self, argument: Argument) -> str:
        return " ".join(self.sentence.tokens[i].text for i in argument.marker)

    def _answers(self, argument: Argument) -> bool:
        tokens = argument.tokens
        head = self.sentence.tokens[argument.head]
        return (
            len(tokens) <= _LONGEST
            and tokens[-1] - tokens[0] + 1 == len(tokens)
            and head.upos in ("NOUN", "PROPN", "NUM")
            and head.text.lower() not in _PRONOUNS
        )

    def _kind(self, argument: Argument) -> str:
        span = self.sentence.span_at(argument.head)
        return span.type if span else ""

    def _is_year(self, argument: Argument) -> bool:
        return any(
            len(self.sentence.tokens[i].text) == 4 and self.sentence.tokens[i].text.isdecimal()
            for i in argument.tokens
        )

    def _whs(self, argument: Argument) -> list[str]:
        kind = self._kind(argument)
        if kind in ("Person",):
            return ["Who"]
        if kind in _NOUN:
            return ["What", f"Which {_NOUN[kind]}"]
        if self.sentence.tokens[argument.head].upos == "NOUN":
            lemma = self.sentence.tokens[argument.head].lemma.lower()
            return ["Who"] if lemma in _PEOPLE else ["What"]
        return ["What"]


def _base(verb: Token, known: frozenset[str]) -> str:
    """The base form of a verb, mended where the parser's is no word."""
    form = verb.text.lower()
    if form in _IRREGULAR:
        return _IRREGULAR[form]
    if not form.endswith("ed"):
        return verb.lemma
    doubled = len(form) > 4 and form[-3] == form[-4] and form[-3] not in "ls"
    tried = [form[:-3] + "y" if form.endswith("ied") else "", form[:-1]]
    tried += [form[:-3] if doubled else "", form[:-2]]
    return next((word for word in tried if word in known), verb.lemma)


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


_IRREGULAR = _pairs(
    "won:win sold:sell wed:wed told:tell held:hold met:meet lost:lose built:build sent:send "
    "spent:spend led:lead fought:fight bought:buy brought:bring taught:teach sang:sing "
    "shot:shoot paid:pay said:say ran:run rose:rise fell:fall grew:grow drew:draw felt:feel"
)
_NOUN = {"Location": "place", "Organization": "organization", "Time": "date", "Number": "number"}
_PEOPLE = _words(
    "man woman person people son daughter father mother brother sister wife husband king queen "
    "president minister actor actress director singer writer author player politician leader "
    "founder member officer general scientist professor student coach artist"
)
