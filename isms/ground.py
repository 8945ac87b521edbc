"""The ground floor as an area: the desk on top, the office's own pages at the end."""

from collections.abc import Sequence
from datetime import date

from isms.area import Area, Entry, Panel
from isms.intake.people import PEOPLE
from isms.intake.units import UNITS
from isms.people import Actor
from isms.permissions import May
from isms.queries.checklists import checklists_due, checklists_panel
from isms.queries.search import find, resolve
from isms.rules.permissions import Permission
from isms.rules.texts import N_
from isms.web.account import Account, Sessions
from isms.web.checklists import ChecklistOpenings, ChecklistPlans, Checklists, FormerPeople
from isms.web.columns import Columns
from isms.web.desk import Desk
from isms.web.evidence import Evidence
from isms.web.files import Attaching, Files, files_panel
from isms.web.help import About, Help
from isms.web.imports import Imports
from isms.web.overview import Overview
from isms.web.people import Accounts, Colleagues, People
from isms.web.permission_table import PermissionTable
from isms.web.reports import Reports
from isms.web.roles import Roles
from isms.web.search import Search
from isms.web.trail import Trail
from isms.web.undoing import Undos
from isms.web.units import Tree, Units
from isms.web.welcome import Welcome


async def panels(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    return [*await checklists_panel(key, seen_by=seen_by, on=on), *await files_panel(key, seen_by=seen_by, on=on)]


class NoFurther(Permission):
    """The desk asks for what the ground floor's own permissions name."""


DESK = Area(
    title="",
    home="/",
    routes=[Desk],
    permissions=NoFurther,
    navigation=[
        Entry(N_("Meine Aufgaben"), "/", May.OWN),
        Entry(N_("Überblick"), "/overview", May.SEE_OVERVIEW),
    ],
)


OFFICE = Area(
    title=N_("Amt"),
    home="/people",
    routes=[
        Account,
        Sessions,
        PermissionTable,
        People,
        Colleagues,
        Accounts,
        Roles,
        Checklists,
        ChecklistOpenings,
        ChecklistPlans,
        FormerPeople,
        Units,
        Tree,
        Welcome,
        Imports,
        Columns,
        Undos,
        Trail,
        Search,
        Overview,
        Reports,
        Help,
        About,
        Evidence,
        Attaching,
        Files,
    ],
    permissions=May,
    navigation=[
        Entry(N_("Personen"), "/people", May.SEE_PEOPLE),
        Entry(N_("Eintritt und Austritt"), "/checklists", May.KEEP_CHECKLISTS),
        Entry(N_("Einheiten"), "/units", May.SEE_PEOPLE),
        Entry(N_("Berichte"), "/reports", May.SEE_REPORTS),
        Entry(N_("Nachweise"), "/evidence", May.EXPORT_EVIDENCE),
        Entry(N_("Importe"), "/imports", May.IMPORT),
        Entry(N_("Prüfspur"), "/audit-trail", May.SEE_TRAIL),
    ],
    search=find,
    panels=panels,
    due=checklists_due,
    resolve=resolve,
    imports=[PEOPLE, UNITS],
    sentences={
        "file.attached": N_("{actor} hat zu {subject} den Beleg „{name}“ hinzugefügt."),
        "evidence.requested": N_("{actor} hat {subject} angefordert, Stand {as_of}."),
        "evidence.finished": N_("{subject} ist fertig. Prüfsumme: {sha256}"),
        "office.founded": N_("{actor} hat {subject} eingerichtet."),
        "unit.added": N_("{actor} hat die Einheit {subject} angelegt."),
        "unit.renamed": N_("{actor} hat die Einheit {subject} umbenannt: {after} statt {before}."),
        "unit.closed": N_("{actor} hat die Einheit {subject} zum {on} geschlossen."),
        "person.added": N_("{actor} hat {subject} aufgenommen."),
        "person.changed": N_("{actor} hat Angaben zu {subject} geändert."),
        "person.left": N_("{actor} hat das Ausscheiden von {subject} zum {on} eingetragen."),
        "person.forgotten": N_("{actor} hat den Namen einer ausgeschiedenen Person gelöscht."),
        "checklist.opened": N_("{actor} hat für {subject} eine Checkliste angelegt: {checklist_kind} am {day}."),
        "checklist.ticked": N_("{actor} hat für {subject} erledigt: {point}."),
        "checklist.reopened": N_("{actor} hat für {subject} wieder geöffnet: {point}."),
        "checklist.planned": N_("{actor} hat die Punkte der Checklisten geändert: {checklist_kind}."),
        "retention.set": N_("{actor} hat festgelegt, dass Namen {months} Monate nach dem letzten Tag bleiben."),
        "person.invited": N_("{actor} hat {subject} zum Anmelden eingeladen."),
        "role.granted": N_("{actor} hat {subject} die Rolle {role} gegeben."),
        "role.ended": N_("{actor} hat eine Rolle von {subject} beendet."),
        "import.received": N_("{actor} hat eine Datei zum Einlesen hochgeladen."),
        "import.answered": N_("{actor} hat Fragen zu einer Datei beantwortet."),
        "import.done": N_("{actor} hat eine Datei eingelesen."),
        "import.mapped": N_("{actor} hat die Spalten einer Datei zugeordnet."),
        "import.undone": N_("{actor} hat einen Import zurückgenommen."),
        "people.import_undone": N_("{actor} hat eine Liste von Personen oder Einheiten zurückgenommen."),
        "person.import_undone": N_("{actor} hat mit einem Import zurückgenommen, was er zu {subject} eingetragen hat."),
        "unit.import_undone": N_("{actor} hat mit einem Import die Einheit {subject} zurückgenommen."),
        "password.set": N_("{actor} hat das Passwort von {subject} gesetzt."),
    },
)
