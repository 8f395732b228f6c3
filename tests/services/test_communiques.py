"""A press release is drafted, edited, approved by a person, published, and does not change any more."""

from __future__ import annotations

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from parvis.domain.access import Actor, NotAllowed
from parvis.domain.communiques import document as documents
from parvis.domain.communiques.document import FigureMisquoted, TextIsEmpty
from parvis.domain.communiques.states import (
    CommuniqueIsPublished,
    CommuniqueNotApproved,
    CommuniqueNotPublished,
    FactsMissing,
)
from parvis.domain.refusals import NotFound
from parvis.models import Award, AwardRound, Communique, Edition, LogEntry, Placement, Session
from parvis.queries.communique_facts import gather_facts
from parvis.queries.communiques import access_communique, list_published, stale_facts
from parvis.services.communiques import (
    approve_communique,
    draft_communique,
    edit_communique,
    publish_communique,
    redraft_communique,
    withdraw_communique,
)
from parvis.services.figures import take_snapshot
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db
DATED = date(2023, 9, 20)


@pytest.fixture
def edition() -> Edition:
    made = an_edition()
    fill(made, sessions=8)
    # What is known of the day after: the next edition, and what the plenary made.
    an_edition(15, slug="2024", status="announced", starts_on=None, ends_on=None, announced_month=date(2024, 10, 1))
    Session.objects.filter(edition=made, format="plenary").update(
        summary_fr="un plaidoyer", summary_en="the case for action"
    )
    federation = made.series.federation
    federation.city = "Paris"
    federation.save()
    return made


@pytest.fixture
def drafted(edition: Edition, press: Actor) -> Communique:
    return draft_communique(actor=press, edition_id=edition.pk, dated_on=DATED)


def source(communique: Communique, language: str = "fr") -> list[tuple[str, str]]:
    return documents.to_source(document(communique, language))


def document(communique: Communique, language: str = "fr") -> documents.Document:
    return documents.from_json(communique.texts.get(language=language).document)


def edited(communique: Communique, old: str, new: str) -> list[tuple[str, str]]:
    blocks = [(kind, text.replace(old, new)) for kind, text in source(communique)]
    assert blocks != source(communique)
    return blocks


def test_drafting_freezes_the_figures_and_writes_both_languages(drafted: Communique) -> None:
    assert drafted.number == 1
    assert drafted.snapshot.number == 1
    assert set(drafted.texts.values_list("language", flat=True)) == {"fr", "en"}
    assert document(drafted).missing() == []
    assert LogEntry.objects.filter(action="communique.drafted").count() == 1


def test_drafting_takes_the_snapshot_that_it_is_given(edition: Edition, press: Actor) -> None:
    snapshot = take_snapshot(actor=press, edition_id=edition.pk)
    assert (
        draft_communique(actor=press, edition_id=edition.pk, dated_on=DATED, snapshot_id=snapshot.pk).snapshot
        == snapshot
    )
    with pytest.raises(NotFound):
        draft_communique(actor=press, edition_id=edition.pk + 1, dated_on=DATED, snapshot_id=snapshot.pk)


def test_it_is_approved_then_published(drafted: Communique, press: Actor) -> None:
    with pytest.raises(CommuniqueNotApproved):
        publish_communique(actor=press, communique_id=drafted.pk)
    approved = approve_communique(actor=press, communique_id=drafted.pk)
    assert approved.approved_by_label == press.label
    assert list(list_published("2023")) == []
    publish_communique(actor=press, communique_id=drafted.pk)
    assert [row.number for row in list_published("2023")] == [1]
    actions = set(LogEntry.objects.values_list("action", flat=True))
    assert {"communique.approved", "communique.published"} <= actions


def test_an_edit_takes_the_approval_back(drafted: Communique, press: Actor) -> None:
    approve_communique(actor=press, communique_id=drafted.pk)
    blocks = edited(drafted, "fil rouge", "thème")
    edit_communique(actor=press, communique_id=drafted.pk, language="fr", blocks=blocks)
    drafted.refresh_from_db()
    assert (drafted.status, drafted.approved_at, drafted.approved_by_label) == ("draft", None, "")
    assert drafted.texts.get(language="fr").edited_by_label == press.label
    with pytest.raises(CommuniqueNotApproved):
        publish_communique(actor=press, communique_id=drafted.pk)


def test_a_refused_edit_saves_nothing(drafted: Communique, press: Actor) -> None:
    approve_communique(actor=press, communique_id=drafted.pk)
    before = drafted.texts.get(language="fr").document
    wrong = edited(drafted, "{figure:present|", "{figure:present|plus de 9")
    with pytest.raises(FigureMisquoted):
        edit_communique(actor=press, communique_id=drafted.pk, language="fr", blocks=wrong)
    with pytest.raises(TextIsEmpty):
        edit_communique(actor=press, communique_id=drafted.pk, language="fr", blocks=[("title", "")])
    with pytest.raises(NotFound):
        edit_communique(actor=press, communique_id=drafted.pk, language="ar", blocks=source(drafted))
    drafted.refresh_from_db()
    assert drafted.status == "approved"
    assert drafted.texts.get(language="fr").document == before


def test_a_published_text_does_not_change(drafted: Communique, press: Actor) -> None:
    approve_communique(actor=press, communique_id=drafted.pk)
    publish_communique(actor=press, communique_id=drafted.pk)
    for change in (
        lambda: edit_communique(actor=press, communique_id=drafted.pk, language="fr", blocks=source(drafted)),
        lambda: redraft_communique(actor=press, communique_id=drafted.pk),
        lambda: approve_communique(actor=press, communique_id=drafted.pk),
        lambda: publish_communique(actor=press, communique_id=drafted.pk),
    ):
        with pytest.raises(CommuniqueIsPublished):
            change()


def test_what_is_missing_holds_publication_back_until_it_is_taken_out(edition: Edition, press: Actor) -> None:
    Edition.objects.filter(slug="2024").update(status="draft")
    made = draft_communique(actor=press, edition_id=edition.pk, dated_on=DATED)
    assert document(made).missing() == ["following"]
    approve_communique(actor=press, communique_id=made.pk)
    with pytest.raises(FactsMissing, match=r"édition|edition"):
        publish_communique(actor=press, communique_id=made.pk)
    for language in ("fr", "en"):
        blocks = [(kind, "" if "{missing:" in text else text) for kind, text in source(made, language)]
        edit_communique(actor=press, communique_id=made.pk, language=language, blocks=blocks)
    approve_communique(actor=press, communique_id=made.pk)
    assert publish_communique(actor=press, communique_id=made.pk).status == "published"


def test_a_withdrawn_release_leaves_the_site_and_keeps_its_number(drafted: Communique, press: Actor) -> None:
    with pytest.raises(CommuniqueNotPublished):
        withdraw_communique(actor=press, communique_id=drafted.pk)
    approve_communique(actor=press, communique_id=drafted.pk)
    publish_communique(actor=press, communique_id=drafted.pk)
    withdraw_communique(actor=press, communique_id=drafted.pk)
    assert not list_published("2023").exists()
    assert draft_communique(actor=press, edition_id=drafted.edition_id, dated_on=DATED).number == 2


def test_a_correction_names_what_changed_and_drafting_again_mends_it(drafted: Communique, press: Actor) -> None:
    assert stale_facts(drafted) == []
    blocks = edited(drafted, "Son fil rouge", "Cette année, le fil rouge")
    edit_communique(actor=press, communique_id=drafted.pk, language="fr", blocks=blocks)
    approve_communique(actor=press, communique_id=drafted.pk)
    Edition.objects.filter(pk=drafted.edition_id).update(hashtag="#AICT", theme_ar="لا يقال")
    Session.objects.filter(edition_id=drafted.edition_id, format="workshop").first().delete()  # type: ignore[union-attr]
    drafted.refresh_from_db()
    assert set(stale_facts(drafted)) >= {"hashtag", "workshops", "figures.workshops"}
    assert "theme" not in stale_facts(drafted)
    again = redraft_communique(actor=press, communique_id=drafted.pk)
    assert (again.status, again.snapshot.number) == ("draft", 2)
    assert stale_facts(again) == []
    text = document(again).plain_text()
    assert "Cette année, le fil rouge" in text
    assert "#AICT" in text


@pytest.mark.parametrize(
    "act",
    [
        lambda actor, c: draft_communique(actor=actor, edition_id=c.edition_id, dated_on=DATED),
        lambda actor, c: redraft_communique(actor=actor, communique_id=c.pk),
        lambda actor, c: edit_communique(actor=actor, communique_id=c.pk, language="fr", blocks=[]),
        lambda actor, c: approve_communique(actor=actor, communique_id=c.pk),
        lambda actor, c: publish_communique(actor=actor, communique_id=c.pk),
        lambda actor, c: withdraw_communique(actor=actor, communique_id=c.pk),
    ],
)
def test_who_only_reads_changes_nothing(drafted: Communique, read_only: Actor, door: Actor, act: object) -> None:
    for actor in (read_only, door):
        with pytest.raises(NotAllowed):
            act(actor, drafted)  # type: ignore[operator]
    assert access_communique(read_only, edition_id=drafted.edition_id, number=1) == drafted
    with pytest.raises(NotAllowed):
        access_communique(door, edition_id=drafted.edition_id, number=1)


def test_gathering_asks_as_much_of_a_large_edition(
    edition: Edition, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(40) as small:
        gather_facts(edition.pk, dated_on=DATED, snapshot=None)
    many = an_edition(20, slug="2029", venue=None, starts_on=edition.starts_on, ends_on=edition.ends_on)
    many.venue = edition.venue
    many.save()
    for session in Session.objects.filter(edition=edition):
        placement = session.placement
        for n in range(5):
            copy = Session.objects.create(
                edition=many,
                code=f"{session.code}-{n}",
                slug=f"{session.slug}-{n}",
                format=session.format,
                title_fr=session.title_fr,
                duration_min=session.duration_min,
                status=session.status,
            )
            Placement.objects.create(
                session=copy, room=placement.room, starts_at=placement.starts_at, ends_at=placement.ends_at
            )
    assert isinstance(small, CaptureQueriesContext)
    with django_assert_max_num_queries(len(small)):
        gather_facts(many.pk, dated_on=DATED, snapshot=None)


def test_only_what_the_ceremony_gave_is_said_of_it(edition: Edition) -> None:
    award = Award.objects.create(slug="prix", kind="prize", name_fr="Prix ailleurs")
    ceremony, elsewhere = Session.objects.filter(edition=edition).order_by("pk")[2:4]
    Session.objects.filter(pk=ceremony.pk).update(format="ceremony")
    given = AwardRound.objects.create(award=award, edition=edition, session=elsewhere)
    facts = gather_facts(edition.pk, dated_on=DATED, snapshot=None)
    assert facts.ceremony is not None
    assert facts.ceremony.awards == []
    AwardRound.objects.filter(pk=given.pk).update(session=ceremony)
    facts = gather_facts(edition.pk, dated_on=DATED, snapshot=None)
    assert facts.ceremony is not None
    assert [entry.name for entry in facts.ceremony.awards] == [{"fr": "Prix ailleurs"}]
