"""SHACL, sets at a time: shapes are read once, data is indexed once, each question asked of all.

:class:`Data` is what is checked, :func:`compile_shapes` reads shapes, :func:`find` does the rest.
Core constraints are set operations on the indexes; queries go to pyoxigraph.
"""

from competency.shapes.engine.compiling import compile_shapes as compile_shapes
from competency.shapes.engine.data import Context as Context
from competency.shapes.engine.data import Data as Data
from competency.shapes.engine.model import Check as Check
from competency.shapes.engine.model import Compiled as Compiled
from competency.shapes.engine.running import find as find
