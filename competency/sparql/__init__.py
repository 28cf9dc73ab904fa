"""SPARQL over a knowledge graph: the guard, running queries, their answers, named questions."""

from competency.sparql.engine import Asking as Asking
from competency.sparql.engine import Engine as Engine
from competency.sparql.engine import InProcess as InProcess
from competency.sparql.engine import nobody_left as nobody_left
from competency.sparql.guard import Prepared as Prepared
from competency.sparql.guard import prepare as prepare
from competency.sparql.limits import Limits as Limits
from competency.sparql.querying import Dataset as Dataset
from competency.sparql.querying import refuse_unknown as refuse_unknown
from competency.sparql.querying import run_query as run_query
from competency.sparql.querying import select as select
from competency.sparql.questions import Parameter as Parameter
from competency.sparql.questions import Question as Question
from competency.sparql.questions import find_question as find_question
from competency.sparql.questions import questions as questions
from competency.sparql.questions import run_question as run_question
from competency.sparql.results import Answer as Answer
from competency.sparql.results import Row as Row
from competency.sparql.results import Rows as Rows
from competency.sparql.results import Triples as Triples
from competency.sparql.results import Truth as Truth
from competency.sparql.results import display as display
from competency.sparql.writing import Written as Written
