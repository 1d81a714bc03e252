"""Reads a hostile file in a process of its own, with which a crash, an endless loop or a flood of memory ends."""

import argparse
import json
import resource
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from flows.errors import ParseError
from flows.formats.html_text import Page

LONGEST_TIME = 20.0
"""Seconds; four technical reports of 20 to 35 pages take one together."""

MOST_MEMORY = 3 * 1024**3


def read_apart(kind: str, content: bytes, url: str, charset: str | None) -> Page:
    """Read an "html" or "pdf" file in a child process; raises ParseError if that fails or takes too long."""
    command = [sys.executable, "-m", "flows.formats.isolation", kind, "--url", url, "--charset", charset or ""]
    try:
        child = subprocess.run(  # noqa: S603 - our own module, no shell
            command,
            input=content,
            capture_output=True,
            timeout=LONGEST_TIME,
            cwd=Path(__file__).parents[1],
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ParseError(url, f"could not be read within {LONGEST_TIME:g} s") from None
    if child.returncode != 0:
        raise ParseError(url, f"cannot be read as {kind.upper()}{_last_line(child.stderr)}")
    page = json.loads(child.stdout)
    published = datetime.fromisoformat(page["published"]) if page["published"] else None
    return Page(page["title"], page["text"], published, tuple(page["links"]))


def main() -> None:
    """Read the file on standard input and write what was read as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=("html", "pdf"))
    parser.add_argument("--url", default="")
    parser.add_argument("--charset", default="")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    page = _read(options.kind, sys.stdin.buffer.read(), options.url, options.charset or None)
    published = page.published.isoformat() if page.published else None
    sys.stdout.write(json.dumps({"title": page.title, "text": page.text, "published": published, "links": page.links}))


def _read(kind: str, content: bytes, url: str, charset: str | None) -> Page:
    # Imported here, for each kind needs a large library, and the child only one of them.
    if kind == "pdf":
        from flows.formats import pdf_text

        return Page(*pdf_text.read(content))
    from flows.formats import html_text

    return html_text.read(content, url, charset)


def _last_line(errors: bytes) -> str:
    lines = errors.decode("utf-8", errors="replace").strip().splitlines()
    return f" ({lines[-1][:200]})" if lines else ""


if __name__ == "__main__":
    main()
