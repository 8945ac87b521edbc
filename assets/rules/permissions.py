"""What a role may do with target objects and devices."""

from isms.rules.permissions import Permission
from isms.rules.roles import Role
from isms.rules.texts import N_


class May(Permission):
    VIEW_OBJECTS = (
        "assets:view-objects",
        N_("Zielobjekte und ihren Schutzbedarf ansehen"),
        Role.HEAD,
        Role.SECURITY_OFFICER,
        Role.IT,
        Role.AUDITOR,
        Role.DATA_PROTECTION,
        Role.SUPERVISOR,
    )
    MODEL = (
        "assets:model",
        N_("Zielobjekte anlegen, ändern und verknüpfen"),
        Role.SECURITY_OFFICER,
        Role.IT,
    )
    DRAW = "assets:draw", N_("Informationsverbünde anlegen und abgrenzen"), Role.SECURITY_OFFICER
    ASSESS = "assets:assess", N_("Schutzbedarf feststellen und festsetzen"), Role.SECURITY_OFFICER
    CONFIRM_NEEDS = "assets:confirm-needs", N_("Festgestellten Schutzbedarf bestätigen"), Role.HEAD
    IMPORT_OBJECTS = "assets:import-objects", N_("Zielobjekte importieren"), Role.SECURITY_OFFICER
    VIEW_DEVICES = (
        "assets:view-devices",
        N_("Geräte ansehen; Beschäftigte sehen die, die sie selbst haben"),
        Role.HEAD,
        Role.SECURITY_OFFICER,
        Role.IT,
        Role.AUDITOR,
        Role.DATA_PROTECTION,
        Role.EMPLOYEE,
    )
    NAME_HOLDERS = (
        "assets:name-holders",
        N_("Sehen, wer ein Gerät hat"),
        Role.HEAD,
        Role.SECURITY_OFFICER,
        Role.IT,
        Role.DATA_PROTECTION,
    )
    KEEP = "assets:keep", N_("Geräte aufnehmen und ihre Angaben ändern"), Role.IT
    ISSUE = "assets:issue", N_("Geräte ausgeben, zurücknehmen und bewegen"), Role.IT
    RETIRE = "assets:retire", N_("Geräte aussondern und entsorgen"), Role.IT
    VIEW_MEDIA = (
        "assets:view-media",
        N_("Datenträger und ihre Lösch- und Entsorgungsnachweise ansehen"),
        Role.HEAD,
        Role.SECURITY_OFFICER,
        Role.IT,
        Role.AUDITOR,
        Role.DATA_PROTECTION,
    )
    KEEP_MEDIA = "assets:keep-media", N_("Datenträger aufnehmen, ein- und ausbauen"), Role.IT
    APPROVE = "assets:approve", N_("Anschaffen und Ausbuchen von Geräten genehmigen"), Role.HEAD
    IMPORT_SUPPORT = (
        "assets:import-support",
        N_("Angaben zu Supportenden einlesen"),
        Role.SECURITY_OFFICER,
        Role.IT,
    )
    MATCH_SUPPORT = (
        "assets:match-support",
        N_("Supportende eines Geräts oder Zielobjekts von Hand zuordnen"),
        Role.SECURITY_OFFICER,
        Role.IT,
    )
    VIEW_SOFTWARE = (
        "assets:view-software",
        N_("Sehen, welche Programme auf einem Gerät sind; Beschäftigte sehen es bei ihrem eigenen"),
        Role.SECURITY_OFFICER,
        Role.IT,
        Role.EMPLOYEE,
    )
    KEEP_AGENTS = "assets:keep-agents", N_("Zugänge für Inventar-Agenten anlegen und entziehen"), Role.IT
    VIEW_STOCKTAKES = (
        "assets:view-stocktakes",
        N_("Inventuren und ihr Ergebnis ansehen"),
        Role.HEAD,
        Role.SECURITY_OFFICER,
        Role.IT,
        Role.AUDITOR,
        Role.DATA_PROTECTION,
    )
    STOCKTAKE = "assets:stocktake", N_("Inventuren eröffnen, entscheiden und abschließen"), Role.IT
    COUNT = (
        "assets:count",
        N_("Bei einer Inventur zählen; Beschäftigte nur dort, wo sie als Helfende eingetragen sind"),
        Role.IT,
        Role.EMPLOYEE,
    )
    ERASE = (
        "assets:erase",
        N_("Datenträger löschen, zur Vernichtung übergeben und die Entsorgung beantragen"),
        Role.IT,
    )
    VERIFY_ERASURE = (
        "assets:verify-erasure",
        N_("Als zweite Person Löschungen prüfen und bezeugen"),
        Role.SECURITY_OFFICER,
        Role.IT,
        Role.DATA_PROTECTION,
    )
    APPROVE_DISPOSAL = (
        "assets:approve-disposal",
        N_("Als zweite Person die Entsorgung freigeben"),
        Role.HEAD,
        Role.SECURITY_OFFICER,
    )
    SETTLE_DESTRUCTION = (
        "assets:settle-destruction",
        N_("Schutzklassen und Sicherheitsstufen der Vernichtung festlegen"),
        Role.SECURITY_OFFICER,
    )
    TERMS = "assets:terms", N_("Bedingungen für Geräte festlegen"), Role.HEAD, Role.SECURITY_OFFICER
    JUDGE_LOSS = (
        "assets:judge-loss",
        N_("Beurteilen, ob der Verlust eines Geräts zu melden ist"),
        Role.SECURITY_OFFICER,
        Role.DATA_PROTECTION,
    )
    IMPORT_DEVICES = "assets:import-devices", N_("Geräte importieren"), Role.IT
    VIEW_UPKEEP = (
        "assets:view-upkeep",
        N_("Wartung, Verträge, Werte und Lizenzen ansehen"),
        Role.HEAD,
        Role.SECURITY_OFFICER,
        Role.IT,
        Role.AUDITOR,
    )
    MAINTAIN = "assets:maintain", N_("Wartung dokumentieren, Verträge und Nutzungsdauern pflegen"), Role.IT
    LICENSE = "assets:license", N_("Lizenzen pflegen und Plätze vergeben"), Role.IT
