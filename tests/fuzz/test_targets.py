"""A few examples of each target, the same each time; ``make fuzz`` looks at many."""

from __future__ import annotations

import pytest

from tests.fuzz.running import look_at_few
from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS, ids=[one.name for one in TARGETS])
def test_a_property_holds_for_a_few_examples(target: Target) -> None:
    look_at_few(target)


def test_targets_have_names_of_their_own_and_say_what_holds() -> None:
    assert len({one.name for one in TARGETS}) == len(TARGETS)
    assert all(one.check.__doc__ for one in TARGETS)
