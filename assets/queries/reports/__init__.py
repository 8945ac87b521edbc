"""The registers of objects and devices as tables for export and the evidence package: one file for each thing."""

from collections.abc import Sequence

from assets.queries.reports.devices import DEVICES, HANDOVERS
from assets.queries.reports.disposal import DISPOSALS
from assets.queries.reports.handovers import PROTOCOLS
from assets.queries.reports.needs import CRITERIA, NEEDS
from assets.queries.reports.objects import OBJECT_LINKS, OBJECTS
from assets.queries.reports.stocktakes import STOCKTAKES
from assets.queries.reports.structure import STRUCTURE
from assets.queries.reports.upkeep import LICENCES, MAINTENANCE
from isms.area import Report

REPORTS: Sequence[Report] = (
    DEVICES,
    HANDOVERS,
    PROTOCOLS,
    DISPOSALS,
    OBJECTS,
    OBJECT_LINKS,
    MAINTENANCE,
    LICENCES,
    STOCKTAKES,
    *STRUCTURE,
    NEEDS,
    CRITERIA,
)
