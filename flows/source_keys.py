"""What the values in a sources file may be; each type refuses a wrong one in words that a person can act on."""

import re
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, StringConstraints

from flows.formats.links import absolute

#: Least and most value of minute, hour, day of the month, month, day of the week.
_CRON_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_CRON_PART = re.compile(r"(?:\*|(?P<first>\d{1,2})(?:-(?P<last>\d{1,2}))?)(?:/(?P<step>\d{1,2}))?")


def _check_schedule(text: str) -> str:
    fields = text.split()
    if len(fields) != len(_CRON_RANGES):
        raise ValueError(f"{text!r} is no cron schedule: five fields are due, as in '30 6 * * 1-5'")
    for part, (least, most) in zip(fields, _CRON_RANGES, strict=True):
        if not all(_is_cron_part(piece, least, most) for piece in part.split(",")):
            raise ValueError(
                f"{part!r} in {text!r} is no cron field: numbers from {least} to {most}, *, a-b, a,b or */n"
            )
    return " ".join(fields)


def _is_cron_part(piece: str, least: int, most: int) -> bool:
    match = _CRON_PART.fullmatch(piece)
    if match is None:
        return False
    first, last, step = (int(match[name]) if match[name] else None for name in ("first", "last", "step"))
    numbers = [number for number in (first, last) if number is not None]
    return all(least <= number <= most for number in numbers) and numbers == sorted(numbers) and step != 0


def _check_timezone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (OSError, ValueError, KeyError) as error:
        raise ValueError(f"{name!r} is no time zone: give one such as 'UTC' or 'Asia/Shanghai'") from error


def _check_pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression ({error})") from error
    return text


def _check_name(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", text):
        raise ValueError(f"{text!r} is no name: small letters, digits, points and hyphens, as in 'arxiv-ml'")
    return text


NonEmpty = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, strict=True)]
Names = tuple[NonEmpty, ...]
SourceName = Annotated[NonEmpty, AfterValidator(_check_name)]
Count = Annotated[int, Field(ge=0, strict=True)]
Address = Annotated[NonEmpty, AfterValidator(absolute)]
Pattern = Annotated[NonEmpty, AfterValidator(_check_pattern)]
Schedule = Annotated[NonEmpty, AfterValidator(_check_schedule)]
TimeZone = Annotated[NonEmpty, AfterValidator(_check_timezone)]
