"""A selected proposal becomes a session: everything moves over, nothing is typed again."""

from __future__ import annotations

from dataclasses import replace

from parvis.domain.calls.conversion import session_values, speakers_of
from tests.domain.calls.test_proposals import GOOD, SPEAKER


def test_everything_moves_over() -> None:
    values = session_values(replace(GOOD, title_en="Water", abstract_en="…"), format_="micro_workshop", duration_min=20)
    assert values == {
        "format": "micro_workshop",
        "duration_min": 20,
        "title_fr": GOOD.title_fr,
        "title_en": "Water",
        "abstract_fr": GOOD.abstract_fr,
        "abstract_en": "…",
        "spoken": ["fr"],
        "sdgs": [6, 17],
        "status": "confirmed",
    }


def test_english_alone_stands_in_for_french_until_it_is_translated() -> None:
    english = replace(GOOD, title_fr="", abstract_fr="", title_en="Water", abstract_en="For all")
    values = session_values(english, format_="micro_workshop", duration_min=20)
    assert (values["title_fr"], values["abstract_fr"], values["title_en"]) == ("Water", "For all", "Water")


def test_speakers_keep_their_order_and_their_titles() -> None:
    found = speakers_of(replace(GOOD, speakers=(SPEAKER, replace(SPEAKER, last_name="Faye"))), language="en")
    assert [(row.last_name, row.title, row.language) for row in found] == [
        ("Benali", "Adjointe au maire", "en"),
        ("Faye", "Adjointe au maire", "en"),
    ]
