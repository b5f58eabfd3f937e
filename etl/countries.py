"""Countries: the land of each territory, with the name, membership and note the vocabulary gives it."""

import geopandas as gpd
import pandas as pd
from babel import Locale

from etl.vocabulary import Codes


def complete(land: gpd.GeoDataFrame, codes: Codes) -> gpd.GeoDataFrame:
    """Land (country, parent_country, role, geometry) -> the countries table; context has no name."""
    declared = declared_countries(codes)
    described = land.join(declared, on="country")
    overseas = described["role"].eq("overseas")
    return described.assign(
        name_en=described["name_en"].fillna(described["country"].map(Locale("en").territories).where(overseas)),
        name_fr=described["name_fr"].fillna(described["country"].map(Locale("fr").territories).where(overseas)),
        eurostat_code=described["eurostat_code"].where(described["eurostat_code"] != described["country"]),
        is_eu_member=described["parent_country"].fillna(described["country"]).map(declared["is_eu_member"]).eq("true"),
    )


def declared_countries(codes: Codes) -> pd.DataFrame:
    """The vocabulary of countries: name_en, name_fr, eurostat_code, is_eu_member (text), note_en, note_fr by code."""
    rows = codes.table[codes.table["vocabulary"] == "countries"].set_index("code")
    properties = codes.properties("countries").reindex(columns=["eurostat_code", "is_eu_member", "note_en", "note_fr"])
    return properties.assign(name_en=rows["label_en"], name_fr=rows["label_fr"])
