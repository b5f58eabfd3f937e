"""Participants whose name resembles that of a cluster of their country, or of its lead: proposals, which a human decides."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from etl.review import PARTICIPANTS
from etl.suggest import plain

LEAST = 88
"""Score (0 to 100) from which two names are worth a look."""
FORMS = re.compile(
    r"\b(?:ab|aisbl|asbl|asociacion|asociatia|asso|assoc|association|associazione|cic|coop|cooperativa|cooperative|doo|eg|ek|ev|"
    r"fondacija|fondation|fondazione|foundation|fundacao|fundacion|fundacja|fundatia|gemeinnutzige|ggmbh|gmbh|gug|limited|ltd|"
    r"mbh|nadace|nadacia|onlus|oy|plc|ptce|sa|sarl|sas|sca|scarl|scic|scop|scrl|sl|spolek|srl|stichting|stowarzyszenie|udruga|"
    r"udruzenje|ug|verein|vereniging|vzw|zs)\b"
)
"""Words of legal forms, as `plain` writes them: with and without them one organisation may be meant."""
OF_CLUSTER = "the name is like that of the cluster; its lead is another, or not known"
FORM = "the names are alike only without their legal forms"
SEVERAL = "several clusters resemble it"


class Known(NamedTuple):
    """A name by which a cluster is known: its own, or that of an organisation that leads it."""

    cluster_id: str
    cluster: str
    lead_organisation: str
    name: str
    is_lead: bool


def proposals(participants: pd.DataFrame, clusters: pd.DataFrame) -> pd.DataFrame:
    """Rows of `participants` (the table) beside the cluster they may lead, best first: the columns of PARTICIPANTS.

    Names are compared within a country, without case, accents, punctuation and legal forms; `score` is 0 to 1.
    """
    rows = [
        (organisation, country, *found)
        for country, here in participants.groupby("country")["organisation"]
        for organisation, *found in alike(sorted(set(here)), list(known(clusters[clusters["country"] == country])))
    ]
    found = pd.DataFrame(rows, columns=["organisation", "country", *PARTICIPANTS.columns[3:]])
    several = found.duplicated(["organisation", "country"], keep=False)
    doubts = found["doubt"].where(~several, found["doubt"].map(lambda doubt: "; ".join(filter(None, (SEVERAL, doubt)))))
    taking_part = participants[["project_id", "organisation", "country"]].drop_duplicates()
    proposed = taking_part.merge(found.assign(doubt=doubts), on=["organisation", "country"])
    return proposed.sort_values("score", ascending=False, kind="stable")[list(PARTICIPANTS.columns)]


def known(clusters: pd.DataFrame) -> Iterator[Known]:
    """Every name of every cluster: leads between semicolons one by one, each with and without what stands in brackets."""
    texts = clusters[["cluster_id", "name", "lead_organisation"]].fillna("").astype("str")
    for cluster_id, cluster, lead in texts.itertuples(index=False, name=None):
        for text, is_lead in [*((part, True) for part in lead.split(";")), (cluster, False)]:
            for name in dict.fromkeys((plain(text), plain(re.sub(r"\([^)]*\)", " ", text)))):
                if name:
                    yield Known(cluster_id, cluster, lead, name, is_lead)


def alike(organisations: list[str], names: list[Known]) -> Iterator[tuple[str, str, str, str, float, str]]:
    """Organisation, cluster_id, cluster, lead_organisation, score and doubt of each pair worth a look, the best way of each."""
    if not names:
        return
    theirs, ours = [plain(name) for name in organisations], [one.name for one in names]
    whole = scores(theirs, ours)
    without = scores([bare(name) for name in theirs], [bare(name) for name in ours])
    best = np.maximum(whole, without)
    for at in np.flatnonzero((best >= LEAST).any(axis=1)):
        for cluster_id in dict.fromkeys(names[to].cluster_id for to in np.flatnonzero(best[at] >= LEAST)):
            own = (n for n, one in enumerate(names) if one.cluster_id == cluster_id)
            to = max(own, key=lambda n: (best[at, n], whole[at, n]))
            _, cluster, lead, _, is_lead = names[to]
            doubts = ["" if is_lead else OF_CLUSTER, FORM if whole[at, to] < LEAST else ""]
            score = round(float(best[at, to]) / 100, 2)
            yield organisations[at], cluster_id, cluster, lead, score, "; ".join(filter(None, doubts))


def scores(theirs: list[str], ours: list[str]) -> np.ndarray:
    """How alike each pair of names is, the order of their words aside: 0 to 100, 0 below LEAST."""
    return process.cdist(theirs, ours, scorer=fuzz.token_sort_ratio, score_cutoff=LEAST)


def bare(name: str) -> str:
    """A plain name without the words of legal forms; as it is where it has no other."""
    return " ".join(FORMS.sub(" ", name).split()) or name
