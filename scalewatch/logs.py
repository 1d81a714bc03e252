"""Where log lines go: to standard error, warnings only unless someone asks for more."""

import logging
import sys

PACKAGES = ("extractors", "flows", "review_ui", "scalewatch", "store")

#: Libraries that say again, in words of their own, what we say of the same request or page.
ECHOES = ("htmldate", "stamina", "trafilatura")


def show(*, verbose: bool) -> None:
    """Send log lines to standard error: warnings, and with `verbose` everything that our packages say."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        force=True,
    )
    for package in PACKAGES:
        logging.getLogger(package).setLevel(logging.DEBUG if verbose else logging.WARNING)
    for library in ECHOES:
        logging.getLogger(library).setLevel(logging.CRITICAL)


def is_verbose() -> bool:
    """Say whether someone asked for more than warnings."""
    return logging.getLogger("scalewatch").isEnabledFor(logging.DEBUG)
