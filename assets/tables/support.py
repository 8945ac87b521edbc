"""How long the makers look after their products, edition by edition, and what that means for devices and objects."""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar

from assets.rules.support import Aspect, Basis, Verdict
from assets.tables.devices import Device
from assets.tables.structure import TargetObject
from isms.tables import ImportRun, Person, Record, Unit


class SupportEdition(Record):
    """End-of-life data as they were known on a day. They hold for the units below `unit`, without one everywhere;
    what a newer edition says about a product supersedes what an older one said."""

    title = Varchar(length=200)
    source = Varchar(length=200, default="")
    published_on = Date()
    sha256 = Varchar(length=64)
    products = Integer()
    releases = Integer()
    unit = ForeignKey(Unit, on_delete=OnDelete.restrict, null=True, default=None)
    import_run = ForeignKey(ImportRun, on_delete=OnDelete.restrict, null=True, default=None)
    imported_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=False)
    recorded_at = Timestamptz()


class SupportProduct(Record):
    """A product as an edition names it."""

    edition = ForeignKey(SupportEdition, on_delete=OnDelete.restrict, null=False)
    name = Varchar(length=80)
    title = Varchar(length=160)
    category = Varchar(length=40, default="")


class SupportIdentifier(Record):
    """A package URL, without version, by which parts lists name a product."""

    product = ForeignKey(SupportProduct, on_delete=OnDelete.restrict, null=False, index=True)
    purl = Varchar(length=300)


class SupportRelease(Record):
    """A release of a product. `ends_on` is its last day of support; without it `ended` says whether it is over."""

    product = ForeignKey(SupportProduct, on_delete=OnDelete.restrict, null=False, index=True)
    cycle = Varchar(length=80)
    label = Varchar(length=160, default="")
    released_on = Date(null=True, default=None)
    ends_on = Date(null=True, default=None)
    ended = Boolean(null=True, default=None)
    extended_until = Date(null=True, default=None)
    latest = Varchar(length=80, default="")


class SupportEnd(Record):
    """What holds for a device or an object from `recorded_at` until `replaced_at`: which release it is, and when its
    support ends. `reported` is what it was judged by; `basis` says whether a rule or a person did; `agreed` means that
    a person entered the end. `listed_on` is its place in lists (see `rules.support.listed_on`)."""

    device = ForeignKey(Device, on_delete=OnDelete.restrict, null=True, default=None)
    target_object = ForeignKey(TargetObject, on_delete=OnDelete.restrict, null=True, default=None)
    aspect = Varchar(length=12, choices=Aspect)
    verdict = Varchar(length=12, choices=Verdict)
    basis = Varchar(length=12, choices=Basis)
    product = Varchar(length=80, default="")
    title = Varchar(length=160, default="")
    cycle = Varchar(length=80, default="")
    label = Varchar(length=160, default="")
    ends_on = Date(null=True, default=None)
    ended = Boolean(null=True, default=None)
    extended_until = Date(null=True, default=None)
    agreed = Boolean(default=False)
    listed_on = Date()
    edition = ForeignKey(SupportEdition, on_delete=OnDelete.restrict, null=True, default=None)
    reported = Varchar(length=250, default="")
    choices = Text(default="[]")
    reason = Text(default="")
    decided_by = ForeignKey(Person, on_delete=OnDelete.restrict, null=True, default=None)
    recorded_at = Timestamptz()
    replaced_at = Timestamptz(null=True, default=None)
