"""`scalewatch queue`: what it lists, and that each decision happens once and is recorded."""

import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.usefixtures("filled")


def _listed(run: Run, *arguments: str) -> list[dict[str, Any]]:
    done = run("queue", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    listed: list[dict[str, Any]] = json.loads(done.stdout)
    return listed


def _id(run: Run, name: str) -> str:
    return str(next(candidate["id"] for candidate in _listed(run) if candidate["name"].startswith(name)))


def test_the_list_has_the_promised_shape_best_first(run: Run) -> None:
    listed = _listed(run)

    assert {tuple(candidate) for candidate in listed} == {
        ("id", "name", "organization", "kind", "status", "priority", "documents", "claims")
    }
    assert {tuple(document) for candidate in listed for document in candidate["documents"]} == {
        ("url", "title", "published")
    }
    assert {tuple(claim) for candidate in listed for claim in candidate["claims"]} == {
        ("model", "field", "value", "unit", "quote", "url", "confidence")
    }
    priorities = [candidate["priority"] for candidate in listed]
    assert priorities == sorted(priorities, reverse=True)
    assert {candidate["status"] for candidate in listed} == {"pending"}


def test_no_subcommand_and_list_are_the_same(run: Run) -> None:
    assert run("queue").stdout == run("queue", "list").stdout


def test_others_models_small_models_and_data_are_no_candidates(run: Run) -> None:
    names = " ".join(candidate["name"] for candidate in _listed(run))

    assert "Marrow-2" in names
    assert "Kelpie" in names
    for absent in ("Who Counts", "Wren", "Saltmarsh", "Minnow", "Loss Curves"):
        assert absent not in names


def test_paper_and_card_of_a_release_are_one_candidate(run: Run) -> None:
    (kelpie,) = [candidate for candidate in _listed(run) if "Kelpie" in candidate["name"]]

    hosts = {document["url"].split("/")[2] for document in kelpie["documents"]}
    assert hosts >= {"arxiv.org", "huggingface.co"}


def test_show_gives_claims_with_their_words(run: Run) -> None:
    shown = run("queue", "show", _id(run, "Marrow"))

    assert shown.returncode == 0, shown.stderr
    assert "141B" in shown.stdout
    assert "https://arxiv.org/abs/2611.90017" in shown.stdout


def test_an_approved_candidate_is_in_the_catalog_and_cannot_be_approved_again(run: Run) -> None:
    marrow = _id(run, "Marrow")

    first = run("queue", "approve", marrow, "--reviewer", "Ada")
    second = run("queue", "approve", marrow)

    assert first.returncode == 0, first.stderr
    assert second.returncode == 1
    assert "already approved" in second.stderr
    assert len(second.stderr.splitlines()) == 1
    history = json.loads(run("queue", "show", marrow, "--json").stdout)["history"]
    assert [(each["verdict"], each["reviewer"]) for each in history] == [("approve", "Ada")]
    assert any("Marrow-2" in entry["name"] for entry in json.loads(run("catalog", "--json").stdout))


def test_a_value_of_the_reviewers_own_is_taken_for_one_model(run: Run) -> None:
    thistle = _id(run, "Thistle")
    model = json.loads(run("queue", "show", thistle, "--json").stdout)["models"][0]

    done = run("queue", "approve", thistle, "--set", f"{model}.training_tokens=2T", "--set", "open_weights=false")

    assert done.returncode == 0, done.stderr
    (entry,) = json.loads(run("catalog", "--json").stdout)
    values = {value["field"]: value["value"] for value in entry["values"]}
    assert values["training_tokens"] == 2e12
    assert values["open_weights"] is False


def test_rejecting_needs_a_reason_and_reopening_undoes_it(run: Run) -> None:
    petrel = _id(run, "Petrel")

    assert run("queue", "reject", petrel).returncode == 2
    assert run("queue", "reject", petrel, "--reason", "  ").returncode == 2
    assert run("queue", "reject", petrel, "--reason", "not ours").returncode == 0
    assert [candidate["id"] for candidate in _listed(run, "--status", "rejected")] == [int(petrel)]
    assert run("queue", "reopen", petrel).returncode == 0
    assert petrel in [str(candidate["id"]) for candidate in _listed(run)]


def test_later_hides_a_candidate_until_its_date(run: Run) -> None:
    petrel = _id(run, "Petrel")

    assert run("queue", "later", petrel, "--until", "2099-01-01").returncode == 0

    assert petrel not in [str(candidate["id"]) for candidate in _listed(run)]
    assert [candidate["id"] for candidate in _listed(run, "--status", "later")] == [int(petrel)]


def test_who_decides_may_stand_in_the_environment(run: Run) -> None:
    petrel = _id(run, "Petrel")

    run("queue", "reject", petrel, "--reason", "no", SCALEWATCH_REVIEWER="Grace")

    history = json.loads(run("queue", "show", petrel, "--json").stdout)["history"]
    assert history[0]["reviewer"] == "Grace"


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (["show", "999"], 1, "999"),
        (["approve", "999"], 1, "999"),
        (["show", "abc"], 2, "ID"),
        (["show", "99999999999999999999"], 2, "ID"),
        (["--limit", "99999999999999999999"], 2, "--limit"),
        (["--status", "lost"], 2, "pending, approved, rejected, later"),
        (["approve", "1", "--set", "parameters"], 2, "FIELD=VALUE"),
        (["approve", "1", "--set", "parameters=-7"], 2, "parameters"),
        (["approve", "1", "--set", "colour=blue"], 2, "colour"),
        (["later", "1", "--until", "soon"], 2, "is no date"),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(
    run: Run, arguments: list[str], code: int, complaint: str
) -> None:
    done = run("queue", *arguments)

    assert done.returncode == code, done.stderr
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
