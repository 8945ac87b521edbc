"""What a role may do with catalogues, requirements and risks."""

from isms.rules.permissions import Permission
from isms.rules.roles import Role
from isms.rules.texts import N_


class May(Permission):
    VIEW_REQUIREMENTS = (
        "risks:view-requirements",
        N_("Kataloge, Anforderungen und ihren Stand ansehen"),
        Role.HEAD,
        Role.SECURITY_OFFICER,
        Role.IT,
        Role.TRAINING_MANAGER,
        Role.SUPERVISOR,
        Role.AUDITOR,
        Role.DATA_PROTECTION,
    )
    IMPORT_CATALOGUES = "risks:import-catalogues", N_("Kataloge importieren"), Role.SECURITY_OFFICER
    JUDGE = "risks:judge", N_("Den Umsetzungsstatus von Anforderungen festlegen"), Role.SECURITY_OFFICER
    VIEW_RISKS = (
        "risks:view-risks",
        N_("Risiken ansehen; Beschäftigte sehen die, für die sie selbst verantwortlich sind"),
        Role.HEAD,
        Role.SECURITY_OFFICER,
        Role.IT,
        Role.SUPERVISOR,
        Role.AUDITOR,
        Role.DATA_PROTECTION,
        Role.EMPLOYEE,
    )
    ANALYSE = (
        "risks:analyse",
        N_("Risiken erfassen, bewerten, behandeln, überprüfen und schließen"),
        Role.SECURITY_OFFICER,
    )
    ACCEPT = "risks:accept", N_("Restrisiken übernehmen"), Role.HEAD
    CARRY_OUT = (
        "risks:carry-out",
        N_("Maßnahmen als erledigt melden; alle außer dem ISB nur die eigenen"),
        Role.SECURITY_OFFICER,
        Role.HEAD,
        Role.IT,
        Role.SUPERVISOR,
        Role.EMPLOYEE,
    )
