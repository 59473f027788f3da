"""Does a hostile file stop the parser?  Each is read, or refused by a documented limit.

    python -m tests.benchmarks.parser_hostile

Every file is parsed in a process of its own, which may use 512 MB and 60 seconds of
processor time (what a busy machine does not lengthen).  Prints what came of each; exits 1
when one crashed, took longer or wanted more.  Names given are the files to try.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
from collections.abc import Callable

from articles.dump import DumpError, parse_dump

MOST_SECONDS = 60
PATIENCE = 20  # times as long on the clock: a process that waits is stuck
MOST_MEGABYTES = 512
MB = 1024 * 1024

HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "only blanks": lambda: " \u3000\n\ufeff\n".encode() * 1000,
    "a NUL": lambda: "某某\x00调查\n".encode(),
    "lone surrogates": lambda: "某某\ud800调查\n".encode("utf-8", "surrogatepass"),
    "line separators": lambda: "某某\u2028调查\u0085工作。\n".encode() * 20_000,
    "headings": lambda: "# 一、背景\n\n".encode() * 100_000,
    "articles": lambda: "某某调查\n\n◎ 张三\n\n这是说明。\n\n".encode() * 20_000,
    "opening brackets": lambda: b"(" * 2_000_000,
    "wide brackets": lambda: "（".encode() * 2_000_000,
    "jump marks": lambda: "（上接第".encode() * 100_000,
    "jump lines": lambda: "（上接第3页）某某工作还在\n".encode() * 50_000,
    "one line of 7 MB": lambda: "某某地方的工作。".encode() * (7 * MB // 24),
    "one line of 50 MB": lambda: "某".encode() * (50 * MB // 3),
    "200 MB of text": lambda: "某某地方的工作。\n".encode() * (200 * MB // 25),
    "bare words": lambda: "张 三\n".encode() * 100_000,
    "open ends": lambda: "某某地方的工作还在继续推进之中而且\n\n".encode() * 50_000,
    "tables": lambda: b"| a | b |\n" * 100_000,
    "contents": lambda: "目录\n1 某某调查 张三\n".encode() * 50_000,
    "formulas": lambda: b"$\\mu$" * 100_000,
}


def main() -> int:
    wanted = {n: HOSTILE[n] for n in sys.argv[1:]} or HOSTILE
    faults = [name for name, make in wanted.items() if not survived(name, make)]
    print(f"{len(wanted) - len(faults)} of {len(wanted)} read or refused in time")
    return 1 if faults else 0


def survived(name: str, make: Callable[[], bytes]) -> bool:
    start = _spent()
    process = multiprocessing.Process(target=_parse, args=(name, make))
    process.start()
    process.join(MOST_SECONDS * PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
    took = _spent() - start
    well = process.exitcode == 0
    print(f"{name:20s} {'' if well else 'FAULT '}{took:.1f} s", flush=True)
    return well


def _spent() -> float:
    """Processor time of all children so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _parse(name: str, make: Callable[[], bytes]) -> None:
    """In a child: what it does not survive shows in its exit code."""
    data = make()
    room = MOST_MEGABYTES * MB + len(data)  # the file itself is not the parser's
    resource.setrlimit(resource.RLIMIT_DATA, (room, room))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    try:
        parsed = parse_dump(data, source=name)
    except DumpError as refusal:
        print(f"  {str(refusal)[:100]}")
    else:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"  {len(parsed.articles)} articles, {peak} MB at most")


if __name__ == "__main__":
    sys.exit(main())
