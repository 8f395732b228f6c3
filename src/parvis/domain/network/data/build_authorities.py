"""Make `authorities.csv.gz` from the npm package `@etalab/decoupage-administratif`. See README.md beside this file.

python src/parvis/domain/network/data/build_authorities.py FOLDER   (the unpacked package: package/data/communes.json …)
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

from parvis.domain.text import fold_name

Row = tuple[str, str, str, str, str, str, str, int]  # kind, form, code, siren, name, departement, region, population

_FORMS = {"CC": "Communauté de communes ", "CA": "Communauté d’agglomération ", "CU": "Communauté urbaine "}
# The two areas whose département was replaced by one collectivity, and those where it is the région too.
_NO_DEPARTEMENT = {"75", "2A", "2B", "67", "68", "972", "973", "975", "977", "978", "984", "986", "987", "988", "989"}
_NO_REGION = {"02", "03", "06"}
# Not communes in law, or without inhabitants, though the list carries them.
_NO_COMMUNES = {"977", "978", "984", "986", "989"}
_OVERSEAS = {"975", "977", "978", "986", "987", "988"}


def _typographic(name: str) -> str:
    return " ".join(name.replace("''", "").replace('"', "").replace("'", "’").split())


def _read(folder: Path, name: str) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return data


def rows_from(folder: Path) -> list[Row]:
    """Return the table's rows from the package's `data` folder."""
    communes = [commune for commune in _read(folder, "communes") if commune["type"] == "commune-actuelle"]
    by_code = {commune["code"]: commune for commune in communes}
    rows: list[Row] = []
    population: dict[str, int] = {}
    for commune in communes:
        for area in ("d" + commune["departement"], "r" + commune["region"]):
            population[area] = population.get(area, 0) + commune.get("population", 0)
        if commune["departement"] not in _NO_COMMUNES:
            rows.append(
                (
                    "commune",
                    "",
                    commune["code"],
                    commune.get("siren", ""),
                    _typographic(commune["nom"]),
                    commune["departement"],
                    commune["region"],
                    commune.get("population", 0),
                )
            )
    for epci in _read(folder, "epci") + _read(folder, "ept"):
        largest = max(epci["membres"], key=lambda member: member.get("populationTotale", 0))
        seat = by_code.get(largest["code"], {})
        name = _typographic(epci["nom"])
        form = epci["type"]
        if form in _FORMS and name.startswith(form + " "):
            name = _FORMS[form] + name[len(form) + 1 :]
        elif form in _FORMS:
            name = _FORMS[form] + name
        people = epci.get("populationMunicipale") or sum(m.get("populationMunicipale", 0) for m in epci["membres"])
        departement = seat.get("departement", "")
        rows.append(("epci", form, epci["code"], epci["code"], name, departement, seat.get("region", ""), people))
    for departement in _read(folder, "departements"):
        code, name = departement["code"], _typographic(departement["nom"])
        people = population.get("d" + code, 0)
        if code in _OVERSEAS:
            rows.append(("overseas", "COM", code, "", name, code, departement["region"], people))
        elif code not in _NO_DEPARTEMENT:
            rows.append(("departement", "", code, "", name, code, departement["region"], people))
    # Not in the package; from INSEE's list of « collectivités territoriales ayant les compétences départementales ».
    rows.append(
        (
            "departement",
            "",
            "6AE",
            "",
            "Collectivité européenne d’Alsace",
            "67",
            "44",
            population["d67"] + population["d68"],
        )
    )
    for code, region, name in (("972", "02", "Martinique"), ("973", "03", "Guyane")):
        name = f"Collectivité territoriale de {name}"
        rows.append(("overseas", "CTU", code, "", name, code, region, population["d" + code]))
    for known in _read(folder, "regions"):
        code, name = known["code"], _typographic(known["nom"])
        if known["zone"] == "com" or code in _NO_REGION:
            continue
        if code == "94":
            name = "Collectivité de Corse"
        rows.append(("region", "", code, "", name, "", code, population.get("r" + code, 0)))
    rows.sort(key=lambda row: (row[0], row[2]))
    return rows


def main() -> None:
    """Write the table beside this file."""
    rows = rows_from(Path(sys.argv[1]) / "data")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("kind", "form", "code", "siren", "name", "departement", "region", "population", "folded"))
    # The folded name is stored: folding 36,000 names would take half of the time of loading them.
    writer.writerows((*row, fold_name(row[4])) for row in rows)
    target = Path(__file__).with_name("authorities.csv.gz")
    target.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), 9, mtime=0))
    sys.stdout.write(f"{len(rows)} authorities, {target.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main()
