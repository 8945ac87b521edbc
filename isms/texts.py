"""Texts in the reader's language: German is written in the code, English comes from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from isms.rules.errors import Answer, Complaint
from isms.rules.texts import N_

LANGUAGES = {"de": "Deutsch", "en": "English"}
LOCALE = Path(__file__).parent / "locale"
ZONE = ZoneInfo("Europe/Berlin")
YES, NO = N_("ja"), N_("nein")


def office_day(at: datetime) -> date:
    """Which day it is at that moment where the office is, wherever the server stands."""
    return at.astimezone(ZONE).date()


language: ContextVar[str] = ContextVar("the reader's language", default="de")


@cache
def catalogue(name: str) -> NullTranslations:
    """The translations of a language; German needs none. The .po file is read as it is: nothing to compile."""
    path = LOCALE / name / "LC_MESSAGES" / "isms.po"
    if name == "de" or not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=name))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _(text: str) -> str:
    """The text in the reader's language."""
    chosen = language.get()
    return text if chosen == "de" or not text else catalogue(chosen).gettext(text)


def ngettext(one: str, many: str, number: int) -> str:
    chosen = language.get()
    return (one if number == 1 else many) if chosen == "de" else catalogue(chosen).ngettext(one, many, number)


def say(text: str, values: Mapping[str, object] | None = None) -> str:
    """A marked text with its values, both in the reader's language."""
    return _(text).format(**{name: shown(value) for name, value in (values or {}).items()}) if values else _(text)


def said(answer: Answer | Complaint) -> str:
    """What an error or a complaint says to this reader."""
    return say(answer.message, answer.values)


def shown(value: object) -> object:
    """A value as this reader writes it: terms by their word, dates as TT.MM.JJJJ."""
    if isinstance(label := getattr(value, "label", None), str):
        return _(label)
    if isinstance(value, tuple):
        return ", ".join(str(shown(each)) for each in value)
    if isinstance(value, datetime):
        return datetime_text(value)
    return date_text(value) if isinstance(value, date) else value


def cell_text(value: object) -> object:
    """A value of a table as this reader reads it: like `shown`, with yes and no as words and nothing for None."""
    if isinstance(value, bool):
        return _(YES if value else NO)
    if isinstance(value, int) and not hasattr(value, "label"):
        return number_text(value)
    return "" if value is None else shown(value)


def label(term: object) -> str:
    return _(getattr(term, "label", "")) if term is not None else ""


def date_text(value: date | None) -> str:
    if value is None:
        return ""
    chosen = language.get()
    return f"{value:%d.%m.%Y}" if chosen == "de" else format_date(value, "d MMM yyyy", locale="en_GB")


def datetime_text(value: datetime | None) -> str:
    if value is None:
        return ""
    local = value.replace(tzinfo=value.tzinfo or UTC).astimezone(ZONE)
    if language.get() == "de":
        return f"{local:%d.%m.%Y, %H:%M} Uhr"
    return format_datetime(local, "d MMM yyyy, HH:mm", locale="en_GB")


def number_text(value: float | None) -> str:
    """With the reader's separators. Whole numbers are on every page, and Babel takes its time."""
    if value is None:
        return ""
    chosen = language.get()
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".") if chosen == "de" else f"{value:,}"
    return format_decimal(value, locale="de_DE" if chosen == "de" else "en_GB")


def money_text(cents: int | None) -> str:
    """Cents as euros: „1.234,50 €“; nothing known is nothing."""
    if cents is None:
        return ""
    euros, rest = divmod(abs(cents), 100)
    sign = "-" if cents < 0 else ""
    whole = number_text(euros)
    return f"{sign}{whole},{rest:02d} €" if language.get() == "de" else f"{sign}€{whole}.{rest:02d}"


def percent_text(value: float | None) -> str:
    """Whole percent as given, e.g. 87 → „87 %“; nothing to count is a dash."""
    return "–" if value is None else f"{number_text(value)} %"
