"""The tables of assets, one file for each of their things."""

from assets.tables.devices import Device, Handover, Sighting, StageChange
from assets.tables.media import MediumPlacement, StorageMedium
from assets.tables.needs import EffectiveNeed, NeedAssessment, SettledNeed
from assets.tables.structure import ObjectCategory, ObjectLink, Scope, ScopeMember, ShortIdSeries, TargetObject

__all__ = [
    "Device",
    "EffectiveNeed",
    "Handover",
    "MediumPlacement",
    "NeedAssessment",
    "ObjectCategory",
    "ObjectLink",
    "Scope",
    "ScopeMember",
    "SettledNeed",
    "ShortIdSeries",
    "Sighting",
    "StageChange",
    "StorageMedium",
    "TargetObject",
]
