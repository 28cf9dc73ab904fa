"""Where in a document something is written: the line and column of each validation result."""

from competency.checking.locating.documents import Document as Document
from competency.checking.locating.documents import locate as locate
from competency.checking.locating.documents import locate_all as locate_all
from competency.checking.locating.documents import locator_of as locator_of
from competency.checking.locating.locator import Locator as Locator
from competency.checking.locating.syntax import syntax_errors as syntax_errors
