"""The command line: arguments in, one library call, text out.

Exit 0: done, or yes. Exit 1: the answer is no. Exit 2: it could not be done. Results go to
standard output, everything else to standard error. Every option can also be set in the
environment, as ``COMPETENCY_SERVE_PORT`` for ``serve --port``.
"""

from competency.cli.group import main

__all__ = ["main"]
