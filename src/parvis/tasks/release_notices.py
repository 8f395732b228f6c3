"""Writes the mails about a release. It can run twice, and goes on where a killed worker stopped."""

from __future__ import annotations

from parvis.domain.programme.notices import Notice
from parvis.exports.notice_mails import NoticeWriter
from parvis.queries.release_notices import (
    get_release_to_tell,
    list_unfinished,
    list_written_keys,
    notice_key,
)
from parvis.services.mails import Attachment, MailDraft
from parvis.services.release_notices import finish_notices, write_notices

BATCH = 250


def tell_of_release(release_id: int) -> int:
    """Write what is not written yet of the mails about one release; return how many were."""
    owed = get_release_to_tell(release_id)
    if owed is None:
        return 0
    keys = {notice_key(release_id, notice.recipient.email): notice for notice in owed.notices}
    for key in list_written_keys(keys):
        del keys[key]
    writer = NoticeWriter(owed.before, owed.after, number=owed.release.number, at=owed.release.published_at)
    waiting = list(keys.items())
    written = 0
    for start in range(0, len(waiting), BATCH):
        drafts = [
            _draft(key, notice, writer, owed.release.edition_id) for key, notice in waiting[start : start + BATCH]
        ]
        written += write_notices(release_id=release_id, drafts=drafts)
    finish_notices(release_id=release_id)
    return written


def _draft(key: str, notice: Notice, writer: NoticeWriter, edition_id: int) -> MailDraft:
    mail = writer.mail_for(notice)
    calendar = (Attachment("programme.ics", "text/calendar; charset=utf-8", mail.calendar),) if mail.calendar else ()
    return MailDraft(
        key=key,
        recipient=notice.recipient.email,
        language=notice.recipient.language,
        subject=mail.subject,
        body_text=mail.text,
        body_html=mail.html,
        attachments=calendar,
        edition_id=edition_id,
    )


def tell_of_unfinished() -> int:
    """Take up the releases whose telling was cut off; return how many mails were written."""
    return sum(tell_of_release(release_id) for release_id in list_unfinished())
