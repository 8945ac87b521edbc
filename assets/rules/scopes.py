"""By which method, and how deeply, a scope is secured."""

from isms.rules.terms import Term
from isms.rules.texts import N_


class Method(Term):
    GRUNDSCHUTZ_2023 = "grundschutz_2023", N_("IT-Grundschutz 2023")
    GRUNDSCHUTZ_PLUS_PLUS = "grundschutz_plus_plus", N_("Grundschutz++")
    BOTH = "both", N_("beide")


class SafeguardLevel(Term):
    """Of IT-Grundschutz 2023 (BSI 200-2, section 3.3)."""

    BASIC = "basic", N_("Basis-Absicherung")
    STANDARD = "standard", N_("Standard-Absicherung")
    CORE = "core", N_("Kern-Absicherung")
