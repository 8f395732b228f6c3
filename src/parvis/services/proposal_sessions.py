"""Makes a session of the programme from a selected proposal: nothing is typed again."""

from __future__ import annotations

from datetime import datetime

from parvis.domain.access import Actor
from parvis.domain.calls.conversion import session_values, speakers_of
from parvis.domain.programme.sessions import InterventionRole
from parvis.models import Organisation, Proposal, Session
from parvis.queries.proposals import editors_of, form_of
from parvis.services.interventions import save_intervention
from parvis.services.participants import find_or_create_mandate, find_or_create_person
from parvis.services.programme import save_session


def make_session(*, actor: Actor, proposal: Proposal, now: datetime) -> Session:
    """Return a new session with what the proposal says, its host and its speakers, each under a mandate.

    Its code, slug and identity are free ones of its edition. Runs inside the caller's transaction, under the lock of
    the edition's row; the actor may change the programme. Raises what `save_session` and `save_intervention` raise.
    """
    form = form_of(proposal)
    call = proposal.call
    values = session_values(form, format_=call.format, duration_min=call.duration_min)
    session = save_session(
        actor=actor,
        edition_id=call.edition_id,
        session_id=None,
        values={**values, "host_id": proposal.organisation_id},
        now=now,
    )
    language = editors_of(proposal)[0].language if editors_of(proposal) else "fr"
    placed: set[int] = set()
    for speaker in speakers_of(form, language=language):
        organisation = _organisation(proposal)
        # By name alone somebody known is recognised only inside the proposing organisation, and gets no new address.
        person = find_or_create_person(speaker, organisation=organisation, by_desk=not speaker.email)
        if person.pk in placed:
            continue
        placed.add(person.pk)
        mandate = find_or_create_mandate(speaker, person=person, organisation=organisation)
        save_intervention(
            actor=actor,
            session_id=session.pk,
            intervention_id=None,
            person_id=person.pk,
            mandate_id=mandate.pk,
            role=str(InterventionRole.SPEAKER),
            now=now,
        )
    session.refresh_from_db()
    return session


def _organisation(proposal: Proposal) -> Organisation:
    organisation = proposal.organisation
    assert organisation is not None  # noqa: S101 - nothing is submitted without its organisation
    return organisation
