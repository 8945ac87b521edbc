"""Upkeep: what maintenance is, when it is due, what a device is still worth and when it should be replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from isms.rules.calendar import is_overdue, months_later
from isms.rules.errors import Complaint, Incomplete
from isms.rules.terms import Term
from isms.rules.texts import N_

SOON_DAYS = 30
OTHERS = ""
"""The category that stands for all that have no service life of their own."""

SERVICE_LIVES: Mapping[str, int] = {OTHERS: 60, "Notebook": 48, "Smartphone": 36, "Server": 60, "Bildschirm": 84}
"""Months, until an office sets its own: an assumption for planning, no tax table."""


class MaintenanceKind(Term):
    PREVENTIVE = "preventive", N_("vorbeugend, nach Plan")
    CORRECTIVE = "corrective", N_("Störung behoben")
    EMERGENCY = "emergency", N_("Notfall")
    CHECK = "check", N_("Prüfung")


class Condition(Term):
    """How a device came out of maintenance."""

    READY = "ready", N_("einsatzbereit")
    LIMITED = "limited", N_("eingeschränkt einsatzbereit")
    BROKEN = "broken", N_("nicht einsatzbereit")


class ContractKind(Term):
    WARRANTY = "warranty", N_("Garantieverlängerung")
    SUPPORT = "support", N_("Herstellersupport")
    LEASE = "lease", N_("Leasing")
    MAINTENANCE = "maintenance", N_("Wartungsvertrag")


class Timeliness(Term):
    OVERDUE = "overdue", N_("überfällig")
    SOON = "soon", N_("bald fällig")
    IN_TIME = "in_time", N_("im Plan")


@dataclass(frozen=True)
class MaintenanceFacts:
    """The six facts that a maintenance is documented with (Grundschutz++ ASST.5.7): the device itself, the occasion,
    the days, who took part, what was done, and what came of it. Costs in cents."""

    kind: MaintenanceKind
    occasion: str
    started_on: date
    done_on: date
    involved: str
    actions: str
    condition: Condition
    findings: str
    external: bool = False
    cost_cents: int | None = None


def check_maintenance(facts: MaintenanceFacts, on: date) -> None:
    """Refuse what leaves one of the six facts open, or is dated against the clock. Raises Incomplete by field."""
    complaints: dict[str, Complaint | str] = {
        field: complaint for field, complaint in OPEN_FACTS.items() if not getattr(facts, field).strip()
    }
    if facts.done_on < facts.started_on:
        complaints["done_on"] = N_("Die Wartung endet vor ihrem Beginn. Bitte prüfen Sie beide Tage.")
    if facts.done_on > on:
        complaints["done_on"] = N_("Der Tag liegt in der Zukunft. Dokumentiert wird, was geschehen ist.")
    if facts.cost_cents is not None and facts.cost_cents < 0:
        complaints["cost"] = N_("Kosten sind nicht negativ. Bitte tragen Sie ein, was bezahlt wurde, oder nichts.")
    if complaints:
        raise Incomplete(complaints)


OPEN_FACTS: Mapping[str, str] = {
    "occasion": N_("Bitte schreiben Sie, warum gewartet wurde, zum Beispiel „jährliche Prüfung der USV“."),
    "involved": N_("Bitte schreiben Sie, wer beteiligt war: eigene Leute und Firmen."),
    "actions": N_("Bitte schreiben Sie, was getan wurde."),
    "findings": N_("Bitte schreiben Sie, was dabei herauskam."),
}


def next_due(starts_on: date, months: int, last_done: date | None) -> date:
    """The last day on which the next maintenance of a plan is in time; `months` is the interval."""
    return months_later(last_done if last_done and last_done >= starts_on else starts_on, months)


def timeliness(due_on: date, on: date) -> Timeliness:
    if is_overdue(due_on, on):
        return Timeliness.OVERDUE
    return Timeliness.SOON if (due_on - on).days <= SOON_DAYS else Timeliness.IN_TIME


def book_value(price_cents: int, bought_on: date, months: int, on: date) -> int:
    """What is left of a price in cents after straight-line depreciation over whole months.

    The month of purchase counts in full; after `months` nothing is left. Before the purchase it is the whole price.
    """
    used = (on.year - bought_on.year) * 12 + on.month - bought_on.month + 1
    used = max(0, min(used if on >= bought_on else 0, months))
    return price_cents - price_cents * used // months


def replace_on(bought_on: date | None, end_of_life_on: date | None, months: int) -> date | None:
    """When a device should be replaced: the day that somebody set, else the end of its category's service life."""
    if end_of_life_on:
        return end_of_life_on
    return months_later(bought_on, months) if bought_on else None


def service_life(category: str, lives: Mapping[str, int]) -> int:
    """Months for a category, whatever the case of its letters."""
    wanted = category.strip().casefold()
    known = {name.casefold(): months for name, months in {**SERVICE_LIVES, **lives}.items()}
    return known.get(wanted, known[OTHERS])
