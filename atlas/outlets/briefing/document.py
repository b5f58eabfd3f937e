"""A briefing as its author keeps it: blocks in order, each a pinned view or a text. No figure is stored, only where it stands.

`seen` is what a block said when it was pinned, so that a later reader learns what has changed since.
"""

import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, ValidationError, model_serializer

from atlas.outlets.briefing.faults import BadBriefing

LINK_LIMIT = 3000
"""Characters of a briefing in a link; a longer one is kept as a file."""
BYTES_LIMIT = 2 * 2**20
"""Bytes of a briefing file."""
Title = Annotated[str, Field(max_length=300)]
Prose = Annotated[str, Field(max_length=20_000)]
Code = Annotated[str, Field(max_length=100)]
Parameters = Annotated[dict[Code, Annotated[str, Field(max_length=2000)]], Field(max_length=40)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_serializer(mode="wrap")
    def _with_its_kind(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """A kind is written even where defaults are left out: the rest cannot be read without it."""
        kind = getattr(self, "kind", "")
        return {"kind": kind, **write(self)} if kind else write(self)


class Seen(_Part):
    """What a block said when it was pinned: its sentence, and a digest of its rows."""

    sentence: Prose = ""
    digest: Code = ""


class Pinned(_Part):
    """A view of the data: parameters of the URL, and what it said."""

    parameters: Parameters = {}
    seen: Seen | None = None


class Figure(Pinned):
    """A chart as a picture; `with_table` adds its rows below."""

    kind: Literal["figure"] = "figure"
    chart: Code
    with_table: bool = False


class Rows(Pinned):
    """The rows of a chart as a table."""

    kind: Literal["table"] = "table"
    chart: Code


class KeyFigures(Pinned):
    """The key figures of the overview for a selection."""

    kind: Literal["key_figures"] = "key_figures"


class Portrait(Pinned):
    """The sheet of one cluster: `parameters` holds its `id`."""

    kind: Literal["cluster"] = "cluster"


class Sentences(Pinned):
    """Sentences computed from the data of the day (`about`: see `atlas.outlets.briefing.sentences`), with their sources."""

    kind: Literal["sentences"] = "sentences"
    about: Code


class Text(_Part):
    """What the author wrote, in Markdown (headings, paragraphs, lists, bold, italic, links)."""

    kind: Literal["text"] = "text"
    markdown: Prose = ""


Block = Annotated[Figure | Rows | KeyFigures | Portrait | Sentences | Text, Field(discriminator="kind")]


class Briefing(_Part):
    """A whole briefing. `version` and `made` (YYYY-MM-DD) are those of the data it was last written with."""

    title: Title = ""
    lead: Prose = ""
    language: Literal["en", "fr"] = "en"
    page: Literal["a4", "letter"] = "a4"
    has_cover: bool = False
    has_appendix: bool = True
    logo: Annotated[str, Field(max_length=700_000)] = ""
    """A PNG or JPEG in base64."""
    version: Code = ""
    made: Code = ""
    blocks: Annotated[tuple[Block, ...], Field(max_length=60)] = ()

    def but(self, **changes: object) -> "Briefing":
        """The same briefing with some fields changed."""
        return self.model_copy(update=changes)


def to_json(briefing: Briefing) -> bytes:
    """The briefing as a JSON file."""
    return briefing.model_dump_json(indent=2, exclude_defaults=False).encode("utf-8") + b"\n"


def from_json(content: bytes) -> Briefing:
    """A briefing from its JSON file. Raises BadBriefing with one sentence that says what is wrong and where."""
    if len(content) > BYTES_LIMIT:
        raise BadBriefing("too_large")
    try:
        return Briefing.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadBriefing("invalid", ".".join(map(str, first["loc"])), first["msg"]) from error


def to_link(briefing: Briefing) -> str:
    """The briefing as the value of a URL parameter; '' when it is too long for a link. A logo is left out, and where there
    is no room the sentences that were seen (their digests still tell what has changed)."""
    whole = _packed(briefing.but(logo=""))
    text = whole if len(whole) <= LINK_LIMIT else _packed(_unworded(briefing.but(logo="")))
    return text if len(text) <= LINK_LIMIT else ""


def _packed(briefing: Briefing) -> str:
    packed = zlib.compress(briefing.model_dump_json(exclude_defaults=True).encode("utf-8"), 9)
    return urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def _unworded(briefing: Briefing) -> Briefing:
    """The same briefing without the sentences that its blocks said."""
    blocks = (
        block.model_copy(update={"seen": Seen(digest=block.seen.digest)})
        if isinstance(block, Pinned) and block.seen
        else block
        for block in briefing.blocks
    )
    return briefing.but(blocks=tuple(blocks))


def from_link(text: str) -> Briefing:
    """A briefing from the value of a URL parameter. Raises BadBriefing."""
    try:
        packed = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        reader = zlib.decompressobj()
        content = reader.decompress(packed, BYTES_LIMIT)
    except (ValueError, zlib.error) as error:
        raise BadBriefing("not_a_briefing") from error
    if reader.unconsumed_tail or not reader.eof:
        raise BadBriefing("not_a_briefing")
    return from_json(content)
