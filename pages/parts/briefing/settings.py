"""How the briefing is to look: language, page, cover, logo, appendix of sources."""

from base64 import b64decode

import streamlit as st

from atlas.outlets.briefing.document import Briefing
from atlas.outlets.briefing.logo import BadLogo, encoded
from atlas.words import LANGUAGES
from pages.parts.briefing.desk import edit, touch
from pages.parts.pins import briefing
from pages.parts.session import current

UPLOAD_MB = 20
"""Beyond this the browser refuses, in words of its own; before it, we do."""
NAMES = {"en": "English", "fr": "Français"}
"""Languages, each in its own."""


def settings() -> None:
    """The settings of the briefing."""
    _ = current().view.gettext
    st.header(_("Settings"), anchor=False)
    kept = briefing()
    pages = {"a4": _("A4"), "letter": _("US letter")}
    _choice("language", _("Language of the briefing"), dict(zip(LANGUAGES, NAMES.values(), strict=True)), kept)
    _choice("page", _("Page"), pages, kept)
    _toggle("has_cover", _("Cover page"), kept)
    _toggle("has_appendix", _("Appendix of sources and method"), kept)
    _logo(kept)


def _choice(field: str, label: str, options: dict[str, str], kept: Briefing) -> None:
    key = f"briefing-{field}"
    st.session_state[key] = getattr(kept, field)
    st.segmented_control(
        label,
        list(options),
        key=key,
        format_func=options.__getitem__,
        required=True,
        on_change=lambda: edit(**{field: st.session_state[key]}),
    )


def _toggle(field: str, label: str, kept: Briefing) -> None:
    key = f"briefing-{field}"
    st.session_state[key] = getattr(kept, field)
    st.toggle(label, key=key, on_change=lambda: edit(**{field: st.session_state[key]}))


def _logo(kept: Briefing) -> None:
    """The logo as it will stand, and the way to take it off; without one, the way to bring it."""
    _ = current().view.gettext
    if kept.logo:
        st.caption(_("Logo"))
        st.image(b64decode(kept.logo), width=160, alt=_("Logo"))
        st.button(
            _("Remove the logo"),
            key="logo-off",
            type="tertiary",
            icon=":material/close:",
            on_click=edit,
            kwargs={"logo": ""},
        )
        return
    given = st.file_uploader(
        _("Logo (PNG or JPEG)"),
        ["png", "jpg", "jpeg"],
        key="logo-file",
        max_upload_size=UPLOAD_MB,
        on_change=touch,
    )
    if given is not None:
        try:
            edit(logo=encoded(given.getvalue()))
        except BadLogo as error:
            refused = {
                "too_large": _("This picture is too large: at most 5 MB and 30 million pixels."),
                "not_a_picture": _("This is not a picture in PNG or JPEG."),
            }
            st.warning(refused[error.reason], icon=":material/image_not_supported:")
        else:
            st.rerun()
