"""Words of the training register."""

from isms.rules.terms import Term
from isms.rules.texts import N_


class Source(Term):
    """Where a completion was earned."""

    OWN = "own", N_("hier gemacht")
    IMPORT = "import", N_("aus einer Lernplattform übernommen")
    MANUAL = "manual", N_("mit Beleg eingetragen")
