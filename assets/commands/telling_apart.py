"""Two objects that look like one and are two: said once, so that nobody is asked again."""

from __future__ import annotations

from assets.queries.objects import ObjectDetail
from assets.rules.permissions import May
from assets.tables import ToldApart
from isms.audit import change
from isms.people import Actor
from isms.rules.errors import Refused
from isms.rules.texts import N_


async def tell_apart(one: ObjectDetail, other: ObjectDetail, *, by: Actor) -> None:
    """Note that both are meant to be there. Raises Refused where somebody noted it already."""
    by.needs(May.MODEL, at=one.path)
    by.needs(May.MODEL, at=other.path)
    if one.id == other.id or one.institution != other.institution:
        raise Refused(N_("Beide Zielobjekte müssen verschieden sein und zum selben Amt gehören."))
    lower, higher = sorted((one.id, other.id))
    async with change("object.told_apart", one, by=by, unit=one.unit, name=other.short_id):
        if await ToldApart.exists().where((ToldApart.lower == lower) & (ToldApart.higher == higher)):
            raise Refused(N_("Dass dies zwei verschiedene sind, ist schon festgehalten."))
        await ToldApart.insert(ToldApart(lower=lower, higher=higher, decided_by=by.id))
