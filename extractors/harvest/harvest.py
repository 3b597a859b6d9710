"""Harvesting from start to end: a model, a relation, and the facts that it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

from extractors.harvest.inquiry import Inquiry, prepare
from extractors.harvest.keeping import Keeping
from extractors.harvest.modes import tuples
from extractors.harvest.probe.registry import open_probe
from extractors.harvest.spoken import relation_of
from kgkit.ids import content_id

if TYPE_CHECKING:
    from pathlib import Path

    from extractors.harvest.probe.base import Probe
    from extractors.harvest.prompt import Prompt
    from extractors.harvest.relation import Relation
    from extractors.harvest.search import Space
    from kgkit.facts import Fact
    from kgkit.models.lm import LanguageModel
    from kgkit.schema import Pattern

__all__ = ["Asking", "harvest", "harvest_all", "inquire", "kept"]


#: What says where the model computes.
_PLACES: tuple[Literal["device", "dtype"], ...] = ("device", "dtype")


class Asking(TypedDict, total=False):
    """How a model is asked; every part may be left out.

    `device` and `dtype` are where and in which numbers it computes ("cuda", "bfloat16"); `lm`
    words further prompts; `texts` are searched for patterns; `run` names the harvest; `space` says
    what names may look like; `progress` is called while the search goes on.
    """

    device: str
    dtype: str
    lm: LanguageModel | None
    texts: Iterable[str]
    run: str
    space: Space | None
    progress: Callable[..., object] | None


def inquire(
    model: str | Probe,
    relation: Relation | Pattern | str,
    *,
    seeds: Iterable[Iterable[str]] = (),
    prompts: Iterable[Prompt | str] = (),
    **asking: Unpack[Asking],
) -> Inquiry:
    """Return a relation made ready to be asked of a model, for the modes of harvesting.

    `model` is "mini", "hf:<id or folder>" or a probe; `relation` a pattern, a name of the
    library, a prompt or a `Relation`. Raises `InputError` for what none of these is.
    """
    where = {name: asking[name] for name in _PLACES if name in asking}
    return prepare(
        open_probe(model, **where),
        relation_of(relation, seeds=seeds, prompts=prompts),
        lm=asking.get("lm"),
        texts=asking.get("texts", ()),
        run=asking.get("run", ""),
        space=asking.get("space"),
        progress=asking.get("progress"),
    )


def harvest(
    model: str | Probe,
    relation: Relation | Pattern | str,
    *,
    seeds: Iterable[Iterable[str]] = (),
    prompts: Iterable[Prompt | str] = (),
    n: int = 100,
    resume: str | Path | None = None,
    **asking: Unpack[Asking],
) -> Iterator[Fact]:
    """Yield the `n` best facts of a relation that a model holds, in exact order of the search.

    Each fact's evidence names the model, the prompts and their log-probabilities; its confidence
    is the calibrated probability. With `resume`, a file, facts are kept as they are found, and
    one that was interrupted goes on. Raises `InputError` for what cannot be asked.
    """
    inquiry = inquire(model, relation, seeds=seeds, prompts=prompts, **asking)
    return kept(inquiry, tuples(inquiry, n), resume, mode=f"tuples {n}")


def harvest_all(
    inquiries: Iterable[Inquiry], n: int = 100, *, resume: str | Path | None = None
) -> Iterator[Fact]:
    """Yield the `n` best facts of each relation, one relation after the other.

    Inquiries of one probe share what it has computed.
    """
    for inquiry in inquiries:
        yield from kept(inquiry, tuples(inquiry, n), resume, mode=f"tuples {n}")


def kept(
    inquiry: Inquiry, found: Iterable[Fact], resume: str | Path | None, *, mode: str
) -> Iterator[Fact]:
    """Yield what is found, keeping it in a file where one is given.

    `mode` says what was asked of the inquiry, so that another question is kept beside it.
    """
    if resume is None:
        yield from found
    else:
        yield from Keeping(resume).keep(content_id("harvest", inquiry.key, mode), found)
