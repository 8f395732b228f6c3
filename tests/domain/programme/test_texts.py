"""The texts of a session in a language: missing, draft or checked; and what a change takes away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.domain.programme.texts import (
    TEXT_FIELDS,
    TEXT_LANGUAGES,
    LanguageNotPublished,
    LanguageTexts,
    NothingToCheck,
    TextStatus,
    changed_texts,
    check_may_check,
    checks_left,
    checks_with,
    column_of,
    texts_in,
)

FULL = {column_of(field, code): f"{field} {code}" for field in TEXT_FIELDS for code in TEXT_LANGUAGES}
CHECKED = st.lists(st.sampled_from(TEXT_LANGUAGES), unique=True)
COLUMNS = st.sampled_from([*FULL, "room", "title_es", "summary_fr", "duration_min"])


@pytest.mark.parametrize(
    ("less", "format_", "checked", "status", "missing"),
    [
        ({}, "workshop", [], TextStatus.DRAFT, ()),
        ({}, "workshop", ["fr"], TextStatus.DRAFT, ()),
        ({}, "workshop", ["fr", "en"], TextStatus.CHECKED, ()),
        ({"abstract_en": "", "title_fr": ""}, "workshop", ["en"], TextStatus.MISSING, ("abstract",)),
        ({"abstract_en": None, "title_en": "  "}, "plenary", [], TextStatus.MISSING, ("title", "abstract")),
        ({"practical_note_en": ""}, "workshop", ["en"], TextStatus.CHECKED, ()),
        ({"abstract_en": ""}, "break", ["en"], TextStatus.CHECKED, ()),
        ({"title_en": ""}, "break", [], TextStatus.MISSING, ("title",)),
    ],
)
def test_a_status_follows_from_what_is_written_and_checked(
    less: dict[str, str | None], format_: str, checked: list[str], status: TextStatus, missing: tuple[str, ...]
) -> None:
    found = texts_in("en", texts={**FULL, **less}, format_=format_, checked=checked)
    assert (found.language, found.status, found.missing) == ("en", status, missing)


def test_what_is_not_written_is_not_checked() -> None:
    check_may_check(LanguageTexts("fr", TextStatus.DRAFT))
    with pytest.raises(NothingToCheck):
        check_may_check(LanguageTexts("fr", TextStatus.MISSING, ("abstract",)))
    with pytest.raises(LanguageNotPublished):
        checks_with([], "ar", on=True)


def test_what_reads_the_same_has_not_changed() -> None:
    before = {"title_fr": "L’eau", "abstract_fr": None, "abstract_en": "Water", "room": "A"}
    after = {"title_fr": "  L’eau ", "abstract_fr": "", "abstract_en": "Water!", "practical_note_fr": "Oui", "room": 2}
    assert changed_texts(before, after) == ["abstract_en", "practical_note_fr"]


@given(CHECKED, st.lists(COLUMNS))
def test_a_change_takes_away_the_check_of_its_language_and_no_other(checked: list[str], changed: list[str]) -> None:
    left = checks_left(checked, changed)
    for code in TEXT_LANGUAGES:
        touched = any(column in {column_of(field, code) for field in TEXT_FIELDS} for column in changed)
        assert (code in left) == (code in checked and not touched)


@given(CHECKED, st.sampled_from(TEXT_LANGUAGES), st.booleans())
def test_checking_is_kept_in_the_order_of_pages_and_twice_is_once(checked: list[str], code: str, on: bool) -> None:
    once = checks_with(checked, code, on=on)
    assert checks_with(once, code, on=on) == once
    assert once == [each for each in TEXT_LANGUAGES if (each == code and on) or (each != code and each in checked)]


def test_a_text_without_its_language_stands_for_all() -> None:
    assert checks_left(["fr", "en"], ["title"]) == []
    assert checks_left(["fr", "en"], ["subtitle", "title_ar"]) == ["fr", "en"]
