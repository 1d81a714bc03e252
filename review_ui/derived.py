"""The derived figures of a candidate, by model and field: shown beside what is stated, never written as values."""

from store.release import fold
from store.views import CandidateView, DerivedView


def derived_by_field(candidate: CandidateView, model: str) -> dict[str, tuple[DerivedView, ...]]:
    """Return what is derived for a model, or for the family that it belongs to, by field; each formula once."""
    models = {fold(name) for name in candidate.models}
    found: dict[str, dict[tuple[str, str], DerivedView]] = {}
    for figure in candidate.derived:
        name = fold(figure.model)
        if name == fold(model) or name not in models:
            found.setdefault(figure.field, {}).setdefault((figure.formula, figure.unit), figure)
    return {field: tuple(figures.values()) for field, figures in found.items()}
