r"""What a report looks like: one module a format, one table of them, one function that writes.

>>> from competency.shapes import Report
>>> write_report(Report(()), "text")
'Conforms. Nothing to mend.\n'
"""

from __future__ import annotations

from competency.shapes.reports.table import REPORT_FORMATS as REPORT_FORMATS
from competency.shapes.reports.table import report_format_of as report_format_of
from competency.shapes.reports.table import report_formats as report_formats
from competency.shapes.reports.table import write_report as write_report
