"""A program is a product only by its whole name."""

import pytest

from assets.rules.support_programs import product_of

TITLES = {"surfer": "surfer", "nordwind schreiber": "schreiber", "python": "python", "note++": "note"}


@pytest.mark.parametrize(
    ("name", "version", "publisher", "product"),
    [
        ("Nordwind Surfer 115.3 (x64 de)", "115.3", "Nordwind GmbH", "surfer"),
        ("Nordwind Surfer", "115.3", "Jemand", None),
        ("Nordwind Schreiber 7", "7.0.1", "Nordwind GmbH", "schreiber"),
        ("Python 3.8.1 (64-bit)", "3.8.1150.0", "Python Software Foundation", "python"),
        ("Note++ (64-bit x64)", "8.4", "Note++ Team", "note"),
        ("Südwind Surfer", "115.3", "Nordwind GmbH", None),
        ("Surfer Zusatz für Schreiber", "1.0", "Nordwind GmbH", None),
        ("python", "3.8.10-0ubuntu1~20.04.9", "", None),
        ("python", "", "", None),
        ("", "1", "", None),
    ],
)
def test_a_program_is_its_product(name: str, version: str, publisher: str, product: str | None):
    assert product_of(name, version, publisher, TITLES) == product
