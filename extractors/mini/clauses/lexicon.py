"""Closed lists of English words that the rules consult."""

from __future__ import annotations

__all__ = [
    "APPOINTING",
    "CALLED",
    "CAUSING",
    "DAYS",
    "DOUBTS",
    "EMPTY",
    "FACTIVE",
    "HONORIFICS",
    "LOCATIVE",
    "MONTHS",
    "QUANTITIES",
    "SAYING",
    "SKIPPED",
    "TEMPORAL",
    "TENTATIVE",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Verbs that make someone hold the office that their complement names.
APPOINTING = _words(
    """
    become appoint elect name make serve act work reappoint nominate crown remain know remember
    """
)
#: Places that "of" names: "the city of Warsaw" is Warsaw.
CALLED = _words(
    """
    city town village island borough municipality hamlet suburb port commune
    """
)
#: Verbs whose object does what the infinitive after it says.
CAUSING = _words(
    """
    make help force let see hear watch cause lead enable get have keep
    """
)
#: Days of the week, and days seen from today.
DAYS = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow
    """
)
#: Adverbs that do not vouch for what they modify.
DOUBTS = _words(
    """
    allegedly apparently maybe perhaps possibly potentially presumably probably purportedly
    reportedly seemingly supposedly likely
    """
)
#: Nouns that name nothing by themselves.
EMPTY = _words(
    """
    one thing something anything everything nothing other another lot way kind sort some many
    most all both each such none half rest
    """
)
#: Verbs whose complement the writer vouches for.
FACTIVE = _words(
    """
    acknowledge confirm demonstrate discover ensure establish explain find forget know learn
    note notice observe prove realise realize recall recognise recognize regret remember reveal
    see show understand mean
    """
)
#: Titles that are no part of a name, in lower case without a point.
HONORIFICS = _words(
    """
    mr mrs ms miss dr prof professor sir dame lord lady st saint president senator sen gov gen
    general captain capt col colonel lt king queen prince princess pope
    """
)
#: Prepositions before a place.
LOCATIVE = _words(
    """
    in at on near inside outside within around across throughout over above below behind beside
    between along from to into toward towards
    """
)
#: Months, whole and cut short.
MONTHS = _words(
    """
    january february march april may june july august september october november december jan.
    feb. mar. apr. aug. sept. sep. oct. nov. dec.
    """
)
#: Nouns that only say how much there is of what follows.
QUANTITIES = _words(
    """
    number bunch couple variety majority handful dozen hundred thousand million plenty total likes
    pair series
    """
)
#: Verbs whose subject vouches for what their complement says.
SAYING = _words(
    """
    say tell add report claim state announce write explain argue suggest believe think note
    declare insist
    """
)
#: Dependents of a noun that are no part of its name.
SKIPPED = _words(
    """
    det case cc punct nsubj csubj cop aux mark expl obl discourse
    """
)
#: Nouns that make their phrase a time.
TEMPORAL = _words(
    """
    year month week day decade century morning evening night afternoon spring summer autumn
    winter season time moment hour minute weekend era age period
    """
)
#: Verbs of seeming, saying and intending: what follows as an infinitive is not vouched for.
TENTATIVE = _words(
    """
    appear seem allege believe claim consider estimate expect hope intend plan report rumor
    rumour say schedule suppose suspect tend think threaten try want wish aim agree decide
    propose promise seek attempt refuse offer
    """
)
