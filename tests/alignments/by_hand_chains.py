"""Who else asks for a part, and what chains of alignments lead to, worked out by hand.

As in by_hand.py, this was written from the table and the frameworks; no program made it.

What a careful reader concludes from a chain of two or more
- close and close: related and no more, for each step may drift, and two drifts are no likeness;
- narrower and then related: the whole has to do with what its part has to do with;
- broader and then related, or related and then narrower: nothing, for the related part may have to
  do with another piece of the broader one;
- related and related: nothing;
- an opposite with anything else: nothing.
None is ever exact.
"""

from __future__ import annotations

from typing import NamedTuple

HK, NOS = "hkqf-111334L3/unit/", "nos-pss-spo109/1/"
PUB, PWGSC, WCC = "pub-cscf/", "pwgsc-client-service/competency/", "wcc-behaviours/"


class Asked(NamedTuple):
    """Who else asks for a part: each other part with its relation as seen from this one."""

    frameworks: int
    matches: dict[str, str]
    opposites: tuple[str, ...] = ()


WHO_ELSE: dict[str, Asked] = {
    WCC + "v3/c2/b1": Asked(
        2,
        {
            PWGSC + "l3/b7": "closeMatch",
            PUB + "c05/base": "closeMatch",
            PUB + "c06/higher": "relatedMatch",
        },
    ),
    PWGSC + "l3/b2": Asked(
        2,
        {
            HK + "pr/2/3": "closeMatch",
            HK + "pr/2/4": "narrowMatch",  # basic coaching is the narrower of the two
            WCC + "v3/c3/b4": "closeMatch",
            WCC + "v3/c3/b6": "relatedMatch",
        },
        (WCC + "v3/unhelpful/4",),
    ),
    PUB + "c02/base": Asked(
        4,
        {
            HK + "pr/1/2": "relatedMatch",
            HK + "pr/3/1": "relatedMatch",
            NOS + "ku/29": "relatedMatch",
            PWGSC + "l2/b4": "relatedMatch",
            WCC + "v3/c4/b5": "relatedMatch",
        },
        (WCC + "v2/unhelpful/3",),
    ),
    WCC + "v1/c5/b6": Asked(
        2,
        {
            PWGSC + "l2/b5": "closeMatch",
            NOS + "pc/8": "narrowMatch",
            NOS + "ku/25": "relatedMatch",
        },
    ),
    NOS + "ku/37": Asked(
        3,
        {
            PUB + "c01": "relatedMatch",
            PWGSC + "l1/b4": "relatedMatch",
            WCC + "v1/c4/b1": "relatedMatch",
        },
    ),
    # Emotional resilience that is built in others: nobody else asks for it.
    PUB + "c03/higher": Asked(0, {}),
    # Opposites alone are nobody who asks.
    WCC + "v2/unhelpful/8": Asked(0, {}, (HK + "pr/3/2", NOS + "pc/7")),
}

# What no other of the five asks for at all, opposites aside.
ALONE: dict[str, str] = {
    "pub-cscf": """
        c03: . higher
        c04
        c05
    """,
    "hkqf-111334L3": """
        unit/pr/1: . 3
        unit/pr/2
        unit/pr/3: . 2
        unit/ac: 1 2 3
    """,
    "pwgsc-client-service": """
        competency: d2 l1 l2 l3
        competency/l2: b1
    """,
}


class Chain(NamedTuple):
    """Parts end to end, the relations between them, and what follows for the ends, if anything."""

    parts: tuple[str, ...]
    steps: tuple[str, ...]
    conclusion: str | None


CHAINS: tuple[Chain, ...] = (
    # Prompt attention, tasks in order for a deadline, tasks done by the deadline.
    Chain(
        (NOS + "pc/3", PWGSC + "l1/b7", WCC + "v3/c1/b2"),
        ("closeMatch", "closeMatch"),
        "relatedMatch",
    ),
    # Resources for kinds of customers, for projects, across teams.
    Chain(
        (NOS + "pc/2", PWGSC + "l2/b2", WCC + "v2/c5/b3"),
        ("closeMatch", "closeMatch"),
        "relatedMatch",
    ),
    # Working across boundaries contains cooperation with other sectors, which has to do with
    # reaching out to other teams.
    Chain(
        (PUB + "c05/base", PWGSC + "l2/b7", WCC + "v1/c4/b6"),
        ("narrowMatch", "relatedMatch"),
        "relatedMatch",
    ),
    # Basic coaching is a piece of guiding, feedback and learning; a culture of learning may have to
    # do with another piece.
    Chain(
        (HK + "pr/2/4", PWGSC + "l3/b2", WCC + "v3/c3/b6"),
        ("broadMatch", "relatedMatch"),
        None,
    ),
    # The customer's view, listening, clear speech: each two have something in common, not the ends.
    Chain(
        (PUB + "c01/base", PWGSC + "l1/b1", NOS + "ku/18"),
        ("relatedMatch", "relatedMatch"),
        None,
    ),
    # Telling staff what could improve is like guiding them; that is no opposite of limiting others.
    Chain(
        (HK + "pr/2/3", PWGSC + "l3/b2", WCC + "v3/unhelpful/4"),
        ("closeMatch", "contrasts"),
        None,
    ),
)

# All that is reached within two steps: (relation, steps). What stands in the part's own framework
# is never reached, and an end that is aligned with the part itself has that alignment.
WITHIN_TWO: dict[str, dict[str, tuple[str, int]]] = {
    NOS + "pc/2": {
        PWGSC + "l2/b2": ("closeMatch", 1),
        WCC + "v2/c5/b3": ("relatedMatch", 2),
    },
    NOS + "pc/3": {
        PWGSC + "l1/b7": ("closeMatch", 1),
        WCC + "v1/c1/b5": ("closeMatch", 1),
        WCC + "v3/c1/b2": ("relatedMatch", 2),  # through PWGSC
        PWGSC + "l1/b4": ("relatedMatch", 2),  # through WCC
    },
    # Stated with WCC as related, though PWGSC would lead there too.
    PUB + "c06/higher": {
        PWGSC + "l3/b7": ("closeMatch", 1),
        WCC + "v3/c2/b1": ("relatedMatch", 1),
    },
    WCC + "v2/unhelpful/8": {
        HK + "pr/3/2": ("contrasts", 1),
        NOS + "pc/7": ("contrasts", 1),
    },
}
