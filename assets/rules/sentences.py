"""How the audit trail tells what happened to objects and devices."""

from collections.abc import Mapping

from isms.rules.texts import N_

SENTENCES: Mapping[str, str] = {
    "object.added": N_("{actor} hat das Zielobjekt {subject} angelegt."),
    "object.changed": N_("{actor} hat Angaben zu {subject} geändert."),
    "object.ended": N_("{actor} hat {subject} aus der Struktur genommen: {reason}"),
    "object.assessed": N_("{actor} hat den eigenen Schutzbedarf von {subject} festgestellt: {protection_need}."),
    "object.settled": N_("{actor} hat für {subject} festgesetzt: {goal} {protection_need}. Grund: {reason}"),
    "object.unsettled": N_("{actor} hat für {subject} die Festsetzung zu {goal} aufgehoben."),
    "object.need_changed": N_("Der Schutzbedarf von {subject} hat sich geändert: {goal}. Auslöser: {actor}."),
    "object.linked": N_("{actor} hat verknüpft: {subject} {link_kind} {to}."),
    "object.linked_from": N_("{actor} hat verknüpft: {source} {link_kind} {subject}."),
    "object.unlinked": N_("{actor} hat die Verknüpfung gelöst: {subject} {link_kind} {to}."),
    "objects.imported": N_("{actor} hat eine Liste mit {count} Zielobjekten übernommen."),
    "devices.imported": N_("{actor} hat eine Liste mit {count} Geräten übernommen."),
    "object.imported": N_("{actor} hat {subject} aus einer Liste übernommen."),
    "device.added": N_("{actor} hat das Gerät {subject} aufgenommen ({stage})."),
    "device.changed": N_("{actor} hat Angaben zu {subject} geändert."),
    "device.seen": N_("{actor} hat {subject} gesehen."),
    "device.received": N_("{actor} hat den Eingang von {subject} gebucht."),
    "device.issued": N_("{actor} hat {subject} an {to} ausgegeben."),
    "device.installed": N_("{actor} hat {subject} aufgestellt ({place})."),
    "device.moved": N_("{actor} hat {subject} umgestellt ({place})."),
    "device.taken_back": N_("{actor} hat {subject} zurückgenommen."),
    "device.sent_to_repair": N_("{actor} hat {subject} in Reparatur gegeben: {reason}"),
    "device.reported_lost": N_("{actor} hat den Verlust von {subject} gemeldet: {reason}"),
    "device.reported_stolen": N_("{actor} hat den Diebstahl von {subject} gemeldet: {reason}"),
    "device.found": N_("{actor} hat {subject} als wiedergefunden gebucht."),
    "device.retired": N_("{actor} hat {subject} ausgesondert: {reason}"),
    "device.disposed": N_("{actor} hat {subject} entsorgt: {reason}"),
    "device.imported": N_("{actor} hat {subject} aus einer Liste übernommen."),
    "scope.added": N_("{actor} hat den Informationsverbund {subject} angelegt."),
    "scope.changed": N_("{actor} hat Angaben zum Informationsverbund {subject} geändert."),
    "scope.included": N_("{actor} hat {name} in den Informationsverbund {subject} aufgenommen."),
    "scope.left_out": N_("{actor} hat {name} aus dem Informationsverbund {subject} genommen."),
}
