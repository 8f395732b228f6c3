"""Prints a release as it is published, so that its first reader does not wait. It can run twice: what is kept stays."""

from __future__ import annotations

import logging

from django.conf import settings
from django.utils.translation import override

from parvis.exports.printed_releases import get_or_make, made_ahead
from parvis.gateways.kept_files import TooManyDocuments
from parvis.queries.releases import get_release_content, list_public_editions

logger = logging.getLogger(__name__)


def print_release(release_id: int) -> int:
    """Make the programme of a release in every language and on every paper; return how many documents that is.

    Nothing where a newer release has replaced it meanwhile. Where too many documents are being made, what is left is
    made by its first reader.
    """
    edition = next((each for each in list_public_editions() if each.release_id == release_id), None)
    content = None if edition is None else get_release_content(edition)
    if edition is None or content is None:
        return 0
    made = 0
    for language, _name in settings.LANGUAGES:
        with override(language):
            for document in made_ahead(content, edition, language):
                try:
                    get_or_make(document)
                except TooManyDocuments:
                    logger.warning("Release %s is printed by its first readers: too many documents wait.", release_id)
                    return made
                made += 1
    return made
