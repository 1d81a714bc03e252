"""What can go wrong in the command itself.

CommandError
├── LineError       a line of `scalewatch extract` is no document
└── ServeError      the schedule or the review page cannot be started, or ended by itself
"""


class CommandError(Exception):
    """The base of this package's errors; its text is fit for a person at a terminal."""


class LineError(CommandError):
    """A line is no JSON object that describes a document."""


class ServeError(CommandError):
    """A part of `scalewatch serve` cannot be started, or has ended by itself."""
