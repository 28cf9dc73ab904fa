"""Fuzzing: what strangers send, made up by the thousand, against properties that always hold.

    make fuzz                                   all targets, about ten minutes
    make fuzz MINUTES=60 TARGETS="guard-query import-table"

A target is a strategy and a property; OpenAPI document and server are compared by schemathesis.
What breaks a property is kept in ``.fuzz/`` and is tried first the next time; its seed is printed.
``test_targets.py`` looks at a few examples of each target, ``test_findings.py`` at what was found.

Atheris is not used: what it measures the coverage of is Python, and most of what is tried here
goes through parsers in C and Rust, and through documents by a grammar, which its bytes hardly make.
"""
