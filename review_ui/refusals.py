"""Errors of the review page.

DeskError
├── RefusedFormError      the form cannot be trusted or read
└── FieldProblemsError    something typed cannot be taken
"""


class DeskError(Exception):
    """Base of everything that the review page refuses by itself."""


class RefusedFormError(DeskError):
    """A form that the desk did not make for this visitor, or that cannot be read."""


class FieldProblemsError(DeskError):
    """What was typed cannot be taken; `problems` gives the message to show at each input, by the input's name."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return " ".join(self.problems.values())
