"""Rows of `projects` and `participants` from the file of Kohesio."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.projects import words
from etl.projects.cited import identifiers
from etl.projects.guarded import as_text, country_of, guarded, is_here, joined
from etl.projects.inputs import Input
from etl.projects.nuts import smallest
from etl.projects.people import is_person
from etl.projects.stored import frame, rows_of
from etl.sources.kohesio import SOURCE


def is_social() -> pc.Expression:
    """A filter: by category, or by the words of a name. What a summary says is not looked at."""
    category = words.listed_in("category", words.pattern(words.CATEGORY))
    return words.said_in("name_en") | words.said_in("name_local") | category


def social(path: Path) -> pd.DataFrame:
    """The social projects in a file of Kohesio, of the countries observed, with `taken_for`."""
    rows = rows_of(path, is_social())
    found = frame(rows).assign(taken_for=reasons(rows))
    return found[found["countries"].map(is_here).astype("bool")].reset_index(drop=True)


def reasons(rows: pa.Table) -> list[str]:
    """Why each project is taken."""
    names = zip(words.met(rows["name_local"]), words.met(rows["name_en"]), strict=True)
    categories = (", ".join(words.social(items)) for items in rows["category"].to_pylist())
    return [
        words.reason(category=category, name=local or english)
        for category, (local, english) in zip(categories, names, strict=True)
    ]


def projects(found: pd.DataFrame, files: Mapping[str, Input], regions: Mapping[str, str]) -> pd.DataFrame:
    """Rows of `projects`; `regions` gives those found by a point, by project."""
    nuts = [
        smallest(codes) if codes else regions.get(q)
        for codes, q in zip(found["nuts"], found["project_id"], strict=True)
    ]
    rows = pd.DataFrame(
        {
            "project_id": identified(found["project_id"]),
            "origin": SOURCE.source_id,
            "name_en": found["name_en"],
            "name_local": found["name_local"],
            "country": found["countries"].map(country_of),
            "nuts_id": nuts,
            "start_date": found["start_date"],
            "end_date": found["end_date"],
            "eu_amount_eur": found["eu_amount_eur"],
            "total_amount": found["total_amount"],
            "currency": found["currency"],
            "fund": found["fund"].map(", ".join),
            "programme": found["programme"],
            "topics": found["category"] + found["objective"],
            "taken_for": found["taken_for"],
            "url": found["source_url"],
            "source_ids": [identifiers(SOURCE, files, names) for names in found["files"]],
            "note_en": joined(found["note_en"], in_currency(found), placed(found, nuts)),
        }
    )
    return guarded(rows)


def participants(found: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """Rows of `participants`: the beneficiaries of `found`, whose rows of `projects` are given in the same order.

    Those shown to be natural persons are left out. The amount is theirs where they are alone.
    """
    listed = found["beneficiaries"].map(len)
    note = "The project names {} beneficiaries and one amount for all."
    rows = projects[["project_id", "country", "eu_amount_eur", "source_ids"]].assign(
        organisation=found["beneficiaries"],
        number=listed.map(lambda count: list(range(1, count + 1))),
        eu_amount_eur=projects["eu_amount_eur"].where(listed == 1),
        note_en=listed.map(lambda count: note.format(count) if count > 1 else None).astype("str"),
        role="beneficiary",
    )
    named = rows.explode(["organisation", "number"]).dropna(subset="organisation")
    named = named.assign(participation_id=named["project_id"] + "-" + named["number"].astype("str"))
    return named[~named["organisation"].map(is_person).astype("bool")].drop(columns="number")


def identified(numbers: "pd.Series[str]") -> "pd.Series[str]":
    """Q7 -> kohesio-Q7."""
    return SOURCE.source_id + "-" + numbers


def in_currency(found: pd.DataFrame) -> "pd.Series[str]":
    """What the Union pays where that is not published in euros."""
    is_other = found["eu_amount"].notna() & found["eu_amount_eur"].isna()
    amounts = zip(found["eu_amount"], found["currency"].fillna("a currency that is not given"), is_other, strict=True)
    told = [f"The Union pays {as_text(amount)} in {name}." if other else None for amount, name, other in amounts]
    return pd.Series(told, index=found.index, dtype="str")


def placed(found: pd.DataFrame, nuts: list[str | None]) -> "pd.Series[str]":
    """How the region was found, where it is not the one that is published."""
    told = [region_note(codes, region) for codes, region in zip(found["nuts"], nuts, strict=True)]
    return pd.Series(told, index=found.index, dtype="str")


def region_note(codes: list[str], region: str | None) -> str | None:
    """The sentence about one region."""
    if len(codes) > 1:
        return f"Published for {len(codes)} regions."
    return "The region is that of the point published." if region and not codes else None
