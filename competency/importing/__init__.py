"""Bringing files of any format in: a table, a package, RDF or a document becomes frameworks."""

from typing import TYPE_CHECKING

from competency._lazy import lazily

if TYPE_CHECKING:
    from competency.graph.parting import joined as joined
    from competency.graph.parting import parted as parted
    from competency.importing.batch import Batch as Batch
    from competency.importing.batch import Row as Row
    from competency.importing.batch import import_all as import_all
    from competency.importing.brought import Brought as Brought
    from competency.importing.files import file_of as file_of
    from competency.importing.files import media_type_of as media_type_of
    from competency.importing.importing import import_file as import_file
    from competency.importing.importing import import_path as import_path
    from competency.importing.planning import FilePlan as FilePlan
    from competency.importing.planning import plan_of as plan_of
    from competency.importing.recognising import DOCUMENT as DOCUMENT
    from competency.importing.recognising import import_formats as import_formats
else:
    __getattr__, __dir__ = lazily(__name__)
