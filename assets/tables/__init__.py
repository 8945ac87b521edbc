"""The tables of assets, one file for each of their things."""

from assets.tables.devices import Device, Handover, Sighting, StageChange
from assets.tables.media import MediumPlacement, StorageMedium
from assets.tables.needs import EffectiveNeed, NeedAssessment, SettledNeed
from assets.tables.structure import (
    ObjectCategory,
    ObjectLink,
    ObjectTag,
    Responsibility,
    Scope,
    ScopeMember,
    ShortIdSeries,
    Succession,
    Tag,
    TargetObject,
    ToldApart,
)

__all__ = [
    "Device",
    "EffectiveNeed",
    "Handover",
    "MediumPlacement",
    "NeedAssessment",
    "ObjectCategory",
    "ObjectLink",
    "ObjectTag",
    "Responsibility",
    "Scope",
    "ScopeMember",
    "SettledNeed",
    "ShortIdSeries",
    "Sighting",
    "StageChange",
    "StorageMedium",
    "Succession",
    "Tag",
    "TargetObject",
    "ToldApart",
]
