"""What others read in the head of a page of ours: oEmbed, Open Graph, Twitter, and schema.org."""

from html import escape
from urllib.parse import urlencode

from atlas.outlets.citation import PUBLISHER
from atlas.outlets.drawing import Drawing
from atlas.outlets.embed.asked import Asked
from atlas.outlets.image import MEDIA_TYPES, PRESETS
from atlas.outlets.metadata import dataset_jsonld, script

LOCALES = {"en": "en_GB", "fr": "fr_FR"}


def head(asked: Asked, base: str) -> str:
    """The head of the page of an embed; `base` is the address of the site."""
    drawing = asked.drawing
    address = drawing.address(base, **asked.frozen)
    return "\n".join(
        (
            f'<link rel="canonical" href="{escape(address)}">',
            discovery(address, base, drawing.sentence),
            *shared(drawing, address, drawing.address(base, ".png", preset="social", **asked.frozen), drawing.sentence),
            script(record(drawing, base, **asked.frozen)),
        )
    )


def discovery(address: str, base: str, title: str) -> str:
    """The link by which a program that is given `address` finds how to show it."""
    oembed = f"{base}/oembed?{urlencode({'url': address, 'format': 'json'})}"
    return f'<link rel="alternate" type="application/json+oembed" href="{escape(oembed)}" title="{escape(title)}">'


def shared(drawing: Drawing, address: str, picture: str, title: str) -> list[str]:
    """Open Graph and Twitter: title, description and picture of a link to `address`."""
    words, view, size = drawing.words, drawing.view, PRESETS["social"]
    described = f"{words.title} · {words.drawn}"
    graph = {
        "og:type": "article",
        "og:site_name": view.gettext(PUBLISHER),
        "og:locale": LOCALES[drawing.language],
        "og:url": address,
        "og:title": title,
        "og:description": described,
        "og:image": picture,
        "og:image:type": MEDIA_TYPES["png"],
        "og:image:width": str(size.width),
        "og:image:height": str(size.height),
        "og:image:alt": title,
    }
    named = {"description": described, "twitter:card": "summary_large_image"}
    return [
        *(f'<meta property="{name}" content="{escape(text)}">' for name, text in graph.items()),
        *(f'<meta name="{name}" content="{escape(text)}">' for name, text in named.items()),
    ]


def record(drawing: Drawing, base: str, **more: str) -> dict:
    """The rows of a drawing as schema.org's Dataset."""
    files = {".csv": "text/csv", ".json": "application/json"}
    return dataset_jsonld(
        drawing.sentence,
        f"{drawing.words.title}. {drawing.words.drawn}",
        drawing.address(base, **more),
        drawing.tables.version,
        language=drawing.language,
        places=[drawing.view.country(code) for code in drawing.selection.countries] or ("Europe",),
        files={drawing.address(base, form, **more): media_type for form, media_type in files.items()},
        part_of=f"{base}/data",
    )


def page_head(drawing: Drawing, address: str, base: str) -> str:
    """The head of a page of the dashboard that `drawing` stands for. Nothing is drawn for it: its words are known."""
    title = f"{drawing.words.title} · {drawing.view.gettext(PUBLISHER)}"
    picture = drawing.address(base, ".png", preset="social")
    return "".join((discovery(address, base, title), *shared(drawing, address, picture, title)))
