"""The vocabulary: its terms as Python names, its labels, its JSON-LD context, its consistency."""

from typing import TYPE_CHECKING

from competency._lazy import lazily

if TYPE_CHECKING:
    from competency.ontology.consistency import Consistency as Consistency
    from competency.ontology.consistency import check_consistency as check_consistency
    from competency.ontology.context import jsonld_context as jsonld_context
    from competency.ontology.terms import COMP as COMP
    from competency.ontology.terms import DEFAULT_BASE as DEFAULT_BASE
    from competency.ontology.terms import ONTOLOGY_IRI as ONTOLOGY_IRI
    from competency.ontology.terms import PREFIXES as PREFIXES
    from competency.ontology.terms import SHAPES_IRI as SHAPES_IRI
    from competency.ontology.terms import expand as expand
    from competency.ontology.terms import is_absolute as is_absolute
    from competency.ontology.terms import shorten as shorten
    from competency.ontology.vocabulary import Vocabulary as Vocabulary
    from competency.ontology.vocabulary import own_vocabulary as own_vocabulary
else:
    __getattr__, __dir__ = lazily(__name__)
