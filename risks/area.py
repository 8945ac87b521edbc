"""Catalogues, requirements and risks as an area of the house."""

from isms.area import Area, Entry, Indicator
from isms.rules.texts import N_
from risks.demo import demo
from risks.intake.catalogues import CATALOGUES
from risks.queries.indicators import risks_treated, risks_valued
from risks.queries.keys import resolve
from risks.queries.leavers import open_with
from risks.rules.permissions import May
from risks.rules.sentences import SENTENCES
from risks.web.catalogues import Catalogues, StarterCatalogues
from risks.web.controls import Controls
from risks.web.measures import Measures
from risks.web.register import Register
from risks.web.reports import REPORTS
from risks.web.requirements import Checks, Requirements
from risks.web.risks import NewRisks, Risks
from risks.web.sockets import bindings, due, panels, search
from risks.web.steps import Acceptances, Steps

RISKS = Area(
    title=N_("Risiken und Anforderungen"),
    home="/risks",
    routes=[
        Register,
        Risks,
        NewRisks,
        Steps,
        Acceptances,
        Controls,
        Measures,
        Requirements,
        Checks,
        Catalogues,
        StarterCatalogues,
    ],
    permissions=May,
    navigation=[
        Entry(N_("Risiken"), "/risks", May.VIEW_RISKS),
        Entry(N_("Anforderungen"), "/requirements", May.VIEW_REQUIREMENTS),
        Entry(N_("Kataloge"), "/catalogues", May.VIEW_REQUIREMENTS),
    ],
    due=due,
    open_with=open_with,
    search=search,
    panels=panels,
    resolve=resolve,
    indicators=[
        Indicator("risks.valued", N_("Bewertete Risiken"), risks_valued),
        Indicator("risks.treated", N_("Risiken, über deren Behandlung entschieden ist"), risks_treated),
    ],
    bindings=bindings,
    reports=REPORTS,
    sentences=SENTENCES,
    imports=[CATALOGUES],
    demo=demo,
)
