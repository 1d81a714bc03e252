import os
from pathlib import Path

import pytest

from flows.errors import ParseError
from flows.formats.files import read_file


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"a" * 9)

    assert read_file(tmp_path / "a.md", most_bytes=9) == b"a" * 9


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"a" * 2_000_001)

    with pytest.raises(ParseError, match="larger than 2 MB"):
        read_file(tmp_path / "a.md", most_bytes=2_000_000)


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_no_file(device: str) -> None:
    with pytest.raises(ParseError, match="is no file"):
        read_file(Path(device), most_bytes=1)


def test_a_pipe_is_no_file_and_nobody_waits_for_its_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(ParseError, match="is no file"):
        read_file(tmp_path / "pipe", most_bytes=1)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ParseError, match="is a folder"):
        read_file(tmp_path, most_bytes=1)


@pytest.mark.parametrize("name", ["gone.md", "a\0b", "n" * 300])
def test_what_cannot_be_opened_is_told_with_its_reason(tmp_path: Path, name: str) -> None:
    with pytest.raises(ParseError, match="cannot be read"):
        read_file(tmp_path / name, most_bytes=1)
