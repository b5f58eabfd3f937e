"""The look of a deck: our theme, one master, and the layouts that its slides use, with real placeholders."""

from io import BytesIO
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Deck
from pptx.util import Inches, Length

from atlas.theme import PAPER
from atlas.view import View
from atlas.words import N_

WIDTH, HEIGHT = 13.333, 7.5
"""Inches: 16:9."""
LEFT, ROOM = 0.6, 12.13
"""Inches: the left margin, and the width between the margins."""
FONT = "Calibri"


class Box(NamedTuple):
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    def lowered(self, inches: float) -> "Box":
        """The same place without so much at its top."""
        return self._replace(top=self.top + inches, height=self.height - inches)

    @property
    def lengths(self) -> tuple[Length, Length, Length, Length]:
        """Left, top, width and height as python-pptx takes them."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points, less the margins of a text."""
        return 72 * self.width - 2, 72 * self.height - 2


class Spot(NamedTuple):
    """A placeholder of a layout: `kind` and `number` (its idx) as Office has them."""

    kind: str
    number: int
    name: str
    box: Box
    size: float
    tone: str = "tx1"
    is_bold: bool = False
    anchor: str = "t"
    has_bullets: bool = False


TITLE = Box(LEFT, 0.62, ROOM, 0.98)
LABEL = Box(LEFT, 0.32, ROOM, 0.3)
QUIET = Box(LEFT, 1.6, ROOM, 0.5)
BODY = Box(LEFT, 2.15, ROOM, 4.6)
TEXT = Box(LEFT, 1.75, ROOM, 5.0)
TALL = Box(4.25, 0.45, 8.5, 6.4)
"""Room for a chart that is higher than wide: its words stand on the left."""
ASIDE = 6.15
"""Inches from the top to the foot of those words."""
FOOT = Box(LEFT, 6.82, 11.3, 0.5)
HALVES = (Box(LEFT, 1.45, 5.9, 5.55), Box(LEFT + 6.23, 1.45, 5.9, 5.55))
NUMBER = Spot("sldNum", 4, "", Box(12.03, 6.95, 0.7, 0.3), 11, "tx2")
HEADING = Spot("title", 0, N_("Title"), TITLE, 26, is_bold=True)
ABOVE = Spot("body", 13, N_("Section"), LABEL, 12, "accent1", True)
BELOW = Spot("body", 15, N_("Coverage and sources"), FOOT, 11, "tx2")
LAYOUTS = {
    "cover": (
        Spot("ctrTitle", 0, N_("Title"), Box(1.0, 1.9, 11.2, 1.9), 40, is_bold=True, anchor="b"),
        Spot("subTitle", 1, N_("Lead"), Box(1.0, 4.0, 10.2, 1.7), 20, "tx2"),
        Spot("body", 13, N_("Date and data"), Box(1.0, 6.35, 11.2, 0.6), 13, "tx2", anchor="b"),
    ),
    "section": (Spot("title", 0, N_("Title"), Box(1.0, 2.4, 11.2, 2.4), 36, is_bold=True, anchor="ctr"),),
    "figure": (HEADING, ABOVE, Spot("body", 14, N_("What is drawn"), QUIET, 13, "tx2"), BELOW),
    "tall": (
        Spot("title", 0, N_("Title"), Box(LEFT, 0.62, 3.4, 2.9), 22, is_bold=True),
        ABOVE._replace(box=LABEL._replace(width=3.4)),
        Spot("body", 14, N_("What is drawn"), Box(LEFT, 3.65, 3.4, 1.75), 13, "tx2"),
        BELOW._replace(box=Box(LEFT, 5.5, 3.4, 1.75), anchor="b"),
    ),
    "text": (HEADING, ABOVE, Spot("body", 1, N_("Text"), TEXT, 18, has_bullets=True), BELOW),
    "sources": (
        HEADING._replace(box=Box(LEFT, 0.45, ROOM, 0.8)),
        *(Spot("body", i, N_("Text"), half, 10) for i, half in enumerate(HALVES, 1)),
    ),
}
NAMES = {
    "cover": N_("Cover"),
    "section": N_("Section"),
    "figure": N_("Figure"),
    "tall": N_("High figure"),
    "text": N_("Text"),
    "sources": N_("Sources"),
}
RENAMED = {"cover": 0, "text": 1, "section": 2, "figure": 5, "sources": 3, "tall": 4}
"""Our layouts, in the places of those of python-pptx's template."""


def blank(view: View) -> Deck:
    """An empty deck in our look, with the layouts of `LAYOUTS` in that order of `RENAMED`."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    deck.part._element.sldSz.attrib.pop("type", None)
    kept = {name: deck.slide_layouts[place] for name, place in RENAMED.items()}
    for layout in list(deck.slide_layouts):
        if layout not in kept.values():
            deck.slide_layouts.remove(layout)
    for name, layout in kept.items():
        layout.name = view.gettext(NAMES[name])
        layout._element.attrib.pop("type", None)
        _fill(layout._element, (*LAYOUTS[name], NUMBER._replace(number=12)), view)
    _paint(kept["cover"]._element, kept["section"]._element)
    _master(deck, view)
    _theme(deck, view)
    return deck


def layout(deck: Deck, name: str) -> Any:
    """The layout of this name."""
    places = sorted(RENAMED, key=lambda key: RENAMED[key])
    return deck.slide_layouts[places.index(name)]


def _fill(root: Any, spots: tuple[Spot, ...], view: View) -> None:
    """Put our placeholders in the place of those of a layout or master."""
    tree = root.find(qn("p:cSld")).find(qn("p:spTree"))
    for shape in tree.findall(qn("p:sp")):
        tree.remove(shape)
    for number, spot in enumerate(spots, 2):
        tree.append(parse_xml(_placeholder(spot, number, view)))


def _placeholder(spot: Spot, number: int, view: View) -> str:
    name = view.gettext(spot.name) if spot.name else view.gettext(N_("Slide number"))
    left, top, width, height = spot.box.lengths
    index = f' idx="{spot.number}"' if spot.number else ""
    bullet = '<a:buFont typeface="Arial"/><a:buChar char="&#8226;"/>' if spot.has_bullets else "<a:buNone/>"
    margin = 'marL="285750" indent="-285750"' if spot.has_bullets else 'marL="0" indent="0"'
    align = "r" if spot.kind == "sldNum" else "l"
    said = (
        '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum"><a:rPr/><a:t>‹#›</a:t></a:fld>'
        if spot.kind == "sldNum"
        else f"<a:r><a:rPr/><a:t>{escape(name)}</a:t></a:r>"
    )
    return (
        f'<p:sp {nsdecls("a", "p")}><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name)}/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{spot.kind}"{index}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{spot.anchor}"><a:noAutofit/></a:bodyPr>'
        f'<a:lstStyle><a:lvl1pPr {margin} algn="{align}"><a:spcBef><a:spcPts val="0"/></a:spcBef>{bullet}'
        f'<a:defRPr sz="{spot.size * 100:.0f}" b="{spot.is_bold:d}"><a:solidFill><a:schemeClr val="{spot.tone}"/>'
        f"</a:solidFill></a:defRPr></a:lvl1pPr></a:lstStyle><a:p>{said}</a:p></p:txBody></p:sp>"
    )


def _paint(*roots: Any) -> None:
    """A quiet ground and a band of our colour, for slides without figures."""
    for root in roots:
        content = root.find(qn("p:cSld"))
        ground = '<p:bg {}><p:bgPr><a:solidFill><a:schemeClr val="bg2"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
        content.insert(0, parse_xml(ground.format(nsdecls("a", "p"))))
        band = (
            f'<p:sp {nsdecls("a", "p")}><p:nvSpPr><p:cNvPr id="20" name="Band"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
            f'<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{Inches(0.3)}" cy="{Inches(HEIGHT)}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
            "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
        )
        content.find(qn("p:spTree")).insert(2, parse_xml(band))


def _master(deck: Deck, view: View) -> None:
    body = Spot("body", 1, N_("Text"), TEXT, 18, has_bullets=True)
    _fill(deck.slide_master._element, (HEADING, body, NUMBER), view)
    title = deck.slide_master._element.find(qn("p:txStyles")).find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")


def _theme(deck: Deck, view: View) -> None:
    """Fonts and colours of the observatory; accents from the colours of the kinds of clusters."""
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    root = etree.fromstring(part.blob)
    root.set("name", "Atlas")
    palette = _palette(view)
    scheme = root.find(f".//{qn('a:clrScheme')}")
    for role in list(scheme):
        name = etree.QName(role).localname
        role.clear()
        etree.SubElement(role, qn("a:srgbClr"), val=palette[name].lstrip("#").upper())
    for font in ("majorFont", "minorFont"):
        root.find(f".//{qn(f'a:{font}')}").find(qn("a:latin")).set("typeface", FONT)
    file = BytesIO()
    etree.ElementTree(root).write(file, xml_declaration=True, encoding="UTF-8", standalone=True)
    part._blob = file.getvalue()


def _palette(view: View) -> dict[str, str]:
    kinds = [view.vocabulary.colour("kinds", code, False) for code in view.vocabulary.codes("kinds")]
    accents = list(dict.fromkeys([PAPER.primary, *filter(None, kinds)]))[:6]
    roles = {"dk1": PAPER.text, "lt1": PAPER.background, "dk2": PAPER.quiet, "lt2": "#fbfaf7"}
    links = {"hlink": PAPER.primary, "folHlink": PAPER.quiet}
    return {**roles, **{f"accent{i}": code for i, code in enumerate(accents, 1)}, **links}
