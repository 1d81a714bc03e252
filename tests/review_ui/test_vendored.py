"""Files of other projects are what their makers published."""

import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from review_ui.rendering import STATIC

VENDOR = STATIC / "vendor"
LIST = VENDOR / "VENDORED.toml"
FILES: list[dict[str, Any]] = tomllib.loads(LIST.read_text())["file"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file["path"]))
def test_a_vendored_file_has_the_digest_that_is_noted(file: dict[str, Any]) -> None:
    content = (VENDOR / file["path"]).read_bytes()

    assert sha256(content).hexdigest() == file["sha256"]
    assert file["name"]
    assert file["version"]
    assert file["licence"]


def test_every_vendored_script_is_noted() -> None:
    scripts = {path.name for path in Path(VENDOR).glob("*.js")}

    assert scripts == {file["path"] for file in FILES}
