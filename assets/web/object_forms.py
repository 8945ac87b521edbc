"""The forms about a target object, and how they become facts."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from assets.queries.objects import ObjectDetail
from assets.rules.facts import ObjectFacts
from assets.rules.kinds import Kind, LinkKind, OperatingStage
from assets.rules.protection import Goal, ProtectionNeed, ReasonKind
from isms.forms import Form
from isms.people import Actor, someone
from isms.rules.errors import Incomplete, Missing
from isms.rules.texts import N_

LABELS = {
    "name": N_("Name"),
    "description": N_("Beschreibung"),
    "vendor": N_("Hersteller oder Träger"),
    "responsible": N_("Verantwortlich"),
    "number": N_("Anzahl gleicher Objekte"),
    "operating_stage": N_("Betrieb"),
    "personal_data": N_("Verarbeitet personenbezogene Daten"),
    "categories": N_("Zielobjektkategorien"),
}


class ObjectForm(Form):
    name: Annotated[str, Meta(max_length=120)]
    description: str = ""
    vendor: Annotated[str, Meta(max_length=120)] = ""
    responsible: int | None = None
    number: Annotated[int, Meta(ge=1, le=100_000)] = 1
    operating_stage: OperatingStage = OperatingStage.IN_OPERATION
    personal_data: bool = False
    categories: list[str] = []
    unit: int | None = None
    version: int = 1


class NewObjectForm(ObjectForm, kw_only=True):
    kind: Kind
    unit: int


class NeedsForm(Form):
    version: int
    confidentiality: ProtectionNeed | None = None
    integrity: ProtectionNeed | None = None
    availability: ProtectionNeed | None = None
    reason: str = ""

    @property
    def own(self) -> dict[Goal, ProtectionNeed | None]:
        return dict(zip(Goal, (self.confidentiality, self.integrity, self.availability), strict=True))


class SettlementForm(Form):
    goal: Goal
    need: ProtectionNeed
    kind: ReasonKind
    reason: str
    version: int


class UnsettlingForm(Form):
    goal: Goal
    version: int
    reason: str = ""


class LinkForm(Form):
    kind: LinkKind
    target: int


class CarriedForm(Form):
    kind: LinkKind
    sources: list[int]


class EndingForm(Form):
    reason: str
    version: int


async def facts_of(form: ObjectForm, *, seen_by: Actor) -> ObjectFacts:
    """What the form says. Raises Incomplete for somebody who is not of this office."""
    return ObjectFacts(
        name=form.name,
        description=form.description,
        vendor=form.vendor,
        responsible=await _responsible(form.responsible, seen_by),
        number=form.number,
        operating_stage=form.operating_stage,
        personal_data=form.personal_data,
    )


def typed(target: ObjectDetail) -> dict[str, object]:
    """The object as the form's fields hold it."""
    return {
        "name": target.name,
        "description": target.description,
        "vendor": target.vendor,
        "responsible": target.responsible,
        "number": target.number,
        "operating_stage": target.operating_stage,
        "personal_data": target.personal_data,
        "categories": target.categories,
        "unit": target.unit,
        "version": target.version,
    }


async def _responsible(id: int | None, seen_by: Actor) -> int | None:
    if id is None:
        return None
    try:
        return (await someone(id, within=seen_by)).id
    except Missing as error:
        raise Incomplete({"responsible": error.message}) from error
