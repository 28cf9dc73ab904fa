"""What a layout is: a family of documents that print their frameworks the same way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from competency.documents.document import Document
from competency.documents.draft import FrameworkDraft


@dataclass(frozen=True)
class Layout:
    """A family of documents: how sure we are that one belongs to it, and how to read it.

    ``score`` returns 0 (certainly not) to 1 (certainly); ``read`` returns a draft in which every
    word of the document is in a field or is left out with a reason.
    """

    name: str
    title: str
    score: Callable[[Document], float]
    read: Callable[[Document], FrameworkDraft]
