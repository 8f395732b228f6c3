"""Documents and proceedings beside sessions: kept, published with the next release, taken away with their files."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from pytest_django import DjangoCaptureOnCommitCallbacks

from parvis.domain.access import Actor
from parvis.domain.changes import TextMissing
from parvis.domain.editions import EditionIsClosed
from parvis.domain.programme.documents import DocumentNowhere, TooManyDocuments
from parvis.domain.programme.sessions import DocumentKind
from parvis.domain.refusals import NotAllowed, NotFound
from parvis.domain.uploads import DocumentIsNotWhatItSays
from parvis.models import Edition, LogEntry, Session, SessionDocument
from parvis.queries.release_content import build_payload
from parvis.services import session_documents
from parvis.services.session_documents import SentFile, add_document, remove_document
from tests.factories.editions import an_edition, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(db: None) -> Session:
    fill(an_edition(), sessions=2, speakers=2)
    return Session.objects.get(code="S001")


def sent(name: str = "Compte rendu.pdf", content: bytes = b"%PDF-1.7 minutes") -> SentFile:
    return SentFile(name, len(content), BytesIO(content))


def add(actor: Actor, session: Session, **more: object) -> SessionDocument:
    given: dict[str, object] = {"kind": DocumentKind.MINUTES, "title": "Compte rendu", "language": "fr", **more}
    return add_document(actor=actor, session_id=session.pk, **given)  # type: ignore[arg-type]


def test_a_file_is_kept_whole_under_a_name_nobody_guesses(organiser: Actor, session: Session) -> None:
    row = add(organiser, session, file=sent())
    folder, secret, name = row.file.name.split("/")
    assert (folder, len(secret), name) == ("documents", 32, "Compte rendu.pdf")
    assert default_storage.open(row.file.name).read() == b"%PDF-1.7 minutes"
    assert LogEntry.objects.filter(action="sessiondocument.created").count() == 1


def test_the_next_release_holds_it_unless_members_alone_meet(organiser: Actor, session: Session) -> None:
    add(organiser, session, kind=DocumentKind.VIDEO, url="https://video.example.org/1")
    add(organiser, session, file=sent())

    def published() -> list[tuple[str, str]]:
        content = next(s for s in build_payload(session.edition_id).sessions if s.code == "S001")
        return [(document.kind, document.url.split("/")[2]) for document in content.documents]

    assert published() == [("video", "video.example.org"), ("minutes", "documents")]
    Session.objects.filter(pk=session.pk).update(members_only=True)
    assert published() == []


def test_what_is_refused_leaves_no_file(organiser: Actor, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []
    save = default_storage.save
    monkeypatch.setattr(default_storage, "save", lambda name, content: kept.append(save(name, content)) or kept[-1])
    monkeypatch.setattr(session_documents, "MOST_DOCUMENTS", 0)
    with pytest.raises(TooManyDocuments):
        add(organiser, session, file=sent())
    assert len(kept) == 1
    assert not default_storage.exists(kept[0])
    with pytest.raises(DocumentIsNotWhatItSays):
        add(organiser, session, file=sent(content=b"<script>"))
    assert len(kept) == 1


def test_refusals(organiser: Actor, read_only: Actor, session: Session) -> None:
    with pytest.raises(NotAllowed):
        add(read_only, session, url="https://a.org")
    with pytest.raises(DocumentNowhere):
        add(organiser, session)
    with pytest.raises(TextMissing):
        add(organiser, session, title="  ", url="https://a.org")
    with pytest.raises(NotFound):
        remove_document(actor=organiser, document_id=0)
    Edition.objects.update(status="archived")
    with pytest.raises(EditionIsClosed):
        add(organiser, session, url="https://a.org")


def test_taking_away_takes_the_file_once_that_is_done(
    organiser: Actor, session: Session, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    row = add(organiser, session, file=sent())
    name = row.file.name
    with django_capture_on_commit_callbacks(execute=True):
        remove_document(actor=organiser, document_id=row.pk)
        assert default_storage.exists(name)
    assert not default_storage.exists(name)
    assert not SessionDocument.objects.exists()
