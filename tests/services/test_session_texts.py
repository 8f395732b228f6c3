"""Texts of sessions are checked by those who may, as they were read; whoever changes one takes the check away."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.conf import settings
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor
from parvis.domain.editions import EditionIsClosed
from parvis.domain.imports import ImportRow, ImportSheet
from parvis.domain.programme.texts import TEXT_LANGUAGES, LanguageNotPublished, NothingToCheck, TextsLeft, TextStatus
from parvis.domain.refusals import ChangedMeanwhile, NotAllowed, NotFound
from parvis.models import LogEntry, Session
from parvis.queries.session_texts import (
    access_texts_left,
    count_texts_left,
    lacking_texts,
    last_checks,
    texts_of,
    texts_print,
)
from parvis.queries.versions import version_of
from parvis.services.imports.plan import apply_import
from parvis.services.programme import save_session
from parvis.services.releases import publish_release
from parvis.services.session_texts import check_many, check_texts
from tests.factories.editions import an_edition
from tests.factories.programme import a_session

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 6, 1, 9, tzinfo=UTC)
WRITTEN = {"title_en": "Water", "abstract_fr": "Résumé", "abstract_en": "Abstract"}


def statuses(session: Session) -> list[str]:
    session.refresh_from_db()
    return [str(texts.status) for texts in texts_of(session)]


def test_the_languages_of_texts_are_those_of_the_site() -> None:
    assert tuple(code for code, _name in settings.LANGUAGES) == TEXT_LANGUAGES


def test_a_check_is_kept_logged_and_taken_back(organiser: Actor) -> None:
    session = a_session(an_edition(), **WRITTEN)
    before = (version_of(session), session.updated_at)
    check_texts(actor=organiser, session_id=session.pk, language="en", checked=True, now=NOW)
    check_texts(actor=organiser, session_id=session.pk, language="en", checked=True, now=NOW)
    assert statuses(session) == ["draft", "checked"]
    assert (version_of(session), session.updated_at) == before, "a check is no change to what others are writing"
    (entry,) = LogEntry.objects.filter(action="session.texts_checked")
    assert (entry.actor_label, entry.at, entry.subject_id, entry.details) == (
        "Organiser", NOW, session.pk, {"language": "en"},
    )  # fmt: skip
    assert last_checks(organiser, session_id=session.pk)["en"].on
    check_texts(actor=organiser, session_id=session.pk, language="en", checked=False, now=NOW)
    assert statuses(session) == ["draft", "draft"]
    assert not last_checks(organiser, session_id=session.pk)["en"].on


def test_who_may_not_and_what_cannot_be_checked(organiser: Actor, read_only: Actor) -> None:
    edition = an_edition()
    session = a_session(edition, abstract_fr="Résumé", title_en="Water")
    with pytest.raises(NotAllowed):
        check_texts(actor=read_only, session_id=session.pk, language="fr", checked=True)
    with pytest.raises(NothingToCheck):
        check_texts(actor=organiser, session_id=session.pk, language="en", checked=True)
    with pytest.raises(LanguageNotPublished):
        check_texts(actor=organiser, session_id=session.pk, language="es", checked=True)
    with pytest.raises(NotFound):
        check_texts(actor=organiser, session_id=0, language="fr", checked=True)
    edition.status = "archived"
    edition.save()
    with pytest.raises(EditionIsClosed):
        check_texts(actor=organiser, session_id=session.pk, language="fr", checked=True)
    assert not LogEntry.objects.filter(action__startswith="session.texts").exists()


def test_what_one_read_is_what_one_checks(organiser: Actor) -> None:
    session = a_session(an_edition(), **WRITTEN)
    seen = {code: texts_print(session, code) for code in TEXT_LANGUAGES}
    save_session(
        actor=organiser, edition_id=session.edition_id, session_id=session.pk, values={"abstract_en": "Other words"}
    )
    with pytest.raises(ChangedMeanwhile) as refusal:
        check_texts(actor=organiser, session_id=session.pk, language="en", checked=True, seen=seen["en"])
    assert refusal.value.params == {"who": "Organiser"}
    check_texts(actor=organiser, session_id=session.pk, language="fr", checked=True, seen=seen["fr"])
    assert statuses(session) == ["checked", "draft"]


@pytest.mark.parametrize(
    ("values", "left"),
    [
        ({"abstract_en": "Other"}, ["fr"]),
        ({"title_fr": "Autre"}, ["en"]),
        ({"practical_note_en": "Bring a pen"}, ["fr"]),
        ({"abstract_fr": "", "abstract_en": ""}, []),
        ({"title_en": " Water ", "duration_min": 75, "summary_fr": "Dit"}, ["fr", "en"]),
    ],
)
def test_a_text_that_changes_loses_its_check(values: dict[str, object], left: list[str], organiser: Actor) -> None:
    session = a_session(an_edition(), **WRITTEN, checked=["fr", "en"])
    save_session(actor=organiser, edition_id=session.edition_id, session_id=session.pk, values=values)
    session.refresh_from_db()
    assert session.checked == left
    changes = LogEntry.objects.get(action="session.changed").details["changes"]
    assert changes.get("checked", [["fr", "en"], ["fr", "en"]]) == [["fr", "en"], left]


def test_an_import_takes_the_check_of_what_it_rewrites(organiser: Actor) -> None:
    edition = an_edition()
    session = a_session(edition, **WRITTEN, checked=["fr", "en"], code="E001")
    row = {"code": "E001", "format": "workshop", "title_fr": session.title_fr, "title_en": "Sharing water"}

    def brought(**more: object) -> list[str]:
        sheet = ImportSheet("sessions", [ImportRow(2, {**row, "status": "confirmed", **more})])
        apply_import(actor=organiser, sheets=[sheet], edition_id=edition.pk, filename="s.xlsx")
        session.refresh_from_db()
        return session.checked

    assert brought() == ["fr"]
    assert brought(abstract_fr="") == ["fr"], "an empty cell leaves what is there"
    assert brought(abstract_fr="Un autre résumé") == []
    assert (session.title_en, session.abstract_fr) == ("Sharing water", "Un autre résumé")


def test_many_are_checked_at_once_but_for_what_changed_meanwhile(
    organiser: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edition, other = an_edition(), an_edition(15, slug="2024")
    whole, late, done = (a_session(edition, f"Séance {n}", **WRITTEN) for n in range(3))
    empty, foreign = a_session(edition, "Sans résumé"), a_session(other, "Ailleurs", **WRITTEN)
    check_texts(actor=organiser, session_id=done.pk, language="fr", checked=True, now=NOW)
    seen = {each.pk: texts_print(each, "fr") for each in (whole, late, done, empty, foreign)}
    Session.objects.filter(pk=late.pk).update(abstract_fr="Réécrit")
    with django_assert_num_queries(6):  # savepoint twice, edition, sessions, update, log
        made = check_many(actor=organiser, edition_id=edition.pk, language="fr", seen=seen, checked=True, now=NOW)
    assert (made.changed, made.overtaken) == ([whole], [late])
    assert [statuses(each)[0] for each in (whole, late, done, empty)] == ["checked", "draft", "checked", "missing"]
    assert statuses(foreign)[0] == "draft"
    assert LogEntry.objects.filter(action="session.texts_checked").count() == 2
    back = check_many(actor=organiser, edition_id=edition.pk, language="fr", seen=seen, checked=False, now=NOW)
    assert back.changed == [whole, done]


def test_a_reader_checks_nothing(read_only: Actor) -> None:
    with pytest.raises(NotAllowed):
        check_many(actor=read_only, edition_id=an_edition().pk, language="fr", seen={}, checked=True)


def test_what_lacks_is_found_and_counted_as_the_rule_says(
    organiser: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edition = an_edition()
    made = [
        a_session(edition, "Rien en anglais", abstract_fr="Résumé"),
        a_session(edition, "Tout, à relire", **WRITTEN),
        a_session(edition, "Tout, relu", **WRITTEN, checked=["fr", "en"]),
        a_session(edition, "Relu puis effacé", **{**WRITTEN, "abstract_en": None}, checked=["en"]),
        a_session(edition, "Pause", format="break", title_en="Break", checked=["en"]),
        a_session(edition, "Brouillon", status="draft"),
    ]
    for language in TEXT_LANGUAGES:
        for kind, status in (("text", TextStatus.MISSING), ("check", TextStatus.DRAFT)):
            by_rule = {s.pk for s in made for t in texts_of(s) if (t.language, t.status) == (language, status)}
            found = lacking_texts(Session.objects.filter(edition=edition), f"{kind}_{language}")
            assert {session.pk for session in found} == by_rule, (kind, language)
    for kind in ("text", "check"):
        everywhere = {s.pk for code in TEXT_LANGUAGES for s in lacking_texts(Session.objects.all(), f"{kind}_{code}")}
        assert {s.pk for s in lacking_texts(Session.objects.all(), kind)} == everywhere
    assert lacking_texts(Session.objects.all(), "text_es").count() == len(made)
    with django_assert_num_queries(1):
        left = count_texts_left(edition.pk)
    assert left == [TextsLeft("fr", 0, 4), TextsLeft("en", 2, 1)]
    assert access_texts_left(organiser, edition_id=edition.pk) == left


def test_publishing_refuses_nothing_and_keeps_how_many_lacked(organiser: Actor) -> None:
    edition = an_edition(status="open")
    session = a_session(edition, **{**WRITTEN, "abstract_en": ""}, checked=["fr"])
    publish_release(actor=organiser, edition_id=edition.pk)
    details = LogEntry.objects.get(action="release.published").details
    assert details == {"number": 1, "changes": details["changes"], "texts_missing": 1}
    save_session(actor=organiser, edition_id=edition.pk, session_id=session.pk, values={"abstract_en": "Water"})
    publish_release(actor=organiser, edition_id=edition.pk)
    assert LogEntry.objects.filter(action="release.published").latest("pk").details["texts_unchecked"] == 1
