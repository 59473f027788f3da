"""Log lines that cannot be forged: one record is one line."""

import logging


class OneLineFormatter(logging.Formatter):
    """Escapes line breaks and controls that a user name or an address could carry.

    A traceback keeps its lines, each indented, so that none starts like a record.
    """

    def format(self, record: logging.LogRecord) -> str:
        head, *rest = super().format(record).split("\n")
        if record.exc_info or record.stack_info:
            return "\n".join(
                [_escape(head), *("    " + _escape(line) for line in rest)]
            )
        return _escape("\n".join([head, *rest]))


def _escape(text: str) -> str:
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode() for c in text
    )
