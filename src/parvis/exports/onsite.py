"""Scans as rows of the spreadsheet that the import accepts (`ingest.kinds`), column key by column key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Row = dict[str, Any]


def scan_rows(scans: Iterable[Any]) -> Iterator[Row]:
    """Yield scans as `access_scans_to_export` gives them: what was read, what the door answered, what was taken back.

    The identifier makes a row the same scan wherever it is brought.
    """
    for scan in scans:
        registration = scan.registration
        yield {
            "scanned_at": scan.scanned_at.replace(microsecond=0),
            "badge_code": scan.code or (registration.reference if registration is not None else ""),
            "external_reference": registration.external_reference if registration is not None else "",
            "checkpoint": scan.checkpoint.code,
            "direction": scan.direction,
            "device": scan.device,
            "scan_id": str(scan.pk),
            "verdict": scan.verdict,
            "undoes": str(scan.undoes_id or ""),
        }
