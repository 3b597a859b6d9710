"""The words that give a question its shape, and what some of them stand for."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = [
    "ATTRIBUTES",
    "AUXILIARIES",
    "BE",
    "EVENTS",
    "FIXED",
    "HAVE",
    "KIN",
    "KINDS",
    "LATER",
    "MEANS",
    "OFFICES",
    "PREPOSITIONS",
    "ROLES",
    "ROUNDABOUT",
    "TRANSPARENT",
    "kind_of",
    "listed",
    "singular",
]


def listed(words: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(words.split())


BE = listed("is are was were be been being 's")
HAVE = listed("has have had having")
AUXILIARIES = BE | HAVE | listed("do does did can could will would shall should may might must")
PREPOSITIONS = listed(
    """
    in at on from with by for near about under during since as to into against over within
    after before between among through inside outside alongside via until along around
    across of behind beside
    """
)
#: Nouns that add nothing to what follows their "of".
TRANSPARENT = listed("name names title titles identity one kind type sort set list")
#: What "of" joins to one word for a relation.
FIXED = listed(
    """
    birth death burial origin citizenship marriage residence publication release
    foundation photography state government education establishment inception employment
    work
    """
)
#: Offices that are no name, though they are written large.
OFFICES = listed(
    """
    president king queen minister prime chancellor governor mayor emperor director author
    chairman ceo secretary general vice pope senator captain coach
    """
)

_KINDS = {
    "person": "who whom whose person man woman people actor actress artist author boy brother "
    "captain child coach composer creator daughter developer director doctor editor emperor "
    "father founder girl chief governor grandfather grandmother guy head husband inventor king "
    "lady leader mayor member minister mother musician performer pilot player poet politician "
    "president prince princess producer queen scientist singer sister son spouse wife winner "
    "writer",
    "place": "where place city country town village state region river continent location "
    "capital birthplace province district county nation nationality hometown street island area "
    "headquarters citizenship sea lake mountain ocean territory municipality",
    "organization": "company university band organization organisation institute institution "
    "school college party team club label agency studio laboratory newspaper academy society "
    "firm manufacturer publisher employer ministry church airline network",
    "date": "when date day year decade month century birthday birthdate",
    "number": "number population height length weight distance age amount percentage size area "
    "elevation capacity",
}
#: The kind of answer that a noun asks for.
KINDS: Mapping[str, str] = {w: kind for kind, said in _KINDS.items() for w in said.split()}
_PERSONS = ("er", "or", "ist", "ian", "man", "woman", "ess")
_NO_PERSONS = listed(
    """
    number order letter river other paper weather character color colour power theater
    theatre center centre border actor's chapter cover water computer semester error
    factor sector tower corner flower newspaper
    """
)

#: Adjectives of size: what is measured, in words, and whether the one asked for has most of it.
ATTRIBUTES: Mapping[str, tuple[str, bool]] = {
    word: (attribute, most)
    for attribute, high, low in (
        ("height", "tall taller tallest", "short shorter shortest"),
        ("elevation", "high higher highest", "low lower lowest"),
        ("population", "populous populated inhabited", ""),
        ("size", "large larger largest big bigger biggest", "small smaller smallest"),
        ("length", "long longer longest", "brief briefest"),
        ("depth", "deep deeper deepest", "shallow shallowest"),
        ("weight", "heavy heavier heaviest", "light lighter lightest"),
        ("speed", "fast faster fastest", "slow slower slowest"),
        ("price", "expensive", "cheap cheaper cheapest"),
        ("wealth", "rich richer richest wealthy wealthiest", "poor poorest"),
        ("date of birth", "young younger youngest", "old older oldest elder eldest"),
        ("date", "late later latest newest newer recent last", "early earlier earliest first"),
        ("number", "many more most much greater greatest", "few fewer fewest less least"),
    )
    for words, most in ((high, True), (low, False))
    for word in words.split()
}
#: Words of comparisons that ask for the larger (True) or the smaller of two times.
LATER: Mapping[str, bool] = {
    **dict.fromkeys(listed("later last latest younger youngest newer recently recent after"), True),
    **dict.fromkeys(listed("earlier first earliest older oldest elder before sooner"), False),
}
#: Verbs that happen once, so that "in 1990" dates them.
EVENTS = listed(
    """
    born died released founded published established opened built created formed launched
    started began begun completed built debuted premiered aired founded incorporated
    dissolved married founded written recorded invented discovered introduced made
    """
)
#: What a verb and the kind of what is asked for are also called.
MEANS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("born", "date"): ("born on", "date of birth"),
    ("born", "place"): ("born in", "place of birth"),
    ("died", "date"): ("died on", "date of death"),
    ("died", "place"): ("died in", "place of death"),
    ("die", "date"): ("died on", "date of death"),
    ("die", "place"): ("died in", "place of death"),
    ("buried", "place"): ("buried in", "place of burial"),
    ("released", "date"): ("released on", "publication date"),
    ("published", "date"): ("published on", "publication date"),
    ("come out", "date"): ("released on", "publication date"),
    ("came out", "date"): ("released on", "publication date"),
    ("founded", "date"): ("founded on", "inception"),
    ("established", "date"): ("established on", "inception"),
    ("formed", "date"): ("formed on", "inception"),
    ("started", "date"): ("started on", "inception"),
    ("from", "place"): ("from", "country of citizenship", "country of origin"),
    ("located", "place"): ("located in",),
    ("based", "place"): ("based in", "headquarters location"),
    ("live", "place"): ("lives in", "residence"),
    ("nationality", "place"): ("nationality", "country of citizenship"),
}
#: What the relation that a noun names is also called.
ROLES: Mapping[str, tuple[str, ...]] = {
    "author": ("written by",),
    "birthday": ("date of birth",),
    "birthplace": ("place of birth", "born in"),
    "composer": ("composed by",),
    "country": ("country", "located in"),
    "creator": ("created by",),
    "date of birth": ("born on",),
    "date of death": ("died on",),
    "director": ("directed by",),
    "employer": ("works for",),
    "founder": ("founded by",),
    "husband": ("spouse", "married to"),
    "nationality": ("country of citizenship",),
    "owner": ("owned by",),
    "performer": ("performed by",),
    "place of birth": ("born in",),
    "place of burial": ("buried in",),
    "place of death": ("died in",),
    "producer": ("produced by",),
    "publisher": ("published by",),
    "spouse": ("married to",),
    "wife": ("spouse", "married to"),
    "writer": ("written by",),
}
#: Kinship that is two steps: from the person named, nearest first.
KIN: Mapping[str, tuple[str, ...]] = {
    "paternal grandfather": ("father", "father"),
    "paternal grandmother": ("father", "mother"),
    "maternal grandfather": ("mother", "father"),
    "maternal grandmother": ("mother", "mother"),
    "grandfather": ("parent", "father"),
    "grandmother": ("parent", "mother"),
    "grandparent": ("parent", "parent"),
    "grandson": ("child", "son"),
    "granddaughter": ("child", "daughter"),
    "grandchild": ("child", "child"),
    "father-in-law": ("spouse", "father"),
    "mother-in-law": ("spouse", "mother"),
    "parent-in-law": ("spouse", "parent"),
    "son-in-law": ("child", "husband"),
    "daughter-in-law": ("child", "wife"),
    "child-in-law": ("child", "spouse"),
    "brother-in-law": ("spouse", "brother"),
    "sister-in-law": ("spouse", "sister"),
    "sibling-in-law": ("spouse", "sibling"),
    "stepfather": ("mother", "husband"),
    "stepmother": ("father", "wife"),
    "stepparent": ("parent", "spouse"),
    "uncle": ("parent", "brother"),
    "aunt": ("parent", "sister"),
    "nephew": ("sibling", "son"),
    "niece": ("sibling", "daughter"),
    "cousin": ("parent", "sibling", "child"),
}
#: Kinship that can also be found by another way, the likeliest first.
ROUNDABOUT: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "father": (("mother", "husband"), ("sibling", "father")),
    "mother": (("father", "wife"), ("sibling", "mother")),
    "husband": (("child", "father"),),
    "wife": (("child", "mother"),),
    "spouse": (("child", "parent"),),
    "married to": (("child", "parent"),),
}


def singular(noun: str) -> str:
    """Return the singular of an English noun, in lower case.

    >>> singular("countries"), singular("women"), singular("bus")
    ('country', 'woman', 'bus')
    """
    odd = {"children": "child", "women": "woman", "men": "man", "people": "person"}
    word = noun.lower()
    if word in odd:
        return odd[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def kind_of(noun: str) -> str:
    """Return the kind of answer that a noun phrase asks for: person, place, organization, date,
    number, or thing where nothing says.

    >>> kind_of("hotel company"), kind_of("guitarist"), kind_of("film")
    ('organization', 'person', 'thing')
    """
    last = noun.lower().split(" of ")[0].split()
    head = singular(last[-1]) if last else ""
    if " of birth" in noun or " of death" in noun:
        return "date" if head in ("date", "day", "year") else "place"
    if head in KINDS:
        return KINDS[head]
    if head.endswith(_PERSONS) and head not in _NO_PERSONS and len(head) > 4:
        return "person"
    return "thing"
