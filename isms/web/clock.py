"""What day it is. Nothing below the pages asks."""

from datetime import UTC, date, datetime

from isms.texts import office_day


def today() -> date:
    """The office's day, whatever zone the server keeps: figures end a day at its midnight."""
    return office_day(datetime.now(UTC))
