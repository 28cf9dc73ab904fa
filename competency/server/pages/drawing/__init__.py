"""Pictures made on the server, as SVG inside the page: a few primitives, and layouts over them.

Everything is escaped and nothing carries a style attribute: what a shape looks like is said by its
class in ``server/static/compare.css``, in light and in dark. Whatever a picture says, its page
also says in words.
"""

from competency.server.pages.drawing.boxes import Compartment as Compartment
from competency.server.pages.drawing.boxes import Row as Row
from competency.server.pages.drawing.boxes import compartments as compartments
from competency.server.pages.drawing.circles import Circled as Circled
from competency.server.pages.drawing.circles import circle as circle
from competency.server.pages.drawing.elements import element as element
from competency.server.pages.drawing.layers import Node as Node
from competency.server.pages.drawing.layers import Tie as Tie
from competency.server.pages.drawing.layers import layers as layers
from competency.server.pages.drawing.ribbons import End as End
from competency.server.pages.drawing.ribbons import Ribbon as Ribbon
from competency.server.pages.drawing.ribbons import ribbons as ribbons
