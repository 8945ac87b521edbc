"""The forms about a target object, and how they become facts."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Annotated

from msgspec import Meta

from assets.queries.objects import ObjectDetail
from assets.rules.communication import Critical, noted_as
from assets.rules.facts import ObjectFacts
from assets.rules.fields import FIELDS
from assets.rules.kinds import Kind, LinkKind, OperatingStage
from assets.rules.protection import Goal, ProtectionNeed, ReasonKind
from isms.forms import Form
from isms.people import Actor, someone
from isms.rules.errors import Incomplete, Missing
from isms.rules.texts import N_

LABELS = {
    "name": N_("Name"),
    "description": N_("Beschreibung"),
    "responsible": N_("Verantwortlich"),
    "tags": N_("Schlagwörter"),
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
    tags: str = ""
    variety: Annotated[str, Meta(max_length=120)] = ""
    platform: Annotated[str, Meta(max_length=120)] = ""
    release: Annotated[str, Meta(max_length=60)] = ""
    administrator: int | None = None
    critical: list[Critical] = []
    provider_operated: bool = False
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


def labels_of(kind: Kind) -> dict[str, str]:
    """Every field of the form about an object of this kind, by what people call it."""
    return {**LABELS, **{field.name: field.label for field in FIELDS[kind]}}


async def facts_of(form: ObjectForm, kind: Kind, *, seen_by: Actor, before: ObjectFacts | None = None) -> ObjectFacts:
    """What the form says; what its kind has no field for stays. Raises Incomplete for somebody not of this office."""
    told = ObjectFacts(
        name=form.name,
        description=form.description,
        vendor=form.vendor,
        variety=form.variety,
        platform=form.platform,
        release=form.release,
        administrator=await _colleague("administrator", form.administrator, seen_by),
        critical=noted_as(form.critical),
        provider_operated=form.provider_operated,
        responsible=await _colleague("responsible", form.responsible, seen_by),
        number=form.number,
        operating_stage=form.operating_stage,
        personal_data=form.personal_data,
    )
    unasked = {name for fields in FIELDS.values() for name in (field.name for field in fields)}
    unasked -= {field.name for field in FIELDS[kind]}
    return replace(told, **{name: getattr(before, name) for name in unasked}) if before else told


def typed(target: ObjectDetail) -> dict[str, object]:
    """The object as the form's fields hold it."""
    facts = asdict(target.facts)
    return {
        **facts,
        "critical": target.critical.split(),
        "categories": target.categories,
        "tags": ", ".join(target.tags),
        "unit": target.unit,
        "version": target.version,
    }


async def _colleague(field: str, id: int | None, seen_by: Actor) -> int | None:
    if id is None:
        return None
    try:
        return (await someone(id, within=seen_by)).id
    except Missing as error:
        raise Incomplete({field: error.message}) from error
