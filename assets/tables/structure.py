"""Target objects, their links and categories, and the scopes that they lie in. Nothing here is ever deleted."""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Unique

from assets.rules.kinds import Kind, LinkKind, OperatingStage
from assets.rules.protection import ProtectionNeed
from assets.rules.scopes import Method, SafeguardLevel
from isms.tables import ImportRun, Person, Record, Unit


class Scope(Record):
    """What one ISMS answers for (Informationsverbund). An object may belong to several."""

    name = Varchar(length=120)
    description = Text(default="")
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    method = Varchar(length=24, choices=Method, default=Method.GRUNDSCHUTZ_PLUS_PLUS)
    safeguard_level = Varchar(length=12, choices=SafeguardLevel, default=SafeguardLevel.STANDARD)
    ended_on = Date(null=True, default=None)
    version = Integer(default=1)
    recorded_at = Timestamptz()


class TargetObject(Record):
    """Something that needs protection. `own_*` is what people found for it itself, empty where nobody did yet;
    the needs without prefix are the effective ones, which only `assets.commands.needs` writes."""

    short_id = Varchar(length=12)
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    kind = Varchar(length=24, choices=Kind)
    name = Varchar(length=120)
    description = Text(default="")
    vendor = Varchar(length=120, default="")
    responsible = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    number = Integer(default=1)
    operating_stage = Varchar(length=24, choices=OperatingStage, default=OperatingStage.IN_OPERATION)
    personal_data = Boolean(default=False)
    own_confidentiality = Integer(choices=ProtectionNeed, null=True, default=None)
    own_integrity = Integer(choices=ProtectionNeed, null=True, default=None)
    own_availability = Integer(choices=ProtectionNeed, null=True, default=None)
    confidentiality = Integer(choices=ProtectionNeed, default=ProtectionNeed.NORMAL)
    integrity = Integer(choices=ProtectionNeed, default=ProtectionNeed.NORMAL)
    availability = Integer(choices=ProtectionNeed, default=ProtectionNeed.NORMAL)
    ended_on = Date(null=True, default=None)
    import_run = ForeignKey(ImportRun, on_delete=OnDelete.restrict, null=True, default=None)
    version = Integer(default=1)
    recorded_at = Timestamptz()

    target_object_short_id_uq = Unique([institution, short_id])


class ShortIdSeries(Record):
    """The last number given to a kind of object in an institution, so that no short id is ever given twice."""

    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    kind = Varchar(length=24, choices=Kind)
    last = Integer(default=0)

    short_id_series_uq = Unique([institution, kind])


class ScopeMember(Record):
    """An object within a scope, from a day until a day on which it no longer is."""

    scope = ForeignKey(Scope, on_delete=OnDelete.restrict, null=False)
    target_object = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False, index=True)
    starts_on = Date()
    ended_on = Date(null=True, default=None)
    recorded_at = Timestamptz()


class ObjectCategory(Record):
    """A target object category that somebody chose for an object. What it is a kind of follows by rule."""

    target_object = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False)
    category = Varchar(length=36, index=True)
    starts_on = Date()
    ended_on = Date(null=True, default=None)
    recorded_at = Timestamptz()


class ObjectLink(Record):
    """`source` relies on `target`, until the day on which it no longer does."""

    source = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False)
    kind = Varchar(length=16, choices=LinkKind)
    target = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False)
    starts_on = Date()
    ended_on = Date(null=True, default=None)
    import_run = ForeignKey(ImportRun, on_delete=OnDelete.restrict, null=True, default=None)
    recorded_at = Timestamptz()
