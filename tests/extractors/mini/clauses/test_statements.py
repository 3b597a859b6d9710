"""From parsed sentences to facts."""

from __future__ import annotations

from collections.abc import Callable

from extractors.base import Extraction
from extractors.mini.extractor import read
from extractors.mini.pronouns import Link
from extractors.mini.syntax import Sentence
from kgkit.evidence import TextEvidence
from kgkit.facts import Chunk, Document, Fact, Literal, Modality, Polarity

Parse = Callable[..., Sentence]
PERSON, PLACE, TIME, WORK = "Person", "Location", "Time", "Misc"


def extraction(sentence: Sentence, title: str = "", **options: object) -> Extraction:
    text = ""
    for token in sentence.tokens:
        text = text.ljust(token.start) + token.text
    document = Document("notes/a.txt", text, title)
    chunk = Chunk(document.id, 0, 0, len(text), text, ((0, len(text)),))
    links = options.get("links")
    return read(document, [chunk], [sentence], links if isinstance(links, list) else ())


def facts(sentence: Sentence, title: str = "", **options: object) -> list[str]:
    return sorted(map(str, extraction(sentence, title, **options).facts))


def only(sentence: Sentence) -> Fact:
    (fact,) = extraction(sentence).facts
    return fact


def test_birth_gives_one_fact_for_time_and_one_for_place(parse: Parse) -> None:
    sentence = parse(
        """Marie/Marie/PROPN/NNP/4/nsubj:pass Curie/Curie/PROPN/NNP/1/flat was/be/AUX/VBD/4/aux:pass
        born/bear/VERB/VBN/0/root in/in/ADP/IN/6/case Warsaw/Warsaw/PROPN/NNP/4/obl
        in/in/ADP/IN/8/case 1867/1867/NUM/CD/4/obl""",
        (0, 2, PERSON),
        (5, 6, PLACE),
        (7, 8, TIME),
    )
    assert facts(sentence) == [
        "(Marie Curie)-[BORN_IN]->(1867)",
        "(Marie Curie)-[BORN_IN]->(Warsaw)",
    ]


def test_passive_with_agent_is_told_by_its_agent_with_qualifiers(parse: Parse) -> None:
    fact = only(
        parse(
            """Alien/Alien/PROPN/NNP/3/nsubj:pass was/be/AUX/VBD/3/aux:pass
            directed/direct/VERB/VBN/0/root by/by/ADP/IN/5/case Ridley/Ridley/PROPN/NNP/3/obl:agent
            Scott/Scott/PROPN/NNP/5/flat in/in/ADP/IN/8/case 1979/1979/NUM/CD/3/obl""",
            (0, 1, WORK),
            (4, 6, PERSON),
            (7, 8, TIME),
        )
    )
    assert str(fact) == "(Ridley Scott)-[DIRECT]->(Alien)"
    assert fact.predicate == "was directed"
    (qualifier,) = fact.qualifiers
    assert qualifier.role == "time"
    assert qualifier.value == Literal(1979, "gYear", "1979")
    (evidence,) = fact.evidence
    assert isinstance(evidence, TextEvidence)
    assert (evidence.start, evidence.end, evidence.extractor) == (0, 42, "mini/1")


def test_predicate_nouns_relate_or_tell_the_kind(parse: Parse) -> None:
    lines = """Quito/Quito/PROPN/NNP/4/nsubj is/be/AUX/VBZ/4/cop {det}/{det}/DET/DT/4/det
        {noun}/{noun}/NOUN/NN/0/root {case}/{case}/ADP/IN/6/case Ecuador/Ecuador/PROPN/NNP/4/nmod"""
    spans = (0, 1, PLACE), (5, 6, PLACE)
    assert facts(parse(lines.format(det="the", noun="capital", case="of"), *spans)) == [
        "(Quito)-[CAPITAL_OF]->(Ecuador)"
    ]
    assert facts(parse(lines.format(det="a", noun="city", case="in"), *spans)) == [
        "(Quito)-[CITY_IN]->(Ecuador)",
        "(Quito)-[INSTANCE_OF]->(city)",
    ]


def test_relational_subject_of_a_copula(parse: Parse) -> None:
    sentence = parse(
        """The/the/DET/DT/2/det capital/capital/NOUN/NN/6/nsubj of/of/ADP/IN/4/case
        Ecuador/Ecuador/PROPN/NNP/2/nmod is/be/AUX/VBZ/6/cop Quito/Quito/PROPN/NNP/0/root""",
        (3, 4, PLACE),
        (5, 6, PLACE),
    )
    assert facts(sentence) == ["(Quito)-[CAPITAL_OF]->(Ecuador)"]
    sentence = parse(
        """Ecuador/Ecuador/PROPN/NNP/3/nmod:poss 's/'s/PART/POS/1/case
        capital/capital/NOUN/NN/5/nsubj is/be/AUX/VBZ/5/cop Quito/Quito/PROPN/NNP/0/root""",
        (0, 1, PLACE),
        (4, 5, PLACE),
    )
    assert facts(sentence) == ["(Ecuador)-[CAPITAL]->(Quito)"]


def test_possessor_and_named_possession(parse: Parse) -> None:
    sentence = parse(
        """Pierre/Pierre/PROPN/NNP/3/nmod:poss 's/'s/PART/POS/1/case wife/wife/NOUN/NN/5/nsubj
        Marie/Marie/PROPN/NNP/3/appos smiled/smile/VERB/VBD/0/root""",
        (0, 1, PERSON),
        (3, 4, PERSON),
    )
    assert "(Pierre)-[WIFE]->(Marie)" in facts(sentence)


def test_apposition_names_an_office(parse: Parse) -> None:
    sentence = parse(
        """Scott/Scott/PROPN/NNP/7/nsubj ,/,/PUNCT/,/3/punct director/director/NOUN/NN/1/appos
        of/of/ADP/IN/5/case Alien/Alien/PROPN/NNP/3/nmod ,/,/PUNCT/,/3/punct
        smiled/smile/VERB/VBD/0/root""",
        (0, 1, PERSON),
        (4, 5, WORK),
    )
    assert "(Scott)-[DIRECTOR_OF]->(Alien)" in facts(sentence)


def test_denied_and_hedged_facts_say_so(parse: Parse) -> None:
    lines = """Ida/Ida/PROPN/NNP/4/nsubj {aux}/{aux}/AUX/MD/4/aux {word}/{word}/PART/RB/4/advmod
        visit/visit/VERB/VB/0/root Oslo/Oslo/PROPN/NNP/4/obj"""
    spans = (0, 1, PERSON), (4, 5, PLACE)
    denied = only(parse(lines.format(aux="did", word="not"), *spans))
    assert (denied.polarity, denied.modality) == (Polarity.NEGATIVE, Modality.ASSERTED)
    hedged = only(parse(lines.format(aux="might", word="soon"), *spans))
    assert (hedged.polarity, hedged.modality) == (Polarity.POSITIVE, Modality.HEDGED)
    assert not denied.is_edge
    assert not hedged.is_edge


def test_coordinated_ends_are_told_apart(parse: Parse) -> None:
    sentence = parse(
        """Ida/Ida/PROPN/NNP/4/nsubj and/and/CCONJ/CC/3/cc Tom/Tom/PROPN/NNP/1/conj
        visited/visit/VERB/VBD/0/root Oslo/Oslo/PROPN/NNP/4/obj and/and/CCONJ/CC/7/cc
        Bergen/Bergen/PROPN/NNP/5/conj""",
        *[(0, 1, PERSON), (2, 3, PERSON), (4, 5, PLACE), (6, 7, PLACE)],
    )
    assert facts(sentence) == [
        "(Ida)-[VISIT]->(Bergen)",
        "(Ida)-[VISIT]->(Oslo)",
        "(Tom)-[VISIT]->(Bergen)",
        "(Tom)-[VISIT]->(Oslo)",
    ]


def test_common_nouns_are_concepts_and_counted_things_are_numbers(parse: Parse) -> None:
    (fact,) = extraction(
        parse(
            """Ida/Ida/PROPN/NNP/2/nsubj designed/design/VERB/VBD/0/root the/the/DET/DT/6/det
            first/first/ADJ/JJ/6/amod steam/steam/NOUN/NN/6/compound engine/engine/NOUN/NN/2/obj""",
            (0, 1, PERSON),
        )
    ).facts
    assert str(fact) == "(Ida)-[DESIGN]->(first steam engine)"
    assert getattr(fact.tail, "type", "") == "Concept"
    counted = only(
        parse(
            """Ida/Ida/PROPN/NNP/2/nsubj walked/walk/VERB/VBD/0/root 170/170/NUM/CD/4/nummod
            km/km/NOUN/NN/2/obj""",
            (0, 1, PERSON),
        )
    )
    assert counted.tail == Literal(170, "integer", "170 km", "km")


def test_pronouns_count_where_they_are_resolved(parse: Parse) -> None:
    sentence = parse(
        """Ida/Ida/PROPN/NNP/2/nsubj slept/sleep/VERB/VBD/0/root ;/;/PUNCT/,/5/punct
        she/she/PRON/PRP/5/nsubj visited/visit/VERB/VBD/2/parataxis Oslo/Oslo/PROPN/NNP/5/obj""",
        (0, 1, PERSON),
        (5, 6, PLACE),
    )
    assert facts(sentence) == []
    found = extraction(sentence, links=[Link(0, 3, 0, sentence.spans[0], 0.9)])
    assert [str(fact) for fact in found.facts] == ["(Ida)-[VISIT]->(Oslo)"]
    assert [(m.text, m.entity.name) for m in found.mentions] == [
        ("Ida", "Ida"),
        ("she", "Ida"),
        ("Oslo", "Oslo"),
    ]


def test_the_title_keeps_its_bracket(parse: Parse) -> None:
    sentence = parse(
        """Alien/Alien/PROPN/NNP/2/nsubj won/win/VERB/VBD/0/root prizes/prize/NOUN/NNS/2/obj""",
        (0, 1, WORK),
    )
    assert facts(sentence, "Alien (film)") == ["(Alien (film))-[WIN]->(prizes)"]


def test_mentions_stand_where_the_text_has_them(parse: Parse) -> None:
    sentence = parse(
        """The/the/DET/DT/3/det World/World/PROPN/NNP/3/compound Bank/Bank/PROPN/NNP/6/nsubj
        (/(/PUNCT/-LRB-/5/punct WB/WB/PROPN/NNP/3/appos lent/lend/VERB/VBD/0/root
        money/money/NOUN/NN/6/obj""",
        (1, 3, "Organization"),
    )
    found = extraction(sentence)
    assert [(m.start, m.end, m.text) for m in found.mentions] == [(4, 14, "World Bank")]
    assert all(mention.document_id for mention in found.mentions)
