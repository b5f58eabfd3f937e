"""What the address of an embed asks for, read strictly: a chart, its selection, a version of the data, and how to show it."""

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from starlette.datastructures import QueryParams

from atlas.charts import charts
from atlas.outlets.archive import tables_of
from atlas.outlets.data.query import VERSION, language_of, read
from atlas.outlets.drawing import Drawing, on_paper
from atlas.outlets.http import Problem
from atlas.outlets.image import PRESETS
from atlas.parameters import TEXT_LIMIT
from atlas.theme import DARK, LIGHT
from atlas.words import catalogue

FORMS = ("plotly.json", "json", "csv", "svg", "png", "pdf")
"""The files of a chart by the end of their address."""
LONGEST = 2000
"""Characters of a query."""
NEAR = 3
"""Names told in place of one that is not known."""
SCHEMES = ("auto", "light", "dark")
EXAMPLE = "fr-darwin-bordeaux"


@dataclass(frozen=True)
class Asked:
    """A drawing and how to show it. `scheme` is auto, light or dark; `version` is '' for what follows the data."""

    drawing: Drawing
    scheme: str = "auto"
    preset: str = ""
    version: str = ""

    @property
    def frozen(self) -> dict[str, str]:
        """The parameter of addresses that stay at this version."""
        return {VERSION: self.version} if self.version else {}


def asked(name: str, query_string: str = "", form: str = "") -> Asked:
    """What is asked of the chart `name` as a page, or as the file `form`. Raises Problem with one sentence, in the language
    asked for, on the first thing that cannot be used."""
    parameters = QueryParams(query_string)
    language = language_of(parameters)
    _known(name, form, language)
    if len(query_string) > LONGEST:
        sentence = catalogue(language).gettext("This address is too long: at most {most} characters after its “?”.")
        raise Problem(414, sentence.format(most=LONGEST))
    tables = tables_of(parameters.get(VERSION, ""), language)
    fields = dict.fromkeys((*charts()[name].FILTERS, *charts()[on_paper(name)].FILTERS))
    options = {"scheme": SCHEMES} | ({"preset": tuple(PRESETS)} if form == "png" else {})
    query = read(parameters, tables, tuple(fields), options, f"{name}.{form}" if form else name)
    chosen = dict(query.options)
    theme = DARK if chosen["scheme"] == "dark" else LIGHT
    drawing = Drawing.of(name, query.selection, tables, theme)
    if "id" in drawing.chart.FILTERS:
        _known_cluster(drawing.selection.id, list(tables.clusters["cluster_id"]), language)
    return Asked(drawing, chosen["scheme"], chosen.get("preset", ""), parameters.get(VERSION, ""))


def split(path: str) -> tuple[str, str]:
    """'jobs_total.plotly.json' -> ('jobs_total', 'plotly.json'); without a form that we know, the whole is the name."""
    form = next((form for form in FORMS if path.endswith(f".{form}")), "")
    return (path.removesuffix(f".{form}"), form) if form else (path, "")


def _known(name: str, form: str, language: str) -> None:
    """Raises Problem(404) with the charts whose names are closest."""
    if name in charts():
        return
    _ = catalogue(language).gettext
    stem, _dot, ending = name.rpartition(".")
    if stem in charts():
        sentence = _("There is no .{ending} of a chart; there are {forms}.")
        raise Problem(404, sentence.format(ending=ending[:TEXT_LIMIT], forms=", ".join(f".{form}" for form in FORMS)))
    sentence = _("There is no chart named {name}. The closest are {closest}.")
    raise Problem(404, sentence.format(name=name[:TEXT_LIMIT], closest=", ".join(_closest(name, charts()))))


def _known_cluster(identifier: str, known: list[str], language: str) -> None:
    """Raises Problem when a chart of one cluster is asked for none, or for one that we do not know."""
    _ = catalogue(language).gettext
    if not identifier:
        raise Problem(400, _("This chart shows one cluster: say which, as in id={example}.").format(example=EXAMPLE))
    if identifier not in known:
        sentence = _("There is no cluster {name}. The closest are {closest}.")
        raise Problem(404, sentence.format(name=identifier, closest=", ".join(_closest(identifier, known))))


def _closest(name: str, known: list[str] | Mapping[str, object]) -> list[str]:
    found = process.extract(name[:TEXT_LIMIT].casefold(), list(known), scorer=fuzz.ratio, limit=NEAR)
    return [match[0] for match in found]
