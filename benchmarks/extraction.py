"""Measure the extraction pipeline by hand: `speed FILE` over a list of papers, `fit GOLD` for the announcement weights.

python benchmarks/extraction.py speed ../shared/gold/stream.jsonl.gz
python benchmarks/extraction.py fit ../shared/gold/dev.jsonl
"""

import gzip
import hashlib
import json
import platform
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import spacy

from extractors.announcement import FEATURES, features
from extractors.finding import Text
from extractors.gate import may_announce
from extractors.page import Page
from extractors.pipeline import build_pipeline, read

FOLDS = 10
RIDGE = 4.0


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


def fit(path: str) -> None:
    """Print weights of the announcement features for papers and posts, with their cross-validated scores."""
    gold = [row for row in rows(path) if row["announces"] != "borderline"]
    for kind in ("paper", "post"):
        own = [row for row in gold if row["kind"] == kind]
        values = np.array([list(features(Page(text(row))).values()) for row in own])
        labels = np.array([row["announces"] == "yes" for row in own], float)
        folds = np.array([int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % FOLDS for row in own])
        scores = np.zeros(len(own))
        for fold in range(FOLDS):
            scores[folds == fold] = predict(solve(values[folds != fold], labels[folds != fold]), values[folds == fold])
        shift = best_shift(scores, labels)
        weights = solve(values, labels)
        weights[0] += shift
        print(
            f"{kind.upper()}_WEIGHTS: dict[str, float] = {{  # of {len(own)}: "
            f"{describe(shifted(scores, shift), labels)}"
        )
        for name, weight in zip(("bias", *FEATURES), weights, strict=True):
            print(f'    "{name}": {weight:.2f},')
        print("}")


def solve(values: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return bias and weights of a logistic regression with a ridge, by Newton's steps."""
    ones = np.c_[np.ones(len(values)), values]
    weights, ridge = np.zeros(ones.shape[1]), np.full(ones.shape[1], RIDGE)
    ridge[0] = 1e-3
    for _ in range(50):
        chance = 1 / (1 + np.exp(-ones @ weights))
        slope = ones.T @ (chance - labels) + ridge * weights
        bend = (ones * (chance * (1 - chance))[:, None]).T @ ones + np.diag(ridge)
        weights -= np.linalg.solve(bend, slope)
    return weights


def predict(weights: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return probabilities."""
    return 1 / (1 + np.exp(-(weights[0] + values @ weights[1:])))


def shifted(scores: np.ndarray, shift: float) -> np.ndarray:
    """Return probabilities with their log-odds moved by `shift`."""
    return 1 / (1 + np.exp(-(np.log(scores / (1 - scores)) + shift)))


def best_shift(scores: np.ndarray, labels: np.ndarray) -> float:
    """Return the shift of the log-odds under which one half is the best threshold for F1."""
    return float(
        max(np.arange(-1.0, 1.01, 0.1), key=lambda shift: (round(f1(shifted(scores, shift), labels), 3), -abs(shift)))
    )


def f1(scores: np.ndarray, labels: np.ndarray) -> float:
    """Return F1 at one half."""
    right = ((scores >= 0.5) & (labels == 1)).sum()
    return float(2 * right / max((scores >= 0.5).sum() + labels.sum(), 1))


def describe(scores: np.ndarray, labels: np.ndarray) -> str:
    """Return F1 and average precision in words."""
    order = labels[np.argsort(-scores)]
    precision = np.cumsum(order) / np.arange(1, len(order) + 1)
    return f"cross-validated F1 {f1(scores, labels):.3f}, average precision {precision[order == 1].mean():.3f}"


if __name__ == "__main__":
    {"speed": speed, "fit": fit}[sys.argv[1]](sys.argv[2])
