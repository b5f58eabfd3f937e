"""Files in the shape of Kohesio's, made up: comma, BOM, CRLF, dd/mm/yyyy, one operation in several rows."""

import csv
import random
from pathlib import Path

from etl.download import Lock, sha256_of, write_lock
from etl.sources.kohesio_projects import KNOWN, NEEDED

HEADER = (*NEEDED, *KNOWN)
PLACES = [("GR", "Greece", "EL303"), ("FR", "France", "FRI12"), ("SE", "Sweden", "SE121"), ("PL", "Poland", "PL911")]
CATEGORIES = ["Support for social economy and social enterprises", "Cycling infrastructure", "Skills development"]
FILLING = 'Réhabilitation d’un bâtiment, formation des équipes ; "atelier" ouvert à tous.\r\nDeuxième phase. '


def row(number: int, **changes: str) -> dict[str, str]:
    """A whole row; the same number is the same operation."""
    code, country, nuts = PLACES[number % len(PLACES)]
    return (
        dict.fromkeys(HEADER, "")
        | {
            "Operation_Unique_Identifier": f"https://linkedopendata.eu/entity/Q{number}",
            "Operation_Local_Identifier": f"2021{code}05-{number:07}",
            "Operation_Name_English": f"Workshop {number}, second phase",
            "Operation_Name_Programme_Language": f"Atelier « {number} »",
            "Country": country,
            "CountryCode": code,
            "Operation_Start_Date": f"{number % 28 + 1:02}/{number % 12 + 1:02}/{2014 + number % 10}",
            "Operation_End_Date": "" if number % 5 == 0 else f"01/{number % 12 + 1:02}/2027",
            "Cofinancing_Rate": "40.0",
            "Total_Eligible_Expenditure_amount": f"{number * 10}.5",
            "Total_Eligible_Expenditure_Currency": "PLN" if code == "PL" else "EUR",
            "Project_EU_Budget": f"{number * 4}.25",
            "Beneficiary_Name": f"Commune {number % 997}",
            "Fund_Code": "ESF+",
            "Programme_Name": f"Programme {code}",
            "Programming_Period": "2021-2027",
            "NUTS3_Code": nuts,
            "Category_Label": CATEGORIES[number % len(CATEGORIES)],
            "Policy_Objective_Label": "A more social Europe",
            "Operation_Summary_Programme_Language": FILLING * (number % 5),
            "Operation_Summary_English": 'Works, training and "open doors". ' * (number % 7),
        }
        | changes
    )


def rows(count: int, repeated: float = 0.1, seed: int = 1):
    """`count` rows, a share of them repeating an earlier operation in another region and category."""
    chance = random.Random(seed)  # noqa: S311
    for number in range(1, count + 1):
        if number > 10 and chance.random() < repeated:
            yield row(chance.randrange(1, number), NUTS3_Code=f"FRK{number % 9}1", Category_Label="Skills development")
        else:
            yield row(number)


def write(path: Path, lines, header=HEADER) -> Path:
    """A file as Kohesio writes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, header, extrasaction="ignore", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(lines)
    return path


def locked(path: Path, url: str, last_modified: str = "") -> Path:
    """A raw file with its lock, as a download leaves it."""
    lock = Lock(url, sha256_of(path), path.stat().st_size, "2026-03-02", last_modified=last_modified)
    write_lock(path, lock)
    return path


def kohesio(raw: Path, name: str, lines, day: str = "2025-11-10") -> Path:
    """`FR-pp21-27.csv` below a raw folder, padded with other projects so that it is not refused as too small."""
    padding = (row(900_000_000 + number, Category_Label="Cycling infrastructure") for number in range(40))
    path = write(raw / "kohesio" / f"{name}.csv", [*lines, *padding])
    file = f"data/projects-2021-2027/{day}/{name}-{day.replace('-', '')}.csv"
    return locked(path, f"https://kohesio.ec.europa.eu/api/data/object?id={file}")
