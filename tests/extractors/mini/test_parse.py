from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from extractors.mini.load import load_mini
from extractors.mini.parse import Analysis, Mini
from extractors.sentences import sentences
from kgkit.errors import ModelError

TEXT = (
    "Marie Curie, who was born in Warsaw in 1867, discovered radium. "
    "She was a member of the Royal Swedish Academy of Sciences. Her dog didn't bark."
)


@pytest.fixture(scope="module")
def mini() -> Mini:
    return load_mini()


@pytest.fixture(scope="module")
def analysis(mini: Mini) -> Analysis:
    return mini.analyse(TEXT, sentences(TEXT))


def test_offsets_are_those_of_the_document(analysis: Analysis) -> None:
    for sentence in analysis:
        assert sentence.start == sentence.tokens[0].start
        assert sentence.end == sentence.tokens[-1].end
        assert all(TEXT[token.start : token.end] == token.text for token in sentence.tokens)


def test_each_sentence_is_a_tree(analysis: Analysis) -> None:
    assert len(analysis) == 3
    for sentence in analysis:
        assert sum(token.deprel == "root" for token in sentence.tokens) == 1
        assert sentence.tokens[sentence.root].deprel == "root"
        assert sentence.subtree(sentence.root) == list(range(len(sentence.tokens)))


def test_the_parse_says_who_did_what(analysis: Analysis) -> None:
    first, _, third = analysis
    verb = first.tokens[first.root]
    assert (verb.text, verb.lemma, verb.upos) == ("discovered", "discover", "VERB")
    (subject,) = first.children(first.root, "nsubj")
    (thing,) = first.children(first.root, "obj")
    assert (first.tokens[subject].text, first.tokens[thing].text) == ("Marie", "radium")
    assert "not" in [third.tokens[i].lemma for i in third.children(third.root, "advmod")]


def test_names_and_dates_are_found(analysis: Analysis) -> None:
    found = {
        (TEXT[slice(*sentence.extent(span.first, span.last))], span.type)
        for sentence in analysis
        for span in sentence.spans
    }
    assert ("Marie Curie", "Person") in found
    assert ("Warsaw", "Location") in found
    assert ("1867", "Time") in found
    assert ("Royal Swedish Academy of Sciences", "Organization") in found


def test_pronouns_lead_to_names(mini: Mini, analysis: Analysis) -> None:
    links = mini.resolve(analysis)
    assert [analysis[link.sentence].tokens[link.token].text for link in links] == ["She", "Her"]
    for link in links:
        assert link.span_sentence == 0
        assert link.span.first == 0
        assert 0.5 < link.probability <= 1.0


def test_shares_of_candidates_leave_room_for_none(mini: Mini, analysis: Analysis) -> None:
    candidates = [(0, span) for span in analysis[0].spans]
    shares = mini.weigh(analysis, (1, 0), candidates)
    assert len(shares) == len(candidates)
    assert 0.0 < sum(shares) <= 1.0


def test_the_same_document_gives_the_same_analysis(mini: Mini, analysis: Analysis) -> None:
    again = mini.analyse(TEXT, sentences(TEXT))
    assert again == analysis
    assert again.vectors.tobytes() == analysis.vectors.tobytes()


@pytest.mark.parametrize("text", ["", "   \n", "\u200b\u200b", "...", "a" * 5000, "7 " * 300])
def test_odd_texts_are_read(mini: Mini, text: str) -> None:
    found = mini.analyse(text, [(0, len(text))])
    assert "".join(token.text for s in found for token in s.tokens) == "".join(text.split())
    assert mini.resolve(found) == []


def test_an_overlong_sentence_is_cut(mini: Mini) -> None:
    text = ", ".join(["the old river floods the wide valley"] * 60)
    found = mini.analyse(text, [(0, len(text))])
    assert len(found) > 1
    assert max(len(sentence.tokens) for sentence in found) <= 120


def test_words_that_were_read_before_are_read_alike(mini: Mini) -> None:
    text = "Marie Curie discovered radium in her laboratory."
    fresh = Mini(mini.network, mini._tokenizer, mini._labels)
    first = fresh.analyse(text, [(0, len(text))])
    again = fresh.analyse(text, [(0, len(text))])
    assert first == again == mini.analyse(text, [(0, len(text))])
    assert (first.vectors == again.vectors).all()


def test_loading_imports_no_compiler() -> None:
    code = (
        "import sys; from extractors.mini.load import load_mini; load_mini(); "
        "print('torch._dynamo' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"


def test_a_missing_adapter_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot read"):
        load_mini(tmp_path)
