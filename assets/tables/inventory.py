"""What devices report about themselves through an agent, and what an application is made of. Nothing personal."""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar

from assets.rules.inventory import FactName
from assets.tables.devices import Device
from assets.tables.structure import TargetObject
from isms.tables import ImportRun, Person, Record, Unit


class AgentToken(Record):
    """By it the agents of a unit may report. Only its hash is stored; `takes_in` lets unknown devices in."""

    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False, index=True)
    name = Varchar(length=120)
    token_hash = Varchar(length=64, unique=True)
    takes_in = Boolean(default=False)
    made_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()
    withdrawn_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    withdrawn_at = Timestamptz(null=True, default=None)


class InventoryReport(Record):
    """A report of a device that said something new; `last_at` is when it was last confirmed, and from `replaced_at` on
    a newer one of the same device holds. `dropped` names the
    personal data that came along and was not kept; one that nobody could place says why in `complaint`."""

    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=True, default=None)
    agent_id = Varchar(length=250)
    itemtype = Varchar(length=24, default="")
    agent = Varchar(length=120, default="")
    partial = Boolean(default=False)
    sha256 = Varchar(length=64)
    dropped = Text(default="{}")
    complaint = Text(default="")
    token = ForeignKey(AgentToken, on_delete=OnDelete.restrict, null=True, default=None)
    import_run = ForeignKey(ImportRun, on_delete=OnDelete.restrict, null=True, default=None)
    recorded_at = Timestamptz()
    last_at = Timestamptz()
    replaced_at = Timestamptz(null=True, default=None)


class ReportedFact(Record):
    """One fact that a device reported, from `recorded_at` until `replaced_at`; `confirmed_on` is the last day that it
    was reported. `differs`: the office wrote down something else; `kept_by` decided that this stays."""

    institution = ForeignKey(Unit, on_delete=OnDelete.restrict, null=False)
    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False)
    name = Varchar(length=24, choices=FactName)
    value = Varchar(length=250)
    report = ForeignKey(InventoryReport, on_delete=OnDelete.restrict, null=False)
    confirmed_on = Date()
    differs = Boolean(default=False)
    recorded_at = Timestamptz()
    replaced_at = Timestamptz(null=True, default=None)
    kept_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    kept_at = Timestamptz(null=True, default=None)


class Software(Record):
    """A program in a version, once for all devices that have it. `digest` is the hash of its three texts."""

    digest = Varchar(length=64, unique=True)
    name = Varchar(length=250)
    version = Varchar(length=120, default="")
    publisher = Varchar(length=160, default="")


class DeviceSoftware(Record):
    """A program on a device, from when it was first reported until it was no longer."""

    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=False)
    software = ForeignKey(Software, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()
    gone_at = Timestamptz(null=True, default=None)


class PartsList(Record):
    """What an application is made of, as its SBOM says. A newer list supersedes; none is ever changed."""

    target_object = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=False, index=True)
    sha256 = Varchar(length=64)
    form = Varchar(length=40)
    about = Varchar(length=250, default="")
    made_at = Timestamptz(null=True, default=None)
    parts = Integer()
    import_run = ForeignKey(ImportRun, on_delete=OnDelete.restrict, null=True, default=None)
    taken_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class Component(Record):
    """One part of a list. `package` is its package URL without version and qualifiers."""

    parts_list = ForeignKey(PartsList, on_delete=OnDelete.restrict, null=False, index=True)
    kind = Varchar(length=40, default="")
    family = Varchar(length=200, default="")
    name = Varchar(length=250)
    version = Varchar(length=120, default="")
    licence = Varchar(length=250, default="")
    package = Varchar(length=300, default="")
