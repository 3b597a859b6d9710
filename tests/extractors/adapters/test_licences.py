"""Licences that restrict are told before use."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.adapters.licences import check_licence, restriction_of
from kgkit.errors import InputError


def card(folder: Path, text: str) -> str:
    (folder / "README.md").write_text(text, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("---\nlanguage: en\nlicense: cc-by-nc-sa-4.0\n---\n# Model", "cc-by-nc-sa-4.0"),
        ('---\nlicense: "CC-BY-NC-4.0"\n---\n', "CC-BY-NC-4.0"),
        ("---\nlicense: apache-2.0\n---\nlicense: cc-by-nc-4.0", ""),
        ("# Model\nlicense: cc-by-nc-4.0", ""),
        ("", ""),
    ],
)
def test_the_card_of_a_folder_is_read(tmp_path: Path, text: str, licence: str) -> None:
    assert restriction_of(card(tmp_path, text)) == licence


def test_a_restricted_model_must_be_accepted(tmp_path: Path) -> None:
    model = card(tmp_path, "---\nlicense: cc-by-nc-4.0\n---\n")
    with pytest.raises(InputError, match="non-commercial use only; give accept_licence=True"):
        check_licence(model, accepted=False)
    check_licence(model, accepted=True)
    check_licence("urchade/gliner_medium-v2.1", accepted=False)
