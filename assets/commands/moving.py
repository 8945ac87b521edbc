"""Moving a record to another unit of the same office."""

from isms.people import Actor, UnitRow
from isms.rules.errors import Refused
from isms.rules.permissions import Permission
from isms.rules.texts import N_


def check_move(by: Actor, right: Permission, unit: UnitRow, institution: int) -> None:
    """Raise Forbidden without the right there, Refused for another office: its trail could not tell the rest."""
    by.needs(right, at=unit.path)
    if unit.institution != institution:
        raise Refused(N_("„{unit}“ gehört zu einem anderen Amt. Dort wird neu aufgenommen."), unit=unit.name)
