"""What publishers call our columns, in English, French, German, Spanish, Italian and Polish."""

import re

from rapidfuzz import fuzz

from etl import suggest
from etl.gazetteer import UNDECOMPOSED

CLOSE_ENOUGH = 88
HEADERS: dict[str, tuple[str, ...]] = {
    "name": (
        "name", "nom", "name of the cluster", "project name", "nom du projet", "nom du lieu", "denomination", "intitule",
        "raison sociale", "titre", "title", "bezeichnung", "titel", "nombre", "denominacion", "titulo", "nome",
        "denominazione", "titolo", "nazwa", "tytul", "organisation", "organization", "beneficiary name",
    ),
    "place": (
        "ville", "commune", "city", "town", "municipality", "place", "localite", "ort", "stadt", "gemeinde", "ciudad",
        "municipio", "localidad", "poblacion", "citta", "comune", "localita", "miasto", "gmina", "miejscowosc",
    ),
    "country": ("pays", "country", "country code", "land", "staat", "pais", "paese", "kraj", "panstwo", "geo", "ref area", "code pays"),
    "region": (
        "region", "bundesland", "comunidad autonoma", "provincia", "regione", "wojewodztwo", "departement", "county",
        "region name", "nom region",
    ),
    "website": (
        "site web", "site internet", "website", "web site", "url", "internet", "webseite", "webadresse", "homepage",
        "pagina web", "sitio web", "web", "sito web", "sito internet", "strona internetowa", "strona www", "www",
    ),
    "latitude": ("latitude", "lat", "y", "coord y", "breitengrad", "breite", "latitud", "latitudine", "szerokosc geograficzna", "y wgs84", "y l93"),
    "longitude": ("longitude", "lon", "lng", "long", "x", "coord x", "langengrad", "lange", "longitud", "longitudine", "dlugosc geograficzna", "x wgs84", "x l93"),
    "point": ("geo point 2d", "geolocation", "geopoint", "coordonnees", "coordinates", "koordinaten", "coordenadas", "coordinate", "wspolrzedne", "wkt", "geom"),
    "founded_year": (
        "annee de creation", "date de creation", "creation", "founded", "founding year", "year founded", "grundungsjahr",
        "gegrundet", "ano de creacion", "fecha de creacion", "anno di fondazione", "anno di costituzione",
        "rok zalozenia", "data zalozenia", "date d ouverture", "annee d ouverture", "established",
    ),
    "lead_organisation": (
        "structure porteuse", "porteur", "lead organisation", "lead partner", "operator", "trager", "tragerorganisation",
        "entidad gestora", "entidad promotora", "ente capofila", "ente gestore", "operator", "lider", "podmiot prowadzacy",
    ),
    "jobs": (
        "emplois", "nombre d emplois", "effectif", "effectifs", "salaries", "jobs", "employees", "staff", "number of employees",
        "beschaftigte", "arbeitsplatze", "mitarbeiter", "empleos", "empleados", "trabajadores", "addetti", "occupati",
        "dipendenti", "posti di lavoro", "zatrudnienie", "pracownicy", "miejsca pracy", "etp",
    ),
    "members": ("membres", "adherents", "members", "mitglieder", "miembros", "socios", "soci", "membri", "czlonkowie"),
    "surface_m2": ("surface", "superficie", "flache", "area", "powierzchnia", "surface m2"),
    "programme": ("programme", "program", "programm", "programa", "programma", "fonds", "fund", "dispositif"),
    "amount": (
        "montant", "subvention", "amount", "grant", "eu contribution", "budget", "betrag", "forderbetrag", "forderung",
        "importe", "subvencion", "importo", "contributo", "kwota", "dofinansowanie", "dotacja", "total budget", "aide",
    ),
    "year": ("annee", "year", "jahr", "ano", "anno", "rok", "time period", "exercice"),
    "as_of": ("date", "datum", "fecha", "data", "stand", "au", "as of"),
    "indicator": ("indicateur", "indicator", "indikator", "indicador", "indicatore", "wskaznik"),
    "value": ("valeur", "value", "wert", "valor", "valore", "wartosc", "obs value"),
    "identifier": ("id", "identifiant", "identifier", "id unique", "code", "kennung", "nummer", "identificador", "identificativo", "numer", "siret", "siren", "reference"),
    "themes": ("themes", "thematiques", "thematique", "theme", "themen", "thema", "temas", "tema", "temi", "tematy", "secteur", "sector", "activites"),
    "summary": ("description", "resume", "summary", "beschreibung", "zusammenfassung", "descripcion", "resumen", "descrizione", "opis"),
    "postcode": ("code postal", "cp", "postcode", "postal code", "zip", "plz", "postleitzahl", "codigo postal", "cap", "kod pocztowy", "codpost"),
}  # fmt: skip


def plain(header: str) -> str:
    """A header without case, accents, punctuation: “N° d’emplois (ETP)” is “n d emplois etp”."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    return suggest.plain(spaced.casefold().translate(UNDECOMPOSED))


def meaning(header: str) -> tuple[str, float]:
    """What a header most likely means (a name of HEADERS) and how sure that is, 0 to 100; blank when nothing is close."""
    words = plain(header)
    scored = ((likeness(words, known), ours) for ours, names in HEADERS.items() for known in names)
    score, ours = max(scored, key=lambda pair: pair[0])
    return (ours, score) if score >= CLOSE_ENOUGH else ("", 0)


def likeness(words: str, known: str) -> float:
    """100 when the same, 95 when the words of one stand in the other, else how alike the letters are."""
    if words == known:
        return 100
    if len(known) > 2 and re.search(rf"\b{known}\b", words):
        return 90 + 5 * len(known) / len(words)
    return fuzz.ratio(words, known) if min(len(words), len(known)) > 4 else 0
