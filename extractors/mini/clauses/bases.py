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
#: Letters that no English verb ends in, so that an e is missing.
_UNFINISHED = ("v", "c", "u", "z", "bl", "pl", "tl", "cl", "dl", "gl", "fl", "kl", "rg", "dg", "rs")
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
    if base.endswith(_DOUBLED) and len(base) > 3 and form.startswith(base):
        return base[:-1]
    if base.endswith(_UNFINISHED) and form.startswith(base + "e"):
        return base + "e"
    return base
