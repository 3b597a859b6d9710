"""Models whose licence does not allow every use: nobody should learn that afterwards."""

from __future__ import annotations

import re
from pathlib import Path

from kgkit.errors import InputError

__all__ = ["check_licence", "restriction_of"]

_BY_NC = "CC BY-NC 4.0"
_BY_NC_SA = "CC BY-NC-SA 4.0"

#: Models that are for non-commercial use only, as their makers say, by id in lower case.
_RESTRICTED = {
    **dict.fromkeys(
        ("urchade/gliner_base", "urchade/gliner_small", "urchade/gliner_medium"), _BY_NC
    ),
    **dict.fromkeys(("urchade/gliner_large", "urchade/gliner_multi"), _BY_NC),
    **dict.fromkeys(("babelscape/rebel-large", "babelscape/mrebel-base"), _BY_NC_SA),
    **dict.fromkeys(("babelscape/mrebel-large", "babelscape/mrebel-large-32"), _BY_NC_SA),
}

#: The licence in the head of a model's card.
_CARD = re.compile(r"^license:\s*['\"]?([\w.-]+)", re.MULTILINE | re.IGNORECASE)


def restriction_of(model: str) -> str:
    """Return the licence that restricts a model's use, "" where none is known.

    `model` is an id, or a folder whose README.md begins with the model's card.

    >>> restriction_of("Babelscape/rebel-large"), restriction_of("urchade/gliner_small-v2.1")
    ('CC BY-NC-SA 4.0', '')
    """
    known = _RESTRICTED.get(model.lower(), "")
    card = Path(model) / "README.md"
    if known or not card.is_file():
        return known
    head = card.read_text(encoding="utf-8", errors="replace")[:5000]
    if not head.startswith("---"):
        return ""
    found = _CARD.search(head.partition("\n---")[0])
    licence = found[1] if found else ""
    return licence if "-nc" in licence.lower() else ""


def check_licence(model: str, *, accepted: bool) -> None:
    """Raise `InputError` for a model of non-commercial licence, unless that was accepted."""
    licence = restriction_of(model)
    if licence and not accepted:
        raise InputError(
            f"the model {model!r} is licensed {licence}, for non-commercial use only; give "
            "accept_licence=True if your use is, or choose another model"
        )
