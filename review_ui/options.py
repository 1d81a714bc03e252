"""What whoever starts the review page decides about it."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """The settings of one review page.

    `secret` signs its cookies and form tokens; whoever has it can act as any reviewer. `allowed_hosts` are the exact
    Host headers that are answered, with the port where a browser sends one (`127.0.0.1:8765`). `add_document` takes an
    address, returns the id of its candidate, and raises one of `add_errors`, whose text is shown to the person;
    without it the page offers no form to add.
    """

    secret: str | bytes = field(repr=False)
    allowed_hosts: tuple[str, ...]
    default_reviewer: str
    add_document: Callable[[str], int] | None = None
    add_errors: tuple[type[Exception], ...] = (ValueError,)
    version: str = "0"
