"""Which line of hardware a device is, for makers who say how long they look after it. Most makers of PCs don't."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assets.rules.support import UNKNOWN, Match, Release, decided

LINES: Mapping[str, tuple[str, ...]] = {
    "apple": ("iphone", "ipad", "apple-watch"),
    "samsung": ("samsung-mobile", "samsung-galaxy-tab", "samsung-galaxy-watch"),
    "google": ("pixel", "google-nexus", "pixel-watch"),
    "fairphone": ("fairphone",),
    "motorola": ("motorola-mobility",),
    "nokia": ("nokia",),
    "hmd": ("nokia",),
    "oneplus": ("oneplus",),
    "sony": ("sony-xperia",),
    "microsoft": ("surface",),
    "raspberry": ("raspberry-pi",),
    "amazon": ("kindle",),
    "stormshield": ("sns-hardware",),
}
"""Products by the first word of a maker's name."""

PRODUCTS: frozenset[str] = frozenset(product for lines in LINES.values() for product in lines)


def hardware_products(maker: str, model: str) -> tuple[str, ...]:
    """The lines that a device may be of; where the maker is not written down, its name may open the model's."""
    words = re.findall(r"[a-z]+", f"{maker} {model}".casefold())
    return LINES.get(words[0], ()) if words else ()


def match_hardware(maker: str, model: str, releases: Mapping[str, Sequence[Release]]) -> Match | None:
    """The line that a device is of; None where its maker has none, so that nothing is to be said."""
    products = hardware_products(maker, model)
    offered = [one for product in products for one in releases.get(product, ())]
    if not products or not model:
        return None
    wanted = {_plain(model), _plain(_without(maker, model))}
    found = decided(one for one in offered if wanted & _names(one))
    return found if found != UNKNOWN or _is_phone(products) else None


def _names(release: Release) -> set[str]:
    """All the ways a model may be written: „13 Pro“, „iPhone 13 Pro“, „Apple iPhone 13 Pro“."""
    said = {release.label, release.cycle}
    before = {"", release.product, release.title, release.title.partition(" ")[2], *release.title.split()[-1:]}
    return {_plain(f"{first} {name}") for first in before for name in said if name}


def _is_phone(products: Sequence[str]) -> bool:
    return not {"surface", "raspberry-pi", "sns-hardware"} & set(products)


def _without(maker: str, model: str) -> str:
    first = maker.split()[0] if maker.split() else ""
    return model[len(first) :] if first and model.casefold().startswith(first.casefold()) else model


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9+]", "", text.casefold())
