"""The full texts of papers that announce a large model: the HTML edition or, where there is none, the PDF.

arXiv's terms (https://info.arxiv.org/help/api/tou.html) ask for one request at a time and three seconds between two,
which the client's pacing keeps; robots.txt is obeyed. The files are not kept, their text alone is.
"""

import json
import logging
from collections.abc import Iterator

from sqlalchemy import Engine

from flows.batch import Known
from flows.errors import FetchError, FlowError, MissingError, ParseError, RefusedAddressError, SleepError, TooLargeError
from flows.fetching.client import Client
from flows.formats.html_text import without_formula_sources
from flows.formats.readable import read_page
from flows.item import Item, Payload
from flows.memory import RunMemory, StoreKnown
from flows.reading import read_documents
from flows.storing import document
from store import documents, full_texts
from store.engine import session
from store.full_texts import Lack
from store.matching import Criteria
from store.tables import Document

logger = logging.getLogger(__name__)

EDITIONS = ("https://arxiv.org/html/{}", "https://arxiv.org/pdf/{}")
ARXIV = "arxiv:"
MOST_BYTES = 30_000_000

#: Characters of the shortest full text; less is a page that says that there is none.
SHORTEST = 5_000

#: Full texts that one run asks for; the others wait for the next one, and the most urgent come first.
MOST_IN_A_RUN = 50

#: After so many full texts in a row that could not be had for now, the others wait for the next run.
MOST_SILENCE = 3


def read_full_texts(
    engine: Engine, client: Client, memory: RunMemory, source: str, wanted: Criteria
) -> Iterator[frozenset[int]]:
    """Fetch, store and read the full texts that a source's papers lack; yield after each the ids of its candidates.

    Each is stored in a transaction of its own, and what is lacking is seen from the store: a run that dies loses
    nothing. One that cannot be had is logged, and asked for again by later runs, three times at most if it is missing
    or of no use. Raises SleepError where arXiv asks to be left alone.
    """
    silent = 0
    for lack in _due(engine, source)[:MOST_IN_A_RUN]:
        try:
            item = fetch_full_text(client, StoreKnown(engine), lack, memory)
        except SleepError:
            raise
        except FlowError as error:
            logger.info("%s: no full text: %s", lack.paper.key, error)
            silent += not isinstance(error, (MissingError, ParseError, TooLargeError))
            item = None
        else:
            silent = 0
        yield _store(engine, memory, item, source, wanted)
        if silent >= MOST_SILENCE:
            logger.warning("%s: arXiv gives no full texts for now; the next run asks again", source)
            return


def fetch_full_text(client: Client, known: Known, lack: Lack, memory: RunMemory | None = None) -> Item:
    """Return the full text that a paper of arXiv lacks as an item, out of the first edition that gives one.

    Raises the FetchError or ParseError of the last edition where none does; `memory` counts those of no use as
    failures, so that they are not asked for without end.
    """
    error: FlowError = ParseError(lack.paper.url, "may not be asked for any more")
    for address in _addresses(lack.paper):
        if not known.may_ask(address):
            continue
        try:
            return _item(client, address, lack)
        except SleepError:
            raise
        except (FetchError, ParseError) as failure:
            error = failure
            if memory and isinstance(failure, (ParseError, TooLargeError, RefusedAddressError)):
                memory.remember(address, status=None, etag=None, last_modified=None)
    raise error


def _addresses(paper: Document) -> tuple[str, ...]:
    return tuple(edition.format(paper.key.removeprefix(ARXIV)) for edition in EDITIONS)


def _due(engine: Engine, source: str) -> list[Lack]:
    """Return the papers whose full text may be asked for."""
    known = StoreKnown(engine)
    with session(engine, read_only=True) as reading:
        found = full_texts.lacking(reading, source)
    papers = [lack for lack in found if lack.paper.key.startswith(ARXIV)]
    return [lack for lack in papers if any(map(known.may_ask, _addresses(lack.paper)))]


def _item(client: Client, address: str, lack: Lack) -> Item:
    paper = lack.paper
    answer = client.get(address, robots=True, limit_bytes=MOST_BYTES)
    content = answer.content
    if answer.media_type == "text/html":
        content = without_formula_sources(content)
    page = read_page(content, answer.media_type, answer.url, answer.charset)
    if len(page.text) < SHORTEST:
        raise ParseError(answer.url, "is no whole paper")
    return Item(
        key=full_texts.key(paper.key),
        kind=full_texts.KIND,
        url=answer.url,
        title=paper.title,
        text=page.text,
        published=paper.published,
        updated=paper.updated,
        payload=Payload(answer.url, answer.media_type, answer.content),
        version=lack.version,
        authors=tuple(json.loads(paper.authors)),
        maker=paper.maker,
        is_watched=paper.is_watched,
        is_withdrawn=False,
        links=(paper.url,),
    )


def _store(engine: Engine, memory: RunMemory, item: Item | None, source: str, wanted: Criteria) -> frozenset[int]:
    with session(engine) as writing:
        memory.keep(writing)
        saved = documents.save(writing, document(item, source)) if item else None
    return read_documents(engine, [saved.document], wanted) if saved and saved.is_new else frozenset()
