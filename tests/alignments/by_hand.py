"""What the shipped frameworks cover of each other, worked out by hand.

Somebody went through graph/alignments.sssom.tsv with the five frameworks beside it, and wrote down
what follows for each part; nothing in this file was made by a program. Where a test differs from
it, find out which of the two is wrong before changing either.

How it was done
- What asks something was counted in the frameworks: not headings, values, notes, scope, lead-ins
  or the descriptors that only open a list of behaviours.
  pub-cscf: 6 competencies, 6 base definitions, 6 higher bands.
  pwgsc-client-service: the competency, its general description (d2; d1 is the lead-in), 3 levels,
  21 behaviours. hkqf-111334L3: the unit, 3 elements, 9 requirements, 3 assessment criteria.
  nos-pss-spo109: the unit, 1 element, 13 criteria, 39 items of knowledge.
  wcc-behaviours: 15 commitments, 91 behaviours (7 + 14 x 6), 37 unhelpful ones (14 + 11 + 12).
- A part is in ``full`` if a part of the other framework is close to it or is the broader of the
  two; in ``part`` if the best it has is a part narrower than itself; in ``touched`` if the best it
  has is a related part. Opposites were passed over. All others are ``gaps``.
- A line ``v1/c1: . b3 b4`` means v1/c1 itself, v1/c1/b3 and v1/c1/b4. A line without a colon has
  whole paths.
- Numbers are (any match, close or better, all); "close or better" is ``full`` and ``part``.
"""

from __future__ import annotations

from typing import NamedTuple

Numbers = tuple[int, int, int]


class Covered(NamedTuple):
    """How one framework covers another: parts by how far, and numbers by group and by level."""

    total: int
    full: str
    part: str
    touched: str
    gaps: str
    groups: dict[str, Numbers]  # by the path of the head; "" is for what stands in no group
    levels: dict[str, Numbers]  # by the path of the level; "" is for what stands at none


ASKING = {
    "pub-cscf": 6 + 6 + 6,
    "pwgsc-client-service": 1 + 1 + 3 + 21,
    "hkqf-111334L3": 1 + 3 + 9 + 3,
    "nos-pss-spo109": 1 + 1 + 13 + 39,
    "wcc-behaviours": 15 + 91 + 37,
}

# Of the values of WCC the first has 5 commitments, 31 behaviours and 14 unhelpful ones: 50; the
# second 5 + 30 + 11 = 46; the third 5 + 30 + 12 = 47. WCC has no levels, nor has the port standard.
COVERED: dict[tuple[str, str], Covered] = {  # (who covers, who is covered)
    ("pub-cscf", "wcc-behaviours"): Covered(
        total=143,
        full="""
            v1/c1: b1 b2
            v1/c4: b3
            v2/c1: b1
            v2/c5
            v3/c1: b4
            v3/c2: b1 b2
        """,  # c06/higher is only related to v3/c2/b1, but c05/base is close to it
        part="",
        touched="""
            v2/c1: b5
            v2/c5: b6
            v3/c2: b5
            v3/c3: b2
            v3/c4: b5
        """,
        gaps="""
            v1/c1: . b3 b4 b5 b6 b7
            v1/c2: . b1 b2 b3 b4 b5 b6
            v1/c3: . b1 b2 b3 b4 b5 b6
            v1/c4: . b1 b2 b4 b5 b6
            v1/c5: . b1 b2 b3 b4 b5 b6
            v1/unhelpful: 1 2 3 4 5 6 7 8 9 10 11 12 13 14
            v2/c1: . b2 b3 b4 b6
            v2/c2: . b1 b2 b3 b4 b5 b6
            v2/c3: . b1 b2 b3 b4 b5 b6
            v2/c4: . b1 b2 b3 b4 b5 b6
            v2/c5: b1 b2 b3 b4 b5
            v2/unhelpful: 1 2 3 4 5 6 7 8 9 10 11
            v3/c1: . b1 b2 b3 b5 b6
            v3/c2: . b3 b4 b6
            v3/c3: . b1 b3 b4 b5 b6
            v3/c4: . b1 b2 b3 b4 b6
            v3/c5: . b1 b2 b3 b4 b5 b6
            v3/unhelpful: 1 2 3 4 5 6 7 8 9 10 11 12
        """,  # 47 + 42 + 41 = 130
        groups={"v1": (3, 3, 50), "v2": (4, 2, 46), "v3": (6, 3, 47)},
        levels={"": (13, 8, 143)},
    ),
    ("wcc-behaviours", "pub-cscf"): Covered(
        total=18,
        full="""
            c01: base
            c02: higher
            c03: base
            c05: base higher
            c06
        """,
        part="",
        touched="""
            c01: . higher
            c02: base
            c06: base higher
        """,
        gaps="""
            c02
            c03: . higher
            c04: . base higher
            c05
        """,  # c04/higher and c05/base have opposites at WCC, which cover nothing
        groups={
            "c01": (3, 1, 3),
            "c02": (2, 1, 3),
            "c03": (1, 1, 3),
            "c04": (0, 0, 3),
            "c05": (2, 2, 3),
            "c06": (3, 1, 3),
        },
        # the competencies themselves stand at no level
        levels={"scale/base": (5, 3, 6), "scale/higher": (4, 2, 6), "": (2, 1, 6)},
    ),
    ("pwgsc-client-service", "wcc-behaviours"): Covered(
        total=143,
        full="""
            v1/c1: b5
            v1/c2: b1 b2 b5
            v1/c4: b1
            v1/c5: b6
            v2/c1: b1
            v2/c5: b3
            v3/c1: b2
            v3/c2: b1 b6
            v3/c3: b4
        """,
        part="v1/c5",  # asking clients for feedback is only one part of consulting customers
        touched="""
            v1/c1: b7
            v1/c3: b1
            v1/c4: b6
            v2/c3: b5
            v2/c4: b3
            v2/c5: b4
            v3/c3: b2 b5 b6
        """,
        gaps="""
            v1/c1: . b1 b2 b3 b4 b6
            v1/c2: . b3 b4 b6
            v1/c3: . b2 b3 b4 b5 b6
            v1/c4: . b2 b3 b4 b5
            v1/c5: b1 b2 b3 b4 b5
            v1/unhelpful: 1 2 3 4 5 6 7 8 9 10 11 12 13 14
            v2/c1: . b2 b3 b4 b5 b6
            v2/c2: . b1 b2 b3 b4 b5 b6
            v2/c3: . b1 b2 b3 b4 b6
            v2/c4: . b1 b2 b4 b5 b6
            v2/c5: . b1 b2 b5 b6
            v2/unhelpful: 1 2 3 4 5 6 7 8 9 10 11
            v3/c1: . b1 b3 b4 b5 b6
            v3/c2: . b2 b3 b4 b5
            v3/c3: . b1 b3
            v3/c4: . b1 b2 b3 b4 b5 b6
            v3/c5: . b1 b2 b3 b4 b5 b6
            v3/unhelpful: 1 2 3 4 5 6 7 8 9 10 11 12
        """,  # 40 + 41 + 40 = 121
        groups={"v1": (10, 7, 50), "v2": (5, 2, 46), "v3": (7, 4, 47)},
        levels={"": (22, 13, 143)},
    ),
    ("wcc-behaviours", "pwgsc-client-service"): Covered(
        total=26,
        full="""
            competency/l1: b1 b2 b4 b7
            competency/l2: b2 b3 b5 b7
            competency/l3: b2 b7
        """,
        part="",  # l2/b5 has a broader part, v1/c5, and two close ones: it is covered in full
        touched="""
            competency/l1: b5
            competency/l2: b6
            competency/l3: b1 b3 b4 b6
        """,
        gaps="""
            competency: . d2
            competency/l1: . b3 b6
            competency/l2: . b1 b4
            competency/l3: . b5
        """,  # l1/b6 has only an opposite
        groups={
            "competency/l1": (5, 4, 8),
            "competency/l2": (5, 4, 8),
            "competency/l3": (6, 2, 8),
            "": (0, 0, 2),  # the competency and its general description
        },
        levels={
            "scale/1": (5, 4, 8),
            "scale/2": (5, 4, 8),
            "scale/3": (6, 2, 8),
            "": (0, 0, 2),
        },
    ),
    ("nos-pss-spo109", "wcc-behaviours"): Covered(
        total=143,
        full="""
            v1/c1: b5
            v1/c2: b4
            v1/c3: b2 b4
        """,
        part="v1/c5/b6",  # criterion 8 is narrower, knowledge 25 related
        touched="""
            v1/c1: b4
            v1/c2: b6
            v1/c3: b3 b6
            v1/c4: b1
            v1/c5: b4
            v2/c4: b2
            v2/c5: b4
            v3/c1: b3
            v3/c3: b1
        """,
        gaps="""
            v1/c1: . b1 b2 b3 b6 b7
            v1/c2: . b1 b2 b3 b5
            v1/c3: . b1 b5
            v1/c4: . b2 b3 b4 b5 b6
            v1/c5: . b1 b2 b3 b5
            v1/unhelpful: 1 2 3 4 5 6 7 8 9 10 11 12 13 14
            v2/c1: . b1 b2 b3 b4 b5 b6
            v2/c2: . b1 b2 b3 b4 b5 b6
            v2/c3: . b1 b2 b3 b4 b5 b6
            v2/c4: . b1 b3 b4 b5 b6
            v2/c5: . b1 b2 b3 b5 b6
            v2/unhelpful: 1 2 3 4 5 6 7 8 9 10 11
            v3/c1: . b1 b2 b4 b5 b6
            v3/c2: . b1 b2 b3 b4 b5 b6
            v3/c3: . b2 b3 b4 b5 b6
            v3/c4: . b1 b2 b3 b4 b5 b6
            v3/c5: . b1 b2 b3 b4 b5 b6
            v3/unhelpful: 1 2 3 4 5 6 7 8 9 10 11 12
        """,  # 39 + 44 + 45 = 128
        groups={"v1": (11, 5, 50), "v2": (2, 0, 46), "v3": (2, 0, 47)},
        levels={"": (15, 5, 143)},
    ),
    ("wcc-behaviours", "nos-pss-spo109"): Covered(
        total=54,
        full="1/pc: 3 7 8 13",
        part="",
        touched="""
            1/pc: 5 6 9 10
            1/ku: 1 5 17 18 21 24 25 26 33 37
        """,
        gaps="""
            1
            1/pc: e1 1 2 4 11 12
            1/ku: 2 3 4 6 7 8 9 10 11 12 13 14 15 16 19 20 22 23 27 28 29 30 31 32 34 35 36 38 39
        """,  # 7 + 29; safety in ports is asked by nobody else
        # The criteria stand below their heading e1; knowledge is one group, the unit is in none.
        groups={"1/pc/e1": (8, 4, 14), "1/ku": (10, 0, 39), "": (0, 0, 1)},
        levels={"": (18, 4, 54)},
    ),
    ("hkqf-111334L3", "pwgsc-client-service"): Covered(
        total=26,
        full="competency/l3: b2 b5",  # b2 is close to 2/3 and broader than 2/4
        part="",
        touched="""
            competency/l1: b1 b5
            competency/l2: b6
        """,
        gaps="""
            competency: . d2
            competency/l1: . b2 b3 b4 b6 b7
            competency/l2: . b1 b2 b3 b4 b5 b7
            competency/l3: . b1 b3 b4 b6 b7
        """,
        groups={
            "competency/l1": (2, 0, 8),
            "competency/l2": (1, 0, 8),
            "competency/l3": (2, 2, 8),
            "": (0, 0, 2),
        },
        levels={
            "scale/1": (2, 0, 8),
            "scale/2": (1, 0, 8),
            "scale/3": (2, 2, 8),
            "": (0, 0, 2),
        },
    ),
    ("pwgsc-client-service", "hkqf-111334L3"): Covered(
        total=16,
        full="""
            unit/pr/2: 3 4
            unit/pr/3: 1
        """,  # 2/4 because PWGSC's part is the broader of the two
        part="",
        touched="""
            unit/pr/1: 1 2
            unit/pr/2: 1 2
        """,
        gaps="""
            unit
            unit/pr/1: . 3
            unit/pr/2
            unit/pr/3: . 2
            unit/ac: 1 2 3
        """,
        groups={
            "unit/pr/1": (2, 0, 4),
            "unit/pr/2": (4, 2, 5),
            "unit/pr/3": (1, 1, 3),
            "unit/ac": (0, 0, 3),
            "": (0, 0, 1),
        },
        levels={"scale/3": (7, 3, 16)},  # the whole unit is at level 3
    ),
    ("hkqf-111334L3", "pub-cscf"): Covered(  # nearly empty, and nothing close
        total=18,
        full="",
        part="",
        touched="""
            c01: base
            c02: base higher
        """,
        gaps="""
            c01: . higher
            c02
            c03: . base higher
            c04: . base higher
            c05: . base higher
            c06: . base higher
        """,
        groups={
            "c01": (1, 0, 3),
            "c02": (2, 0, 3),
            "c03": (0, 0, 3),
            "c04": (0, 0, 3),
            "c05": (0, 0, 3),
            "c06": (0, 0, 3),
        },
        levels={"scale/base": (2, 0, 6), "scale/higher": (1, 0, 6), "": (0, 0, 6)},
    ),
    ("pub-cscf", "hkqf-111334L3"): Covered(
        total=16,
        full="",
        part="",
        touched="""
            unit/pr/1: 1 2
            unit/pr/3: 1
        """,
        gaps="""
            unit
            unit/pr/1: . 3
            unit/pr/2: . 1 2 3 4
            unit/pr/3: . 2
            unit/ac: 1 2 3
        """,
        groups={
            "unit/pr/1": (2, 0, 4),
            "unit/pr/2": (0, 0, 5),
            "unit/pr/3": (1, 0, 3),
            "unit/ac": (0, 0, 3),
            "": (0, 0, 1),
        },
        levels={"scale/3": (3, 0, 16)},
    ),
}
