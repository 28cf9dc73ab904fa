"""Titles and sentences for made frameworks: plain, and no two of a framework alike."""

from __future__ import annotations

_VERBS_TEXT = (
    "checks counts cleans labels stacks weighs measures records sorts wraps carries opens closes "
    "repairs tests replaces inspects reports orders stores moves loads unloads marks files signs "
    "prints copies scans cuts trims folds seals fills empties rinses dries polishes paints drills"
)
_THINGS_TEXT = (
    "tools crates invoices shelves drawers boxes pallets parcels ladders trolleys cartons jars "
    "bottles cables panels hinges valves filters gauges pumps belts brushes baskets blankets "
    "tickets vouchers keys lamps locks masks gloves helmets aprons trays racks hooks pipes ropes "
    "sacks scales sheets signs switches tanks tapes tiles timers wheels windows wires"
)
_WHEN_TEXT = (
    "before the shift begins|after the last delivery|at the end of each week|once the doors close|"
    "while the line is stopped|as soon as they arrive|on the first day of the month|every hour|"
    "when the supervisor asks|during the morning round|within ten minutes of use|twice a day|"
    "ahead of the yearly audit|by the date on the list|on the day of the order|at each handover|"
    "before they leave the yard|after every spill|in the order of the list|under a bright light"
)
_TRADES_TEXT = (
    "bakery joinery printing dairy laundry nursery pottery tannery brewery foundry glazing masonry "
    "weaving welding milling plumbing roofing tiling packing dyeing"
)
_VERBS, _THINGS, _TRADES = (text.split() for text in (_VERBS_TEXT, _THINGS_TEXT, _TRADES_TEXT))
_WHEN = _WHEN_TEXT.split("|")
_STEP = 7_919  # a prime, so that all sentences come before one comes again


def sentence(framework: int, place: int, *, negative: bool = False) -> str:
    """Return the sentence at a place of a framework; a negative one says what should not be.

    >>> sentence(0, 1) != sentence(0, 2)
    True
    """
    every = len(_VERBS) * len(_THINGS) * len(_WHEN)
    at = (framework * 131 + place * _STEP) % every
    at, verb = divmod(at, len(_VERBS))
    when, thing = divmod(at, len(_THINGS))
    trade = _TRADES[framework % len(_TRADES)]
    said = f"{_VERBS[verb]} the {_THINGS[thing]} of the {trade} {_WHEN[when]}"
    return f"Rarely {said}." if negative else f"{said[0].upper()}{said[1:]}."


def title(framework: int, place: int) -> str:
    """Return the title at a place of a framework.

    >>> title(0, 0)
    'Bakery'
    """
    trade = _TRADES[framework % len(_TRADES)].capitalize()
    if place == 0:
        return trade
    thing, verb = divmod(place * 7, len(_VERBS))
    return f"{trade} {_THINGS[thing % len(_THINGS)]} that one {_VERBS[verb]}"
