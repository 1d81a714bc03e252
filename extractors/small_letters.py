"""Patterns for text in small letters, where they run twice as fast as patterns without regard to case."""

import re


def small(pattern: str) -> re.Pattern[str]:
    """Compile a pattern with its letters made small, but for classes: a backslash and a capital."""
    return re.compile(re.sub(r"(?<!\\)[A-Z]", lambda letter: letter[0].lower(), pattern))
