"""What becomes of every person and unit of a list that is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from isms.area import Undo, UndoPlan
from isms.commands.undoing_people import PeopleBack, take_people_back
from isms.people import Actor, PersonRow, UnitRow
from isms.permissions import May
from isms.queries.people_runs import brought_people, brought_units, people_named
from isms.rules.errors import Complaint
from isms.rules.terms import Term
from isms.rules.texts import N_
from isms.undoing import ANY, OUT_OF_REACH, Brought, changes_of, going_back, happened_since, hold_still, leaving

PERSON = Brought(
    "person",
    own={("membership", "person"): 1, ("audit_payload", "institution"): ANY},
    said={
        "membership": N_("Hat seit dem Import eine weitere Rolle bekommen."),
        "session": N_("Hat sich seit dem Import angemeldet."),
        "audit_entry": N_("Hat seit dem Import selbst etwas eingetragen."),
        "handover": N_("Hat seit dem Import ein Gerät bekommen."),
        "assignment": N_("Hat seit dem Import eine Schulung zugewiesen bekommen."),
        "target_object": N_("Ist seit dem Import für ein Zielobjekt zuständig."),
    },
)
UNIT = Brought(
    "unit",
    own={("unit", "institution"): ANY},
    said={
        "unit": N_("Seit dem Import hängen andere Einheiten darunter."),
        "person": N_("Seit dem Import arbeiten dort Personen."),
        "membership": N_("Seit dem Import hat dort jemand eine Rolle."),
        "device": N_("Seit dem Import gehören Geräte dazu."),
        "target_object": N_("Seit dem Import gehören Zielobjekte dazu."),
    },
)


class PersonField(Term):
    """What a list may say of somebody."""

    NAME = "name", N_("Name")
    LOGIN = "login", N_("Anmeldename")
    EMAIL = "email", N_("E-Mail")
    UNIT = "unit", N_("Einheit")


LEAVES = N_("Gilt ab heute als ausgeschieden; der Anmeldename ist wieder frei.")
CLOSES = N_("Die Einheit wird geschlossen.")
OPEN_BELOW = N_("Darunter bleibt eine Einheit.")


async def plan(run: int, *, by: Actor, on: date) -> UndoPlan:
    await hold_still(run, "person", "unit")
    people, units = await brought_people(run), await brought_units(run)
    stays = {one.key: why for one in people if (why := _reach(one, by))}
    stays |= {one.key: why for one in units if (why := _reach(one, by))}
    stays |= {f"person:{id}": why for id, why in (await happened_since(PERSON, run)).items()}
    stays |= {f"unit:{id}": why for id, why in (await happened_since(UNIT, run)).items()}
    stays |= {one.key: Complaint(OPEN_BELOW) for one in units if one.key not in stays and _holds(one, units, stays)}
    changes = await changes_of(run)
    restored, former = going_back(
        await people_named(list(changes)), changes, _stands, PersonField, reach=lambda one: _reach(one, by)
    )
    reversals = [
        *(leaving(one, stays.get(one.key), LEAVES) for one in people),
        *(leaving(one, stays.get(one.key), CLOSES) for one in units),
        *restored,
    ]
    gone = [one for one in people if one.key not in stays]
    closed = [one for one in units if one.key not in stays]
    return UndoPlan(reversals, PeopleBack(gone, closed, former))


async def carry_out(plan: UndoPlan, *, run: int, by: Actor, on: date) -> None:
    back = plan.load if isinstance(plan.load, PeopleBack) else PeopleBack()
    await take_people_back(back, run=run, by=by, on=on)


UNDO_PEOPLE = Undo(plan, carry_out)


def _reach(one: PersonRow | UnitRow, by: Actor) -> Complaint | None:
    return None if by.may(May.MANAGE_PEOPLE, at=one.path) else Complaint(OUT_OF_REACH)


def _holds(one: UnitRow, units: Sequence[UnitRow], stays: Mapping[str, Complaint]) -> bool:
    return any(other.key in stays and other.path.startswith(one.path) for other in units)


def _stands(person: PersonRow, field: str, after: object) -> bool:
    return bool(getattr(person, field) == after)
