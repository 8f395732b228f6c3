"""What the desk's page of one session shows, and what its forms choose from."""

from __future__ import annotations

from django.db.models import Prefetch

from parvis.domain.access import Actor, Permission
from parvis.domain.programme.release import (
    FederationContent,
    ReleaseContent,
    RoomContent,
    SessionContent,
    SpeakerContent,
)
from parvis.domain.refusals import NotFound
from parvis.models import Edition, Group, Intervention, Session, SessionTheme, Theme
from parvis.queries.desk_editions import zone_of
from parvis.queries.edition_page import LastRelease
from parvis.queries.release_content import edition_content, session_content
from parvis.queries.releases import content_of_release


def access_session(actor: Actor, *, edition_id: int, session_id: int) -> Session:
    """Return a session of an edition with all that its page shows. Four queries. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    speaking = Intervention.objects.select_related("person", "mandate__organisation").order_by("position", "pk")
    themes = SessionTheme.objects.select_related("theme").order_by("position", "pk")
    session = (
        Session.objects.filter(pk=session_id, edition_id=edition_id)
        .select_related("group", "host", "placement__room")
        .prefetch_related(
            Prefetch("interventions", queryset=speaking), Prefetch("session_themes", queryset=themes), "documents"
        )
        .first()
    )
    if session is None:
        raise NotFound
    return session


def access_intervention(actor: Actor, *, edition_id: int, intervention_id: int) -> Intervention:
    """Return who takes the floor in a session of an edition. One query. Raises `NotAllowed`, `NotFound`."""
    actor.require(Permission.READ_DESK)
    row = (
        Intervention.objects.filter(pk=intervention_id, session__edition_id=edition_id)
        .select_related("session", "person", "mandate__organisation")
        .first()
    )
    if row is None:
        raise NotFound
    return row


def list_group_choices(actor: Actor) -> list[tuple[int, str]]:
    """Return the groups by name, for choosing one. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return [(group.pk, group.name) for group in Group.objects.order_by("kind", "code")]


def list_theme_choices(actor: Actor) -> list[tuple[int, str]]:
    """Return the themes by name, for choosing some. One query. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    return [(theme.pk, theme.name) for theme in Theme.objects.order_by("slug")]


def preview_session(edition: Edition, session: Session) -> ReleaseContent:
    """Return what the public would read of a session alone, as a release. No query: what surrounds it is fetched."""
    placement = getattr(session, "placement", None)
    people = {item.person.slug: item.person for item in session.interventions.all()}
    return ReleaseContent(
        federation=FederationContent(name={}),
        edition=edition_content(edition),
        rooms=[RoomContent(slug=placement.room.slug, name=placement.room.name, capacity=None)] if placement else [],
        sessions=[session_content(session, zone_of(edition))],
        speakers=[
            SpeakerContent(
                guid=str(person.guid),
                slug=person.slug,
                first_name=person.first_name,
                last_name=person.last_name,
                folded=person.folded,
                mandates=[],
                fictional=person.fictional,
            )
            for person in people.values()
        ],
    )


def published_session(actor: Actor, *, release: LastRelease | None, session: Session) -> SessionContent | None:
    """Return a session as the public reads it now; None where it does not. One query at most. Raises `NotAllowed`."""
    actor.require(Permission.READ_DESK)
    if release is None:
        return None
    guid = str(session.guid)
    content = content_of_release(release.pk, release.published_at)
    return next((found for found in content.sessions if found.guid == guid), None)
