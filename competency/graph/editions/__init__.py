"""Published data as editions: immutable, digested, one of them pointed at; nothing in place."""

from competency.graph.editions.changes import Changes as Changes
from competency.graph.editions.changes import changes_between as changes_between
from competency.graph.editions.difference import Difference as Difference
from competency.graph.editions.difference import difference as difference
from competency.graph.editions.directory import KEEP as KEEP
from competency.graph.editions.directory import DataDirectory as DataDirectory
from competency.graph.editions.draft import Draft as Draft
from competency.graph.editions.draft import refuse_vocabulary as refuse_vocabulary
from competency.graph.editions.edition import Edition as Edition
from competency.graph.editions.history import History as History
from competency.graph.editions.manifest import Manifest as Manifest
from competency.graph.editions.publishing import Publication as Publication
from competency.graph.editions.publishing import publish as publish
from competency.graph.editions.publishing import publish_change as publish_change
from competency.graph.editions.publishing import publish_first as publish_first
from competency.graph.editions.withdrawn import Withdrawn as Withdrawn
from competency.graph.editions.wording import compare_words as compare_words
