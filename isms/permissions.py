"""What one may do on the ground floor: look at people, keep accounts, read the trail, hand out evidence."""

from isms.rules.permissions import Permission
from isms.rules.roles import Role
from isms.rules.texts import N_

EVERYONE = tuple(Role)


class May(Permission):
    OWN = "isms:own", N_("Eigene Aufgaben, Geräte, Kurse und Anmeldungen sehen"), *EVERYONE
    SEE_PEOPLE = (
        "isms:see_people",
        N_("Personen und Einheiten ansehen"),
        Role.HEAD,
        Role.SECURITY_OFFICER,
        Role.IT,
        Role.TRAINING_MANAGER,
        Role.DATA_PROTECTION,
        Role.ADMINISTRATOR,
    )
    IMPORT = (
        "isms:import",
        N_("Dateien einlesen, soweit die Rechte der Bereiche reichen"),
        Role.SECURITY_OFFICER,
        Role.IT,
        Role.TRAINING_MANAGER,
        Role.ADMINISTRATOR,
    )
    MANAGE_PEOPLE = "isms:manage_people", N_("Personen, Einheiten, Rollen und Konten verwalten"), Role.ADMINISTRATOR
    KEEP_CHECKLISTS = (
        "isms:keep_checklists",
        N_("Checklisten für Eintritt und Austritt führen"),
        Role.IT,
        Role.SUPERVISOR,
        Role.ADMINISTRATOR,
    )
    SEE_TRAIL = (
        "isms:see_trail",
        N_("Prüfspur lesen"),
        Role.HEAD,
        Role.SECURITY_OFFICER,
        Role.AUDITOR,
        Role.DATA_PROTECTION,
    )
    SEE_OVERVIEW = (
        "isms:see_overview",
        N_("Überblick mit Kennzahlen ansehen"),
        Role.HEAD,
        Role.SECURITY_OFFICER,
        Role.TRAINING_MANAGER,
        Role.AUDITOR,
        Role.DATA_PROTECTION,
    )
    SEE_REPORTS = (
        "isms:see_reports",
        N_("Berichte ansehen und herunterladen, soweit die Rechte der Bereiche reichen"),
        Role.HEAD,
        Role.SECURITY_OFFICER,
        Role.IT,
        Role.TRAINING_MANAGER,
        Role.AUDITOR,
        Role.DATA_PROTECTION,
    )
    SEE_FILES = (
        "isms:see_files",
        N_("Belege ansehen und herunterladen"),
        Role.HEAD,
        Role.SECURITY_OFFICER,
        Role.IT,
        Role.AUDITOR,
        Role.DATA_PROTECTION,
    )
    ATTACH = (
        "isms:attach",
        N_("Belege hinzufügen"),
        Role.HEAD,
        Role.SECURITY_OFFICER,
        Role.IT,
        Role.DATA_PROTECTION,
    )
    EXPORT_EVIDENCE = (
        "isms:export_evidence",
        N_("Nachweispaket herunterladen (Beschäftigte unter Pseudonym)"),
        Role.HEAD,
        Role.SECURITY_OFFICER,
        Role.AUDITOR,
        Role.DATA_PROTECTION,
    )
    NAME_PEOPLE = (
        "isms:name_people",
        N_("Nachweispaket mit Namen herunterladen"),
        Role.HEAD,
        Role.DATA_PROTECTION,
    )
