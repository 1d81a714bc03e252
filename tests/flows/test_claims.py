from extractors.finding import Finding
from flows.claims import claims
from store.claim_rows import LONGEST_SUBJECT


def finding(**changed: object) -> Finding:
    """Return a finding of seven billion parameters, with what is changed."""
    given = {
        "field": "parameters",
        "value": 7e9,
        "unit": None,
        "subject": "Pelican-7B",
        "quote": "7 billion parameters",
        "start": 4,
        "end": 24,
        "confidence": 0.9,
        "extractor": "parameters",
        "reason": "named just before",
    }
    return Finding(**(given | changed))  # type: ignore[arg-type]  # the fields above, by name


def test_a_claim_says_what_its_finding_says() -> None:
    (claim,) = claims([finding()], 12, "3")

    assert (claim.document_id, claim.pipeline, claim.extractor) == (12, "3", "parameters")
    assert (claim.field, claim.subject, claim.value, claim.unit) == ("parameters", "Pelican-7B", "7000000000.0", "")
    assert (claim.quote, claim.start_char, claim.end_char) == ("7 billion parameters", 4, 24)
    assert (claim.confidence, claim.reason) == (0.9, "named just before")


def test_a_list_becomes_json() -> None:
    (claim,) = claims([finding(field="input_modalities", value=("image", "text"), unit="kind")], 1, "3")

    assert claim.value == '["image", "text"]'
    assert claim.unit == "kind"


def test_a_finding_of_absurd_length_is_left_out_and_the_others_stay() -> None:
    long = finding(subject="x" * (LONGEST_SUBJECT + 1))

    found = claims([long, finding(), finding(value="y" * 400)], 1, "3")

    assert [claim.subject for claim in found] == ["Pelican-7B"]
