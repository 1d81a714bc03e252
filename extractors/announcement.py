"""How likely a document is to announce a model of its own: a logistic sum over what its title and sentences say."""

import math
import re
from functools import lru_cache

from extractors.announcement_features import features
from extractors.page import Page
from extractors.words import models
from extractors.words.announcing import WEIGHTS


@lru_cache(maxsize=4)
def probability(page: Page) -> float:
    """Return the probability (0 to 1) that a document announces a model of its own."""
    if page.text.kind == "card":
        return _card(page)
    total = WEIGHTS["bias"] + sum(WEIGHTS[name] * value for name, value in features(page).items())
    return round(1 / (1 + math.exp(-total)), 4)


_NO_MODEL = re.compile(r"\bdatasets?\b|\bspaces?\b|\bbenchmark\b|\bdirectory\b|\bdata\b", re.IGNORECASE)
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
_MODEL = re.compile(rf"\b{models.KINDS}\b", re.IGNORECASE)


def _card(page: Page) -> float:
    """Return that a repository's card describes its model; a file in one does, unless it speaks of data."""
    if _REPOSITORY.fullmatch(page.text.title):
        return 0.97
    head = page.view[page.body : page.body + 3000]
    speaks = len(_MODEL.findall(head))
    if not speaks and not page.matter.entries:
        return 0.1
    return 0.3 if len(_NO_MODEL.findall(page.view[:400])) > 1 and speaks < 3 else 0.95
