"""What the services of the demo's world answer: arXiv's query API, the Hub's list, and plain files of web sites."""

import json
import mimetypes
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from scalewatch.demo.dates import dated

DOCUMENTS = Path(__file__).parent / "documents"

_WINDOW = re.compile(r"lastUpdatedDate:\[(\d{12}) TO (\d{12})\]")
_UPDATED = re.compile(r"<updated>([^<]+)</updated>")


@dataclass(frozen=True, slots=True)
class Answer:
    """A body and its media type."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class World:
    """The documents, dated from when the demo began."""

    began: datetime

    def answer(self, host: str, path: str, query: str) -> Answer | None:
        """Return what `https://HOST/PATH?QUERY` answers now; none where there is nothing."""
        asked = {key: values[0] for key, values in parse_qs(query).items()}
        if (host, path) == ("export.arxiv.org", "api/query"):
            return self._papers(asked)
        if (host, path) == ("huggingface.co", "api/models"):
            return self._repositories(asked.get("author"))
        if host == "huggingface.co" and path.startswith("api/models/"):
            return self._repository(path.removeprefix("api/models/"))
        return self._file(host, path)

    def _papers(self, asked: dict[str, str]) -> Answer:
        start, most = int(asked.get("start", 0)), int(asked.get("max_results", 10))
        found = self._found(asked)
        feed = _FEED.format(
            query=escape(asked.get("search_query", "")),
            now=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            count=len(found[start : start + most]),
            total=len(found),
            start=start,
            entries="".join(found[start : start + most]),
        )
        return Answer(feed.encode(), "application/atom+xml")

    def _found(self, asked: dict[str, str]) -> list[str]:
        """Return the entries that a query is after, last updated first."""
        entries = self._entries()
        if "id_list" in asked:
            wanted = asked["id_list"].split(",")
            entries = {identity: entry for identity, entry in entries.items() if identity in wanted}
        window = _WINDOW.search(asked.get("search_query", ""))
        first, last = window.groups() if window else ("0", "9")
        found = [entry for entry in entries.values() if first <= re.sub(r"\D", "", _updated(entry))[:12] <= last]
        return sorted(found, key=_updated, reverse=True)

    def _entries(self) -> dict[str, str]:
        """Return the newest version of each paper that is out by now."""
        now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        out: dict[str, str] = {}
        for path in sorted((DOCUMENTS / "arxiv").glob("*.xml")):
            entry = dated(path.read_text(encoding="utf-8"), self.began)
            if _updated(entry) <= now:
                out[path.stem.rpartition("v")[0]] = entry
        return out

    def _repositories(self, author: str | None) -> Answer:
        found = [record for record in self._hub() if author in (None, record["author"])]
        found.sort(key=lambda record: str(record["lastModified"]), reverse=True)
        return Answer(json.dumps(found).encode(), "application/json; charset=utf-8")

    def _repository(self, name: str) -> Answer | None:
        found = next((record for record in self._hub() if record["id"] == name), None)
        return Answer(json.dumps(found).encode(), "application/json; charset=utf-8") if found else None

    def _hub(self) -> list[dict[str, object]]:
        text = (DOCUMENTS / "hub.json").read_text(encoding="utf-8")
        records: list[dict[str, object]] = json.loads(dated(text, self.began))
        return records

    def _file(self, host: str, path: str) -> Answer | None:
        folder = (DOCUMENTS / "web").resolve()
        file = (folder / host / path).resolve()
        if file.is_dir():
            file = file / "index.html"
        if not file.is_relative_to(folder) or not file.is_file():
            return None
        media_type = mimetypes.guess_type(file.name)[0] or "text/plain"
        return Answer(dated(file.read_text(encoding="utf-8"), self.began).encode(), f"{media_type}; charset=utf-8")


def _updated(entry: str) -> str:
    found = _UPDATED.search(entry)
    return found[1] if found else ""


_FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/demo</id>
  <title>arXiv Query: search_query={query}</title>
  <updated>{now}</updated>
  <opensearch:itemsPerPage>{count}</opensearch:itemsPerPage>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>{start}</opensearch:startIndex>
{entries}</feed>
"""
