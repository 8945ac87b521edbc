"""Target objects, their links and categories, and the scopes that they lie in. Nothing here is ever deleted."""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Unique

from assets.rules.kinds import Kind, LinkKind, OperatingStage, SuccessionKind
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
    the needs without prefix are the effective ones, which only `assets.commands.needs` writes. Where it
    `counts_devices`, they say how many stand behind it, and `number` is what people said before. `critical` holds
    the marked kinds of a communication link, `k1 k5`."""

    short_id = Varchar(length=12)
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    kind = Varchar(length=24, choices=Kind)
    name = Varchar(length=120)
    description = Text(default="")
    vendor = Varchar(length=120, default="")
    variety = Varchar(length=120, default="")
    platform = Varchar(length=120, default="")
    release = Varchar(length=60, default="")
    administrator = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    critical = Varchar(length=24, default="")
    provider_operated = Boolean(default=False)
    responsible = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    number = Integer(default=1)
    counts_devices = Boolean(default=False)
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


class Tag(Record):
    """A free word that an institution sorts its objects by, in its first spelling; `folded` tells equal ones."""

    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    word = Varchar(length=40)
    folded = Varchar(length=80)
    recorded_at = Timestamptz()

    tag_folded_uq = Unique([institution, folded])


class ObjectTag(Record):
    """A tag on an object, from a day until a day on which it no longer is."""

    target_object = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False)
    tag = ForeignKey(Tag, on_delete=OnDelete.restrict, null=False)
    starts_on = Date()
    ended_on = Date(null=True, default=None)
    recorded_at = Timestamptz()


class Responsibility(Record):
    """Who answers for an object from a moment on, so that any past day can be answered; empty is nobody."""

    target_object = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False, index=True)
    responsible = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    recorded_at = Timestamptz()


class Succession(Record):
    """What became of an object: merged into `after` and ended, or a part of it split off as `after`."""

    before = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False, index=True)
    after = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False, index=True)
    kind = Varchar(length=12, choices=SuccessionKind)
    reason = Text(default="")
    happened_on = Date()
    done_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class ToldApart(Record):
    """Two objects that look like one and are two, as somebody decided. `lower` has the smaller id."""

    lower = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False)
    higher = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False)
    decided_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()

    told_apart_uq = Unique([lower, higher])
