"""The models that a document presents as its own, found by how it names them."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from extractors.finding import Text
from extractors.mentions import Mention, is_name, mention
from extractors.words import models
from extractors.words.models import words

_VERBS = (
    r"(?:introduc(?:e|es|ed|ing)|present(?:s|ed|ing)?|propos(?:e|es|ed|ing)|releas(?:e|es|ed|ing)|"
    r"develop(?:s|ed|ing)?|unveil(?:s|ed|ing)?|"
    r"announc(?:e|es|ed|ing)|open-?sourc(?:e|es|ed|ing)|buil[dt](?:s|ing)?|creat(?:e|es|ed|ing)|train(?:s|"
    r"ed|ing)?|describ(?:e|es|ed|ing)|design(?:s|ed)?|"
    r"launch(?:es|ed|ing)?|yield(?:s|ing|ed)?|fine-?tun(?:e|es|ed|ing)|pre-?train(?:ed|ing)?|obtain(?:s|"
    r"ed)?|offer(?:s|ing)?|construct(?:s|ed)?|publish(?:ed|es|ing)?|"
    r"发布|推出|开源|提出|介绍)"
)
_INTRODUCED = re.compile(rf"\b{_VERBS}(?P<gap>[^.;。]{{0,90}}?)$", re.IGNORECASE)
_OURS = re.compile(
    r"\b(?:we|our|us|this (?:paper|work|report|study|technical report|post|article|model|repo\w*|release)|"
    r"paper|here|today|team|(?:is|are) (?:proud|excited|pleased|happy)|this yields|results? in)\b|我们|本文",
    re.IGNORECASE,
)
_BORROWED = re.compile(
    r"\b(?:using|based on|built (?:up)?on|from|than|over|of|with|by|on top of|like|such as|including|"
    r"against|via|leveraging|on|for|compared?|versus|vs|outperform\w*|surpass\w*|to)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:called|named|dubbed|termed|coined|denoted|namely|refer(?:red)? to as|call(?: it| this model)?|"
    r"model,|models:|models,|model:|命名为|名为)[\s\"'(:]{1,4}$",
    re.IGNORECASE,
)
KIND_AFTER = re.compile(
    rf"^[\"')\s]{{0,3}}(?:\([^()]{{1,60}}\))?[,:]?\s{{0,3}}(?:(?:is|are|as|an?|the|our|which|that|series|"
    rf"family|new|novel|first|—|–|-)\b[^.;]{{0,110}}?)?\b{models.KINDS}\b",
    re.IGNORECASE,
)
OTHER_AFTER = re.compile(
    rf"^[\"')\s]{{0,3}}(?:\([^()]{{1,60}}\))?[,:]?\s{{0,3}}(?:(?:is|are|as|consists|comprises|an?|the|our|"
    rf"which|that|new|novel|first|—|–|-)\b[^.;,]{{0,60}}?)?\b{models.OTHER_KINDS}\b",
    re.IGNORECASE,
)
_METHOD = re.compile(r"(?:framework|method|approach|system|paradigm|pipeline|technique|scheme)s?$", re.IGNORECASE)
_KIND_BEFORE = re.compile(rf"\b{models.KINDS}\s{{0,2}}(?:\(|,|:|—|-)?\s{{0,2}}$", re.IGNORECASE)
_ACTS = re.compile(r"^ (?:incorporat|achiev|consist|uses|employ|introduc|integrat|leverag|combin|adopt|extend)\w*\b")
_TITLE_NAME = re.compile(r"^\W{0,4}([^:：—]{2,60}?)\s{0,2}(?:[:：]|\s[—–-]\s|$)")
_REPORT = re.compile(
    r"\s*\b(?:technical report|system card|model card|report|model family|family|series|release[ds]?|"
    r"v?\d? ?readme\.md)\b.*$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:[^\s:：A-Za-z]{0,12}(?:发布|推出|开源)了?\s{0,2}|(?:announcing|introducing|releasing|meet|presenting|open-?sourcing|welcome|launching|hello,?)\s+|"
    r"the\s+){1,2}",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^[ \t]{0,3}#{1,3}[ \t]+([^\n]{2,120})$", re.MULTILINE)

MAX_MODELS = 12


@dataclass(frozen=True, slots=True)
class Model:
    """A new model of the document under the name that the text gives it."""

    name: str
    stem: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Release:
    """What the document presents: its own models, best first, and the name to use where there is none."""

    own: tuple[Model, ...]
    fallback: Mention

    @property
    def lead(self) -> str:
        """The name that stands for the whole release."""
        return self.own[0].name if self.own else self.fallback.text

    @property
    def stems(self) -> frozenset[str]:
        """Stems of the own models."""
        return frozenset(model.stem for model in self.own)

    def owns(self, name: Mention) -> bool:
        """Whether a name is one of the document's own: the same stem, or that stem and a word (no other version)."""
        return any(same_line(stem, name.stem) for stem in self.stems)


def same_line(own: str, other: str) -> bool:
    """Whether `other` is of the line `own`: equal, or longer by letters; `foo2.5` is not of the line `foo2`."""
    if own == other:
        return True
    rest = other.removeprefix(own)
    return (
        len(own) >= 2
        and rest != other
        and not rest[0].isdigit()
        and rest[0] != "."
        and not (own[-1].isdigit() and rest[0] == ".")
    )


def release(text: Text, view: str, names: tuple[Mention, ...], sentences: tuple[tuple[int, int], ...]) -> Release:
    """Find the own models of a document."""
    scores: dict[str, float] = {}
    first: dict[str, Mention] = {}
    counts = Counter(name.stem for name in names)
    titles = _titles(text, view)
    for name in (*titles, *names):
        first.setdefault(name.stem, name)
    for name in titles:
        scores[name.stem] = {"paper": 2.2, "card": 8.0}.get(text.kind, 3.0)
    for name in names:
        scores[name.stem] = scores.get(name.stem, 0.0) + _evidence(view, name, _sentence(sentences, name.start))
    for stem in scores:
        scores[stem] += min(counts[stem], 5) * 0.2
        if not any(title.stem == stem for title in titles):
            scores[stem] -= _doubt(first[stem])
    least = max(2.0, 0.45 * max(scores.values(), default=0.0))
    best = sorted((stem for stem, score in scores.items() if score >= least and stem), key=lambda stem: -scores[stem])
    if not best and titles and text.kind == "paper" and is_name(titles[0].text):
        best = [titles[0].stem]
    own = tuple(Model(first[stem].text, stem, first[stem].start, first[stem].end, scores[stem]) for stem in best[:4])
    return Release(own, first[own[0].stem] if own else _fallback(text, view))


def _doubt(name: Mention) -> float:
    """Return what tells against a name that stands in no title: it is well known, a benchmark's, or a short acronym."""
    bare = re.sub(r"[\d.]+$", "", name.stem)
    words = re.sub(r"[^a-z0-9]+", "", name.text.lower())
    if _THING.search(name.text):
        return 4.0
    if name.stem in models.WELL_KNOWN or bare in models.WELL_KNOWN:
        return 2.0 if len(words) <= len(name.stem) + 3 or name.size else 1.0
    return 1.5 if re.fullmatch(r"[A-Z]{2,4}", name.text) else 0.0


_THING = re.compile(
    r"bench\b|bench[-A-Z]|eval\b|dataset|corpus|arena\b|-data\b|PO\b|-only\b|-level\b|-based\b|-style\b", re.IGNORECASE
)


def _sentence(sentences: tuple[tuple[int, int], ...], place: int) -> tuple[int, int]:
    low, high = 0, len(sentences) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if sentences[middle][0] <= place else (low, middle - 1)
    return sentences[low]


def _evidence(view: str, name: Mention, sentence: tuple[int, int]) -> float:
    """How strongly the words around one mention say that it is the document's own model."""
    before, after = view[max(sentence[0], name.start - 160) : name.start], view[name.end : name.end + 160]
    other = OTHER_AFTER.match(after)
    if other and not _METHOD.search(other[0]):
        return -1.5
    score = -0.4 if other else 0.0
    introduced = _INTRODUCED.search(before)
    if introduced and not _BORROWED.search(introduced["gap"]):
        score += 2.0 if _OURS.search(before) else 0.8
    if _CALLED.search(before):
        score += 2.0
    if not before.strip() and _ACTS.match(after):
        score += 0.7
    if KIND_AFTER.match(after) and not re.search(
        r"\b(?:than|like|such as|as|outperform\w*|surpass\w*|over|and|including|e\.g\.,?|from|using|of|to|"
        r"with)\s{1,2}$",
        before,
    ):
        score += 0.5
    if _KIND_BEFORE.search(before) and score:
        score += 0.4
    return score


def _titles(text: Text, view: str) -> tuple[Mention, ...]:
    """Names in the title (before a colon) and, for cards, in the first heading or the path."""
    if text.kind == "card":
        return _card_titles(text, view)
    title = view[: len(text.title)]
    match = _TITLE_NAME.match(title)
    if not match:
        return ()
    words = _LEAD.sub("", _REPORT.sub("", match[1])).strip(" .!\"'")
    is_set_off = match.end() < len(title) or _LEAD.match(match[1]) is not None
    if not words or not _may_be_name(words, before_colon=is_set_off):
        return ()
    return (mention(words, max(title.find(words), 0)),)


def introduced(view: str) -> tuple[Mention, ...]:
    """Names that are mere words, by the words before and after them: "We release Gaperon, a suite of"."""
    return tuple(
        mention(match[1], match.start(1))
        for match in _PLAIN.finditer(view)
        if match[1].lower() not in _NO_FIRST and match[1].lower() not in models.WELL_KNOWN
    )


_PLAIN = re.compile(
    r"\b(?:introduc\w{1,4}|present\w{0,3}|propos\w{1,4}|releas\w{1,4}|develop\w{0,3}|unveil\w{0,3}|"
    r"announc\w{1,4}|open-sourc\w{1,4}|called|named|dubbed|termed|"
    r"train)\s{1,2}\"?([A-Z][a-z]{2,20})(?=\"?[,.:]|\"?\s\(|\s(?:an?|is|the|our|—)\s)"
)


def _may_be_name(words: str, *, before_colon: bool) -> bool:
    parts = words.split()
    if before_colon:
        return len(parts) <= 3 and (is_name(words) or words[:1].isupper()) and parts[0].lower() not in _NO_FIRST
    return len(parts) <= 3 and is_name(words) and any(letter.isupper() or letter.isdigit() for letter in parts[0][1:])


def _card_titles(text: Text, view: str) -> tuple[Mention, ...]:
    """Return what a card is called: the repository's own name, or the first heading of a file in a repository."""
    repository, _, path = text.title.partition(":")
    if not path:
        name = repository.rsplit("/", 1)[-1]
        return (mention(name, len(repository) - len(name)),)
    found = []
    for heading in islice(_HEADING.finditer(view, len(text.title)), 1):
        for part in re.split(r"\s(?:&|and)\s|\s[-–—:]\s|:|,", heading[1]):
            words = _LEAD.sub("", _REPORT.sub("", part)).strip(" #*.!_()")
            if words and _may_be_heading(words, text.title):
                found.append(mention(words, heading.start(1) + max(heading[1].find(words), 0)))
    return tuple(found[:4]) or _path_name(text, path)


def _may_be_heading(words: str, title: str) -> bool:
    parts = words.split()
    if len(parts) > 4 or not words[:1].isalnum() or parts[0].lower() in _NO_FIRST:
        return False
    return is_name(words) or (len(parts) == 1 and (words.lower() in title.lower()))


def _path_name(text: Text, path: str) -> tuple[Mention, ...]:
    """Return the last part of a path that is no mere `README` or `description`, else the repository's name."""
    names = [*text.title.partition(":")[0].split("/"), *path.split("/")]
    for name in reversed(names):
        bare = re.sub(r"\.\w{2,4}$", "", name)
        if not re.fullmatch(r"(?i)readme.*|description|.*_header|model_?cards?|docs?|index|vl|main|assets", bare):
            return (mention(bare, text.title.rfind(bare)),)
    return ()


_NO_FIRST = words(
    """
    what use quick model training key overview introduction usage getting how about the a an contents news updates
    license citation features installation description to towards toward on why when can do is are demo example
    examples evaluation results performance table data intended technical report abstract conclusion appendix new our
    """
)


def _fallback(text: Text, view: str) -> Mention:
    """Return the name to use for a model without one: what kind it is by its title or introduction, else its title."""
    for kind in (_TITLE_KIND.search(view, 0, len(text.title)), _PHRASE.search(view, len(text.title))):
        words = _FUNCTION.split(kind[1])[-1].split()[-LONGEST_NAME:] if kind else []
        if kind and len(words) > 1:
            start = kind.start(1) + kind[1].rfind(words[0])
            return Mention(text.content[start : kind.end(1)], start, kind.end(1), "")
    title = " ".join(text.title.split(":")[0].rsplit("/", 1)[-1].split()[: 2 * LONGEST_NAME]) or "model"
    start = max(text.content.find(title), 0)
    return Mention(title, start, start + len(title), "")


#: Words of a name that is made of a description.
LONGEST_NAME = 4

_PHRASE = re.compile(
    rf"\b(?:we|paper|work|study)\b[^.]{{0,60}}?\b{_VERBS}\b[^.]{{0,40}}?\b(?:an?|the|our)\s+((?:[\w,-]+\s){{0,6}}?"
    rf"{models.KINDS})\b",
    re.IGNORECASE,
)
_TITLE_KIND = re.compile(
    r"\b((?:[A-Z][\w-]+ ){1,3}(?:(?:Foundation |Language |Diffusion |Reward |World )?Models?|Transformers?|Networks?|"
    r"VLA|LLMs?))\b"
)
_FUNCTION = re.compile(
    r"\b(?:of|that|which|for|with|in|on|by|and|via|using|to|from|an?|the|our|novel|new|first|simple|enables?|proposed|"
    r"towards|toward|scaling|training|improving|enhancing|optimizing|finetuning|fine-tuning|rethinking|open|efficient|"
    r"multiple|several|existing|large-scale)\s",
    re.IGNORECASE,
)
