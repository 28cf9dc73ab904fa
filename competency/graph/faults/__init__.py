"""What is wrong with a document that is not well-formed, where, and how an author mends it."""

from typing import TYPE_CHECKING

from competency._lazy import lazily

if TYPE_CHECKING:
    from competency.graph.faults.telling import Fault as Fault
    from competency.graph.faults.telling import tell as tell
    from competency.graph.faults.turtle import nested_at as nested_at
else:
    __getattr__, __dir__ = lazily(__name__)
