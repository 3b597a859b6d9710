"""Whether a person can be the relative that is asked for, as far as names tell."""

from __future__ import annotations

from extractors.mini.coreference.given_names import FEMALE, MALE
from reasoning.answers.words import fold, listed, words

__all__ = ["kin_fit"]

_HE = listed("father husband son brother grandfather uncle nephew widower king stepfather grandson")
_SHE = listed(
    "mother wife daughter sister grandmother aunt niece widow queen stepmother granddaughter"
)
_HIS = MALE | listed("sir lord king prince duke baron count emperor pope mr rev father")
_HERS = FEMALE | listed("lady queen princess duchess baroness countess empress mrs miss dame")


def kin_fit(relation: str, name: str) -> float:
    """Return 1 where a name can be that of the relative, 0.3 where it is one of the other sex.

    >>> kin_fit("mother", "William the Silent"), kin_fit("mother", "Juliana of Stolberg")
    (0.3, 1.0)
    """
    asked = {fold(word.text) for word in words(relation)}
    plain = [fold(word.text) for word in words(name)][:2]
    wants = bool(asked & _SHE) - bool(asked & _HE)
    if not wants or not plain:
        return 1.0
    first = plain[0]
    is_ = bool(first in _HERS) - bool(first in _HIS)
    return 0.3 if is_ and is_ != wants else 1.0
