"""What the keys of this area lead to."""

from collections.abc import Mapping, Sequence

from isms.area import Link
from isms.queries.keys import named

HOMES = {
    "risk": ("'R-' || number || ' ' || title", "/risks/"),
    "requirement": ("code || ' ' || title", "/requirements/"),
    "catalogue": ("title || ' ' || version", "/requirements?catalogue="),
    "measure": ("title", "/measures/"),
}


async def resolve(keys: Sequence[str]) -> Mapping[str, Link]:
    """Names of the risks, requirements, catalogues and measures among the keys."""
    return await named(HOMES, keys)
