"""Lists that other tools write: Snipe-IT, Shelf and Ralph, recognised by the names of their columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from isms.rules.terms import Term
from isms.rules.texts import N_


class Layout(Term):
    """Which tool wrote a list of what."""

    SNIPE_ACCESSORIES = "snipe_accessories", N_("Zubehörliste aus Snipe-IT")
    SNIPE_CONSUMABLES = "snipe_consumables", N_("Liste von Verbrauchsmaterial aus Snipe-IT")
    SNIPE_COMPONENTS = "snipe_components", N_("Liste von Bauteilen aus Snipe-IT")
    SNIPE_LICENCES = "snipe_licences", N_("Lizenzliste aus Snipe-IT")
    SNIPE_LOCATIONS = "snipe_locations", N_("Liste von Standorten aus Snipe-IT")
    SNIPE_MODELS = "snipe_models", N_("Liste von Modellen aus Snipe-IT")
    SNIPE_USERS = "snipe_users", N_("Personenliste aus Snipe-IT")
    SHELF_ASSETS = "shelf_assets", N_("Geräteliste aus Shelf")
    SHELF_USERS = "shelf_users", N_("Personenliste aus Shelf")
    RALPH_ASSETS = "ralph_assets", N_("Geräteliste aus Ralph")
    RALPH_WAREHOUSES = "ralph_warehouses", N_("Liste von Lagern aus Ralph")
    RALPH_REGIONS = "ralph_regions", N_("Liste von Regionen aus Ralph")


# What a list must have, and what it must not, in this order.
SIGNS: tuple[tuple[Layout, frozenset[str], frozenset[str]], ...] = (
    (Layout.SNIPE_LICENCES, frozenset({"seats", "maintained", "reassignable"}), frozenset()),
    (Layout.SNIPE_CONSUMABLES, frozenset({"qty", "min amount", "item number"}), frozenset()),
    (Layout.SNIPE_ACCESSORIES, frozenset({"name", "qty", "min amount"}), frozenset({"asset tag"})),
    (Layout.SNIPE_COMPONENTS, frozenset({"item name", "quantity", "serial number"}), frozenset({"asset tag"})),
    (Layout.SNIPE_MODELS, frozenset({"name", "model number", "fieldset", "eol"}), frozenset({"asset tag"})),
    (Layout.SNIPE_LOCATIONS, frozenset({"name", "address", "city", "zip"}), frozenset({"asset tag", "username"})),
    (Layout.SNIPE_USERS, frozenset({"first name", "last name", "username", "activated"}), frozenset({"asset tag"})),
    (Layout.SHELF_ASSETS, frozenset({"title", "custodian", "bookable"}), frozenset()),
    (Layout.SHELF_USERS, frozenset({"role", "email", "teammemberid"}), frozenset()),
    (Layout.RALPH_ASSETS, frozenset({"id", "sn", "model", "warehouse"}), frozenset()),
    (Layout.RALPH_REGIONS, frozenset({"id", "name", "users"}), frozenset()),
)
RALPH_WAREHOUSE = frozenset({"id", "name"})

ELSEWHERE = N_("Das ist eine {layout}. Lesen Sie sie unter „{kind}“ ein.")
WHERE: Mapping[Layout, str] = {
    Layout.SNIPE_ACCESSORIES: N_("Zielobjekte"),
    Layout.SNIPE_LOCATIONS: N_("Zielobjekte"),
    Layout.RALPH_WAREHOUSES: N_("Zielobjekte"),
    Layout.SNIPE_MODELS: N_("Modelle"),
    Layout.SNIPE_LICENCES: N_("Lizenzen"),
    Layout.SNIPE_USERS: N_("Personen"),
    Layout.SHELF_USERS: N_("Personen"),
    Layout.RALPH_REGIONS: N_("Einheiten"),
    Layout.SHELF_ASSETS: N_("Geräte"),
    Layout.RALPH_ASSETS: N_("Geräte"),
}
NOWHERE: Mapping[Layout, str] = {
    Layout.SNIPE_CONSUMABLES: N_(
        "Das ist eine Liste von Verbrauchsmaterial aus Snipe-IT. Verbrauchsmaterial führt dieses Register nicht: "
        "Es trägt keine Daten und hat keinen Schutzbedarf. Aus der Liste wird nichts übernommen."
    ),
    Layout.SNIPE_COMPONENTS: N_(
        "Das ist eine Liste von Bauteilen aus Snipe-IT. Bauteile werden nicht einzeln geführt; Datenträger tragen Sie "
        "beim Gerät ein, in dem sie stecken. Aus der Liste wird nichts übernommen."
    ),
}


def layout_of(columns: Collection[str]) -> Layout | None:
    """What a list is, by the plain names of its columns."""
    there = frozenset(columns)
    for layout, needed, strange in SIGNS:
        if needed <= there and not strange & there:
            return layout
    return Layout.RALPH_WAREHOUSES if there == RALPH_WAREHOUSE else None
