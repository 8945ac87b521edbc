"""Length and not being common: nothing else is asked of a password."""

import pytest

from isms.rules.passwords import complaint_about

COMMON = {"passwort1234", "sommer", "qwertzuiop12"}


@pytest.mark.parametrize("good", ["Kranich Birke Fahrrad", "vier kurze wörter da", "Ünïcödé-Zeichenkette"])
def test_long_and_uncommon_is_enough(good: str):
    assert complaint_about(good, common=COMMON, about=["Lukas Weber"]) is None


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("kurz", "mindestens 12 Zeichen"),
        ("x" * 201, "höchstens 200 Zeichen"),
        ("Passwort1234", "häufiger Passwörter"),
        ("Sommer202612!", "häufiger Passwörter"),
        ("aaaaaaaaaaaaaa", "häufiger Passwörter"),
        ("Lukas Weber 2026", "aus Ihrem Namen"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(bad: str, said: str):
    assert said in str(complaint_about(bad, common=COMMON, about=["Lukas Weber"]))
