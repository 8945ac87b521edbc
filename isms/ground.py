"""The ground floor as an area: the desk on top, the office's own pages at the end."""

from isms.area import Area, Entry
from isms.permissions import May
from isms.rules.permissions import Permission
from isms.rules.texts import N_
from isms.web.desk import Desk


class NoFurther(Permission):
    """The desk asks for what the ground floor's own permissions name."""


DESK = Area(
    title="",
    home="/",
    routes=[Desk],
    permissions=NoFurther,
    navigation=[Entry(N_("Meine Aufgaben"), "/", May.OWN)],
)

OFFICE = Area(
    title=N_("Amt"),
    home="/people",
    routes=[],
    permissions=May,
    sentences={
        "office.founded": N_("{actor} hat {subject} eingerichtet."),
        "unit.added": N_("{actor} hat die Einheit {subject} angelegt."),
        "person.added": N_("{actor} hat {subject} aufgenommen."),
        "person.changed": N_("{actor} hat Angaben zu {subject} geändert."),
        "person.left": N_("{actor} hat das Ausscheiden von {subject} eingetragen."),
        "role.granted": N_("{actor} hat {subject} eine Rolle gegeben."),
        "role.ended": N_("{actor} hat eine Rolle von {subject} beendet."),
        "password.set": N_("{actor} hat das Passwort von {subject} gesetzt."),
    },
)
