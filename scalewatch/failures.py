"""What a failure is called in one line, for a person at a terminal."""


def describe(error: BaseException) -> str:
    """Return what failed in one line: our own errors and the system's speak for themselves, others are named too."""
    message = " ".join(str(error).split())
    if isinstance(error, OSError) or _is_ours(error):
        return message or type(error).__name__
    return f"{type(error).__name__}: {message} (a fault of the program: --verbose shows where)"


def _is_ours(error: BaseException) -> bool:
    from flows.errors import FlowError
    from scalewatch.errors import CommandError
    from store.errors import StoreError

    return isinstance(error, FlowError | StoreError | CommandError)
