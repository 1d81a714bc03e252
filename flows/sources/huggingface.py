"""Model repositories of the Hugging Face Hub: the card, and what the API measured.

Limits and paging: https://huggingface.co/docs/hub/rate-limits (500 API requests in five minutes without a token).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

from flows.batch import Batch, Known, Reject
from flows.errors import MissingError, ParseError, TooLargeError, UnexpectedAnswerError, UnreachableError
from flows.fetching.client import Client
from flows.formats.hub_records import Record, parse_records, read_config, section
from flows.item import Item, Payload
from flows.source_keys import Count, Names

HOST = "https://huggingface.co"
PAGE_SIZE = 100
CARDS_PER_BATCH = 10
MOST_CARD_BYTES = 2_000_000
#: How many of the newest repositories are looked at where the file says `newest = true`.
MOST_NEWEST = 1000

_EXPAND = (
    *("author", "createdAt", "lastModified", "sha", "likes", "gated", "pipeline_tag", "library_name", "tags"),
    *("config", "safetensors", "siblings"),
)
_NEXT = re.compile(r'<([^>]+)>\s*;\s*rel="next"')
#: The version of an item whose card could not be read ends in this, so that it is asked for again.
UNREAD = "+record"


@dataclass(frozen=True, slots=True)
class HuggingFaceSource:
    """Repositories of `authors`, last changed first, or the `newest` of all `without` those of some authors.

    Of what is measured, only repositories of at least `minimum_parameters` pass, or with `minimum_likes`; of authors,
    what is not measured passes too. Quantised copies of other makers' models are left out.
    """

    kind: ClassVar[str] = "huggingface"

    authors: Names = ()
    newest: bool | Count = False
    without: Names = ()
    minimum_parameters: Count = 0
    minimum_likes: Count | None = None

    def __post_init__(self) -> None:
        """Refuse a source that asks for everything or for two things."""
        if bool(self.authors) == bool(self.newest):
            raise ValueError("give either authors or newest")

    def fetch(self, client: Client, since: datetime, known: Known) -> Iterator[Batch]:
        """Yield the repositories changed (of authors) or made (newest) after `since`.

        Raises UnreachableError at the end where cards did not answer: they have to be asked for again.
        """
        cards = _Cards(client, known)
        for address in self._addresses():
            wanted = (pair for pair in self._listed(client, address, since) if self._passes(pair[0]))
            while chunk := tuple(islice(wanted, CARDS_PER_BATCH)):
                yield cards.read(chunk)
        cards.raise_missed()

    def _addresses(self) -> Iterator[str]:
        common = [("direction", "-1"), *(("expand[]", name) for name in _EXPAND)]
        for author in self.authors:
            pairs = [("author", author), ("sort", "lastModified"), ("limit", str(PAGE_SIZE)), *common]
            yield f"{HOST}/api/models?{urlencode(pairs)}"
        if self.newest:
            least = [("num_parameters", f"min:{self.minimum_parameters / 1e9:g}B")] if self._is_by_size else []
            yield f"{HOST}/api/models?{urlencode([('sort', 'createdAt'), ('limit', str(PAGE_SIZE)), *least, *common])}"

    @property
    def _is_by_size(self) -> bool:
        """Whether the service itself can leave out what is too small."""
        return bool(self.minimum_parameters) and self.minimum_likes is None

    def _listed(self, client: Client, address: str, since: datetime) -> Iterator[tuple[Record, Payload]]:
        """Yield the records of all pages, newest first, until they are older than `since`."""
        rest = MOST_NEWEST if self.newest is True else int(self.newest) or None
        url: str | None = address
        while url:
            answer = client.get(url, accept="application/json")
            payload = Payload(url, answer.media_type, answer.content)
            for record in parse_records(answer.content, url)[:rest]:
                moment = record.created if self.newest else record.modified
                if moment and moment < since:
                    return
                yield record, payload
            rest = rest - PAGE_SIZE if rest else None
            link = _NEXT.search(answer.headers.get("link", ""))
            url = link[1] if link and (rest is None or rest > 0) else None

    def _passes(self, record: Record) -> bool:
        if record.owner in self.without or record.is_copy(by_maker=bool(self.authors)):
            return False
        if self.minimum_likes is not None and record.likes >= self.minimum_likes:
            return True
        if record.total is None:
            return bool(self.authors)
        return record.total >= self.minimum_parameters


class _Cards:
    """Reads the cards of one run, and none of a repository that has not changed since an earlier one."""

    def __init__(self, client: Client, known: Known) -> None:
        self._client = client
        self._known = known
        self._missed: list[UnreachableError] = []

    def read(self, listed: tuple[tuple[Record, Payload], ...]) -> Batch:
        """Return the repositories as items; those stored at this commit are only counted."""
        changed = tuple((record, payload) for record, payload in listed if not self._is_read(record))
        items, rejects, is_settled = [], [], True
        for record, payload in changed:
            try:
                item = fetch_card(self._client, record, payload, self._known)
            except UnreachableError as error:
                self._missed.append(error)
                rejects.append(Reject(error.url, error.reason))
                continue
            items.append(item)
            is_settled = is_settled and not (item.version or "").endswith(UNREAD)
        return Batch(tuple(items), tuple(rejects), len(listed) - len(changed), is_settled)

    def raise_missed(self) -> None:
        """Raise UnreachableError where cards did not answer."""
        if self._missed:
            count = len(self._missed)
            raise UnreachableError(self._missed[0].url, f"cards that did not answer: {count}; the next run asks again")

    def _is_read(self, record: Record) -> bool:
        stored = self._known.version(f"hf:{record.name}")
        if stored == record.commit:
            return True
        return stored == f"{record.commit}{UNREAD}" and not self._known.may_ask(_file(record, "README.md"))


def fetch_repository(client: Client, name: str, known: Known) -> Item:
    """Return one repository by its name, followed where it was renamed; raises FetchError or ParseError."""
    url = f"{HOST}/api/models/{quote(name)}"
    answer = client.get(url, accept="application/json")
    records = parse_records(answer.content, url)
    if not records:
        raise ParseError(url, "is no model repository")
    return fetch_card(client, records[0], Payload(url, answer.media_type, answer.content), known)


def fetch_card(client: Client, record: Record, listing: Payload, known: Known) -> Item:
    """Return a repository with its card; with the API's words alone where the card is missing or may not be read.

    Raises UnreachableError where a file did not answer.
    """
    card = _read_file(client, record, "README.md", known)
    config = _read_file(client, record, "config.json", known)
    is_missing = card is None and record.may_have("README.md")
    return parse(record, card or listing, read_config(config.content) if config else {}, is_missing=is_missing)


def parse(record: Record, payload: Payload, config: Mapping[str, Any], *, is_missing: bool = False) -> Item:
    """Return the item of a repository: its card, if that is what `payload` holds, then the record in plain words."""
    is_card = payload.url.endswith("/README.md")
    card = payload.content.decode("utf-8", errors="replace").replace("\r\n", "\n").strip() if is_card else ""
    papers = record.tagged("arxiv:")
    return Item(
        key=f"hf:{record.name}",
        kind="card",
        url=f"{HOST}/{record.name}",
        title=record.name,
        text="\n\n".join(part for part in (card, section(record, config)) if part),
        published=record.created,
        updated=record.modified,
        payload=payload,
        version=f"{record.commit}{UNREAD if is_missing else ''}",
        # One paper is the model's own; of several, most are of methods that it uses.
        links=(f"https://arxiv.org/abs/{papers[0]}",) if len(papers) == 1 else (),
    )


def _read_file(client: Client, record: Record, name: str, known: Known) -> Payload | None:
    """Return a file of the repository; None where there is none, or none for us."""
    url = _file(record, name)
    if not record.may_have(name) or not known.may_ask(url):
        return None
    try:
        answer = client.get(url, limit_bytes=MOST_CARD_BYTES)
    except (MissingError, TooLargeError, UnexpectedAnswerError):
        return None
    return Payload(url, answer.media_type, answer.content)


def _file(record: Record, name: str) -> str:
    # `resolve` has six times the quota of the API.
    return f"{HOST}/{quote(record.name)}/resolve/main/{name}"
