"""Target objects with their links and needs; devices with their stages and holders. Nothing here is ever deleted."""

from piccolo.columns import BigInt, Boolean, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Unique

from assets.rules.kinds import Kind, LinkKind, OperatingStage
from assets.rules.lifecycle import Stage, Step
from assets.rules.protection import Goal, ProtectionNeed, ReasonKind
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


class NeedAssessment(Record):
    """What somebody found that an object itself needs. A newer one supersedes it; an empty goal is not determined."""

    target_object = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False, index=True)
    confidentiality = Integer(choices=ProtectionNeed, null=True, default=None)
    integrity = Integer(choices=ProtectionNeed, null=True, default=None)
    availability = Integer(choices=ProtectionNeed, null=True, default=None)
    reason = Text(default="")
    assessed_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class SettledNeed(Record):
    """A need that somebody settled against the maximum, `computed` then. A newer one supersedes it; an empty `need`
    takes it back."""

    target_object = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False, index=True)
    goal = Varchar(length=16, choices=Goal)
    need = Integer(choices=ProtectionNeed, null=True, default=None)
    computed = Integer(choices=ProtectionNeed)
    reason_kind = Varchar(length=16, choices=ReasonKind, null=True, default=None)
    reason = Text(default="")
    settled_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class EffectiveNeed(Record):
    """The effective need of an object from a moment on, so that any past day can be answered."""

    target_object = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False, index=True)
    confidentiality = Integer(choices=ProtectionNeed)
    integrity = Integer(choices=ProtectionNeed)
    availability = Integer(choices=ProtectionNeed)
    recorded_at = Timestamptz()


class Device(Record):
    """A piece of hardware that the office answers for. `it_system` is the grouped target object that it belongs to."""

    inventory_number = Varchar(length=40)
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    name = Varchar(length=120)
    serial = Varchar(length=80, default="", index=True)
    maker = Varchar(length=120, default="")
    model = Varchar(length=250, default="")
    category = Varchar(length=80, default="")
    stage = Varchar(length=16, choices=Stage, default=Stage.ORDERED)
    place = Varchar(length=120, default="")
    supplier = Varchar(length=120, default="")
    order_number = Varchar(length=80, default="")
    purchased_on = Date(null=True, default=None)
    price_cents = BigInt(null=True, default=None)
    warranty_until = Date(null=True, default=None)
    end_of_life_on = Date(null=True, default=None)
    notes = Text(default="")
    it_system = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=True, default=None, index=True)
    import_run = ForeignKey(ImportRun, on_delete=OnDelete.restrict, null=True, default=None)
    version = Integer(default=1)
    recorded_at = Timestamptz()

    device_inventory_number_uq = Unique([institution, inventory_number])


class StageChange(Record):
    """A step that a device has taken; `step` is empty for its first stage. `place` is where it stood from then on."""

    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False, index=True)
    step = Varchar(length=16, choices=Step, null=True, default=None)
    stage = Varchar(length=16, choices=Stage)
    place = Varchar(length=120, default="")
    reason = Text(default="")
    taken_on = Date()
    taken_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class Handover(Record):
    """A device in someone's hands. Open while `returned_on` is empty."""

    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False, index=True)
    person = ForeignKey(Person, on_delete=OnDelete.restrict, null=False, index=True)
    issued_on = Date()
    issued_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    due_back_on = Date(null=True, default=None)
    note = Text(default="")
    recorded_at = Timestamptz()
    returned_on = Date(null=True, default=None)
    taken_back_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    return_recorded_at = Timestamptz(null=True, default=None)


class Sighting(Record):
    """Somebody had a device before their eyes: at a step, or when they looked after it."""

    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False)
    seen_on = Date()
    place = Varchar(length=120, default="")
    seen_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()
