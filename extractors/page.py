"""What every extractor looks at: a document's plain view, its parts, its names and quantities, made once."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from extractors.finding import Text
from extractors.front_matter import FrontMatter, front_matter, record_start, with_record
from extractors.mentions import Mention, is_name, mention, mentions, plain_mentions
from extractors.quantities import Quantity, quantities
from extractors.release import Release, introduced, release
from extractors.sections import Section, is_report, only_read, section_at, sections
from extractors.tables import Table, tables
from extractors.view import plain

#: Characters of a document that are read; what follows in a longer one is passed over.
READ_LIMIT = 600_000

#: Characters of an abstract at least and at most.
LEAST_SHORT, SHORT = 1_500, 4_000

#: Characters before and after a place that count as its sentence at most.
SENTENCE_REACH = 600

_SENTENCE_END = re.compile(
    r"[.!?][\"')\]]{0,2}\s+(?=[A-Z0-9(\[\"'])|[。！？]|\n\s*\n"
    r"|\n(?=[ \t]{0,12}(?:[-*#|>•]|\d{1,2}[.)]))|(?<=\|)[ \t]*\n"
)
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|vs|cf|et al|Fig|Eq|Sec|approx|resp)|\b[A-Z])$")
_HEADING = re.compile(
    r"^[ \t]{0,3}#{1,6}[ \t]+([^\n]{1,200})$|^[ \t]*<h[1-6]\b[^>]{0,300}>([^<\n]{1,200})", re.MULTILINE
)
_INTRO = re.compile(
    r"\b(?:in this (?:paper|work|study|report|article|post|technical report)|(?:this|the) (?:paper|work|"
    r"study|report|technical report|article)|here,? we|herein|to (?:address|tackle|overcome|achieve|"
    r"bridge|fill)"
    r"|we (?:introduce|present|propose|release|develop|describe|train|build|built|report|show|study|"
    r"empirically|explore|investigate|consider|demonstrate|leverage|design|construct|open|pioneer|find))\b",
    re.IGNORECASE,
)

#: Lines of a hub's record that no sentence is: all but the positions, which are a context length.
_RECORDED = re.compile(r"^(?!Positions)[^\n]+", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A document laid out for reading; all offsets count in `content`."""

    text: Text

    @cached_property
    def content(self) -> str:
        """The document as stored, up to `READ_LIMIT` characters."""
        return self.text.content[:READ_LIMIT]

    @cached_property
    def _plain(self) -> str:
        """`content` in plain characters, without the hub's record: that is read as front matter is."""
        if self.text.kind != "card":
            return plain(self.content)
        end = record_start(self.content)
        return plain(self.content[:end]) + _RECORDED.sub(lambda line: " " * len(line[0]), self.content[end:])

    @cached_property
    def view(self) -> str:
        """`content` in plain characters, equally long; of a report only the sections that are read."""
        return only_read(self._plain, self.sections) if self.is_report else self._plain

    @cached_property
    def is_report(self) -> bool:
        """Whether the document is a paper in full rather than an abstract, a post or a card."""
        return is_report(self.text.kind, self._plain)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Sections of a report; none of anything else."""
        return sections(self._plain, len(self.text.title) + 1) if self.is_report else ()

    @cached_property
    def abstract(self) -> "Page":
        """What a report says in short, as a page of its own: title and abstract, or how it begins."""
        found = next((part for part in self.sections if part.title.lower() in ("abstract", "summary")), None)
        start, end = (found.start, found.end) if found else (self.body, self.body + SHORT)
        words = self._plain[start : min(max(end, start + LEAST_SHORT), start + SHORT)]
        return Page(Text("paper", self.text.title, " ".join(words.split()), self.text.url))

    def part(self, place: int) -> str:
        """Heading of the section of a report that holds `place`; empty where there is none."""
        section = section_at(self.sections, place)
        return section.title if section else ""

    @cached_property
    def lower(self) -> str:
        """The view in small letters, equally long (a sign whose small form is longer stays as it is)."""
        low = self.view.lower()
        if len(low) == len(self.view):
            return low
        return "".join(small if len(small := sign.lower()) == 1 else sign for sign in self.view)

    @cached_property
    def body(self) -> int:
        """Where the text begins, after title and front matter."""
        return max(len(self.text.title) + 1, self.matter.end)

    @cached_property
    def matter(self) -> FrontMatter:
        """The front matter of a card, and what the hub's record adds to it."""
        matter = front_matter(self.content, len(self.text.title) + 1)
        return with_record(matter, self.content) if self.text.kind == "card" else matter

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """All tables, in reading order."""
        return tables(self.content, self.view) if self.text.kind != "paper" else ()

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Bounds of sentences, list items, headings and table rows; the title is the first."""
        found, start = [(0, len(self.text.title) + 1)], len(self.text.title) + 1
        for match in _SENTENCE_END.finditer(self.view, start):
            if not _ABBREVIATION.search(self.view, max(start, match.start() - 8), match.start()):
                found.append((start, match.end()))
                start = match.end()
        return (*found, (start, len(self.view)))

    @cached_property
    def headings(self) -> tuple[tuple[int, str], ...]:
        """Where each heading stands, and its words in lower case."""
        return (
            tuple((match.start(), (match[1] or match[2]).lower()) for match in _HEADING.finditer(self.view, self.body))
            if self.text.kind != "paper"
            else ()
        )

    @cached_property
    def shaped(self) -> tuple[Mention, ...]:
        """Mentions of what has the shape of a name, in reading order."""
        return mentions(self.view)

    @cached_property
    def names(self) -> tuple[Mention, ...]:
        """All mentions of names, in reading order: with those of own models that their shape does not show."""
        odd = plain_mentions(self.view, tuple(model.name for model in self.release.own if _is_odd(model.name)))
        certain = sorted((*self._repository, *odd), key=lambda name: name.start)
        taken = [(name.start, name.end) for name in certain]
        shaped = [name for name in self.shaped if not _overlaps(taken, name)]
        return tuple(sorted((*certain, *shaped), key=lambda name: name.start))

    @cached_property
    def _repository(self) -> tuple[Mention, ...]:
        """The own name in a card's title, which stands after the owner's."""
        title = self.text.title
        own = self.release.own[:1] if self.text.kind == "card" and "/" in title and ":" not in title else ()
        return tuple(mention(model.name, model.start) for model in own if model.end == len(title))

    @cached_property
    def release(self) -> Release:
        """The models that the document presents."""
        return release(self.text, self.view, (*self.shaped, *introduced(self.view)), self.sentences)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """All quantities, in reading order."""
        return quantities(self.view)

    @cached_property
    def own_names(self) -> tuple[Mention, ...]:
        """Mentions of the document's own models."""
        return tuple(name for name in self.names if self.release.owns(name))

    @cached_property
    def told_elsewhere(self) -> tuple[Mention, ...]:
        """Mentions of own models in the whole of a report, its tables and unread sections too: how they are named."""
        return tuple(name for name in mentions(self._plain) if self.release.owns(name)) if self.is_report else ()

    @cached_property
    def intro(self) -> int:
        """Where the document begins to speak of itself (0 for what is no paper)."""
        if self.text.kind != "paper":
            return 0
        match = _INTRO.search(self.view, self.body)
        own = next((name.start for name in self.own_names if name.start >= self.body), len(self.view))
        return min(
            self.sentence(match.start())[0] if match else len(self.view), self.sentence(min(own, len(self.view) - 1))[0]
        )

    def sentence(self, place: int) -> tuple[int, int]:
        """Bounds of the sentence that holds `place`; of an endless one, what stands within `SENTENCE_REACH`."""
        start, end = self.sentences[max(bisect_right(self.sentences, (place, len(self.view) + 1)) - 1, 0)]
        return max(start, place - SENTENCE_REACH), min(end, place + SENTENCE_REACH)

    def heading(self, place: int) -> str:
        """Words of the heading that `place` stands under, empty if there is none."""
        index = bisect_right(self.headings, (place, "\uffff")) - 1
        return self.headings[index][1] if index >= 0 else ""

    def table_at(self, place: int) -> Table | None:
        """Return the table that holds `place`."""
        index = bisect_right([table.start for table in self.tables], place) - 1
        return self.tables[index] if index >= 0 and place < self.tables[index].end else None

    def names_in(self, start: int, end: int) -> tuple[Mention, ...]:
        """Mentions that begin in `start:end`."""
        low = bisect_right(self._name_starts, start - 1)
        return self.names[low : bisect_right(self._name_starts, end - 1)]

    @cached_property
    def _name_starts(self) -> list[int]:
        return [name.start for name in self.names]


def _is_odd(name: str) -> bool:
    """Whether a name is not found by its shape alone: a mere word, or several with odd signs between."""
    return not is_name(name) or len(re.split(r"[-_ .]", name)) > 2


def _overlaps(taken: list[tuple[int, int]], name: Mention) -> bool:
    index = bisect_right(taken, (name.end,)) - 1
    return index >= 0 and taken[index][1] > name.start
