"""The way of a press release: drafted, approved by a person, published; a published text does not change."""

from __future__ import annotations

from enum import StrEnum

from parvis.domain.refusals import N_, Refusal


class CommuniqueStatus(StrEnum):
    """Where a press release stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class CommuniqueIsPublished(Refusal):
    """A published text is what the press has in hand: a correction is a new release."""

    sentence = N_("This press release is published and does not change any more. Draft a new one to correct it.")


class CommuniqueNotApproved(Refusal):
    """Nothing leaves without a person's approval (R35)."""

    sentence = N_("This press release is not approved yet: somebody has to read it and approve it first.")


class FactsMissing(Refusal):
    """A text with a gap is not published."""

    sentence = N_("The text still lacks: %(missing)s. Fill it in, or take the sentence out.")


class CommuniqueNotPublished(Refusal):
    """Only what was published can be withdrawn."""

    sentence = N_("This press release is not published: there is nothing to withdraw.")


def check_editable(status: str) -> None:
    """Raise `CommuniqueIsPublished` when the text may not change any more."""
    if status in {CommuniqueStatus.PUBLISHED, CommuniqueStatus.WITHDRAWN}:
        raise CommuniqueIsPublished


def check_publishable(status: str, missing: list[str]) -> None:
    """Raise `CommuniqueNotApproved` or `FactsMissing` when a release may not be published."""
    if status in {CommuniqueStatus.PUBLISHED, CommuniqueStatus.WITHDRAWN}:
        raise CommuniqueIsPublished
    if status != CommuniqueStatus.APPROVED:
        raise CommuniqueNotApproved
    if missing:
        raise FactsMissing(missing=", ".join(sorted(set(missing))))
