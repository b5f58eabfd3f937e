"""The data to download: every table in every format, and all of them as one package; whole, or what the reader has chosen."""

from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from atlas.outlets.data.dictionary import described, meanings, resources
from atlas.outlets.data.files import files_of
from atlas.outlets.data.filtered import ALL, FIELDS, counts, rows
from atlas.selection import Selection
from pages.parts.session import base, current

OFFERED = ("definition", "countries", "kinds", "themes", "levels", "programme_kinds", "time")
"""Fields of Selection that the page offers as filters; a metric or an indicator chosen elsewhere filters nothing here."""
SHOWN = 100


def given() -> frozenset[str]:
    """The fields the reader has chosen something for."""
    selection, nothing = current().selection, Selection()
    return frozenset(field for field in OFFERED if getattr(selection, field) != getattr(nothing, field))


def file_address(name: str, fields: tuple[str, ...], **options: str) -> str:
    """The address of a file below this page, for what is chosen of `fields`."""
    selection = current().selection.only(given() & {*fields})
    return f"data/{name}?{urlencode({**selection.parameters(), **options}, safe='~')}"


def package_links() -> None:
    """The whole package as ZIP, its dictionary and its catalogue record."""
    _ = current().view.gettext
    zips = {
        _("All tables for a French Excel (ZIP)"): {"dialect": "semicolon"},
        _("All tables, CSV (ZIP)"): {},
        _("All tables, Parquet (ZIP)"): {"form": "parquet"},
    }
    first = list(zips) if current().view.language == "fr" else [*list(zips)[1:], next(iter(zips))]
    with st.container(horizontal=True, gap="small", key="package"):
        for label in first:
            _link(label, file_address("package.zip", ALL, **zips[label]), label == first[0])
    with st.container(horizontal=True, gap="small", key="records"):
        _link(_("Dictionary (Frictionless)"), "data/datapackage.json", icon=":material/menu_book:", type="tertiary")
        _link(_("Catalogue record (DCAT-AP)"), "data/catalog.jsonld", icon=":material/list_alt:", type="tertiary")


def tables() -> None:
    """Each table with its number of rows; open, it shows its files, its columns and its first rows."""
    session = current()
    view, _ = session.view, session.view.gettext
    kept = counts(session.tables, session.selection.only(OFFERED), given())
    for name, resource in resources().items():
        total = len(getattr(session.tables, name))
        count = _("{shown} of {total} rows") if kept[name] != total else _("{total} rows")
        label = _("**{table}** · {rows} · {title}").format(
            table=name.replace("_", "\\_"),
            rows=count.format(shown=view.number(kept[name]), total=view.number(total)),
            title=described(resource, view.language),
        )
        with st.expander(label, key=f"table-{name}", on_change="rerun") as table:
            if table.open:
                _table(name, resource)


def _table(name: str, resource: dict[str, Any]) -> None:
    session = current()
    view, _ = session.view, session.view.gettext
    with st.container(horizontal=True, gap="small", key=f"files-{name}"):
        for extension, file in files_of(name).items():
            _link(_(file.label), file_address(f"{name}.{extension}", FIELDS[name]))
            if extension == "csv":
                french = file_address(f"{name}.csv", FIELDS[name], dialect="semicolon")
                _link(_("CSV for a French Excel"), french)
    st.caption(_("The address for a program:"))
    st.code(f"{base()}/{file_address(f'{name}.csv', FIELDS[name])}", language=None, wrap_lines=True)
    types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    columns = [(column, types[column], meaning) for column, meaning in meanings(name, view.language).items()]
    heads = [_("Column"), _("Type"), _("Meaning")]
    st.dataframe(pd.DataFrame(columns, columns=heads), hide_index=True, width="stretch")
    kept = rows(name, session.tables, session.selection.only(OFFERED), given())
    shown = kept.drop(columns="geometry", errors="ignore").head(SHOWN)
    st.dataframe(shown, hide_index=True, placeholder=view.missing)


def _link(label: str, address: str, is_first: bool = False, **how: Any) -> None:
    shown = {"icon": ":material/download:", "type": "primary" if is_first else "secondary"}
    st.link_button(label, address, **{**shown, **how})
