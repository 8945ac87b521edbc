"""CycloneDX as XML, told as the same format tells it in JSON: one reader for both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from isms.intake.strict_xml import Element

NAMESPACE = "http://cyclonedx.org/schema/bom/"


def document_of(bom: Element) -> Mapping[str, Any]:
    """The members that a parts list is read from; anything but a CycloneDX `bom` is told without its format."""
    if bom.name != "bom" or not bom.namespace.startswith(NAMESPACE):
        return {}
    metadata = bom.one("metadata")
    about = metadata.one("component") if metadata else None
    return {
        "bomFormat": "CycloneDX",
        "specVersion": bom.namespace.removeprefix(NAMESPACE),
        "metadata": {
            "timestamp": metadata.text_of("timestamp") if metadata else "",
            "component": _component(about) if about else {},
        },
        "components": _components(bom),
    }


def _components(holder: Element) -> Sequence[Mapping[str, Any]]:
    """Those of an element, with the ones in them; the reader limits how deep that goes."""
    return [_component(one) for box in holder.all("components") for one in box.all("component")]


def _component(one: Element) -> Mapping[str, Any]:
    told = {name: one.text_of(name) for name in ("group", "name", "version", "purl")}
    licences = [_licence(each) for box in one.all("licenses") for each in box.children]
    return {
        **told,
        "type": one.attributes.get("type", ""),
        "licenses": licences,
        "components": _components(one),
    }


def _licence(one: Element) -> Mapping[str, Any]:
    if one.name == "expression":
        return {"expression": one.text.strip()}
    return {"license": {"id": one.text_of("id"), "name": one.text_of("name")}}
