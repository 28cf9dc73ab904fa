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
_FRENCH_VERBS_TEXT = (
    "contrôle compte nettoie étiquette empile pèse mesure note trie emballe porte ouvre ferme "
    "répare essaie remplace inspecte signale commande range déplace charge décharge marque classe "
    "signe imprime copie numérise coupe taille plie scelle remplit vide rince sèche polit peint perce"
)
_FRENCH_THINGS_TEXT = (
    "outils caisses factures étagères tiroirs boîtes palettes colis échelles chariots cartons "
    "bocaux bouteilles câbles panneaux charnières vannes filtres jauges pompes courroies brosses "
    "paniers couvertures tickets bons clés lampes serrures masques gants casques tabliers plateaux "
    "casiers crochets tuyaux cordes sacs balances feuilles enseignes interrupteurs réservoirs "
    "rubans tuiles minuteries roues fenêtres fils"
)
_FRENCH_WHEN_TEXT = (
    "avant le début du service|après la dernière livraison|à la fin de chaque semaine|"
    "une fois les portes fermées|quand la ligne est arrêtée|dès leur arrivée|"
    "le premier jour du mois|toutes les heures|à la demande du responsable|"
    "pendant la tournée du matin|dans les dix minutes|deux fois par jour|"
    "avant le contrôle annuel|à la date de la liste|le jour de la commande|à chaque relève|"
    "avant leur départ|après chaque fuite|dans l'ordre de la liste|sous une lumière vive"
)
_FRENCH_VERBS, _FRENCH_THINGS = _FRENCH_VERBS_TEXT.split(), _FRENCH_THINGS_TEXT.split()
_FRENCH_WHEN = _FRENCH_WHEN_TEXT.split("|")
_STEP = 7_919  # a prime, so that all sentences come before one comes again


def sentence(framework: int, place: int, *, negative: bool = False) -> str:
    """Return the sentence at a place of a framework; a negative one says what should not be.

    >>> sentence(0, 1) != sentence(0, 2)
    True
    """
    verb, thing, when = _chosen(framework, place)
    trade = _TRADES[framework % len(_TRADES)]
    said = f"{_VERBS[verb]} the {_THINGS[thing]} of the {trade} {_WHEN[when]}"
    return f"Rarely {said}." if negative else f"{said[0].upper()}{said[1:]}."


def phrase(framework: int, place: int, *, negative: bool = False) -> str:
    """Return the sentence at a place of a framework in French.

    >>> phrase(0, 1)
    'Perce les roues une fois les portes fermées.'
    """
    verb, thing, when = _chosen(framework, place)
    said = f"{_FRENCH_VERBS[verb]} les {_FRENCH_THINGS[thing]} {_FRENCH_WHEN[when]}"
    return f"Rarement : {said}." if negative else f"{said[0].upper()}{said[1:]}."


def _chosen(framework: int, place: int) -> tuple[int, int, int]:
    """Return which verb, thing and moment make the sentence at a place."""
    every = len(_VERBS) * len(_THINGS) * len(_WHEN)
    at, verb = divmod((framework * 131 + place * _STEP) % every, len(_VERBS))
    when, thing = divmod(at, len(_THINGS))
    return verb, thing, when


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


def heading(place: int) -> str:
    """Return the title at a place of a framework in French.

    >>> heading(1)
    'Outils : on note'
    """
    thing, verb = divmod(place * 7, len(_VERBS))
    return f"{_FRENCH_THINGS[thing % len(_THINGS)].capitalize()} : on {_FRENCH_VERBS[verb]}"
