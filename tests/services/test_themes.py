"""Themes: renamed for all, marked, merged without doubling, deleted only while unused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from parvis.domain.access import Actor
from parvis.domain.changes import AlreadyThere, TextMissing
from parvis.domain.programme.themes import ThemeInUse, ThemeWithItself
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.models import Edition, LogEntry, Session, SessionTheme, Theme
from parvis.queries.themes import list_sessions_of_theme, list_themes
from parvis.queries.timetable import build_timetable
from parvis.queries.versions import version_of
from parvis.services.themes import delete_theme, merge_themes, save_theme
from tests.factories.editions import an_edition
from tests.factories.programme import a_session

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 9, 1, 12, tzinfo=UTC)


@pytest.fixture
def edition() -> Edition:
    return an_edition(status="open")


def a_theme(name: str, *sessions: Session) -> Theme:
    theme = Theme.objects.create(slug=name.lower(), name_fr=name)
    for session in sessions:
        SessionTheme.objects.create(session=session, theme=theme, position=session.session_themes.count())
    return theme


def bears(session: Session) -> list[str]:
    return [item.theme.slug for item in session.session_themes.order_by("position", "pk")]


def test_a_theme_is_renamed_its_address_stays_and_its_sessions_are_dated_anew(
    organiser: Actor, edition: Edition
) -> None:
    session, other = a_session(edition), a_session(edition, "Autre")
    theme = a_theme("Eau", session)
    seen = version_of(theme)
    values = {"name_fr": "Eau et assainissement", "name_en": "Water", "exclusive": True}
    save_theme(actor=organiser, theme_id=theme.pk, values=values, seen=seen, now=NOW)
    theme.refresh_from_db()
    assert (theme.slug, theme.name_en, theme.exclusive) == ("eau", "Water", True)
    session.refresh_from_db()
    other.refresh_from_db()
    assert session.updated_at == NOW
    assert other.updated_at != NOW
    assert LogEntry.objects.get().details["changes"]["name_fr"] == ["Eau", "Eau et assainissement"]
    assert build_timetable(edition.pk).problem.themes[0].exclusive
    with pytest.raises(ChangedMeanwhile):
        save_theme(actor=organiser, theme_id=theme.pk, values={"name_fr": "X"}, seen=seen)


def test_a_theme_is_added_once(organiser: Actor) -> None:
    made = save_theme(actor=organiser, theme_id=None, values={"name_fr": "Énergie", "name_en": "Energy"})
    assert made.slug == "energie"
    with pytest.raises(AlreadyThere) as refused:
        save_theme(actor=organiser, theme_id=None, values={"name_fr": "energie "})
    assert refused.value.field == "name_fr"
    with pytest.raises(TextMissing):
        save_theme(actor=organiser, theme_id=None, values={"name_fr": "  "})


def test_merging_moves_sessions_of_all_editions_and_doubles_none(organiser: Actor, edition: Edition) -> None:
    one, both = a_session(edition, "Une"), a_session(edition, "Deux")
    old = a_session(an_edition(13, slug="2022"), "Avant")
    gone, kept = a_theme("Aide", one, both, old), a_theme("Solidarité", both)
    merged = merge_themes(actor=organiser, kept_id=kept.pk, gone_id=gone.pk, now=NOW)
    assert merged == kept
    assert [bears(session) for session in (one, both, old)] == [["solidarité"]] * 3
    assert not Theme.objects.filter(pk=gone.pk).exists()
    one.refresh_from_db()
    assert one.updated_at == NOW
    said = {entry.action: (entry.subject_label, entry.details) for entry in LogEntry.objects.all()}
    assert said == {
        "theme.merged": ("Aide", {"merged_into": "Solidarité", "sessions": 3}),
        "theme.took_in": ("Solidarité", {"took_in": "Aide", "sessions": 3}),
    }


def test_refusals(organiser: Actor, read_only: Actor, edition: Edition) -> None:
    used, idle = a_theme("Eau", a_session(edition)), a_theme("Air")
    with pytest.raises(NotAllowed):
        save_theme(actor=read_only, theme_id=used.pk, values={"name_fr": "X"})
    with pytest.raises(ThemeWithItself):
        merge_themes(actor=organiser, kept_id=used.pk, gone_id=used.pk)
    with pytest.raises(NotFound):
        merge_themes(actor=organiser, kept_id=0, gone_id=used.pk)
    seen = version_of(idle)
    save_theme(actor=organiser, theme_id=idle.pk, values={"name_fr": "Air pur"})
    with pytest.raises(ChangedMeanwhile):
        merge_themes(actor=organiser, kept_id=used.pk, gone_id=idle.pk, seen=seen)
    with pytest.raises(ThemeInUse, match="1"):
        delete_theme(actor=organiser, theme_id=used.pk)
    delete_theme(actor=organiser, theme_id=idle.pk)
    assert [theme.pk for theme in Theme.objects.all()] == [used.pk]


def test_the_list_counts_here_and_everywhere(organiser: Actor, edition: Edition) -> None:
    here, before = a_session(edition), a_session(an_edition(13, slug="2022"), "Avant")
    theme = a_theme("Eau", here, before)
    a_theme("Air")
    rows = list_themes(organiser, edition_id=edition.pk)
    assert [(row.name, row.here, row.everywhere) for row in rows] == [("Air", 0, 0), ("Eau", 1, 2)]  # type: ignore[attr-defined]
    assert list_sessions_of_theme(organiser, theme_id=theme.pk, edition_id=edition.pk) == [here]
