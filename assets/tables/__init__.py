"""The tables of assets, one file for each of their things."""

from assets.tables.devices import Device, Handover, Sighting, StageChange
from assets.tables.licences import Licence, Seat
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
from assets.tables.upkeep import Contract, ContractDevice, Maintenance, MaintenancePlan, ServiceLife

__all__ = [
    "Contract",
    "ContractDevice",
    "Device",
    "EffectiveNeed",
    "Handover",
    "Licence",
    "Maintenance",
    "MaintenancePlan",
    "MediumPlacement",
    "NeedAssessment",
    "ObjectCategory",
    "ObjectLink",
    "ObjectTag",
    "Responsibility",
    "Scope",
    "ScopeMember",
    "Seat",
    "ServiceLife",
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
