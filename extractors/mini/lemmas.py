"""Lemmas as edit scripts, so that a tagger can choose among a few hundred of them.

A script is ``case|cut|add``: take the form as it is (k), lowered (l) or Capitalised (t), cut
that many characters at its end, add these. ``=lemma`` replaces irregular forms as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from functools import lru_cache

__all__ = ["apply_script", "choose", "script"]

_CASES: dict[str, Callable[[str], str]] = {"l": str.lower, "k": str, "t": str.capitalize}


def script(form: str, lemma: str) -> str:
    """Return the shortest script that makes `lemma` of `form`.

    >>> script("Studies", "study"), script("Curie", "Curie"), script("went", "go")
    ('l|3|y', 'k|0|', '=go')
    """
    best, shared = "", -1
    for case, change in _CASES.items():
        base = change(form)
        common = _common(base, lemma)
        if common > shared:
            best, shared = f"{case}|{len(base) - common}|{lemma[common:]}", common
    return best if shared > 0 else f"={lemma}"


def apply_script(form: str, script: str) -> str:
    """Return the lemma that a script makes of a form; the lowered form when it does not fit.

    >>> apply_script("Studies", "l|3|y"), apply_script("went", "=go"), apply_script("A", "l|3|y")
    ('study', 'go', 'a')
    """
    if script.startswith("="):
        return script[1:]
    change, cut, add = _steps(script)
    base = change(form)
    keep = len(base) - cut
    return base[:keep] + add if keep > 0 else form.lower()


@lru_cache(maxsize=4096)
def _steps(script: str) -> tuple[Callable[[str], str], int, str]:
    case, cut, add = script.split("|", 2)
    return _CASES[case], int(cut), add


def choose(form: str, scripts: Sequence[str], known: Container[str]) -> str:
    """Return the lemma by the first of these scripts, best first, that makes a known word of an
    inflected form; by the very first where none does.

    >>> choose("discovered", ["l|1|", "l|2|"], {"discover"})
    'discover'
    """
    lemma = apply_script(form, scripts[0])
    if lemma in known or lemma.lower() == form.lower() or not lemma.islower():
        return lemma
    found = (apply_script(form, script) for script in scripts[1:])
    return next((other for other in found if other in known), lemma)


def _common(a: str, b: str) -> int:
    length = min(len(a), len(b))
    return next((i for i in range(length) if a[i] != b[i]), length)
