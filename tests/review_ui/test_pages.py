"""Pages and templates agree: what a page gives is used, what a template uses is given."""

from collections.abc import Iterator
from dataclasses import fields

import pytest
from jinja2 import Environment, meta, nodes

from review_ui.pages import PAGES, Page, Shell
from review_ui.rendering import make_environment

ENVIRONMENT = make_environment()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_a_template_uses_exactly_what_its_page_gives(page: type[Page]) -> None:
    given = {field.name for field in fields(page)} | {"shell"}

    used = _names_used(page.template)

    assert used == given


@pytest.mark.parametrize("page", [page for page in PAGES if page.part], ids=lambda page: page.__name__)
def test_a_part_of_a_page_uses_nothing_that_the_page_does_not_give(page: type[Page]) -> None:
    given = {field.name for field in fields(page)} | {"shell"}

    assert _names_used(page.part) <= given


def test_every_template_belongs_to_a_page() -> None:
    reached = {name for page in PAGES for first in (page.template, page.part) if first for name in _family(first)}

    assert set(ENVIRONMENT.list_templates()) == reached


def test_what_the_frame_is_given_is_used() -> None:
    given = {field.name for field in fields(Shell)}

    used = {
        node.attr
        for name in ENVIRONMENT.list_templates()
        for node in _tree(name).find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == "shell"
    }

    assert used == given


@pytest.mark.parametrize("name", ENVIRONMENT.list_templates())
def test_no_template_switches_escaping_off_or_runs_code_in_the_page(name: str) -> None:
    source = _source(name)

    assert "|safe" not in source.replace(" ", "")
    assert "autoescape" not in source
    assert " style=" not in source
    assert "<script>" not in source
    assert "hx-on" not in source
    assert " onclick" not in source


def _names_used(template: str) -> set[str]:
    """Return the names that a template, and all that it builds on or includes, takes from its context."""
    used = {name for each in _family(template) for name in meta.find_undeclared_variables(_tree(each))}
    return used - set(ENVIRONMENT.globals)


def _family(template: str) -> Iterator[str]:
    yield template
    for other in meta.find_referenced_templates(_tree(template)):
        assert other is not None, f"{template} names a template that only the run knows"
        yield from _family(other)


def _tree(template: str) -> nodes.Template:
    return ENVIRONMENT.parse(_source(template))


def _source(template: str) -> str:
    environment: Environment = ENVIRONMENT
    assert environment.loader is not None
    return environment.loader.get_source(environment, template)[0]
