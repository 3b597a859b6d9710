"""Cutting a sentence into the syntactic words of Universal Dependencies English (EWT).

Clitics (n't, 's, 'll), hyphens between whole words, slashes and punctuation are words of their
own; numbers, dates, addresses, abbreviations and words with a prefix (co-founder) stay whole.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["words"]

#: Prefixes that make one word with what follows their hyphen.
_PREFIXES = (
    "anti|arch|bi|co|counter|de|e|ex|extra|inter|intra|macro|mega|meta|micro|mid|mini|mis|mono|"
    "multi|neo|non|over|pan|post|pre|pro|proto|pseudo|psycho|quasi|re|semi|socio|sub|super|trans|"
    "tri|ultra|un|under|uni|vice"
)
_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Dr|Prof|Rev|Gen|Col|Capt|Lt|Sgt|Maj|Gov|Sen|Rep|Hon|St|Ft|Mt|Jr|Sr|Inc|Ltd|Co|Corp|"
    "Bros|vs|etc|Vol|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Tues|Wed|"
    "Thu|Thurs|Fri|Sat|Sun|Ave|Blvd|Rd|Dept|Univ|Assn|approx|est|cf|ca|al|pp|ext|misc|Calif|Mass|"
    "Conn|Fla|Tenn|Wash|Penn|Va"
)
_UNITS = r"[ap]\.?m|[kmb]|[mck]m|mg|k[gb]|gb|mb|ft|lbs?|mph|hrs?|min|bn|yrs?"
_LETTER = r"[^\W\d_]"
_WORD = r"[\w\u0300-\u036f]"

_PATTERN = re.compile(
    rf"""
    (?: https?:// | ftp:// | www\. ) [^\s<>"]*[^\s<>".,;:!?)\]}}'’”]       # addresses of the web
  | [\w.+-]+ @ [\w-]+ (?: \.[\w-]+ )*                                    # and of mail
  | (?<!\w) (?: [:;=8] -? [)(DPp/\\|*] | <3 | \^_\^ ) (?!\w)              # faces
  | (?<![\w.-]) (?: \+?\d{{1,2}} - )? \d{{3}} [-/] (?: \d{{3}} - )? \d{{4}} (?![\w-])  # telephones
  | (?<!\w) \d{{1,4}} (?: [/-] \d{{1,2}} ) (?: [/-] \d{{2,4}} ) (?!\w)      # dates
  | (?<![\w.]) [+]? \d+ (?: [.,:/] \d+ )* (?= (?i: {_UNITS} )? (?! \w ) )        # numbers
  | (?<!\w) [.] \d+ \b
  | (?: {_LETTER} \. ){{2,}} (?: {_LETTER} (?! \w ) )?                    # U.S., e.g., p.m
  | (?<!\w) (?: {_ABBREVIATIONS} ) \. (?! \w )
  | (?<![\w'’]) [A-HJ-Z] \. (?= \s+ [A-Z] )                              # initials
  | (?<!\w) (?i: {_PREFIXES} ) - {_LETTER} {_WORD}*                # co-founder
  | (?<!\w) [A-Z]+ (?: & [A-Z]+ )+ (?!\w)                               # AT&T
  | (?<!\w) (?: US | C | A | HK | NZ ) \$
  | (?<![\w.]) [\w-]+ (?: \. (?: [a-z\d] [\w-]* | [A-Z\d]{{2,}} ) )+ (?! \w )  # files, hosts
  | {_WORD}+ (?: ['’`] {_WORD}+ )*                                       # words, split below
  | \.{{2,}} | [!?]{{2,}} | -{{2,}} | _{{2,}} | \*{{2,}} | ={{2,}} | ~{{2,}} | \#{{2,}}
  | '' | `` | << | >>
  | ['’] (?: s | S )? (?! \w )
  | \S
    """,
    re.VERBOSE,
)

_CLITIC = re.compile(r"(?:n['’`]t|['’`](?:s|m|d|ll|re|ve))$", re.IGNORECASE)
#: Words beyond this are not kept in memory for the next time.
_SHORT = 32
#: At the end of a sentence the point of an abbreviation ends the sentence.
_FINAL = re.compile(rf"(?:{_ABBREVIATIONS}|(?:{_LETTER}\.)+{_LETTER})\.")
_BARE_NOT = re.compile(
    r"(?:do|did|does|ca|wo|is|was|were|are|could|would|should|have|has|had|ai)(?=nt$)",
    re.IGNORECASE,
)
_FUSED = {
    "cannot": 3,
    "gonna": 3,
    "gotta": 3,
    "wanna": 3,
    "im": 1,
    "ive": 1,
    "thats": 4,
    "theres": 5,
    "youre": 3,
    "hes": 2,
    "shes": 3,
    "theyre": 4,
    "youve": 3,
}


def words(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the [start, end) of the words of `text[start:end]`, in characters of `text`.

    They are in order, do not overlap, and together cover everything but white space.

    >>> text = "Bohr's co-workers didn't e-mail the U.S. well-known Dr. Lee (in 1913)."
    >>> " ".join(text[start:end] for start, end in words(text))
    "Bohr 's co-workers did n't e-mail the U.S. well - known Dr. Lee ( in 1913 ) ."
    """
    found: list[tuple[int, int]] = []
    end = len(text) if end is None else end
    for match in _PATTERN.finditer(text, start, end):
        start, word = match.start(), match.group()
        cuts = _cuts(word) if len(word) <= _SHORT else _cuts.__wrapped__(word)
        found.extend((start + a, start + b) for a, b in cuts)
    if found and _FINAL.fullmatch(text, *found[-1]):
        first, last = found[-1]
        found[-1:] = [(first, last - 1), (last - 1, last)]
    return found


@lru_cache(maxsize=16384)
def _cuts(word: str) -> list[tuple[int, int]]:
    return _parted(word, 0)


def _parted(word: str, start: int) -> list[tuple[int, int]]:
    end = start + len(word)
    cut = _FUSED.get(word.lower(), 0)
    if not cut and (match := _CLITIC.search(word)):
        cut = match.start()
    if not cut and (match := _BARE_NOT.match(word)):
        cut = match.end()
    if not 0 < cut < len(word):
        return [(start, end)]
    return [*_parted(word[:cut], start), (start + cut, end)]
