"""SSSOM: alignments as the table that people edit, and as RDF, with nothing lost between them.

A mapping set carries alignments and no framework, so it is no exchange of frameworks.
"""

from competency.graph.sssom.gathering import of_graph as of_graph
from competency.graph.sssom.model import Extension as Extension
from competency.graph.sssom.model import MappingSet as MappingSet
from competency.graph.sssom.model import Record as Record
from competency.graph.sssom.reader import read as read
from competency.graph.sssom.statements import to_graph as to_graph
from competency.graph.sssom.writer import write as write
