"""Words of predicates cut to a stem, so that "writes", "wrote" and "written" are one."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["is_participle", "stem"]

_IRREGULAR = """
be is are was were been being am
have has had having
do does did done
write wrote written writing
win won winning
lead led
make made making
give gave given giving
take took taken taking
become became
begin began begun
come came coming
go went gone
know knew known
see saw seen
hold held
build built
buy bought
sell sold
bring brought
teach taught
think thought
find found_out
leave left leaving
lose lost
meet met
get got gotten
say said
tell told
keep kept
run ran running
grow grew grown
draw drew drawn
fall fell fallen
rise rose risen
speak spoke spoken
break broke broken
choose chose chosen
drive drove driven
fly flew flown
sing sang sung
wear wore worn
sit sat
stand stood
spend spent
send sent
lend lent
fight fought
catch caught
shoot shot
steal stole stolen
swear swore sworn
understand understood
lie lies lay lain lying
die died dying dies
beat beaten
bear bore
wed wedded
slay slew slain
overthrow overthrew overthrown
undergo underwent undergone
withdraw withdrew withdrawn
seek sought
feel felt
mean meant
deal dealt
sink sank sunk
strike struck
throw threw thrown
""".strip()
_LEMMA = {form: line.split()[0] for line in _IRREGULAR.splitlines() for form in line.split()}
#: Past participles that the simple past is not.
_PARTICIPLES = frozenset(
    (
        "written", "given", "taken", "begun", "gone", "known", "seen", "grown", "drawn", "fallen",
        "risen", "spoken", "broken", "chosen", "driven", "flown", "sung", "worn", "stolen", "sworn",
        "beaten", "slain", "overthrown", "undergone", "withdrawn", "thrown", "born", "made", "held",
        "built", "bought", "sold", "brought", "taught", "found", "lost", "kept", "sent", "shot",
        "led", "won", "told", "caught", "set", "cut", "put", "struck", "sunk", "known", "split",
    )
)  # fmt: skip
_VOWELS = "aeiou"


def is_participle(word: str) -> bool:
    """Return whether a word may be a past participle.

    >>> is_participle("directed"), is_participle("written"), is_participle("direct")
    (True, True, False)
    """
    return word in _PARTICIPLES or (len(word) > 4 and word.endswith("ed") and word != "need")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return what the forms of a word have in common; no word, but the same for all of them.

    >>> [stem(word) for word in ("produces", "produced", "produce")], stem("wrote")
    (['produc', 'produc', 'produc'], 'writ')
    """
    word = _LEMMA.get(word, word)
    if (len(word) > 4 and word.endswith("ied")) or (len(word) > 4 and word.endswith("ies")):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith("ed"):
        word = _undoubled(word[:-2])
    elif len(word) > 5 and word.endswith("ing") and any(c in _VOWELS for c in word[:-3]):
        word = _undoubled(word[:-3])
    elif len(word) > 4 and word.endswith(("ches", "shes", "xes", "sses")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    word = word.replace("isation", "ization")
    if word.endswith("is") and len(word) > 5:
        word = word[:-2] + "iz"
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 2 and word.endswith("y") else word


def _undoubled(word: str) -> str:
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" and word[-1] not in _VOWELS:
        return word[:-1]
    return word
