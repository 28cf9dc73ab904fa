"""From documents to frameworks: reading, layouts, the report of an import."""

from typing import TYPE_CHECKING

from competency._lazy import lazily

if TYPE_CHECKING:
    from competency.documents.building import Options as Options
    from competency.documents.document import Document as Document
    from competency.documents.importing import Import as Import
    from competency.documents.importing import import_document as import_document
    from competency.documents.importing import import_lines as import_lines
    from competency.documents.layouts import LAYOUTS as LAYOUTS
    from competency.documents.plan import compare as compare
    from competency.documents.report import ImportReport as ImportReport
else:
    __getattr__, __dir__ = lazily(__name__)
