"""What people write down about an object or a device: the fields that they may change."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from assets.rules.kinds import OperatingStage
from isms.rules.terms import Term
from isms.rules.texts import N_


@dataclass(frozen=True)
class ObjectFacts:
    """`number` says how many alike stand behind a grouped object; `critical` holds kinds as `k1 k5`. What a kind of
    object has beyond the common fields is in assets.rules.fields."""

    name: str
    description: str = ""
    vendor: str = ""
    variety: str = ""
    platform: str = ""
    release: str = ""
    administrator: int | None = None
    critical: str = ""
    provider_operated: bool = False
    responsible: int | None = None
    number: int = 1
    operating_stage: OperatingStage = OperatingStage.IN_OPERATION
    personal_data: bool = False


@dataclass(frozen=True)
class DeviceFacts:
    inventory_number: str
    name: str
    serial: str = ""
    maker: str = ""
    model: str = ""
    category: str = ""
    supplier: str = ""
    order_number: str = ""
    purchased_on: date | None = None
    price_cents: int | None = None
    warranty_until: date | None = None
    end_of_life_on: date | None = None
    notes: str = ""
    it_system: int | None = None


class DeviceField(Term):
    """The fields of a device by the words of its form."""

    INVENTORY_NUMBER = "inventory_number", N_("Inventarnummer")
    NAME = "name", N_("Bezeichnung")
    SERIAL = "serial", N_("Seriennummer")
    MAKER = "maker", N_("Hersteller")
    MODEL = "model", N_("Modell")
    CATEGORY = "category", N_("Kategorie")
    SUPPLIER = "supplier", N_("Lieferant")
    ORDER_NUMBER = "order_number", N_("Bestellnummer")
    PURCHASED_ON = "purchased_on", N_("Gekauft am")
    PRICE = "price_cents", N_("Kaufpreis in Euro")
    WARRANTY_UNTIL = "warranty_until", N_("Garantie bis")
    END_OF_LIFE_ON = "end_of_life_on", N_("Nutzungsende")
    NOTES = "notes", N_("Bemerkungen")


DATES = frozenset({DeviceField.PURCHASED_ON, DeviceField.WARRANTY_UNTIL, DeviceField.END_OF_LIFE_ON})


def differences(before: ObjectFacts | DeviceFacts, after: ObjectFacts | DeviceFacts) -> dict[str, dict[str, object]]:
    """What changes, field by field, as the trail notes it: JSON-able before and after."""
    old, new = asdict(before), asdict(after)
    return {
        name: {"before": plain(old[name]), "after": plain(value)} for name, value in new.items() if old[name] != value
    }


def written(facts: ObjectFacts | DeviceFacts) -> dict[Any, Any]:
    """The fields by the names of their columns."""
    return asdict(facts)


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
