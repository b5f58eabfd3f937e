from dataclasses import replace

import numpy as np
import pandas as pd

from atlas.charts import Coverage, themes_by_country
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

WORLD = small_world()
VIEW = View.of(WORLD, Selection())


def rows_of(tables=WORLD, **chosen):
    return themes_by_country.table(tables, Selection(**chosen))


def world_of(counts):
    """A world with `counts` clusters of one theme in each country."""
    like = WORLD.clusters.iloc[0]
    rows = [
        like.to_dict() | {"cluster_id": f"{country.lower()}-{n}", "country": country}
        for country, count in counts.items()
        for n in range(count)
    ]
    return replace(WORLD, clusters=type(WORLD.clusters)(rows, geometry="geometry", crs=4326))


def test_table_keeps_what_is_not_published_apart_and_out_of_shares():
    rows = rows_of(countries=("FR",))
    assert rows.drop(columns=["countries", "source_ids"]).replace({np.nan: None}).to_numpy().tolist() == [
        ["FR", "food_agriculture", 2, 2, 1.0],
        ["FR", "mobility", 1, 2, 0.5],
        ["FR", None, 1, 2, None],
    ]
    assert rows["source_ids"].map(list).tolist() == [["s1", "s2"], ["s1"], ["s2"]]
    assert themes_by_country.coverage(rows, WORLD, Selection(countries=("FR",))) == Coverage(2, 3, "clusters")


def test_small_countries_stand_together():
    rows = rows_of()
    assert rows["country"].isna().all()
    assert rows["countries"].iloc[0] == ["ES", "FR"]
    assert themes_by_country.coverage(rows, WORLD, Selection()) == Coverage(3, 5, "clusters")


def test_the_largest_countries_have_their_column_and_one_alone_is_no_group():
    counts = dict.fromkeys(["FR", "ES", "IT", "DE", "BE", "BG", "GB", "NL", "PT", "AT"], 3) | {"FR": 5}
    grouped = rows_of(world_of(counts))
    assert list(dict.fromkeys(grouped["country"].fillna(""))) == ["FR", "AT", "BE", "BG", "DE", "ES", "GB", "IT", ""]
    assert grouped["countries"].iloc[-1] == ["NL", "PT"]
    alone = rows_of(world_of({"FR": 5, "MT": 1}))
    assert set(alone["country"]) == {"FR", "MT"}


def test_describe():
    assert (
        themes_by_country.describe(rows_of(), VIEW)
        == "Most common theme: Food and farming, 2 of the 3 clusters that publish themes."
    )
    assert (
        themes_by_country.describe(rows_of(countries=("ES",)), VIEW)
        == "Most common theme: Digital, 1 of the 1 cluster that publishes themes."
    )
    assert (
        themes_by_country.describe(rows_of(kinds=("ecosystem_site",)), VIEW)
        == "No cluster of this selection publishes its themes."
    )


def test_none_published_is_a_mark_and_not_a_zero():
    figure = themes_by_country.figure(rows_of(countries=("FR",)), VIEW)
    heat, unpublished = figure.data
    assert (heat.type, unpublished.mode) == ("heatmap", "markers+text")
    assert np.asarray(heat.z).tolist() == [[1.0], [0.5]]
    assert list(unpublished.text) == ["1"]
    assert list(figure.layout.yaxis.ticktext)[-1] == "Theme not published"
    assert list(figure.layout.xaxis.ticktext) == ["<b>FR</b><br>2"]


def test_a_country_that_publishes_no_theme_has_no_share():
    tables = world_of({"ES": 3})
    silent = WORLD.clusters[WORLD.clusters["cluster_id"] == "fr-c"]
    rows = rows_of(replace(tables, clusters=pd.concat([tables.clusters, silent], ignore_index=True)))
    heat, unpublished = themes_by_country.figure(rows, VIEW).data
    assert pd.isna(np.asarray(heat.z, dtype=float)).tolist() == [[False, True], [False, True]]
    assert [list(line) for line in heat.text] == [["3", ""], ["3", ""]]
    assert (list(unpublished.x), list(unpublished.text)) == ([1], ["1"])


def test_empty_selection_draws():
    rows = rows_of(countries=("DE",))
    assert rows.empty and "source_ids" in rows
    assert themes_by_country.figure(rows, VIEW).layout.annotations
    assert themes_by_country.describe(rows, VIEW) == "No cluster of this selection publishes its themes."


def test_only_clusters_without_themes_still_draw():
    rows = rows_of(kinds=("ecosystem_site",))
    assert rows[["country", "clusters", "reporting"]].to_numpy().tolist() == [["FR", 1, 0]]
    assert list(themes_by_country.figure(rows, VIEW).data[-1].text) == ["1"]


def test_columns_are_the_countries_and_groups_chosen_in_their_order():
    rows = rows_of(countries=("eu27", "ES"))
    assert rows.drop(columns=["countries", "source_ids"]).replace({np.nan: None}).to_numpy().tolist() == [
        ["eu27", "food_agriculture", 2, 3, 2 / 3],
        ["eu27", "digital", 1, 3, 1 / 3],
        ["eu27", "mobility", 1, 3, 1 / 3],
        ["eu27", None, 1, 3, None],
        ["ES", "digital", 1, 1, 1.0],
    ]
    assert rows["countries"].iloc[0] == ["ES", "FR"]
    assert list(themes_by_country.figure(rows, VIEW).layout.xaxis.ticktext) == ["<b>EU27</b><br>3", "<b>ES</b><br>1"]


def test_clusters_that_two_groups_share_are_counted_once():
    chosen = ("eu27", "eu14", "FR", "ES")
    rows = rows_of(countries=chosen)
    assert themes_by_country.coverage(rows, WORLD, Selection(countries=chosen)) == Coverage(3, 4, "clusters")
    assert themes_by_country.describe(rows, VIEW) == "Most common theme in 3 of 4 territories: Food and farming."
    assert themes_by_country.describe(rows_of(countries=("eu27", "ES")), VIEW) == (
        "Most common theme: EU27 (Food and farming, 2 of 3), Spain (Digital, 1 of 1)."
    )
