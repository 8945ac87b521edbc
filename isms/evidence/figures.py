"""Figures that speak for requirements, with the rules that bind them and the rows behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from isms import texts
from isms.area import Binding, Column, Fact, Measurement
from isms.evidence.bag import Bag
from isms.evidence.order import Figure, Order, Veil
from isms.evidence.tabular import table
from isms.house import House
from isms.rules.errors import Missing
from isms.rules.media import slug
from isms.rules.texts import N_

FACTS = (
    Column("key", N_("Schlüssel")),
    Column("label", N_("Was")),
    Column("counts", N_("Zählt")),
    Column("since", N_("Seit")),
    Column("note", N_("Anmerkung")),
)
BINDINGS = (
    Column("requirement", N_("Anforderung (UUID)")),
    Column("printed", N_("Anforderung")),
    Column("rule", N_("Regel")),
    Column("title", N_("Titel der Regel")),
    Column("indicator", N_("Kennzahl")),
    Column("parameters", N_("Parameter")),
    Column("numerator", N_("Zähler")),
    Column("denominator", N_("Nenner")),
    Column("percent", N_("Prozent")),
    Column("yes_from", N_("„ja“ ab")),
    Column("partly_from", N_("„teilweise“ ab")),
    Column("rows", N_("Zeilen dahinter")),
    Column("limits", N_("Was die Zahl nicht zeigt")),
    Column("pack", N_("Regelpaket")),
)

Measured = tuple[str, tuple[tuple[str, str], ...]]


async def figures(bag: Bag, house: House, order: Order, veil: Veil) -> list[Figure]:
    """Each figure is measured once, however many rules it serves.

    A rule may name a figure that no area offers yet: it is listed, so that its absence is seen.
    """
    bound: dict[Measured, list[Binding]] = {}
    for binding in await house.bindings(order.path, on=order.as_of):
        bound.setdefault((binding.indicator, tuple(sorted(binding.parameters.items()))), []).append(binding)
    found = [
        await _figure(bag, house, order, (f"{number:02}", measured, rules, veil))
        for number, (measured, rules) in enumerate(sorted(bound.items()), start=1)
    ]
    _write_bindings(bag, found, veil, order)
    return found


async def _figure(bag: Bag, house: House, order: Order, what: tuple[str, Measured, Sequence[Binding], Veil]) -> Figure:
    number, (key, parameters), bindings, veil = what
    try:
        indicator = house.indicator(key)
    except Missing:
        return Figure(title=key, path="", bindings=tuple(bindings))
    measurement = await indicator.measure(order.path, on=order.as_of, **dict(parameters))
    path = f"indicators/{slug('-'.join([number, key, *(value for _, value in parameters)]))}"
    _write_facts(bag, path, measurement, (veil, key, dict(parameters)))
    return Figure(
        title=texts.say(indicator.title),
        path=path,
        numerator=measurement.numerator,
        denominator=measurement.denominator,
        percent=measurement.percent,
        bindings=tuple(bindings),
    )


def _write_facts(bag: Bag, path: str, measured: Measurement, of: tuple[Veil, str, Mapping[str, str]]) -> None:
    veil, key, parameters = of
    about = {
        "indicator": key,
        "parameters": parameters,
        "as_of": measured.on,
        "numerator": measured.numerator,
        "denominator": measured.denominator,
    }
    with table(bag, path, FACTS, veil, **about) as written:
        for fact in measured.facts:
            written.add((_key(fact, veil), _label(fact, veil), fact.counts, fact.since, texts.say(fact.note)))


def _key(fact: Fact, veil: Veil) -> object:
    """A person's key is the same in every package: beside a pseudonym it would undo it."""
    return veil.name(fact.key) if fact.key.startswith("person:") else fact.key


def _label(fact: Fact, veil: Veil) -> object:
    return veil.name(fact.label) if fact.person else fact.label


def _write_bindings(bag: Bag, found: Sequence[Figure], veil: Veil, order: Order) -> None:
    with table(bag, "indicators/bindings", BINDINGS, veil, as_of=order.as_of) as written:
        for figure in found:
            for binding in figure.bindings:
                for requirement, printed in binding.supports.items():
                    written.add((requirement, printed, *_rule(binding, figure)))


def _rule(binding: Binding, figure: Figure) -> tuple[object, ...]:
    return (
        binding.key,
        binding.title,
        binding.indicator,
        ", ".join(f"{name}={value}" for name, value in binding.parameters.items()),
        figure.numerator,
        figure.denominator,
        figure.percent,
        binding.yes_from,
        binding.partly_from,
        f"{figure.path}.csv" if figure.path else "",
        binding.limits,
        binding.pack,
    )
