"""What a package calls people whose names it must not carry."""

import pytest

from isms.rules.packages import names_somebody, pseudonym, words_of

KEY, OTHER = b"a" * 32, b"b" * 32


def test_a_pseudonym_stays_within_a_package_and_changes_with_the_next():
    assert pseudonym("Lukas Weber", KEY) == pseudonym("Lukas Weber", KEY)
    assert pseudonym("Lukas Weber", KEY) != pseudonym("Lukas Weber", OTHER)
    assert pseudonym("Lukas Weber", KEY) != pseudonym("Ayşe Kaya", KEY)
    assert pseudonym("", KEY) == ""
    assert "Weber" not in pseudonym("Lukas Weber", KEY)


@pytest.mark.parametrize("text", ["An LUKAS ausgegeben", '{"to":"lweber@example.org, Weber"}', "Webers? Nein: weber!"])
def test_a_text_with_a_word_of_a_name_names_somebody(text: str):
    assert names_somebody(text, words_of(["Lukas Weber", "Ayşe Kaya"]))


@pytest.mark.parametrize("text", ["", "Notebook im Lager", "Webersche Reihe", '{"to":"person:5"}'])
def test_other_texts_do_not(text: str):
    assert not names_somebody(text, words_of(["Lukas Weber", "Ayşe Kaya"]))
