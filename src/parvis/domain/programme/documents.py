"""What is put beside a session: an address or a file, before it or as its proceedings (R36)."""

from __future__ import annotations

from urllib.parse import urlsplit

from parvis.domain.refusals import N_, Refusal

MOST_DOCUMENTS = 30
LONGEST_NAME = 100


class DocumentNowhere(Refusal):
    """A document is at an address or is a file, one of the two."""

    sentence = N_("Give an address or choose a file: one of the two.")


class AddressIsNoLink(Refusal):
    """An address begins with https:// and names a site."""

    sentence = N_("This is not an address that a browser opens: it begins with https://.")


class TooManyDocuments(Refusal):
    """Nobody reads thirty documents beside one session."""

    sentence = N_("This session has %(most)s documents already: take one away first.")


def checked_address(url: str) -> str:
    """Return an address as it is kept; raises `AddressIsNoLink` for anything that is not http or https."""
    url = url.strip()
    if not url:
        return ""
    if "://" not in url:
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        named = parts.hostname
    except ValueError:
        raise AddressIsNoLink(field="url") from None
    if parts.scheme not in {"http", "https"} or not named or "." not in named or any(c.isspace() for c in url):
        raise AddressIsNoLink(field="url")
    return url


def check_one_place(url: str, *, has_file: bool) -> None:
    """Raise `DocumentNowhere` unless a document is in exactly one place."""
    if bool(url) == has_file:
        raise DocumentNowhere(field="url")


def file_name(name: str) -> str:
    """Return a file's name as it is offered for download: its last part, without signs that have a meaning."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c if c.isalnum() or c in " ._-()’'" else "-" for c in last).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{ending[:8]}" if dot and stem else kept[:LONGEST_NAME] or "document"
