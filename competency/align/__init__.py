"""Suggestions of alignments between frameworks: how alike their statements are, and why."""

from typing import TYPE_CHECKING

from competency._lazy import lazily

if TYPE_CHECKING:
    from competency.align.grading import Reason as Reason
    from competency.align.grading import Shared as Shared
    from competency.align.remembered import decided_in as decided_in
    from competency.align.statements import Statement as Statement
    from competency.align.suggesting import Options as Options
    from competency.align.suggesting import Suggestion as Suggestion
    from competency.align.suggesting import suggest as suggest
    from competency.align.suggesting import suggest_all as suggest_all
    from competency.align.suggesting import suggest_among as suggest_among
else:
    __getattr__, __dir__ = lazily(__name__)
