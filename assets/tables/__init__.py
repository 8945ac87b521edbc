"""The tables of assets, one file for each of their things."""

from assets.tables.devices import Device, Handover, Sighting, StageChange
from assets.tables.inventory import (
    AgentToken,
    Component,
    DeviceSoftware,
    InventoryReport,
    PartsList,
    ReportedFact,
    Software,
)
from assets.tables.licences import Licence, Seat
from assets.tables.media import MediumPlacement, StorageMedium
from assets.tables.needs import EffectiveNeed, NeedAssessment, SettledNeed
from assets.tables.stocktakes import (
    ExpectedDevice,
    Scan,
    Stocktake,
    StocktakeDecision,
    StocktakeHelper,
    StocktakePlan,
)
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
from assets.tables.support import SupportEdition, SupportEnd, SupportIdentifier, SupportProduct, SupportRelease
from assets.tables.upkeep import Contract, ContractDevice, Maintenance, MaintenancePlan, ServiceLife

__all__ = [
    "AgentToken",
    "Component",
    "Contract",
    "ContractDevice",
    "Device",
    "DeviceSoftware",
    "EffectiveNeed",
    "ExpectedDevice",
    "Handover",
    "InventoryReport",
    "Licence",
    "Maintenance",
    "MaintenancePlan",
    "MediumPlacement",
    "NeedAssessment",
    "ObjectCategory",
    "ObjectLink",
    "ObjectTag",
    "PartsList",
    "ReportedFact",
    "Responsibility",
    "Scan",
    "Scope",
    "ScopeMember",
    "Seat",
    "ServiceLife",
    "SettledNeed",
    "ShortIdSeries",
    "Sighting",
    "Software",
    "StageChange",
    "Stocktake",
    "StocktakeDecision",
    "StocktakeHelper",
    "StocktakePlan",
    "StorageMedium",
    "Succession",
    "SupportEdition",
    "SupportEnd",
    "SupportIdentifier",
    "SupportProduct",
    "SupportRelease",
    "Tag",
    "TargetObject",
    "ToldApart",
]
