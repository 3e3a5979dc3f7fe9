"""Why an expression has no value."""


class CelError(Exception):
    """The expression fails on this value: the server refuses the object for it."""


class Undecided(Exception):  # noqa: N818
    """The value depends on something that nobody knows yet."""
