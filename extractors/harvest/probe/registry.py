"""Which probe a name means: through the entry points `kgkit.probes`.

A package adds a kind of model by an entry point of that group that loads a function which gives a
`Probe`, called with what follows the colon ("hf:bert-base-cased") or without where nothing does
("mini"). Built-ins are listed in the same way.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from kgkit.errors import InputError

if TYPE_CHECKING:
    from extractors.harvest.probe.base import Probe

__all__ = ["GROUP", "open_probe"]

#: The entry-point group of probes.
GROUP = "kgkit.probes"


def open_probe(spec: str | Probe, **options: Any) -> Probe:
    """Return the probe of "mini" or "hf:<id or folder>", or the instance that was given.

    Options (`device`, `dtype`, `batch`) go to what opens it. Raises `InputError` for a kind that
    no installed package offers, and for options given with an instance.
    """
    if not isinstance(spec, str):
        if options:
            raise InputError(
                f"{', '.join(sorted(options))} cannot be set on a probe that is there already; "
                "give its name, or leave them out"
            )
        return spec
    kind, _, model = spec.partition(":")
    known = {point.name: point for point in entry_points(group=GROUP)}
    if kind not in known:
        raise InputError(
            f"no model to probe is called {spec!r}; expected 'mini' or 'hf:<id or folder>' "
            f"(installed: {', '.join(sorted(known)) or 'none'})"
        )
    opener = known[kind].load()
    probe: Probe = opener(model, **options) if model else opener(**options)
    return probe
