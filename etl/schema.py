"""One pandera model per table: the contract the build must meet, the data dictionary, and the Frictionless descriptor.

A column declares its type, its checks, its description in both languages, the vocabulary its codes come from and the
table its ids point to. `etl.check` runs these, `etl.publish` writes them into Parquet and `datapackage.json`.
"""

# ruff: noqa: RUF012 - pandera reads these class attributes as lists and dictionaries

import importlib
import sys
from typing import Any

import pandera.pandas as pa
from pandera.typing import Series

DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
ID = r"^[a-z0-9][a-z0-9-]*$"
URL = r"^https?://\S+$"
NUTS = r"^[A-Z]{2}[0-9A-Z]{1,3}$"
Int = Series[pa.Int64]
Text = Series[str]
Real = Series[float]
Flag = Series[bool]
List = Series[object]
"""A list of strings per cell: `list<string>` in Parquet."""
Date = Series[pa.DateTime]


def find_no_dask() -> None:
    """Let pandera find no dask. To know its types pandera would import all of it where it is installed, with the first model:
    two seconds of every build, for tables that are pandas'."""
    if "dask.dataframe" not in sys.modules:
        sys.modules["dask.dataframe"] = None  # type: ignore[assignment]
        importlib.import_module("pandera.typing.dask")
        del sys.modules["dask.dataframe"]


find_no_dask()


def field(en: str, fr: str, *, codes: str = "", ids: str = "", unit: str = "", **checks: Any) -> Any:
    """Declare a column: description in English and French, `codes` (its vocabulary), `ids` (the `table.column` its
    values point to), `unit`, and pandera checks (`nullable`, `ge`, `unique`...)."""
    return pa.Field(description=en, metadata={"fr": fr, "codes": codes, "ids": ids, "unit": unit}, **checks)


def sources() -> Any:
    """The `source_ids` column every table of facts carries: no figure without a source."""
    return field("Sources of the row.", "Sources de la ligne.", ids="sources.source_id")


class Table(pa.DataFrameModel):
    """Base of every table: exact columns, types coerced."""

    class Config:
        strict = True
        coerce = True
        ordered = True


class Clusters(Table):
    cluster_id: Text = field(
        "Identifier, stable, used in links.", "Identifiant stable, utilisé dans les liens.", unique=True, str_matches=ID
    )
    name: Text = field("Name, as the cluster writes it.", "Nom, tel que le pôle l’écrit.")
    kind: Text = field("Kind of cluster.", "Type de pôle.", codes="kinds")
    country: Text = field(
        "Country of the seat (ISO 3166-1 alpha-2); EU when transnational without a seat.",
        "Pays du siège (ISO 3166-1 alpha-2) ; EU si transnational sans siège.",
        codes="countries|geo_aggregates",
    )
    region: Text = field("Region, as published.", "Région, telle que publiée.", nullable=True)
    place: Text = field("Town or commune.", "Ville ou commune.", nullable=True)
    latitude: Real = field(
        "Latitude (EPSG:4326).", "Latitude (EPSG:4326).", unit="degrees", nullable=True, ge=-90, le=90
    )
    longitude: Real = field(
        "Longitude (EPSG:4326).", "Longitude (EPSG:4326).", unit="degrees", nullable=True, ge=-180, le=180
    )
    coordinate_precision: Text = field(
        "What the point stands for: the site, the commune or only the region.",
        "Ce que désigne le point : le site, la commune ou seulement la région.",
        codes="coordinate_precisions",
        nullable=True,
    )
    coordinate_origin: Text = field(
        "Where the point comes from: the curated facts or the GeoNames gazetteer.",
        "Origine du point : les faits relevés ou le répertoire GeoNames.",
        codes="coordinate_origins",
        nullable=True,
    )
    founded_year: Int = field(
        "Year of opening or creation.", "Année d’ouverture ou de création.", nullable=True, ge=1800
    )
    lead_organisation: Text = field("Organisation that leads it.", "Structure porteuse.", nullable=True)
    themes: List = field("Themes of activity.", "Thèmes d’activité.", codes="themes")
    components: List = field("What it is made of.", "Ce qui le compose.", codes="components")
    website: Text = field("Website.", "Site web.", nullable=True, str_matches=URL)
    status: Text = field("Whether it is known to be active.", "Activité connue ou non.", codes="statuses")
    summary_en: Text = field(
        "Summary in English, in the project’s own words.", "Résumé en anglais, rédigé par le projet.", nullable=True
    )
    summary_fr: Text = field(
        "Summary in French, in the project’s own words.", "Résumé en français, rédigé par le projet.", nullable=True
    )
    programme_ids: List = field(
        "Programmes that are the same thing seen as a programme.",
        "Programmes qui sont la même chose vue comme un programme.",
        ids="programmes.programme_id",
    )
    nuts_id: Text = field(
        "NUTS 3 region the point lies in; its first characters are NUTS 1 and NUTS 2. Empty until boundaries are fetched, "
        "and where the point stands for a whole region.",
        "Région NUTS 3 où se trouve le point ; ses premiers caractères sont NUTS 1 et NUTS 2. Vide tant que les limites ne "
        "sont pas téléchargées, et si le point ne désigne qu’une région.",
        nullable=True,
        str_matches=NUTS,
    )
    nuts_found_by: Text = field(
        "Whether the point lies inside that region, or it is the nearest of the country within 15 km.",
        "Point situé dans cette région, ou région du pays la plus proche à moins de 15 km.",
        isin=["inside", "nearest"],
        nullable=True,
    )
    source_ids: List = sources()
    geometry: Series[object] = field("Point (EPSG:4326).", "Point (EPSG:4326).", nullable=True)

    class Config(Table.Config):
        metadata = {"en": "One row per cluster.", "fr": "Une ligne par pôle.", "key": ["cluster_id"]}


class Observations(Table):
    observation_id: Text = field(
        "Identifier: cluster, metric, scope, date, and a number when several.",
        "Identifiant : pôle, mesure, périmètre, date, et un numéro s’il y en a plusieurs.",
        unique=True,
    )
    cluster_id: Text = field("Cluster the figure is about.", "Pôle dont parle le chiffre.", ids="clusters.cluster_id")
    metric: Text = field("What is measured.", "Ce qui est mesuré.", codes="metrics")
    value: Real = field("Value, as published.", "Valeur, telle que publiée.", ge=0)
    unit: Text = field("Unit of the value.", "Unité de la valeur.", codes="units")
    as_of: Text = field(
        "Date the figure stands for, as precise as published.",
        "Date à laquelle vaut le chiffre, aussi précise que publiée.",
        nullable=True,
        str_matches=DATE,
    )
    as_of_precision: Text = field(
        "Precision of that date.", "Précision de cette date.", codes="date_precisions", nullable=True
    )
    as_of_date: Date = field("First day of that date.", "Premier jour de cette date.", nullable=True)
    qualifier: Text = field(
        "How exact the figure is; planned is never added to what exists.",
        "Exactitude du chiffre ; le prévu ne s’ajoute jamais à l’existant.",
        codes="qualifiers",
    )
    scope: Text = field(
        "What the figure counts; figures of two scopes are never added.",
        "Ce que compte le chiffre ; deux périmètres ne s’additionnent jamais.",
        codes="scopes",
    )
    is_latest: Flag = field(
        "Whether totals use this figure: one per cluster, metric and scope, never a planned one.",
        "Chiffre retenu dans les totaux : un par pôle, mesure et périmètre, jamais un chiffre prévu.",
    )
    latest_rule: Text = field(
        "Why this figure is the latest.", "Pourquoi ce chiffre est le plus récent.", codes="latest_rules", nullable=True
    )
    note_en: Text = field(
        "What the source says about the figure.", "Précision de la source sur le chiffre (en anglais).", nullable=True
    )
    source_ids: List = sources()

    class Config(Table.Config):
        metadata = {
            "en": "One row per published figure about one cluster.",
            "fr": "Une ligne par chiffre publié sur un pôle.",
            "key": ["observation_id"],
        }


class Programmes(Table):
    programme_id: Text = field(
        "Identifier, stable, used in links.", "Identifiant stable, utilisé dans les liens.", unique=True, str_matches=ID
    )
    name_en: Text = field("Name in English.", "Nom en anglais.")
    name_fr: Text = field("Name in French.", "Nom en français.", nullable=True)
    name_local: Text = field("Name in its own language.", "Nom dans sa langue.", nullable=True)
    level: Text = field(
        "Level of government or network that runs it.",
        "Niveau de gouvernement ou réseau qui le porte.",
        codes="programme_levels",
    )
    country: Text = field(
        "Country; EU for European and transnational programmes.",
        "Pays ; EU pour les programmes européens et transnationaux.",
        codes="countries|geo_aggregates",
    )
    kind: Text = field(
        "Kind: law, strategy, call, fund...", "Type : loi, stratégie, appel, fonds...", codes="programme_kinds"
    )
    theme: Text = field("Main theme.", "Thème principal.", codes="programme_themes", nullable=True)
    start: Text = field(
        "Start, or date of the law, as precise as published.",
        "Début, ou date de la loi, aussi précis que publié.",
        nullable=True,
        str_matches=DATE,
    )
    start_precision: Text = field(
        "Precision of the start.", "Précision du début.", codes="date_precisions", nullable=True
    )
    start_date: Date = field("First day of the start.", "Premier jour du début.", nullable=True)
    end: Text = field(
        "End, as precise as published.", "Fin, aussi précise que publiée.", nullable=True, str_matches=DATE
    )
    end_precision: Text = field("Precision of the end.", "Précision de la fin.", codes="date_precisions", nullable=True)
    end_date: Date = field("Last day of the end.", "Dernier jour de la fin.", nullable=True)
    budget_eur: Real = field(
        "Budget where the source gives euros.",
        "Budget lorsque la source le donne en euros.",
        unit="EUR",
        nullable=True,
        ge=0,
    )
    budget_amount: Real = field(
        "Budget in another currency, as published; nothing is converted.",
        "Budget dans une autre monnaie, tel que publié ; rien n’est converti.",
        nullable=True,
        ge=0,
    )
    budget_currency: Text = field(
        "Currency of budget_amount (ISO 4217).",
        "Monnaie de budget_amount (ISO 4217).",
        nullable=True,
        str_matches=r"^[A-Z]{3}$",
    )
    budget_kind: Text = field(
        "What the budget is; two kinds are never added.",
        "Nature du budget ; deux natures ne s’additionnent jamais.",
        codes="budget_kinds",
        nullable=True,
    )
    part_of: Text = field(
        "Programme whose money contains this one’s.",
        "Programme dont le budget contient celui-ci.",
        ids="programmes.programme_id",
        nullable=True,
    )
    applications: Int = field("Applications received.", "Candidatures reçues.", nullable=True, ge=0)
    laureates: Int = field("Laureates chosen.", "Lauréats retenus.", nullable=True, ge=0)
    summary_en: Text = field(
        "Summary in English, in the project’s own words.", "Résumé en anglais, rédigé par le projet.", nullable=True
    )
    summary_fr: Text = field(
        "Summary in French, in the project’s own words.", "Résumé en français, rédigé par le projet.", nullable=True
    )
    source_ids: List = sources()

    class Config(Table.Config):
        metadata = {
            "en": "One row per law, strategy, call, fund or project.",
            "fr": "Une ligne par loi, stratégie, appel, fonds ou projet.",
            "key": ["programme_id"],
        }


class Awards(Table):
    cluster_id: Text = field("Laureate.", "Lauréat.", ids="clusters.cluster_id")
    programme_id: Text = field("Programme that awards.", "Programme qui attribue.", ids="programmes.programme_id")
    year: Int = field("Year of the award.", "Année d’attribution.", ge=1800)
    amount_eur: Real = field(
        "Amount; empty when not published.", "Montant ; vide s’il n’est pas publié.", unit="EUR", nullable=True, ge=0
    )
    source_ids: List = sources()

    class Config(Table.Config):
        unique = ["cluster_id", "programme_id", "year"]
        metadata = {
            "en": "One row per cluster laureate of one programme.",
            "fr": "Une ligne par pôle lauréat d’un programme.",
            "key": ["cluster_id", "programme_id", "year"],
        }


class Partners(Table):
    programme_id: Text = field("Project or programme.", "Projet ou programme.", ids="programmes.programme_id")
    organisation: Text = field("Partner organisation.", "Organisation partenaire.")
    country: Text = field(
        "Country of the partner.",
        "Pays du partenaire.",
        codes="countries|geo_aggregates|other_countries",
        nullable=True,
    )
    role: Text = field("Role in the project.", "Rôle dans le projet.", codes="partner_roles")
    amount_eur: Real = field(
        "Money received; empty when not published.",
        "Montant reçu ; vide s’il n’est pas publié.",
        unit="EUR",
        nullable=True,
        ge=0,
    )
    source_ids: List = sources()

    class Config(Table.Config):
        unique = ["programme_id", "organisation", "country"]
        metadata = {
            "en": "One row per organisation in one programme.",
            "fr": "Une ligne par organisation dans un programme.",
            "key": ["programme_id", "organisation", "country"],
        }


class AnnualFunding(Table):
    programme_id: Text = field("Programme.", "Programme.", ids="programmes.programme_id")
    year: Int = field("Year of the money.", "Année du financement.", ge=1800)
    kind: Text = field("Budgeted or committed.", "Prévu au budget ou engagé.", codes="funding_kinds")
    amount_eur: Real = field("Amount of that year.", "Montant de l’année.", unit="EUR", ge=0)
    country: Text = field(
        "Country; EU for European programmes.",
        "Pays ; EU pour les programmes européens.",
        codes="countries|geo_aggregates",
    )
    source_ids: List = sources()

    class Config(Table.Config):
        unique = ["programme_id", "year", "kind"]
        metadata = {
            "en": "One row per programme, year and kind of amount.",
            "fr": "Une ligne par programme, année et nature du montant.",
            "key": ["programme_id", "year", "kind"],
        }


class Indicators(Table):
    geo: Text = field("Country, aggregate or region code.", "Code du pays, de l’agrégat ou de la région.")
    geo_level: Text = field("Country, aggregate or region.", "Pays, agrégat ou région.", codes="geo_levels")
    geo_name: Text = field(
        "Name of the region, as published; empty for countries.",
        "Nom de la région, tel que publié ; vide pour les pays.",
        nullable=True,
    )
    country: Text = field(
        "Country the territory lies in; empty for groups of countries.",
        "Pays du territoire ; vide pour les groupes de pays.",
        codes="countries",
        nullable=True,
    )
    indicator: Text = field("What is measured.", "Ce qui est mesuré.", codes="indicators")
    definition: Text = field(
        "Definition counted by, where several exist; two definitions are never one line.",
        "Définition retenue, lorsqu’il en existe plusieurs ; deux définitions ne font jamais une seule courbe.",
        codes="count_definitions",
        nullable=True,
    )
    year: Int = field("Year.", "Année.", ge=1800)
    as_of: Text = field("Date, as precise as published.", "Date, aussi précise que publiée.", str_matches=DATE)
    value: Real = field("Value, as published.", "Valeur, telle que publiée.", ge=0)
    unit: Text = field("Unit of the value.", "Unité de la valeur.", codes="units")
    qualifier: Text = field("How exact the figure is.", "Exactitude du chiffre.", codes="qualifiers")
    note: Text = field("Method and perimeter, as published.", "Méthode et périmètre, tels que publiés.", nullable=True)
    source_ids: List = sources()

    class Config(Table.Config):
        metadata = {
            "en": "One row per territory, indicator and date.",
            "fr": "Une ligne par territoire, indicateur et date.",
            "key": ["geo", "indicator", "definition", "as_of", "unit", "value"],
        }


class Sources(Table):
    source_id: Text = field("Identifier.", "Identifiant.", unique=True)
    title: Text = field("Title of the page or document.", "Titre de la page ou du document.")
    publisher: Text = field("Publisher.", "Éditeur.")
    url: Text = field("Address.", "Adresse.", str_matches=URL)
    published: Text = field(
        "Date of publication, as precise as known.",
        "Date de publication, aussi précise que connue.",
        nullable=True,
        str_matches=DATE,
    )
    quote: Text = field("Verbatim quote.", "Citation exacte.")
    language: Text = field(
        "Language of the quote, where stated.",
        "Langue de la citation, si elle est indiquée.",
        codes="languages",
        nullable=True,
    )

    class Config(Table.Config):
        metadata = {
            "en": "One row per page or document.",
            "fr": "Une ligne par page ou document.",
            "key": ["source_id"],
        }


class Countries(Table):
    country: Text = field(
        "Code (ISO 3166-1 alpha-2).", "Code (ISO 3166-1 alpha-2).", unique=True, str_matches=r"^[A-Z]{2}$"
    )
    parent_country: Text = field(
        "Country an overseas department belongs to.", "Pays dont relève un département d’outre-mer.", nullable=True
    )
    role: Text = field(
        "Observed, overseas department, or context around the map.",
        "Observé, département d’outre-mer ou contexte de la carte.",
        isin=["observed", "overseas", "context"],
    )
    name_en: Text = field(
        "Name in English; empty for context.", "Nom en anglais ; vide pour le contexte.", nullable=True
    )
    name_fr: Text = field(
        "Name in French; empty for context.", "Nom en français ; vide pour le contexte.", nullable=True
    )
    eurostat_code: Text = field(
        "Eurostat’s code where it differs (EL, UK).", "Code d’Eurostat s’il diffère (EL, UK).", nullable=True
    )
    is_eu_member: Flag = field("Member of the European Union today.", "Membre de l’Union européenne aujourd’hui.")
    note_en: Text = field("Note on the designation.", "Note sur la désignation (en anglais).", nullable=True)
    note_fr: Text = field("Note on the designation (in French).", "Note sur la désignation.", nullable=True)
    geometry: Series[object] = field(
        "Boundary (EPSG:4326), as European institutions draw it.",
        "Frontière (EPSG:4326), telle que les institutions européennes la dessinent.",
    )

    class Config(Table.Config):
        metadata = {
            "en": "One row per territory, with its boundary.",
            "fr": "Une ligne par territoire, avec sa frontière.",
            "key": ["country"],
        }


class SameAs(Table):
    table: Text = field("Table concerned.", "Table concernée.", isin=["clusters", "programmes"])
    dataset: Text = field("Dataset of the merged row.", "Jeu de données de la ligne fusionnée.")
    merged_id: Text = field(
        "Identifier of the merged row; links with it still open the kept one.",
        "Identifiant de la ligne fusionnée ; les liens qui le portent ouvrent la ligne conservée.",
    )
    kept_id: Text = field("Identifier kept.", "Identifiant conservé.")
    why: Text = field("Why the two are the same thing.", "Pourquoi les deux sont la même chose (en anglais).")

    class Config(Table.Config):
        unique = ["table", "dataset", "merged_id"]
        metadata = {
            "en": "One row per duplicate resolved.",
            "fr": "Une ligne par doublon résolu.",
            "key": ["table", "dataset", "merged_id"],
        }


class FieldSources(Table):
    table: Text = field("Table concerned.", "Table concernée.", isin=["clusters", "programmes"])
    row_id: Text = field("Row concerned.", "Ligne concernée.")
    column: Text = field("Cell concerned.", "Cellule concernée.")
    value: Text = field("What the source says, as text.", "Ce que dit la source, en texte.")
    is_used: Flag = field(
        "Whether the table shows this value; the others disagree with it.",
        "Valeur affichée dans la table ; les autres la contredisent.",
    )
    source_ids: List = sources()

    class Config(Table.Config):
        metadata = {
            "en": "One row per cell that has its own source, or on which sources disagree.",
            "fr": "Une ligne par cellule qui a sa propre source, ou sur laquelle les sources divergent.",
            "key": ["table", "row_id", "column", "value"],
        }


class Regions(Table):
    nuts_id: Text = field("NUTS code, as published.", "Code NUTS, tel que publié.", unique=True, str_matches=NUTS)
    level: Int = field("NUTS level, 1 to 3.", "Niveau NUTS, de 1 à 3.", ge=1, le=3)
    country: Text = field("Country of the region.", "Pays de la région.", codes="countries")
    name: Text = field("Name, in Latin letters.", "Nom, en caractères latins.")
    edition: Int = field("Year of the NUTS classification.", "Année de la nomenclature NUTS.", ge=2003)
    geometry: Series[object] = field(
        "Boundary (EPSG:4326), © EuroGeographics.", "Limite (EPSG:4326), © EuroGeographics."
    )

    class Config(Table.Config):
        metadata = {
            "en": "One row per NUTS region; filled by a refresh, never shipped (licence of the boundaries).",
            "fr": "Une ligne par région NUTS ; remplie par une actualisation, jamais distribuée (licence des limites).",
            "key": ["nuts_id"],
        }


class Organisations(Table):
    cluster_id: Text = field("Cluster it leads.", "Pôle qu’elle porte.", ids="clusters.cluster_id", unique=True)
    siren: Text = field("SIREN number.", "Numéro SIREN.", str_matches=r"^\d{9}$")
    name: Text = field("Name in the register.", "Nom au répertoire.")
    legal_form: Text = field(
        "Legal form, in the register’s words.", "Forme juridique, telle qu’au répertoire.", nullable=True
    )
    headcount_min: Int = field(
        "Least employees of its headcount band.", "Effectif salarié minimal de sa tranche.", nullable=True, ge=0
    )
    headcount_max: Int = field(
        "Most employees of its headcount band; empty when the band is open.",
        "Effectif salarié maximal de sa tranche ; vide si la tranche est ouverte.",
        nullable=True,
        ge=0,
    )
    headcount_year: Int = field("Year of the headcount.", "Année de l’effectif.", nullable=True, ge=1900)
    social_economy: Text = field(
        "Whether the register counts it in the social economy.",
        "Appartenance à l’économie sociale et solidaire selon le répertoire.",
        isin=["yes", "no"],
        nullable=True,
    )
    created: Text = field("Date of creation.", "Date de création.", nullable=True, str_matches=DATE)
    register_status: Text = field(
        "Active or closed, in the register.",
        "Active ou cessée, au répertoire.",
        isin=["active", "closed"],
        nullable=True,
    )
    source_ids: List = sources()

    class Config(Table.Config):
        metadata = {
            "en": "One row per lead organisation of a French cluster, as its register knows it; each was accepted by a reviewer.",
            "fr": "Une ligne par structure porteuse d’un pôle français, telle qu’au répertoire ; chacune acceptée après relecture.",
            "key": ["cluster_id"],
        }


class Projects(Table):
    project_id: Text = field(
        "Identifier: kohesio-Q..., cordis-...", "Identifiant : kohesio-Q..., cordis-...", unique=True
    )
    origin: Text = field("Database it comes from.", "Base dont il provient.", isin=["kohesio", "cordis"])
    acronym: Text = field("Acronym.", "Acronyme.", nullable=True)
    name_en: Text = field("Name in English.", "Nom en anglais.", nullable=True)
    name_local: Text = field("Name in its own language.", "Nom dans sa langue.", nullable=True)
    country: Text = field(
        "Country of the project, or of its coordinator.",
        "Pays du projet, ou de son coordinateur.",
        codes="countries|geo_aggregates|other_countries",
        nullable=True,
    )
    nuts_id: Text = field("NUTS region.", "Région NUTS.", nullable=True, str_matches=NUTS)
    start_date: Date = field("Start.", "Début.", nullable=True)
    end_date: Date = field("End.", "Fin.", nullable=True)
    eu_amount_eur: Real = field(
        "Contribution of the Union; empty when not published in euros.",
        "Contribution de l’Union ; vide si elle n’est pas publiée en euros.",
        unit="EUR",
        nullable=True,
        ge=0,
    )
    total_amount: Real = field("Total cost, in its currency.", "Coût total, dans sa monnaie.", nullable=True, ge=0)
    currency: Text = field(
        "Currency of the total cost (ISO 4217).",
        "Monnaie du coût total (ISO 4217).",
        nullable=True,
        str_matches=r"^[A-Z]{3}$",
    )
    fund: Text = field("Fund: ERDF, ESF+, Horizon Europe...", "Fonds : FEDER, FSE+, Horizon Europe...", nullable=True)
    programme: Text = field("Programme, as published.", "Programme, tel que publié.", nullable=True)
    topics: List = field("Topics, as published.", "Sujets, tels que publiés.")
    taken_for: Text = field(
        "Why it is taken for social innovation: the category or the words.",
        "Ce qui le rattache à l’innovation sociale : la catégorie ou les mots.",
    )
    url: Text = field("Page of the project.", "Page du projet.", str_matches=URL)
    note_en: Text = field(
        "What was published otherwise than this table can hold it.",
        "Ce qui a été publié autrement que la table ne peut le contenir (en anglais).",
        nullable=True,
    )
    source_ids: List = sources()

    class Config(Table.Config):
        metadata = {
            "en": "One row per project the Union pays for about social innovation or the social economy; filled by a refresh.",
            "fr": "Une ligne par projet payé par l’Union sur l’innovation ou l’économie sociales ; remplie par une actualisation.",
            "key": ["project_id"],
        }


class Participants(Table):
    participation_id: Text = field(
        "Identifier: project, and the participation in it; an organisation may take part several times.",
        "Identifiant : projet et participation ; une organisation peut participer plusieurs fois.",
        unique=True,
    )
    project_id: Text = field("Project.", "Projet.", ids="projects.project_id")
    organisation: Text = field("Organisation.", "Organisation.")
    country: Text = field(
        "Country of the organisation.",
        "Pays de l’organisation.",
        codes="countries|geo_aggregates|other_countries",
        nullable=True,
    )
    role: Text = field("Role in the project.", "Rôle dans le projet.", codes="partner_roles")
    eu_amount_eur: Real = field(
        "Contribution of the Union it receives; empty when not published in euros.",
        "Contribution de l’Union qu’elle reçoit ; vide si elle n’est pas publiée en euros.",
        unit="EUR",
        nullable=True,
        ge=0,
    )
    cluster_id: Text = field(
        "Cluster it leads, where a reviewer has said so.",
        "Pôle qu’elle porte, si une relecture l’a confirmé.",
        ids="clusters.cluster_id",
        nullable=True,
    )
    note_en: Text = field(
        "What was published otherwise than this table can hold it.",
        "Ce qui a été publié autrement que la table ne peut le contenir (en anglais).",
        nullable=True,
    )
    source_ids: List = sources()

    class Config(Table.Config):
        metadata = {
            "en": "One row per participation of an organisation in a project; filled by a refresh.",
            "fr": "Une ligne par participation d’une organisation à un projet ; remplie par une actualisation.",
            "key": ["participation_id"],
        }


class ThirdPlaces(Table):
    place_id: Text = field("Identifier in the census.", "Identifiant du recensement.", unique=True)
    name: Text = field("Name.", "Nom.")
    lead_organisation: Text = field("Organisation that runs it.", "Structure porteuse.", nullable=True)
    commune_code: Text = field("Municipality (INSEE code).", "Commune (code Insee).", nullable=True)
    postcode: Text = field("Postcode.", "Code postal.", nullable=True)
    place: Text = field("Municipality.", "Commune.", nullable=True)
    latitude: Real = field(
        "Latitude (EPSG:4326).", "Latitude (EPSG:4326).", unit="degrees", nullable=True, ge=-90, le=90
    )
    longitude: Real = field(
        "Longitude (EPSG:4326).", "Longitude (EPSG:4326).", unit="degrees", nullable=True, ge=-180, le=180
    )
    coordinate_precision: Text = field(
        "What the point stands for.", "Ce que désigne le point.", codes="coordinate_precisions", nullable=True
    )
    coordinate_origin: Text = field(
        "Where the point comes from.", "Origine du point.", codes="coordinate_origins", nullable=True
    )
    website: Text = field("Website.", "Site web.", nullable=True, str_matches=URL)
    activities: List = field("Activities, as the census names them.", "Activités, telles que le recensement les nomme.")
    source_ids: List = sources()
    geometry: Series[object] = field("Point (EPSG:4326).", "Point (EPSG:4326).", nullable=True)

    class Config(Table.Config):
        metadata = {
            "en": "One row per French third place of the 2023 census: a layer of its own, never counted among the clusters; filled by a refresh.",
            "fr": "Une ligne par tiers-lieu français du recensement de 2023 : une couche à part, jamais comptée parmi les pôles ; remplie par une actualisation.",
            "key": ["place_id"],
        }


class Vocabulary(Table):
    vocabulary: Text = field("Vocabulary: kinds, themes, scopes...", "Vocabulaire : types, thèmes, périmètres...")
    code: Text = field("Code used in the tables and in links.", "Code utilisé dans les tables et les liens.")
    label_en: Text = field("Label in English.", "Libellé en anglais.")
    label_fr: Text = field("Label in French.", "Libellé en français.")
    description_en: Text = field("Meaning, in English.", "Signification, en anglais.", nullable=True)
    description_fr: Text = field("Meaning, in French.", "Signification, en français.", nullable=True)
    colour: Text = field(
        "Colour on a light background.", "Couleur sur fond clair.", nullable=True, str_matches=r"^#[0-9a-f]{6}$"
    )
    colour_dark: Text = field(
        "Colour on a dark background.", "Couleur sur fond sombre.", nullable=True, str_matches=r"^#[0-9a-f]{6}$"
    )
    order: Int = field("Order of display.", "Ordre d’affichage.", ge=1)
    properties: Text = field(
        "Other properties of the code, as JSON (symbol, unit, group...).",
        "Autres propriétés du code, en JSON (symbole, unité, groupe...).",
    )

    class Config(Table.Config):
        unique = ["vocabulary", "code"]
        metadata = {"en": "One row per code.", "fr": "Une ligne par code.", "key": ["vocabulary", "code"]}


TABLES: dict[str, type[Table]] = {
    "clusters": Clusters,
    "observations": Observations,
    "programmes": Programmes,
    "awards": Awards,
    "partners": Partners,
    "annual_funding": AnnualFunding,
    "indicators": Indicators,
    "sources": Sources,
    "countries": Countries,
    "regions": Regions,
    "organisations": Organisations,
    "projects": Projects,
    "participants": Participants,
    "third_places": ThirdPlaces,
    "same_as": SameAs,
    "field_sources": FieldSources,
    "vocabulary": Vocabulary,
}
GEOMETRY = ("clusters", "countries", "regions", "third_places")
