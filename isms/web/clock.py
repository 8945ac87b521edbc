"""What day it is. Nothing below the pages asks."""

from datetime import date, datetime

from isms.texts import ZONE


def today() -> date:
    """The office's day, whatever zone the server keeps: figures end a day at its midnight."""
    return datetime.now(ZONE).date()
