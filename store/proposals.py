"""Which value of which model is proposed, out of all that the documents of a release claim; needs no database.

The rule: the maker's paper before its full text, both before the card, the card before the post, the post before the
press, a copy's card last; among equals the more confident claim, then the earlier one. What is claimed of the family
holds for each member of which nothing of its own is claimed; where the family bears the name of one of its members
(GLM-4.5 and GLM-4.5-Air), only what a whole family has in common does.
"""

from collections import Counter
from collections.abc import Iterable

from store.release import fold
from store.values import NAMES, Value
from store.views import ClaimView, DocumentView, Proposal

#: Kinds of documents, the most trusted first.
RULES = ("paper", "report", "card", "post", "press", "copy")

#: Fields of which a model has one value for each unit (a benchmark's name is its unit).
MANY_UNITS = frozenset({"benchmark", "dataset_size"})

#: What is said of a model that the family is named after holds for the family in these fields.
COMMON_FIELDS = frozenset({"input_modalities", "output_modalities", "open_weights", "license", "organization"})

LONGEST_NAME = 200

#: Field and, where a model has one value for each unit of it, unit.
Slot = tuple[str, str]


def standing(document: DocumentView) -> str:
    """Return the word of RULES that a document's claims are ranked by."""
    if document.is_copy:
        return "copy"
    if document.kind == "post":
        return "post" if document.maker else "press"
    return document.kind if document.kind in RULES else "press"


def ranked(documents: Iterable[DocumentView], claims: Iterable[ClaimView]) -> list[ClaimView]:
    """Return the claims, the one to be proposed before its rivals."""
    places = {document.id: RULES.index(standing(document)) for document in documents}
    return sorted(claims, key=lambda claim: (places[claim.document_id], -claim.confidence, claim.id))


def model_names(documents: Iterable[DocumentView], claims: Iterable[ClaimView]) -> tuple[str, ...]:
    """Return the models of a release as they are named first, in order; a copy of a model adds none."""
    copies = {document.id for document in documents if document.is_copy}
    named: dict[str, str] = {}
    for claim in claims:
        if claim.field == "name" and claim.document_id not in copies:
            named.setdefault(fold(claim.model), claim.model)
    return tuple(name for key, name in named.items() if key)


def release_name(documents: tuple[DocumentView, ...], claims: Iterable[ClaimView]) -> str:
    """Return what the release is called: its family, else its only model, else the shortest name, else a title."""
    copies = {document.id for document in documents if document.is_copy}
    ordered = ranked(documents, claims)
    originals = [claim for claim in ordered if claim.document_id not in copies] or ordered
    families = Counter(claim.value for claim in originals if claim.field == "family" and isinstance(claim.value, str))
    if families:
        return str(families.most_common(1)[0][0])[:LONGEST_NAME]
    names = model_names(documents, ordered)
    title = min(documents, key=lambda document: (RULES.index(standing(document)), document.id)).title
    return min(names, key=len, default=" ".join(title.split()) or "unnamed")[:LONGEST_NAME]


def propose(name: str, documents: tuple[DocumentView, ...], claims: Iterable[ClaimView]) -> tuple[Proposal, ...]:
    """Return one proposal for each model and field of a release called `name`, models in the order of `model_names`."""
    ordered = ranked(documents, claims)
    models = model_names(documents, ordered) or (name,)
    rules = {document.id: standing(document) for document in documents}
    keys = {fold(model) for model in models}
    families = {fold(str(claim.value)) for claim in ordered if claim.field == "family"}
    shared = _by_slot(claim for claim in ordered if _is_shared(claim, keys, families))
    proposals = []
    for model in models:
        own = _by_slot(claim for claim in ordered if fold(claim.model) == fold(model))
        for slot in {**own, **shared}:
            best, *rivals = own.get(slot) or shared[slot]
            proposals.append(_proposal(model, best, tuple(rivals), rules[best.document_id]))
    return tuple(proposals)


def slot(field: str, unit: str) -> Slot:
    """Return what a model has one value of."""
    return field, unit if field in MANY_UNITS else ""


def is_same(one: Value | None, other: Value | None) -> bool:
    """Whether two values are equal, numbers within rounding."""
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-9 * max(abs(one), abs(other))
    return one == other


def _is_shared(claim: ClaimView, models: set[str], families: set[str]) -> bool:
    subject = fold(claim.model)
    return subject not in models or (subject in families and claim.field in COMMON_FIELDS)


def _by_slot(claims: Iterable[ClaimView]) -> dict[Slot, list[ClaimView]]:
    slots: dict[Slot, list[ClaimView]] = {}
    for claim in claims:
        if claim.field not in NAMES:
            slots.setdefault(slot(claim.field, claim.unit), []).append(claim)
    return slots


def _proposal(model: str, best: ClaimView, rivals: tuple[ClaimView, ...], rule: str) -> Proposal:
    return Proposal(model, best.field, best.value, best.unit, best.id, rule, rivals)
