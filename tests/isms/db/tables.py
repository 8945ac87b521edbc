"""A few tables that only the tests of the database know."""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class Shelf(Table):
    id: Serial
    name = Varchar(length=40)


class Folder(Table):
    id: Serial
    shelf = ForeignKey(Shelf, null=False, on_delete=OnDelete.restrict)
    number = Integer(default=0)
    title = Text(index=True)
    opened_on = Date(null=True, default=None)
    closed_on = Date(null=True, default=None)
    changed_at = Timestamptz(null=True, default=None)
    secret = Boolean(default=False)

    folder_shelf_number_key = Unique([shelf, number])
    folder_closed_after_opened = Check(closed_on.is_null() | (closed_on >= opened_on))


TABLES = (Shelf, Folder)
