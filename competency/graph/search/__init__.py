"""Full-text search over frameworks and their parts: an index in SQLite FTS5, and asking it."""

from typing import TYPE_CHECKING

from competency._lazy import lazily

if TYPE_CHECKING:
    from competency.graph.search.files import MAIN as MAIN
    from competency.graph.search.files import NEWEST as NEWEST
    from competency.graph.search.files import RECENT as RECENT
    from competency.graph.search.files import adding_to_new as adding_to_new
    from competency.graph.search.files import write_index as write_index
    from competency.graph.search.found import Choice as Choice
    from competency.graph.search.found import Found as Found
    from competency.graph.search.found import Hit as Hit
    from competency.graph.search.found import Marked as Marked
    from competency.graph.search.matching import Asked as Asked
    from competency.graph.search.once import Once as Once
    from competency.graph.search.opening import searcher_in as searcher_in
    from competency.graph.search.opening import searcher_of as searcher_of
    from competency.graph.search.searching import Searcher as Searcher
else:
    __getattr__, __dir__ = lazily(__name__)
