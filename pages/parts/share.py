"""The Share menu of a chart: link, embed, picture, data, citation, kit, briefing. Nothing of it is made before it is asked for."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from atlas.outlets.about import chart_xlsx
from atlas.outlets.briefing.document import Figure, Rows
from atlas.outlets.chromium import NoPicture, is_available
from atlas.outlets.citation import FORMATS
from atlas.outlets.dataset import csv
from atlas.outlets.drawing import Drawing
from atlas.outlets.image import MEDIA_TYPES, framed
from atlas.outlets.kit import kit, stem
from atlas.outlets.snippet import iframe, resizing, tall
from atlas.outlets.typesetting import Form
from atlas.selection import Selection
from pages.parts import dialogs
from pages.parts.citing import reference
from pages.parts.markup import plain
from pages.parts.pins import pin, pinned, tell
from pages.parts.session import address, base, current, origin

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS: tuple[Form, ...] = ("png", "svg", "pdf")


def share_button(name: str, selection: Selection) -> None:
    """A quiet button that opens the menu of the chart `name`, for what the page shows of it."""
    _ = current().view.gettext
    if st.button(_("Share"), key=f"share-{name}", type="tertiary", icon=":material/ios_share:"):
        _open(Drawing.of(name, selection, current().tables), name)


def _open(drawing: Drawing, name: str) -> None:
    _ = current().view.gettext

    def menu() -> None:
        with st.container(key="share"):
            st.caption(plain(drawing.sentence))
            if drawing.name != name:
                st.caption(_("A map to move cannot leave the dashboard: what is shared is the same map on paper."))
            _whole(drawing)
            _parts(drawing)

    dialogs.show(_("Share this chart"), menu, "medium")


def _parts(drawing: Drawing) -> None:
    """The parts of the menu, as tabs; only the one that is open is drawn."""
    _ = current().view.gettext
    parts: dict[str, Callable[[Drawing], None]] = {_("Link"): _links, _("Embed"): _embed}
    parts |= {_("Picture"): _picture} if is_available() else {}
    parts |= {_("Data"): _data, _("Cite"): _cite}
    for tab, part in zip(st.tabs(list(parts), key="share-part", on_change="rerun"), parts.values(), strict=True):
        if tab.open:
            with tab:
                part(drawing)


def _links(drawing: Drawing) -> None:
    _ = current().view.gettext
    _copied(_("This page, with your filters"), address())
    _title(_("The chart alone"))
    st.code(drawing.address(base(), **_version()), language=None, wrap_lines=True)


def _embed(drawing: Drawing) -> None:
    """The code to paste in another page, and how it looks there."""
    _ = current().view.gettext
    version = _version()
    is_growing = st.toggle(_("The height follows the content (adds a small script of ours)"), key="share-growing")
    _copied(_("Code to paste in a web page"), (resizing if is_growing else iframe)(drawing, base(), **version))
    _title(_("As it looks there"))
    st.iframe(drawing.address(origin(), **version), height=tall(drawing), alt=drawing.sentence)


def _picture(drawing: Drawing) -> None:
    """The picture as it stands alone, in the size that is chosen, and its files."""
    _ = current().view.gettext
    sizes = {"": _("Web page"), "social": _("Social networks"), "square": _("Square"), "print": _("Print")}
    preset = _choice("size", _("Size"), sizes)
    try:
        with st.spinner(_("Drawing the picture…")):
            drawn = framed(drawing, "png", preset)
    except NoPicture:
        st.warning(_("The picture cannot be drawn just now. Try again in a moment; the links and the data are here."))
        return
    with st.container(horizontal=True):
        for form in FORMS:
            _file(
                form.upper(),
                partial(framed, drawing, form, preset),
                _file_name(drawing, form, preset),
                MEDIA_TYPES[form],
            )
    st.image(drawn, width="stretch", alt=drawing.sentence)


def _data(drawing: Drawing) -> None:
    """The rows as files, and their address for programs."""
    _ = current().view.gettext
    rows, name, where = drawing.rows, partial(_file_name, drawing), drawing.address(base())
    st.caption(_("The rows that are drawn, in codes, with those of their sources."))
    with st.container(horizontal=True):
        _file("CSV", partial(csv, rows), name("csv"), "text/csv")
        _file(_("CSV for a French Excel"), partial(csv, rows, "semicolon"), name("csv", "excel"), "text/csv")
        _file("Excel (XLSX)", partial(chart_xlsx, drawing, where), name("xlsx"), XLSX)
    _title(_("Address for programs that read them from the web"))
    st.code(drawing.address(base(), ".csv", **_version()), language=None, wrap_lines=True)


def _cite(drawing: Drawing) -> None:
    """The chart as a reference, in four formats."""
    forms = {form.name: form for form in FORMATS}
    citation = drawing.citation(drawing.address(base(), **_version()))
    chosen = _choice("format", current().view.gettext("Format"), {name: name for name in forms})
    reference(citation, forms[chosen], stem(drawing))


def _whole(drawing: Drawing) -> None:
    """What takes the chart with all that belongs to it: the briefing, and the kit."""
    _ = current().view.gettext
    view = {"chart": drawing.name, "parameters": pinned(drawing.selection)}
    with st.container(horizontal=True, key="share-whole"):
        is_chart = st.button(_("Add to briefing"), key="pin-chart", type="primary", icon=":material/push_pin:")
        is_table = st.button(_("Add its table"), key="pin-table", icon=":material/table_rows:")
        _file(_("All in one ZIP"), partial(kit, drawing, base()), _file_name(drawing, "zip"), "application/zip")
    if (is_chart and pin(Figure(**view))) or (is_table and pin(Rows(**view))):
        st.rerun()
    tell()


def _version() -> dict[str, str]:
    """Whether links follow the data or stay at this version, as the reader chooses: parameters of an address."""
    session = current()
    _ = session.view.gettext
    kept = _choice("version", _("Version"), {"live": _("Follows our data"), "frozen": _("Frozen version")})
    said = {
        "live": _("What is shown will follow our updates."),
        "frozen": _("What is shown stays as it is today: data version {version}."),
    }
    st.caption(said[kept].format(version=session.tables.version))
    return {"v": session.tables.version} if kept == "frozen" else {}


def _choice(key: str, label: str, words: dict[str, str]) -> str:
    """One of a few codes, chosen by its words; the first until then."""
    first = next(iter(words))
    chosen = st.segmented_control(
        label,
        list(words),
        key=f"share-choice-{key}",
        default=first,
        format_func=words.__getitem__,
        required=True,
        label_visibility="collapsed",
        wrap=True,
    )
    return first if chosen is None else chosen


def _file(label: str, make: Callable[[], bytes], name: str, media_type: str) -> None:
    """A button that makes a file when it is clicked, and saves it."""
    st.download_button(
        label, make, name, media_type, key=f"share-file-{name}", on_click="ignore", icon=":material/download:"
    )


def _file_name(drawing: Drawing, extension: str, variant: str = "") -> str:
    return "-".join(filter(None, (stem(drawing), drawing.language, variant))) + f".{extension}"


def _title(text: str) -> None:
    st.markdown(f"**{text}**")


def _copied(label: str, text: str) -> None:
    """A text under its label, with a button that copies it."""
    _title(label)
    st.code(text, language=None, wrap_lines=True)
