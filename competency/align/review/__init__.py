"""Suggestions as a table that people decide, their decisions back, and a memory of refusals.

A *work file* is an SSSOM mapping set with the column ``status``: ``to review``, ``accepted`` or
``refused``. :func:`suggested` makes one, :func:`read_work` reads one that somebody edited,
:func:`decide` (in a program) and :func:`reviewed` (of a file) take decisions into it,
:func:`merge` joins two without losing a decision, :func:`decided` says what is never to be
suggested again, and :func:`settled` leaves the alignments and refusals without what is still to
review. Nothing here writes a file.

A refusal is an SSSOM record with ``predicate_modifier: Not``. It counts for the two parts from
either end and for every relation.
"""

from competency.align.review.deciding import Decision as Decision
from competency.align.review.deciding import decide as decide
from competency.align.review.deciding import faults as faults
from competency.align.review.deciding import reviewed as reviewed
from competency.align.review.held import frameworks_in as frameworks_in
from competency.align.review.held import gone as gone
from competency.align.review.held import placed as placed
from competency.align.review.meaning import Parts as Parts
from competency.align.review.merging import decided as decided
from competency.align.review.merging import merge as merge
from competency.align.review.merging import settled as settled
from competency.align.review.reading import Work as Work
from competency.align.review.reading import read_work as read_work
from competency.align.review.rows import ACCEPTED as ACCEPTED
from competency.align.review.rows import REFUSED as REFUSED
from competency.align.review.rows import TO_REVIEW as TO_REVIEW
from competency.align.review.rows import state_of as state_of
from competency.align.review.rows import states as states
from competency.align.review.rows import suggested as suggested
