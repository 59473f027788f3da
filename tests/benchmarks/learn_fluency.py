"""Learn ``articles/dump/data/fluency.json.gz`` anew from dumps with truth.

    python -m tests.benchmarks.learn_fluency FOLDER_OR_TRUTH.json=DUMP.txt ...

A folder holds ``in.txt`` and ``truth.json``.  Only counts are stored, those of
pairs and triples only where they were seen more than once.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from articles.dump.fluency import FILE, learn
from articles.dump.fold import fold

_LEAST = 20  # characters of a paragraph worth counting


def paragraphs(truth: Path, dump: Path) -> Iterator[str]:
    """The paragraphs of the articles, each in one piece."""
    data = dump.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    lines = re.split(r"\r\n|\n|\r", text)
    for article in json.loads(truth.read_text(encoding="utf-8"))["articles"]:
        for block in article["blocks"]:
            paragraph = fold("".join(lines[n - 1].strip() for n in block["lines"]))
            if block["role"] == "paragraph" and len(paragraph) >= _LEAST:
                yield paragraph


def main(names: list[str]) -> None:
    texts: list[str] = []
    for name in names:
        truth, _, dump = name.partition("=")
        if dump:
            texts += paragraphs(Path(truth), Path(dump))
        else:
            texts += paragraphs(Path(name, "truth.json"), Path(name, "in.txt"))
    data = json.dumps(learn(texts), ensure_ascii=False, sort_keys=True)
    FILE.write_bytes(gzip.compress(data.encode(), 9, mtime=0))
    print(len(texts), "paragraphs,", FILE.stat().st_size, "bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
