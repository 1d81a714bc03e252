"""Priorities, and the rule by which a value is proposed among rivals."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from store.priority import WEIGHTS, ReleaseFacts, priority
from store.proposals import is_same, model_names, propose, release_name
from store.views import ClaimView, DocumentView

FACTS = some.builds(
    ReleaseFacts,
    announces=some.floats(0, 1),
    parameters=some.none() | some.floats(1, 1e16),
    is_watched=some.booleans(),
    open_weights=some.none() | some.booleans(),
    claims=some.integers(0, 50),
)


def test_the_reasons_say_what_speaks_for_a_release() -> None:
    facts = ReleaseFacts(0.97, 4.05e11, is_watched=True, open_weights=True, organization="Meta", claims=9)

    found = priority(facts)

    said = "405B parameters; watched Meta; weights released; announces a model: 97%; 9 claims"
    assert "; ".join(found.reasons) == said
    assert 0.8 < found.value <= 1


def test_a_size_that_nobody_states_is_taken_from_the_files() -> None:
    found = priority(ReleaseFacts(0.9, measured=2.7799e12))

    assert found.reasons[0] == "size not stated, about 2.8T parameters by its files"
    assert found.value == priority(ReleaseFacts(0.9, parameters=2.8e12)).value


def test_little_known_is_said_too() -> None:
    assert priority(ReleaseFacts(0.5)).reasons == ("size not stated", "announces a model: 50%", "0 claims")


def test_the_parts_make_one_whole() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    assert priority(ReleaseFacts(1, 1e14, is_watched=True, open_weights=True, claims=100)).value == 1
    assert priority(ReleaseFacts(0, 1e14, is_watched=True, open_weights=True, claims=100)).value == 0


@given(FACTS)
def test_a_priority_is_a_share(facts: ReleaseFacts) -> None:
    assert 0 <= priority(facts).value <= 1


@given(FACTS, some.floats(1, 1e16))
def test_more_never_lowers_a_priority(facts: ReleaseFacts, parameters: float) -> None:
    value = priority(facts).value

    assert priority(replace(facts, announces=1.0)).value >= value
    assert priority(replace(facts, is_watched=True)).value >= value
    assert priority(replace(facts, open_weights=True)).value >= value
    assert priority(replace(facts, claims=facts.claims + 1)).value >= value
    if facts.parameters:
        assert priority(replace(facts, parameters=max(parameters, facts.parameters))).value >= value


def document(number: int, kind: str = "paper", *, maker: str | None = "Lab", is_copy: bool = False) -> DocumentView:
    return DocumentView(
        *(number, f"key{number}", 1, f"https://example.org/{number}", f"Title {number}", kind, "test", None),
        *(maker, False, is_copy, 0.9, ""),
    )


def claim(number: int, document_id: int, field: str, value: object, **more: object) -> ClaimView:
    given: dict[str, object] = {"model": "Foo-7B", "unit": "", "confidence": 0.5} | more
    return ClaimView(
        *(number, document_id, given["model"], field, value, given["unit"], "q", 0, 1, "u", given["confidence"], ""),  # type: ignore[arg-type]
    )


def test_the_paper_stands_before_the_card_the_post_the_press_and_a_copy() -> None:
    documents = (
        document(1, "card", is_copy=True),
        document(2, "post", maker=None),
        document(3, "post"),
        document(4, "card"),
        document(5, "paper", maker=None),
    )
    claims = [claim(number, number, "parameters", float(number)) for number in (1, 2, 3, 4, 5)]
    chosen = []
    for _ in documents:
        (best,) = propose("Foo", documents, claims)
        chosen.append((best.rule, best.value, len(best.rivals)))
        claims = [one for one in claims if one.id != best.claim_id]

    assert chosen == [("paper", 5.0, 4), ("card", 4.0, 3), ("post", 3.0, 2), ("press", 2.0, 1), ("copy", 1.0, 0)]


def test_among_equals_the_more_confident_claim_is_proposed_then_the_earlier() -> None:
    documents = (document(1),)
    claims = [
        claim(1, 1, "parameters", 1.0),
        claim(2, 1, "parameters", 2.0, confidence=0.8),
        claim(3, 1, "parameters", 3.0, confidence=0.8),
    ]

    (best,) = propose("Foo", documents, claims)

    assert best.value == 2.0
    assert [rival.value for rival in best.rivals] == [3.0, 1.0]


def test_what_is_claimed_of_the_family_holds_for_members_without_their_own() -> None:
    claims = [
        claim(1, 1, "name", "Foo-7B"),
        claim(2, 1, "name", "Foo-70B", model="Foo-70B"),
        claim(3, 1, "training_tokens", 1e12, model="Foo"),
        claim(4, 1, "training_tokens", 2e12, model="foo 70b"),
    ]

    found = {one.model: one.value for one in propose("Foo", (document(1),), claims)}

    assert found == {"Foo-7B": 1e12, "Foo-70B": 2e12}


def test_a_member_that_the_family_is_named_after_shares_what_they_have_in_common() -> None:
    claims = (
        claim(1, 1, "name", "GLM", model="GLM"),
        claim(2, 1, "name", "GLM-Air", model="GLM-Air"),
        claim(3, 1, "family", "GLM", model="GLM-Air"),
        claim(4, 1, "parameters", 355e9, model="GLM"),
        claim(5, 1, "open_weights", True, model="GLM"),
    )

    found = {(one.model, one.field) for one in propose("GLM", (document(1),), claims)}

    assert found == {("GLM", "parameters"), ("GLM", "open_weights"), ("GLM-Air", "open_weights")}


def test_a_benchmark_each_is_proposed() -> None:
    claims = [
        claim(1, 1, "benchmark", 80.0, unit="MMLU"),
        claim(2, 1, "benchmark", 70.0, unit="GPQA"),
        claim(3, 1, "benchmark", 81.0, unit="MMLU"),
    ]

    found = [(one.unit, one.value, len(one.rivals)) for one in propose("Foo-7B", (document(1),), claims)]

    assert found == [("MMLU", 80.0, 1), ("GPQA", 70.0, 0)]


def test_spellings_of_a_name_are_one_model_and_a_copys_name_is_none() -> None:
    documents = (document(1), document(2, "card", is_copy=True))
    claims = [
        claim(1, 1, "name", "Foo-7B"),
        claim(2, 1, "name", "foo 7b", model="foo 7b"),
        claim(3, 2, "name", "Foo-7B-GGUF", model="Foo-7B-GGUF"),
    ]

    assert model_names(documents, claims) == ("Foo-7B",)


def test_a_release_is_called_by_its_family_else_a_model_else_a_title() -> None:
    named = [claim(1, 1, "name", "Foo-70B-Chat", model="Foo-70B-Chat"), claim(2, 1, "name", "Foo-7B")]
    family = [claim(3, 1, "family", "Foo")]

    assert release_name((document(1),), [*named, *family]) == "Foo"
    assert release_name((document(1),), named) == "Foo-7B"
    assert release_name((document(1),), []) == "Title 1"


def test_a_release_is_not_called_by_the_family_that_a_copy_names() -> None:
    documents = (document(1, "card", is_copy=True), document(2, "card"))
    claims = [claim(1, 1, "family", "Foo-GGUF"), claim(2, 2, "name", "Foo-7B")]

    assert release_name(documents, claims) == "Foo-7B"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (7e9, 7e9 + 1e-3, True),
        (7e9, 7.1e9, False),
        (None, 7e9, False),
        (True, True, True),
        (("text",), ("image",), False),
        (0.0, 0.0, True),
    ],
)
def test_numbers_are_the_same_within_rounding(one: object, other: object, same: bool) -> None:
    assert is_same(one, other) is same  # type: ignore[arg-type]
