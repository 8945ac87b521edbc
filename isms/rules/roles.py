"""The roles people have in an office, and how far a role reaches."""

from isms.rules.terms import Term
from isms.rules.texts import N_


class Role(Term):
    HEAD = "head", N_("Leitung")
    SECURITY_OFFICER = "security_officer", N_("ISB")
    IT = "it", N_("IT-Betreuung")
    TRAINING_MANAGER = "training_manager", N_("Schulungsverantwortliche")
    SUPERVISOR = "supervisor", N_("Führungskraft")
    AUDITOR = "auditor", N_("Revision")
    DATA_PROTECTION = "data_protection", N_("Datenschutz")
    EMPLOYEE = "employee", N_("Beschäftigte")
    ADMINISTRATOR = "administrator", N_("Administration")


class Reach(Term):
    """Whose records a role opens: one's own, those of the unit, or those of the unit and all below it."""

    OWN = "own", N_("nur Eigenes")
    UNIT = "unit", N_("die Einheit")
    SUBTREE = "subtree", N_("die Einheit und alles darunter")


class UnitKind(Term):
    LAND = "land", N_("Land")
    OFFICE = "office", N_("Amt")
    DEPARTMENT = "department", N_("Fachdienst")
    SITE = "site", N_("Standort")


def usual_reach(role: Role) -> Reach:
    """Employees answer for their own things; every other role is given for a unit and what lies below it."""
    return Reach.OWN if role is Role.EMPLOYEE else Reach.SUBTREE


def needs_an_end(role: Role) -> bool:
    """Auditors come from outside: their access always ends on a date."""
    return role is Role.AUDITOR
