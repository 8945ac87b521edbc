"""People out of a CSV file, as personnel offices and Snipe-IT write it."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from isms.area import ImportKind, Outcome, Plan, Target, Upload, Verdict
from isms.commands.accounts import Facts, correct
from isms.commands.people import NewPerson, add_person
from isms.commands.undoing import keep_before
from isms.db.reading import Row, rows
from isms.intake.people_undo import UNDO_PEOPLE
from isms.intake.tables import NotMapped, TableRow
from isms.intake.uploads import Opened, asking, opened
from isms.people import PERSON, Actor, PersonRow, UnitRow, unit, units
from isms.permissions import May
from isms.rules.days import DayOrder, day_in
from isms.rules.texts import N_

TARGETS = (
    Target("name", N_("Name"), ("Name", "Full Name", "Anzeigename")),
    Target("first", N_("Vorname"), ("Vorname", "First Name")),
    Target("last", N_("Nachname"), ("Nachname", "Last Name", "Familienname")),
    Target("login", N_("Anmeldename"), ("Anmeldename", "Benutzername", "Username", "Login", "Kennung")),
    Target("email", N_("E-Mail"), ("E-Mail", "Email", "Mail", "E-Mail-Adresse")),
    Target("unit", N_("Einheit"), ("Einheit", "Fachdienst", "Abteilung", "Sachgebiet")),
    Target("left_on", N_("Letzter Tag"), ("Letzter Tag", "Austritt", "End Date"), is_day=True),
)
NAMELESS = N_("Der Name fehlt. Tragen Sie ihn ein, zum Beispiel „Lea Sommer“.")
NO_NAMES = N_("Keine Spalte nennt die Personen. Möglich sind „Name“ oder „Vorname“ und „Nachname“. Gefunden: {found}.")
TWICE = N_("Den Anmeldenamen „{login}“ hat schon Zeile {row}.")
ELSEWHERE = N_("Den Anmeldenamen „{login}“ hat schon jemand außerhalb dieser Einheit.")
NO_UNIT = N_("Die Einheit „{unit}“ gibt es hier nicht. Legen Sie sie zuerst an, oder lassen Sie die Zelle leer.")
NO_DATE = N_("„{typed}“ ist kein Datum. Schreiben Sie zum Beispiel 31.12.2026.")
NAMESAKES = N_("Diesen Namen haben hier mehrere. Tragen Sie den Anmeldenamen ein.")
GONE = N_("ausgeschieden zum {day}")
CORRECTED = N_("{name}, Anmeldename {login}, E-Mail {email}")
TOO_LONG = N_("Name, Anmeldename oder E-Mail ist zu lang. Möglich sind 120, 80 und 200 Zeichen.")


@dataclass(frozen=True)
class Wanted:
    """A row that can be carried out; `known` is the person it corrects, None takes somebody in."""

    new: NewPerson
    unit: UnitRow
    known: PersonRow | None = None

    @property
    def differing(self) -> dict[str, tuple[object, object]]:
        """Before and after of what the row corrects."""
        if self.known is None:
            return {}
        now = {"name": self.new.name, "login": self.new.login, "email": self.new.email, "unit": self.unit.id}
        return {
            name: (getattr(self.known, name), after)
            for name, after in now.items()
            if getattr(self.known, name) != after
        }


class WrongRow(Exception):
    """Why a row can't be carried out, in a sentence with values."""

    def __init__(self, why: str, **values: object) -> None:
        super().__init__(why)
        self.why, self.values = why, values


@dataclass
class Register:
    """Who and what is there already, and which logins the file has used so far."""

    place: UnitRow
    units: Mapping[str, UnitRow]
    people: list[PersonRow]
    taken: set[str]
    seen: dict[str, int] = field(default_factory=dict)

    def unit(self, name: str) -> UnitRow:
        found = self.units.get(name.casefold()) if name else self.place
        if found is None:
            raise WrongRow(NO_UNIT, unit=name)
        return found

    def known(self, new: NewPerson) -> PersonRow | None:
        """By login, else by mail, else by name: the same person is not taken in twice."""
        if new.login and new.login in self.taken:
            raise WrongRow(ELSEWHERE, login=new.login)
        by_login = [one for one in self.people if new.login and one.login == new.login]
        by_mail = [one for one in self.people if new.email and one.email.casefold() == new.email.casefold()]
        by_name = [one for one in self.people if not new.login and one.name == new.name]
        found = by_login or by_mail or by_name
        if len(found) > 1:
            raise WrongRow(NAMESAKES)
        return found[0] if found else None


class _Login(Row):
    login: str


@asking
async def plan(upload: Upload, *, by: Actor, on: date) -> Plan:
    """What each row would do to the people of the unit. Raises Unreadable for a file that is no such table."""
    sheet = await opened(upload, TARGETS)
    if not {"name", "first", "last", "email"} & set(sheet.columns):
        raise NotMapped(NO_NAMES, found=", ".join(sheet.table.columns[:12]))
    register = await _register(upload.unit, by=by)
    judged = await to_thread(lambda: list(_judge(sheet, register)))
    load = [wanted for _, wanted in judged if wanted]
    verdicts = [verdict for verdict, _ in judged]
    return Plan(verdicts, sheet.questions, sheet.warnings, load, sheet.columns)


async def carry_out(plan: Plan, upload: Upload, *, run: int, by: Actor, on: date) -> None:
    todo: list[Wanted] = plan.load if isinstance(plan.load, list) else []
    changed = []
    for wanted in todo:
        new = wanted.new
        if wanted.known:
            facts = Facts(new.name, new.login, new.email)
            await correct(wanted.known, facts, unit=wanted.unit, by=by)
            changed.append((wanted.known.key, wanted.differing))
        else:
            await add_person(_from(new, run), unit=wanted.unit, by=by, on=on)
    await keep_before(run, changed)


PEOPLE = ImportKind(
    name="people",
    title=N_("Personen (CSV, Excel)"),
    hint=N_("Spalten wie Name oder Vorname und Nachname, Anmeldename, E-Mail, Einheit. Auch die Liste aus Snipe-IT."),
    accepts=".csv,.xlsx,.ods,text/csv",
    asks=May.MANAGE_PEOPLE,
    plan=plan,
    carry_out=carry_out,
    home="/people",
    targets=TARGETS,
    undo=UNDO_PEOPLE,
)


async def _register(place: int, *, by: Actor) -> Register:
    home = await unit(place, seen_by=by, asks=May.MANAGE_PEOPLE)
    below = [one for one in await units(seen_by=by, asks=May.MANAGE_PEOPLE) if one.path.startswith(home.path)]
    here = f"substr(u.path, 1, {len(home.path)})"
    people = await rows(PersonRow, f"{PERSON} WHERE {here} = {{}} AND p.withdrawn_on IS NULL", home.path)
    others = f"SELECT p.login FROM person p JOIN unit u ON u.id = p.unit WHERE p.login IS NOT NULL AND {here} <> {{}}"
    taken = {one.login for one in await rows(_Login, others, home.path)}
    return Register(home, {one.name.casefold(): one for one in below}, people, taken)


def _judge(sheet: Opened, register: Register) -> Iterator[tuple[Verdict, Wanted | None]]:
    for row in sheet.rows():
        new = _new(row)
        try:
            wanted = _wanted(row, new, register, sheet.order)
            yield _verdict(row.number, wanted)
        except WrongRow as wrong:
            yield Verdict(row.number, Outcome.WRONG, new.name or new.login or "–", wrong.why, wrong.values), None


def _new(row: TableRow) -> NewPerson:
    name = row["name"] or f"{row['first']} {row['last']}".strip() or _name_in(row["email"])
    return NewPerson(name=" ".join(name.split()), login=row["login"].lower() or None, email=row["email"])


def _name_in(email: str) -> str:
    """Some lists name people by their address alone: „lea.sommer@…“ is Lea Sommer until somebody corrects it."""
    words = [word for word in email.partition("@")[0].replace("_", ".").split(".") if word]
    return " ".join(word.capitalize() if word.isalpha() else word for word in words)


def _wanted(row: TableRow, new: NewPerson, register: Register, order: DayOrder) -> Wanted:
    if row.complaint:
        raise WrongRow(row.complaint.message, **row.complaint.values)
    if not new.name:
        raise WrongRow(NAMELESS)
    if len(new.name) > 120 or len(new.login or "") > 80 or len(new.email) > 200:
        raise WrongRow(TOO_LONG)
    if new.login and (first := register.seen.setdefault(new.login, row.number)) != row.number:
        raise WrongRow(TWICE, login=new.login, row=first)
    known = register.known(new)
    home = next((one for one in register.units.values() if known and one.id == known.unit), register.place)
    place = register.unit(row["unit"]) if row["unit"] else home
    return Wanted(_leaving(new, row["left_on"], order), place, known)


def _leaving(new: NewPerson, typed: str, order: DayOrder) -> NewPerson:
    """Whoever has left already is taken in as such, without an account."""
    if not typed:
        return new
    try:
        left_on = day_in(typed, order)
    except ValueError:
        raise WrongRow(NO_DATE, typed=typed) from None
    return NewPerson(name=new.name, login=new.login, email=new.email, left_on=left_on)


def _verdict(row: int, wanted: Wanted) -> tuple[Verdict, Wanted | None]:
    new, known = wanted.new, wanted.known
    if known is None:
        why, values = (GONE, {"day": new.left_on}) if new.left_on else ("", {})
        return Verdict(row, Outcome.NEW, new.name, why, values), wanted
    kept = Wanted(_filled(new, known), wanted.unit, known)
    now = (kept.new.name, kept.new.login, kept.new.email, kept.unit.id)
    if now == (known.name, known.login, known.email, known.unit):
        return Verdict(row, Outcome.UNCHANGED, new.name), None
    said = {"name": kept.new.name, "login": kept.new.login or "–", "email": kept.new.email or "–"}
    return Verdict(row, Outcome.CHANGED, known.name, CORRECTED, said), kept


def _filled(new: NewPerson, known: PersonRow) -> NewPerson:
    """An empty cell takes nothing away."""
    return NewPerson(name=new.name, login=new.login or known.login, email=new.email or known.email)


def _from(new: NewPerson, run: int) -> NewPerson:
    return NewPerson(name=new.name, login=new.login, email=new.email, left_on=new.left_on, import_run=run)
