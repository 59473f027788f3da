"""A sheet as HTML: the pieces of a text, its notes of doubt, its headings.

In: a ``Sheet`` of articles.pages.typeset.  Out: safe strings; every imported text is
escaped here or by the stencil.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe

from articles.models import Role
from articles.pages.stencil import Fixed, Value, escape, fill
from articles.pages.typeset import Doubt, Passage, Piece, Run, Setting, Sheet


def text_html(sheet: Sheet) -> SafeString:
    return _joined(_piece(piece) for piece in sheet.pieces)


def text_beside_lines_html(sheet: Sheet) -> SafeString:
    """Each piece with the lines it was printed in."""
    return _joined(
        fill(
            "articles/_pair.html",
            {
                "what": "",
                "piece": _piece(piece),
                "anchor": piece.first.block.anchor,
                "lines": _joined(_printed(setting) for setting in piece.settings),
            },
        )
        for piece in sheet.pieces
    )


def head_lines_html(sheet: Sheet) -> SafeString:
    """The printed lines of title, byline and kicker, which the page sets anew."""
    return _joined(
        fill(
            "articles/_pair.html",
            {"what": str(Role(setting.block.role).label), "lines": _printed(setting)},
        )
        for setting in sheet.head
    )


def doubts_html(sheet: Sheet) -> SafeString:
    return _joined(
        fill(
            "articles/_doubt_item.html",
            {"id": doubt.id, "anchor": doubt.anchor, **_words_of(doubt)},
        )
        for doubt in sheet.doubts
    )


def headings_html(headings: list[Passage]) -> SafeString:
    return _joined(
        f'<li><a href="#{escape(block.anchor)}">{escape(block.text)}</a></li>'
        for block in headings
    )


def _piece(piece: Piece) -> SafeString:
    if piece.kind == "list":
        items = _joined(_set("item", setting) for setting in piece.settings)
        return fill("articles/_piece.html", {"kind": Fixed("list"), "runs": items})
    return _set(piece.kind, piece.first)


def _set(kind: str, setting: Setting) -> SafeString:
    inside = {"verse": _verses, "table": _rows}.get(kind, _runs)
    return fill(
        "articles/_piece.html",
        {
            "kind": Fixed(kind),
            "anchor": setting.block.anchor,
            "runs": mark_safe(inside(setting)),
        },
    )


def _runs(setting: Setting) -> str:
    runs = "".join(_run(run) for run in setting.runs)
    return runs + _place_mark(setting)


def _run(run: Run) -> str:
    if run.doubt:
        values = {"doubt": True, "text": run.text, "id": run.doubt.id}
        return fill("articles/_run.html", {**values, **_words_of(run.doubt)})
    if run.line:
        cut = fill("articles/_run.html", {"line": str(run.line)})
        return cut + escape(run.text)
    return escape(run.text)


def _place_mark(setting: Setting) -> str:
    doubt = setting.placed_in_doubt
    if doubt is None:
        return ""
    values = {"misplaced": doubt.line_label, "id": doubt.id, "percent": doubt.percent}
    return fill("articles/_run.html", values)


def _words_of(doubt: Doubt) -> dict[str, Value]:
    """What templates/articles/_doubt.html says it with."""
    if not doubt.joined:
        return {"lines": doubt.line_label, "percent": doubt.percent}
    first, second = doubt.lines
    return {"first": str(first), "second": str(second), "percent": doubt.percent}


def _verses(setting: Setting) -> str:
    lines = "<br>".join(f"<span>{escape(line)}</span>" for line in setting.verses)
    return lines + _place_mark(setting)


def _rows(setting: Setting) -> str:
    head, *body = setting.table
    cells = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>"
        for row in body
    )
    return f"<thead><tr>{cells}</tr></thead><tbody>{rows}</tbody>"


def _printed(setting: Setting) -> SafeString:
    lines = _joined(
        f'<li value="{number}"><code>{escape(printed)}</code></li>'
        for number, printed in setting.printed
    )
    return fill("articles/_printed.html", {"lines": lines})


def _joined(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))
