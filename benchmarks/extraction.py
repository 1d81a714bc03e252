"""Measure the extraction pipeline by hand over a list of papers.

python benchmarks/extraction.py speed ../shared/gold/stream.jsonl.gz
"""

import gzip
import json
import platform
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import spacy

from extractors.finding import Text
from extractors.gate import may_announce
from extractors.pipeline import build_pipeline, read


def rows(path: str) -> Iterator[dict[str, str]]:
    """Yield the objects of a JSON-lines file, packed or not."""
    opener = gzip.open if path.endswith(".gz") else Path.open
    with opener(Path(path), "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def text(row: dict[str, str]) -> Text:
    """Make the text of a row."""
    return Text(row.get("kind", "paper"), row["title"], row["text"], row.get("url", ""))


def speed(path: str) -> None:
    """Print documents a second of the gate, of the tokenizer alone and of the whole pipeline, and the memory used."""
    texts = [text(row) for row in rows(path)]
    build_pipeline()
    blank = spacy.blank("en")
    print(
        f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, one process, "
        f"{len(texts)} documents"
    )
    for name, work in (
        ("gate", lambda: sum(map(may_announce, texts))),
        ("tokenizer alone", lambda: sum(len(blank.make_doc(one.content)) for one in texts)),
        ("pipeline", lambda: sum(len(reading.findings) for reading in read(texts))),
    ):
        began = time.perf_counter()
        count = work()
        print(f"{name:16} {len(texts) / (time.perf_counter() - began):8.0f} documents/s   ({count})")
    print(f"most memory      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")
    long_text(texts)


def long_text(texts: list[Text]) -> None:
    """Print how much longer a text of ten times the length takes."""
    body = "\n\n".join(one.text for one in texts[:30])
    times = []
    for factor in (1, 10):
        one = Text("post", "A long text", "\n\n".join([body] * factor))
        began = time.perf_counter()
        list(read([one]))
        times.append(time.perf_counter() - began)
    print(f"ten times longer {times[1] / times[0]:8.1f} times the time")


if __name__ == "__main__":
    speed(sys.argv[2])
