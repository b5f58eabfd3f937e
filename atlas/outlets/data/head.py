"""The head of the Data page: the data set as search engines read it, and where its catalogue record is."""

import logging

from starlette.requests import Request

from atlas import store
from atlas.outlets.data.dictionary import described, published, resources, titled
from atlas.outlets.data.files import FILES
from atlas.outlets.data.query import language_of
from atlas.outlets.data.record import KEYWORDS
from atlas.outlets.metadata import dataset_jsonld, script
from atlas.outlets.site import site
from atlas.store import Tables, TablesMissing
from atlas.words import catalogue

log = logging.getLogger(__name__)


def data_head(request: Request) -> str:
    """HTML for the head of the Data page; '' when the tables cannot be read, which the page itself tells."""
    try:
        tables, base = store.tables(), site(request)
    except TablesMissing as error:
        log.warning("%s", error)
        return ""
    link = '<link rel="describedby" type="application/ld+json" href="data/catalog.jsonld">'
    return link + script(record(tables, base, language_of(request.query_params)))


def record(tables: Tables, base: str, language: str) -> dict:
    """The whole data set for schema.org; `base` is the address of the site."""
    package, gettext = store.package(), catalogue(language).gettext
    day = published(tables)
    files = {f"{base}/data/package.zip?form={form}": FILES["zip"].media_type for form in ("csv", "parquet")}
    return dataset_jsonld(
        titled(package, language),
        described(package, language),
        f"{base}/data",
        tables.version,
        language=language,
        modified=day.isoformat() if day else "",
        years=_years(tables),
        keywords=[gettext(word) for word in KEYWORDS],
        measured=[tables.codes.label("metrics", metric, language) for metric in tables.observations["metric"].unique()],
        files=files | {f"{base}/data/{name}.csv": FILES["csv"].media_type for name in resources()},
    )


def _years(tables: Tables) -> tuple[int, int] | None:
    """The years of the published figures and indicators."""
    figures = tables.observations.loc[tables.observations["qualifier"] != "planned", "as_of_date"].dt.year
    years = [*figures.dropna(), *tables.indicators["year"].dropna()]
    return (int(min(years)), int(max(years))) if years else None
