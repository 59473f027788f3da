"""Headlines and names whose letters are set apart: 要 事 录, 王 军.

In: a headline or byline.  Out: the places where blanks go.  Blanks that divide
phrases or names stay: they are wider than those between letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .edits import Matches
from .names import is_person

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
# 要 事 录: single characters set apart
_LETTERSPACED = re.compile(rf"(?<![{_HAN}])[{_HAN}](?:[ \u3000]+[{_HAN}])+(?![{_HAN}])")


def close_letterspacing(text: str) -> Matches:
    for found in _LETTERSPACED.finditer(text):
        letters = re.split(r"[ \u3000]+", found[0])
        gaps = re.findall(r"[ \u3000]+", found[0])
        wide = max(map(len, gaps))
        if (
            len(letters) == 2
            or len(set(map(len, gaps))) == 1
            and not (len(letters) == 4 and wide > 1)
        ):
            pairs = len(letters) == 4 and len(letters) % 2 == 0 and _two_names(letters)
            yield (
                found.start(),
                found.end(),
                (
                    " ".join("".join(letters[i : i + 2]) for i in (0, 2))
                    if pairs
                    else "".join(letters)
                ),
            )
        else:
            yield (
                found.start(),
                found.end(),
                "".join(
                    letter
                    + (
                        " "
                        if i < len(gaps)
                        and len(gaps[i]) == wide
                        and len(set(map(len, gaps))) > 1
                        else ""
                    )
                    for i, letter in enumerate(letters)
                ),
            )


def _two_names(letters: Sequence[str]) -> bool:
    return is_person(letters[0] + letters[1]) and is_person(letters[2] + letters[3])
