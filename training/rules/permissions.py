"""Who may do what with courses. Nobody but the person themselves ever sees a score or an answer."""

from isms.rules.permissions import Permission
from isms.rules.roles import Role
from isms.rules.texts import N_


class May(Permission):
    TAKE = "training:take", N_("Schulungen machen, eigene Ergebnisse und Nachweise ansehen"), *Role
    MANAGE = "training:manage", N_("Schulungen einspielen und veröffentlichen"), Role.TRAINING_MANAGER
    ASSIGN = (
        "training:assign",
        N_("Schulungen zuweisen, beenden und von ihnen befreien"),
        Role.TRAINING_MANAGER,
        Role.SECURITY_OFFICER,
    )
    SEE_NAMES = (
        "training:names",
        N_("Sehen, wem eine Schulung fehlt (Namen, nur bestanden oder nicht; nie Punkte oder Antworten)"),
        Role.TRAINING_MANAGER,
        Role.SUPERVISOR,
    )
    SEE_MISSING = (
        "training:missing",
        N_("Bei der Ausgabe eines Geräts sehen, welche Schulung der Person fehlt (nur Titel und Frist)"),
        Role.IT,
    )
    SEE_COUNTS = (
        "training:counts",
        N_("Quoten je Einheit sehen (keine Namen; Gruppen unter fünf Personen verdeckt)"),
        Role.TRAINING_MANAGER,
        Role.SUPERVISOR,
        Role.HEAD,
        Role.SECURITY_OFFICER,
        Role.DATA_PROTECTION,
        Role.AUDITOR,
    )


# Revision comes from outside and only reads: an assignment to everybody does not mean them.
OBLIGED = tuple(role for role in Role if role is not Role.AUDITOR)
