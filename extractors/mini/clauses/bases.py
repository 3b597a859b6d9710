"""Base forms of verbs and nouns: closed lists and spelling rules over what the tagger says.

Relations are named after base forms, so one verb has to have one name whatever the tagger
makes of its endings.
"""

from __future__ import annotations

from extractors.mini.syntax import Token

__all__ = ["base_form"]

#: Verbs whose forms do not follow from their base form, which comes first.
_IRREGULAR = """
    be am is are was were been being 's 're 'm | have has had having 've
    do does did done doing | say said says | go went gone goes going | get got gotten getting
    make made making | know knew known | think thought | take took taken taking | see saw seen
    come came coming | find found | give gave given giving | tell told | become became becoming
    leave left leaving | feel felt | put putting | bring brought | begin began begun beginning
    keep kept | hold held | write wrote written writing | stand stood | hear heard | let letting
    mean meant | set setting | meet met | run ran running | pay paid | sit sat sitting
    speak spoke spoken | lie lain lying | lead led | read | grow grew grown | lose lost losing
    fall fell fallen | send sent | build built | understand understood | draw drew drawn
    break broke broken | spend spent | cut cutting | rise rose risen rising
    drive drove driven driving | buy bought | wear wore worn | choose chose chosen choosing
    win won winning | teach taught | catch caught | fight fought | sell sold | sing sang sung
    fly flew flown flies | seek sought | throw threw thrown | shoot shot
    strike struck stricken striking | hide hid hidden hiding | bear bore borne born
    beat beaten | bind bound | blow blew blown | breed bred | burn burnt | cling clung
    creep crept | deal dealt | dig dug digging | eat ate eaten | feed fed | flee fled
    forbid forbade forbidden | forget forgot forgotten | forgive forgave forgiven
    freeze froze frozen | hang hung | hit hitting | kneel knelt | lay laid | lend lent
    light lit | overcome overcame | overthrow overthrew overthrown | quit quitting
    ride rode ridden riding | ring rang rung | shake shook shaken | shed shedding | shine shone
    shrink shrank shrunk | shut shutting | sink sank sunk | sleep slept | slide slid
    spin spun spinning | split splitting | spring sprang sprung | steal stole stolen
    stick stuck | swear swore sworn | sweep swept | swim swam swum swimming | swing swung
    tear tore torn | undergo underwent undergone | undertake undertook undertaken
    wake woke woken | weave wove woven | withdraw withdrew withdrawn | wind wound | bid bidding
    bet betting | arise arose arisen | awake awoke | foresee foresaw foreseen | rebuild rebuilt
    remake remade | rewrite rewrote rewritten | die died dies dying | tie tied ties tying
    outsell outsold | oversee oversaw overseen | mistake mistook mistaken | base based basing
    share shared sharing | use used using | name named naming | move moved moving
    release released releasing | include included including | create created creating
    locate located locating | produce produced producing
"""
_BASES = {
    form: forms[0]
    for line in _IRREGULAR.strip().splitlines()
    for forms in map(str.split, line.split("|"))
    for form in forms
}
_VOWELS = frozenset("aeiou")
#: Endings of stems that lack an e: no English verb ends so.
_UNFINISHED = (
    *("v", "c", "u", "z", "bl", "pl", "tl", "cl", "dl", "gl", "fl", "kl", "rg", "dg", "rs", "iat"),
    *("uat", "quir", "eas", "aus", "chang", "rrang"),
)
#: The same after a consonant ("creat", "decid", "defin"); after a vowel they are whole ("treat").
_OPEN = (
    *("at", "id", "in", "is", "as", "os", "ag", "ur", "ir", "ar", "ak", "ik", "ok", "ot", "ut"),
    *("am", "im", "ab", "ib", "ob", "ub", "ul", "il", "od", "ud"),
)
#: Endings of stems that take no e.
_FINISHED = (
    *("pt", "gn", "ct", "nt", "lt", "rt", "ft", "xt", "nd", "ld", "rd", "sh", "ck", "ss", "ff"),
    *("ook", "alk", "ach", "tch", "eed", "ead", "eat", "ait", "ain", "oat", "eep", "est", "ist"),
    *("ust", "ost", "isit", "der", "ter", "ffer", "iver", "y", "dd", "pp", "wn"),
    *("ll", "tion", "ow", "ew", "aw", "oy", "ay", "rn", "rm", "lm", "rk", "sk", "nk", "mp", "lp"),
)
#: Verbs in -ite; the others end in -it.
_ITE = frozenset(
    (
        *("bite", "cite", "excite", "expedite", "extradite", "ignite", "incite", "invite"),
        *("recite", "reunite", "unite", "write"),
    )
)
_DOUBLED = ("bb", "dd", "gg", "mm", "nn", "pp", "rr", "tt")


def base_form(token: Token) -> str:
    """Return the base form of a word, in lower case unless it is a name.

    >>> base_form(Token(0, 7, "Married", "marrie", "VERB", "VBD", -1, "root"))
    'marry'
    """
    if token.upos in ("VERB", "AUX"):
        return _verb(token)
    if token.upos == "NOUN" and token.xpos == "NN":
        return token.text.lower()
    return token.lemma if token.upos == "PROPN" else token.lemma.lower()


def _verb(token: Token) -> str:
    form = token.text.lower()
    if form in _BASES and token.upos == "VERB":
        return _BASES[form]
    base = token.lemma.lower() or form
    if token.xpos in ("VB", "VBP") and form.isalpha():
        return base if token.upos == "AUX" else form
    if form.endswith("ied") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith("ed"):
        return _stripped(base if base in (form[:-1], form[:-2], form[:-3]) else form[:-2], form)
    if form.endswith("ing"):
        stem = form[:-3]
        return _stripped(base if base in (stem, stem + "e", stem[:-1]) else stem, form)
    return base


def _stripped(base: str, form: str) -> str:
    """Return the base form of a regular past or participle whose e and doubling are in doubt."""
    if base.endswith("ite") and base not in _ITE:
        base = base[:-1]
    if base.endswith("e") and base[:-1].endswith((*_FINISHED, *_DOUBLED)):
        base = base[:-1]
    if base.endswith(_DOUBLED) and len(base) > 3 and form.startswith(base):
        return base[:-1]
    doubled = bool(base) and form.startswith(base + base[-1])
    return base + "e" if not doubled and _lacks_e(base) else base


def _lacks_e(stem: str) -> bool:
    if stem.endswith(_UNFINISHED):
        return True
    return len(stem) > 2 and stem.endswith(_OPEN) and stem[-3] not in _VOWELS
