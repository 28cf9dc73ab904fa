"""The named questions of sparql/, each against an answer worked out by hand.

Nothing expected here came out of a query: the rows were read off the documents and graph/,
and each comment says how they were counted.
"""
