"""The life of a device: its stages, and the steps that lead from one to the next, as data (steps.py holds them)."""

from __future__ import annotations

from datetime import date

from isms.rules.errors import Refused
from isms.rules.terms import Term
from isms.rules.texts import N_


class Ownership(Term):
    """Whose a device is: what may happen to it depends on that."""

    OFFICE = "office", N_("Eigentum des Amts")
    LEASED = "leased", N_("geleast oder gemietet")
    PRIVATE = "private", N_("privat")


class Stage(Term):
    REQUESTED = "requested", N_("beantragt")
    REJECTED = "rejected", N_("abgelehnt")
    APPROVED = "approved", N_("genehmigt")
    ORDERED = "ordered", N_("bestellt")
    CANCELLED = "cancelled", N_("storniert")
    DELIVERED = "delivered", N_("geliefert")
    IN_STOCK = "in_stock", N_("im Lager")
    ISSUED = "issued", N_("ausgegeben")
    INSTALLED = "installed", N_("aufgestellt")
    REGISTERED = "registered", N_("angemeldet (privat)")
    RETURNED = "returned", N_("zurückgegeben")
    IN_REPAIR = "in_repair", N_("in Reparatur")
    LOST = "lost", N_("verloren")
    STOLEN = "stolen", N_("gestohlen")
    FOUND = "found", N_("wiedergefunden")
    WRITTEN_OFF = "written_off", N_("ausgebucht")
    RETIRED = "retired", N_("ausgesondert")
    ERASED = "erased", N_("gelöscht")
    DISPOSED = "disposed", N_("entsorgt")
    WITHDRAWN = "withdrawn", N_("zurückgenommen")
    SOLD = "sold", N_("verkauft")
    GIVEN_BACK = "given_back", N_("an den Eigentümer zurückgegeben")
    DEREGISTERED = "deregistered", N_("abgemeldet")


class Step(Term):
    APPROVE = "approve", N_("Genehmigen")
    REJECT = "reject", N_("Ablehnen")
    ORDER = "order", N_("Bestellen")
    DELIVER = "deliver", N_("Lieferung annehmen")
    RECEIVE = "receive", N_("Wareneingang buchen")
    ISSUE = "issue", N_("Ausgeben")
    INSTALL = "install", N_("Aufstellen")
    MOVE = "move", N_("Umstellen")
    TAKE_BACK = "take_back", N_("Zurücknehmen")
    RESET = "reset", N_("Prüfen und zurücksetzen")
    REPAIR = "repair", N_("In Reparatur geben")
    REPORT_LOST = "report_lost", N_("Verlust melden")
    REPORT_STOLEN = "report_stolen", N_("Diebstahl melden")
    FIND = "find", N_("Als wiedergefunden buchen")
    WRITE_OFF = "write_off", N_("Ausbuchen")
    CANCEL = "cancel", N_("Stornieren")
    RETIRE = "retire", N_("Aussondern")
    REUSE = "reuse", N_("Wieder verwenden")
    ERASE = "erase", N_("Löschung abschließen")
    DISPOSE = "dispose", N_("Entsorgen")
    SELL = "sell", N_("Verkaufen")
    GIVE_BACK = "give_back", N_("An den Eigentümer zurückgeben")
    DEREGISTER = "deregister", N_("Abmelden")


class Demand(Term):
    """What a step must be given before it can be taken."""

    HOLDER = "holder", N_("wer das Gerät bekommt")
    PLACE = "place", N_("wo das Gerät steht")
    REASON = "reason", N_("warum")
    SIGNATURE = "signature", N_("eine Unterschrift oder die Bestätigung mit der eigenen Anmeldung")
    DOCUMENT = "document", N_("ein Beleg als Datei")
    RESET = "reset", N_("dass geprüft ist und alle Daten entfernt sind")
    SECOND_PERSON = "second_person", N_("eine andere Person als beim Schritt davor")
    MEDIA = "media", N_("eine Entscheidung über die Datenträger im Gerät")
    DOSSIER = "dossier", N_("eine freigegebene Lösch- und Entsorgungsakte")


class Product(Term):
    """What a step leaves behind beside the new stage."""

    SIGHTING = "sighting", N_("Das Gerät gilt als gesehen.")
    PLACE = "place", N_("Der neue Ort ist vermerkt.")
    HANDOVER = "handover", N_("Ein Übergabeprotokoll entsteht.")
    END_OF_HANDOVER = "end_of_handover", N_("Wer das Gerät hatte, verantwortet es nicht mehr.")
    RECEIPT = "receipt", N_("Ein Rückgabebeleg entsteht für die Person, die zurückgibt.")
    INCIDENT_HINT = "incident_hint", N_("Datenschutz und ISB prüfen, ob ein Vorfall zu melden ist.")


NEVER_CAME: frozenset[Stage] = frozenset({Stage.WITHDRAWN})
"""Entered by mistake: the import that brought the device was taken back. Lists leave it out unless asked for it."""

IN_THE_HOUSE: frozenset[Stage] = frozenset(
    {
        Stage.DELIVERED,
        Stage.IN_STOCK,
        Stage.ISSUED,
        Stage.INSTALLED,
        Stage.RETURNED,
        Stage.IN_REPAIR,
        Stage.FOUND,
    }
)
"""Stages in which the office answers for where a device is and who has it."""

GONE: frozenset[Stage] = frozenset(
    {
        Stage.REJECTED,
        Stage.CANCELLED,
        Stage.WRITTEN_OFF,
        Stage.DISPOSED,
        Stage.SOLD,
        Stage.GIVEN_BACK,
        Stage.DEREGISTERED,
        Stage.WITHDRAWN,
    }
)
"""Stages in which the office has nothing to do with a device any more."""

STARTS: frozenset[Stage] = frozenset({Stage.REQUESTED, Stage.ORDERED, Stage.IN_STOCK})
"""Where the life of the office's own or leased device may begin: nobody records one that is already gone."""


def check_day(on: date, since: date, stage: Stage) -> None:
    """Refuse a step dated before the one that led here: the file of a device runs forward only."""
    if on < since:
        raise Refused(
            N_("Das Gerät ist seit {since} {stage}. Der nächste Schritt kann nicht davor liegen."),
            since=since,
            stage=stage,
        )
