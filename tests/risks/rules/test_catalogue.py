import pytest

from risks.rules.catalogue import edition_name


@pytest.mark.parametrize(
    ("version", "name"),
    [("2026-06-24T07:29:51.180608+00:00", "24.06.2026"), ("5.1.1+u4", "5.1.1+u4"), ("1.0", "1.0")],
)
def test_an_edition_is_called_by_its_day(version: str, name: str) -> None:
    assert edition_name(version) == name
