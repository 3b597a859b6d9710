"""Clauses of verbs."""

from __future__ import annotations

from collections.abc import Callable

Told = Callable[..., list[str]]


def test_active_transitive_with_time_and_place(told: Told) -> None:
    assert told(
        """Ada/Ada/PROPN/NNP/2/nsubj met/meet/VERB/VBD/0/root Charles/Charles/PROPN/NNP/2/obj
        in/in/ADP/IN/5/case London/London/PROPN/NNP/2/obl in/in/ADP/IN/7/case
        1833/1833/NUM/CD/2/obl ././PUNCT/./2/punct"""
    ) == ["Ada | met | object:Charles; oblique:in+London; oblique:in+1833"]


def test_passive_with_an_agent(told: Told) -> None:
    assert told(
        """The/the/DET/DT/2/det film/film/NOUN/NN/4/nsubj:pass was/be/AUX/VBD/4/aux:pass
        directed/direct/VERB/VBN/0/root by/by/ADP/IN/6/case Varda/Varda/PROPN/NNP/4/obl:agent"""
    ) == ["The film | was directed | agent:by+Varda | passive"]


def test_relative_clause_speaks_of_its_antecedent(told: Told) -> None:
    assert told(
        """Ida/Ida/PROPN/NNP/6/nsubj who/who/PRON/WP/3/nsubj wrote/write/VERB/VBD/1/acl:relcl
        novels/novel/NOUN/NNS/3/obj often/often/ADV/RB/6/advmod travelled/travel/VERB/VBD/0/root
        to/to/ADP/IN/8/case Rome/Rome/PROPN/NNP/6/obl"""
    ) == ["Ida | wrote | object:novels", "Ida | often travelled | oblique:to+Rome"]


def test_relative_clause_without_pronoun_has_its_antecedent_as_object(told: Told) -> None:
    assert "she | painted | object:the house" in told(
        """the/the/DET/DT/2/det house/house/NOUN/NN/5/nsubj she/she/PRON/PRP/4/nsubj
        painted/paint/VERB/VBD/2/acl:relcl burned/burn/VERB/VBD/0/root"""
    )


def test_participle_after_a_noun_is_a_clause_of_its_own(told: Told) -> None:
    assert told(
        """films/film/NOUN/NNS/5/nsubj directed/direct/VERB/VBN/1/acl by/by/ADP/IN/4/case
        Varda/Varda/PROPN/NNP/2/obl:agent won/win/VERB/VBD/0/root prizes/prize/NOUN/NNS/5/obj"""
    ) == [
        "films | be directed | agent:by+Varda | passive",
        "films directed by Varda | won | object:prizes",
    ]


def test_coordinated_verbs_share_subject_auxiliary_and_object(told: Told) -> None:
    assert told(
        """They/they/PRON/PRP/3/nsubj have/have/AUX/VBP/3/aux bought/buy/VERB/VBN/0/root
        and/and/CCONJ/CC/5/cc sold/sell/VERB/VBN/3/conj ships/ship/NOUN/NNS/3/obj"""
    ) == ["They | have bought | object:ships", "They | have sold | object:ships"]


def test_infinitive_and_gerund_are_told_with_their_verb(told: Told) -> None:
    assert told(
        """Eve/Eve/PROPN/NNP/2/nsubj began/begin/VERB/VBD/0/root working/work/VERB/VBG/2/xcomp
        for/for/ADP/IN/5/case Siemens/Siemens/PROPN/NNP/3/obl"""
    ) == ["Eve | began working | oblique:for+Siemens"]


def test_object_of_a_verb_does_what_the_infinitive_says(told: Told) -> None:
    assert told(
        """Eve/Eve/PROPN/NNP/2/nsubj asked/ask/VERB/VBD/0/root Tom/Tom/PROPN/NNP/2/obj
        to/to/PART/TO/5/mark leave/leave/VERB/VB/2/xcomp Rome/Rome/PROPN/NNP/5/obj"""
    ) == [
        "Eve | asked | object:Tom; complement:to+leave Rome",
        "Tom | leave | object:Rome | maybe",
    ]


def test_coordinated_objects_keep_their_members(parse: Callable[..., object]) -> None:
    from extractors.mini.clauses import clauses
    from extractors.mini.syntax import Sentence

    sentence = parse(
        """He/he/PRON/PRP/2/nsubj visited/visit/VERB/VBD/0/root Rome/Rome/PROPN/NNP/2/obj
        and/and/CCONJ/CC/6/cc old/old/ADJ/JJ/6/amod Siena/Siena/PROPN/NNP/3/conj"""
    )
    assert isinstance(sentence, Sentence)
    (clause,) = clauses(sentence)
    visited = clause.arguments[0]
    assert visited.words(sentence) == "Rome and old Siena"
    assert [part.words(sentence) for part in visited.members] == ["Rome", "old Siena"]
    assert clause.extent(sentence) == (0, 29)


def test_a_verb_without_a_subject_states_nothing(told: Told) -> None:
    assert told("Go/go/VERB/VB/0/root home/home/ADV/RB/1/advmod") == []


def test_an_expletive_states_nothing(told: Told) -> None:
    assert told("There/there/PRON/EX/2/expl is/be/VERB/VBZ/0/root snow/snow/NOUN/NN/2/nsubj") == []
