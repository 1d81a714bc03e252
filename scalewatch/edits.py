"""What a person writes after `--set`: a value of their own for a field of one model, or of all."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from store.views import Edit


def read_edits(texts: Iterable[str]) -> "tuple[Edit, ...]":
    """Read `[MODEL.]FIELD=VALUE`; nothing after the sign leaves the field empty. A wrong one is wrong use."""
    return tuple(_read(text) for text in texts)


def _read(text: str) -> "Edit":
    from store.errors import InvalidValueError
    from store.values import parse_value
    from store.views import Edit

    target, sign, value = text.partition("=")
    # A model's name may hold dots itself (`Foo-1.5-7B`), a field's never.
    model, _, field = target.strip().rpartition(".")
    if not sign or not field:
        raise typer.BadParameter(f"{text!r} is not [MODEL.]FIELD=VALUE, as parameters=7B", param_hint="--set")
    try:
        parsed = parse_value(field, value.strip()) if value.strip() else None
    except InvalidValueError as error:
        raise typer.BadParameter(f"{text!r}: {error}", param_hint="--set") from error
    return Edit(model=model or None, field=field, value=parsed)
