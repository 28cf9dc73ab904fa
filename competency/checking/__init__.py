"""Checking what somebody gives us: any document, any profile, and every result with its place."""

from typing import TYPE_CHECKING

from competency._lazy import lazily

if TYPE_CHECKING:
    from competency.checking.checking import Checked as Checked
    from competency.checking.checking import Options as Options
    from competency.checking.checking import check as check
    from competency.checking.checking import check_graph as check_graph
    from competency.checking.sources import Source as Source
else:
    __getattr__, __dir__ = lazily(__name__)
