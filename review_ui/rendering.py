"""The template environment: everything is escaped, and a name that a page does not give is an error."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from review_ui import words
from review_ui.figures import key_figures
from review_ui.pages import Refusal
from review_ui.reasons import REJECTIONS, WAITS
from store.tables import Kind, Status
from store.values import NAMES

HERE = Path(__file__).parent
STATIC = HERE / "static"


@cache
def make_environment() -> Environment:
    """Return the environment of the desk's templates, which are compiled once in a process."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "ago": words.ago,
        "anchor": words.anchor,
        "day": words.day,
        "exact": words.exact,
        "human": words.human,
        "label": words.label,
        "percent": words.percent,
        "site": words.site,
        "key_figures": key_figures,
        "problem_at": problem_at,
        "rough": words.rough,
        "stamp": words.stamp,
        "times": words.times,
        "verdict": words.verdict,
    }
    environment.tests["web"] = words.is_web
    environment.globals |= {
        "Kind": Kind,
        "Status": Status,
        "names": NAMES,
        "rejections": REJECTIONS,
        "waits": WAITS,
        "static": {path.name: _static_address(path) for path in sorted(STATIC.rglob("*.*"))},
    }
    return environment


def problem_at(refusal: Refusal | None, name: str) -> str:
    """Return what is wrong with the input `name`; empty where nothing is."""
    return refusal.problems.get(name, "") if refusal else ""


def _static_address(path: Path) -> str:
    """Return the address of a file of ours; it changes with the content, so that browsers may keep it."""
    digest = sha256(path.read_bytes()).hexdigest()[:12]
    return f"/static/{path.relative_to(STATIC).as_posix()}?{digest}"
