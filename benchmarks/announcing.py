"""Fit the weights of the announcement features, and print them with their cross-validated scores.

python -m benchmarks.announcing ../shared/gold/dev.jsonl ../shared/gold/stream.jsonl.gz

The labelled documents count whole; abstracts of the stream that `announcing.tsv` labels count less, since they are
another mixture of papers, and those that a public tracker lists (taken for announcements) less again. Folds keep the
documents of one family of models together. There is no chance in it: the same input gives the same weights.
"""

import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.extraction import rows, text
from extractors.announcement_features import FEATURES, features
from extractors.page import Page

FOLDS = 10
#: The posts' own bias is as good as free: their share of announcements is another one than the papers'.
RIDGE, FREE = 4.0, 0.1
LABELLED, STREAMED, TRACKED = 1.0, 0.4, 0.2
LABELS = Path(__file__).with_name("announcing.tsv")


@dataclass(frozen=True, slots=True)
class Sample:
    """What the weights are fitted on: a row each for a document; `kinds` is paper, post or stream."""

    values: np.ndarray
    labels: np.ndarray
    counts: np.ndarray
    folds: np.ndarray
    kinds: np.ndarray

    def part(self, chosen: np.ndarray) -> "Sample":
        """Return some of the documents."""
        return Sample(*(getattr(self, name)[chosen] for name in self.__slots__))


def sample(gold: str, stream: str) -> Sample:
    """Read the documents: papers and posts that are labelled yes or no, then abstracts of the stream."""
    documents: list[tuple[dict[str, Any], bool, float, str]] = [
        (row, row["announces"] == "yes", LABELLED, row["kind"])
        for row in rows(gold)
        if row["announces"] != "borderline" and row["kind"] != "card"
    ]
    known = {row["id"] for row in rows(gold)}
    labels = dict(line.split("\t") for line in LABELS.read_text(encoding="utf-8").splitlines())
    for row in rows(stream):
        if row["id"] in labels and row["id"] not in known:
            documents.append((row, labels[row["id"]] == "yes", STREAMED, "stream"))
        elif row["tracked"] and row["id"] not in known:
            documents.append((row, True, TRACKED, "tracked"))
    return Sample(
        np.array([list(features(Page(text(row))).values()) for row, *_ in documents]),
        np.array([label for _, label, _, _ in documents], float),
        np.array([count for *_, count, _ in documents]),
        np.array([fold(row) for row, *_ in documents]),
        np.array([kind for *_, kind in documents]),
    )


def fold(row: dict[str, Any]) -> int:
    """Return the fold of a document: that of the family it presents, else of its id."""
    first: dict[str, Any] = next(iter(row.get("models") or ()), {})
    family = re.match(r"[^\W\d_]{3,}", first.get("family") or first.get("name") or "")
    return int(hashlib.sha256((family[0].lower() if family else row["id"]).encode()).hexdigest(), 16) % FOLDS


def solve(known: Sample) -> np.ndarray:
    """Return bias and weights of a logistic regression with a ridge, by Newton's steps."""
    ones = np.c_[np.ones(len(known.values)), known.values]
    weights, ridge = np.zeros(ones.shape[1]), np.full(ones.shape[1], RIDGE)
    ridge[0] = 1e-3
    ridge[1 + list(FEATURES).index("is_a_post")] = FREE
    for _ in range(50):
        chance = predict(weights, known.values)
        slope = ones.T @ (known.counts * (chance - known.labels)) + ridge * weights
        bend = (ones * (known.counts * chance * (1 - chance))[:, None]).T @ ones + np.diag(ridge)
        weights -= np.linalg.solve(bend, slope)
    return weights


def predict(weights: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return probabilities."""
    return np.asarray(1 / (1 + np.exp(-(weights[0] + values @ weights[1:]))))


def crossed(known: Sample) -> np.ndarray:
    """Return a probability for each document by weights that have not seen its fold."""
    scores = np.zeros(len(known.labels))
    for number in range(FOLDS):
        rest = known.folds != number
        scores[~rest] = predict(solve(known.part(rest)), known.values[~rest])
    return scores


def shifted(scores: np.ndarray, shift: float) -> np.ndarray:
    """Return probabilities with their log-odds moved by `shift`."""
    return np.asarray(1 / (1 + np.exp(-(np.log(scores / (1 - scores)) + shift))))


def best_shift(scores: np.ndarray, labels: np.ndarray) -> float:
    """Return the shift of the log-odds under which one half is the best threshold for F1, as a mean of neighbours."""
    steps = np.arange(-1.0, 1.01, 0.1)
    found = np.array([f1(shifted(scores, step), labels) for step in steps])
    smooth = np.convolve(np.pad(found, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    return float(max(zip(smooth.round(3), -abs(steps), steps, strict=True))[2])


def f1(scores: np.ndarray, labels: np.ndarray) -> float:
    """Return F1 at one half."""
    right = ((scores >= 0.5) & (labels == 1)).sum()
    return float(2 * right / max((scores >= 0.5).sum() + labels.sum(), 1))


def average_precision(scores: np.ndarray, labels: np.ndarray) -> float:
    """Return the mean, over the announcements, of the precision down to each."""
    order = labels[np.argsort(-scores)]
    return float((np.cumsum(order) / np.arange(1, len(order) + 1))[order == 1].mean())


def main(gold: str, stream: str) -> None:
    """Print the scores of each kind of document, then the weights."""
    known = sample(gold, stream)
    scores = crossed(known)
    is_gold = np.isin(known.kinds, ("paper", "post"))
    shift = best_shift(scores[is_gold], known.labels[is_gold])
    scores = shifted(scores, shift)
    for kind in ("paper", "post", "stream"):
        own = known.kinds == kind
        each = [
            f1(scores[own & (known.folds == number)], known.labels[own & (known.folds == number)])
            for number in range(FOLDS)
        ]
        print(
            f"# {kind}: {own.sum()} documents, cross-validated F1 {f1(scores[own], known.labels[own]):.3f} "
            f"(folds {np.mean(each):.2f} ± {np.std(each):.2f}), "
            f"average precision {average_precision(scores[own], known.labels[own]):.3f}"
        )
    weights = solve(known)
    weights[0] += shift
    print("WEIGHTS: dict[str, float] = {")
    for name, weight in zip(("bias", *FEATURES), weights, strict=True):
        print(f'    "{name}": {weight:.2f},')
    print("}")


if __name__ == "__main__":
    main(*sys.argv[1:])
