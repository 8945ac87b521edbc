"""What the keys of this area lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isms.area import Link
from isms.queries.keys import named

HOMES = {
    "target_object": ("short_id || ' ' || name", "/objects/"),
    "device": ("inventory_number || ' ' || name", "/devices/"),
    "storage_medium": ("CASE WHEN serial <> '' THEN serial WHEN model <> '' THEN model ELSE kind END", "/media/"),
    "consignment": ("container || ', ' || provider", "/consignments/"),
    "need_criteria": ("'Fassung ' || number", "/need-criteria/"),
    "handover_protocol": ("'Protokoll ' || id", "/handovers/"),
    "handover_terms": ("title || ' ' || version", "/handover-terms#"),
    "kit": ("name", "/kits/"),
    "rollout": ("title", "/confirmations/"),
    "scope": ("name", "/scopes/"),
    "contract": ("title", "/contracts/"),
    "licence": ("name", "/licences/"),
    "stocktake": ("name", "/stocktakes/"),
}


async def resolve(keys: Sequence[str]) -> Mapping[str, Link]:
    """Names of the records among the keys."""
    return await named(HOMES, keys)
