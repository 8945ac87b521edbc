"""A row is added with what is given, and with the table's defaults."""

from datetime import date

import pytest

from isms import db
from isms.db.writing import insert
from isms.rules.terms import Term
from tests.isms.db.tables import Folder, Shelf


class Called(Term):
    FIRST = "first", "der erste"


async def test_a_row_is_added_with_the_defaults_of_its_table(database: db.Database):
    shelf = await insert(Shelf, name=Called.FIRST)
    folder = await insert(Folder, shelf=shelf, title="Verträge", opened_on=date(2026, 3, 1))

    assert await Shelf.select() == [{"id": shelf, "name": "first"}]
    assert await Folder.select() == [
        {
            "id": folder,
            "shelf": shelf,
            "number": 0,
            "title": "Verträge",
            "opened_on": date(2026, 3, 1),
            "closed_on": None,
            "changed_at": None,
            "secret": False,
        }
    ]


async def test_a_column_that_is_not_there_is_named(database: db.Database):
    with pytest.raises(TypeError, match="Shelf has no colour, height"):
        await insert(Shelf, name="A", height=2, colour="red")
