"""The figures that this area offers, one file for each thing that is measured."""

from collections.abc import Sequence

from assets.queries.indicators.devices import devices_assigned, inventory_seen_within
from assets.queries.indicators.erasure import erasure_proven
from assets.queries.indicators.handovers import handovers_signed, returns_in_time
from assets.queries.indicators.maintenance import maintenance_in_time
from assets.queries.indicators.objects import objects_answered_for, objects_assessed
from assets.queries.indicators.protection import encryption_on, protection_on
from assets.queries.indicators.support import in_support
from isms.area import Indicator
from isms.rules.texts import N_

INDICATORS: Sequence[Indicator] = (
    Indicator("assets.erasure_proven", N_("Entsorgte Geräte mit vollständigem Nachweis"), erasure_proven),
    Indicator("assets.devices_assigned", N_("Geräte, von denen bekannt ist, wer sie hat und wo"), devices_assigned),
    Indicator("assets.inventory_seen_within", N_("Geräte, die zuletzt gesehen wurden"), inventory_seen_within),
    Indicator("assets.objects_assessed", N_("Zielobjekte mit Schutzbedarf"), objects_assessed),
    Indicator(
        "assets.objects_answered_for", N_("Zielobjekte, für die jemand verantwortlich ist"), objects_answered_for
    ),
    Indicator("assets.maintenance_in_time", N_("Wartung nach Plan"), maintenance_in_time),
    Indicator("assets.in_support", N_("Geräte, die der Hersteller noch versorgt"), in_support),
    Indicator("assets.encryption_on", N_("Geräte mit nachweislich verschlüsselten Datenträgern"), encryption_on),
    Indicator("assets.protection_on", N_("Rechner mit eingeschaltetem Virenschutz"), protection_on),
    Indicator("assets.returns_in_time", N_("Leihgeräte, deren Rückgabe nicht überfällig ist"), returns_in_time),
    Indicator("assets.handovers_signed", N_("Ausgegebene Geräte mit unterschriebenem Empfang"), handovers_signed),
)
