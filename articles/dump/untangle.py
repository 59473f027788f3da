"""Runs of text find their order: all joints of a dump are solved together.

In: ``Dump.labels`` and ``heads``.  Out: ``Dump.strands``.  Every boundary at
which something may have come between (a headline, an affiliation, a jump
mark, an open end) is a question; every possible continuation has a gain made
of the evidence at the joint, of the distance and of the subject.  The best
set of bonds is found as a matching, so that no piece continues two others.
What lies between questions stays as it was printed.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from . import cues, join
from .assign import best_matching
from .flow import BODY_ROLES, Dump, Head, Label, Link, Role, Strand
from .fold import fold, key
from .names import read_authors
from .ngrams import CharModel, learn
from .record import ArticleKind
from .topics import Rarity, content_words

# ---- gains, in log-odds ---------------------------------------------------------
NEXT = 3.0  # the next printed unit, nothing between
OVER_HEAD = -2.0  # a closed text resumes after another headline
FAR_JOIN = -0.5  # an open end continues elsewhere
END_OPEN = -4.0  # an open end that nothing continues
END_SIGNED = 1.0  # a text ends after its affiliation
AFTER_SIGNED = -7.0  # a text goes on after its affiliation
ORPHAN = -4.0  # a text that no headline leads to
HEAD_NEXT = 3.0  # a headline and the text below it
HEAD_FAR = -1.5  # a headline and a text elsewhere
HEAD_BARE = -4.0  # a headline without any text
JUMP_PAIR = 4.0  # 下转 … 上接
HEADING = -3.5  # a short line without a stop is a heading, not a cut text
FAR = 0.4  # lost with each doubling of the distance
BACKWARDS = -1.5
SURE_JOIN = 3.0  # an adjacent joint this good is no question
WINDOW = 150  # nodes

_SIGNED = 1.0  # a text ends after its affiliation
AFTER_SIGNED = -7.0  # a text goes on after its affiliation
ORPHAN = -5.0  # a text that no headline leads to
HEAD_NEXT = 4.0  # a headline and the text below it
HEAD_BARE = -5.0  # a headline without any text
JUMP_PAIR = 5.0  # 下转 … 上接
GLUE = 3.0  # an adjacent joint this good is no question
FAR = 0.45  # lost with each doubling of the distance
BACKWARDS = -2.0

_SIGNED = (Role.AFFILIATION, Role.BYLINE)


@dataclass
class Node:
    """One body unit as the solver sees it."""

    unit: int
    role: Role
    left: join.End  # its end, as the left side of a joint
    right: join.End  # its beginning, as the right side
    words: frozenset[str]
    size: int
    signed: bool  # ends its text: affiliation, end byline
    names: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()  # heads printed right before it
    numbers: tuple[tuple[str, int], ...] = ()
    label_before: bool = False

    doubtful: bool = False  # a heading by its form only; perhaps a cut text

    @property
    def open(self) -> bool:
        return self.left.open and (self.role is Role.PARAGRAPH or self.doubtful)


@dataclass
class Bond:
    """A possible continuation with its gain and reasons."""

    right: int
    gain: float
    joined: bool
    reasons: tuple[str, ...] = ()


@dataclass
class Page:
    """Nodes, heads and what is needed to judge a bond."""

    dump: Dump
    nodes: list[Node]
    tail_heads: tuple[int, ...]  # heads after the last node
    model: CharModel
    rarity: Rarity
    head_at: dict[int, int]  # head -> index of the first node after it
    title_words: list[frozenset[str]] = field(default_factory=list)


def untangle(dump: Dump) -> Dump:
    """Build the page, score the bonds, solve, read off the strands."""
    page = _page(dump)
    if not page.nodes:
        strands = tuple(Strand(h, (), ()) for h in range(len(dump.heads)))
        return replace(dump, strands=strands)
    bonds = _bonds(page)
    chosen = _solve(page, bonds)
    strands, relabelled = _strands(page, bonds, chosen)
    labels = list(dump.labels)
    for unit in relabelled:
        labels[unit] = Label(Role.PARAGRAPH, "its sentence goes on elsewhere", 0.8)
    return replace(dump, strands=strands, labels=tuple(labels))


# ---- the page --------------------------------------------------------------------


def _page(dump: Dump) -> Page:
    in_head = {u: h for h, head in enumerate(dump.heads) for u in head.units}
    nodes: list[Node] = []
    waiting: list[int] = []
    label_before = False
    for i, unit in enumerate(dump.units):
        label = dump.labels[i]
        role = label.role if label else Role.PARAGRAPH
        if i in in_head:
            if in_head[i] not in waiting:
                waiting.append(in_head[i])
        elif role in BODY_ROLES or role is Role.BYLINE:
            nodes.append(_node(dump, i, role, tuple(waiting), label_before))
            waiting, label_before = [], False
        elif role is Role.COLUMN_LABEL:
            label_before = True
    head_at = {h: k for k, node in enumerate(nodes) for h in node.heads}
    head_at.update({h: len(nodes) for h in waiting})
    texts = [fold(u.text) for u in dump.units if u.size > 20]
    return Page(
        dump,
        nodes,
        tuple(waiting),
        learn(texts),
        Rarity([n.words for n in nodes]),
        head_at,
        [content_words(fold(h.title)) for h in dump.heads],
    )


def _node(dump: Dump, i: int, role: Role, heads: tuple[int, ...], label: bool) -> Node:
    unit = dump.units[i]
    names = _end_names(unit.cue, role)
    return Node(
        unit=i,
        role=role,
        left=join.left_end(unit.cue, unit.text),
        right=join.right_end(unit.cue, unit.text),
        words=content_words(unit.cue[:1200]) if role in (Role.PARAGRAPH, Role.HEADING) else frozenset(),
        size=unit.size,
        signed=role in _SIGNED or bool(names),
        names=names,
        heads=heads,
        numbers=tuple(_numbers(unit.cue)),
        label_before=label,
        doubtful=role is Role.HEADING and not unit.level and not unit.bold,
    )


def _end_names(cue: str, role: Role) -> tuple[str, ...]:
    """The names in brackets with which a last paragraph may end."""
    found = cues.END_BYLINE.search(cue)
    if role is not Role.PARAGRAPH or not found:
        return ()
    if not cues.FINAL.search(cue[: found.start()].rstrip()):
        return ()
    return tuple(a.name for a in read_authors(found[1]))


_KINDS = (
    ("chapter", cues.CHAPTER),
    ("section", cues.SECTION),
    ("item", cues.ITEM),
    ("running", re.compile(r"([一二三四五六七八九十])(?:是|要)")),
)
_VALUES = {c: i for i, c in enumerate("一二三四五六七八九十", start=1)}


def _numbers(cue: str) -> Iterator[tuple[str, int]]:
    """The number with which the unit begins: ('chapter', 2) for 二、做法."""
    cue = cue.lstrip("*# ")
    for kind, pattern in _KINDS:
        if found := pattern.match(cue):
            yield kind, _value(found[1])
            return


def _value(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if len(text) == 1:
        return _VALUES.get(text, 0)
    if text[0] == "十":
        return 10 + _VALUES.get(text[1], 0)
    return _VALUES.get(text[0], 0) * 10 + (_VALUES.get(text[-1], 0) if text[-1] != "十" else 0)


# ---- the questions --------------------------------------------------------------------


def _bonds(page: Page) -> dict[int, list[Bond]]:
    """For each node (and, as ~head, each head) its possible continuations."""
    nodes = page.nodes
    near = [_adjacent(page, k) for k in range(len(nodes))]
    starts = {k for k in range(len(nodes)) if _is_start(page, k, near)}
    for h in range(len(page.dump.heads)):
        starts.update(_title_places(page, h))
    for k, node in enumerate(nodes):
        if node.open and all(b.gain < NEXT + SURE_JOIN for b in near[k] if b.joined):
            starts.update(_striking(page, k))
    ordered = sorted(starts)
    bonds: dict[int, list[Bond]] = {}
    for k, node in enumerate(nodes):
        own = [b for b in near[k] if b]
        if node.open or k + 1 >= len(nodes) or k + 1 in starts:
            own += _distant(page, k, ordered)
        bonds[k] = own
    for h in range(len(page.dump.heads)):
        bonds[~h] = list(_head_bonds(page, h, ordered))
    return bonds


def _is_start(page: Page, k: int, near: Sequence[Sequence[Bond]]) -> bool:
    """May something other than the previous unit lead to this one?"""
    if k == 0:
        return True
    node, before = page.nodes[k], page.nodes[k - 1]
    if node.heads or before.signed or node.right.jump or before.left.jump:
        return True
    if before.open:
        return all(b.gain < NEXT + SURE_JOIN for b in near[k - 1] if b.joined)
    if node.right.open or node.label_before:
        return True
    if before.role is Role.HEADING:
        return node.role is Role.PARAGRAPH and not node.numbers
    return _topic_gain(page, k - 1, k) < -1.0


def _striking(page: Page, k: int) -> Iterator[int]:
    """Units anywhere near that complete the cut word or phrase of this open end."""
    node = page.nodes[k]
    for j in range(max(0, k - WINDOW), min(len(page.nodes), k + WINDOW)):
        after = page.nodes[j]
        if j == k or after.role is not Role.PARAGRAPH or after.numbers:
            continue
        found = join.features(node.left, after.right, page.model)
        if join.score(found) > 3.0:
            yield j


def _adjacent(page: Page, k: int) -> list[Bond]:
    """The bonds with the next printed unit: as one text, and as one paragraph."""
    nodes = page.nodes
    if k + 1 >= len(nodes) or nodes[k + 1].heads:
        return []
    node, after = nodes[k], nodes[k + 1]
    if node.signed and not (after.role in _SIGNED or after.role in (Role.CREDIT, Role.NOTE)):
        return [Bond(k + 1, AFTER_SIGNED, False)]
    plain = Bond(k + 1, NEXT + _order_gain(page, k, k + 1) + _topic_gain(page, k, k + 1), False)
    if after.right.jump:
        plain.gain -= JUMP_PAIR
    if not node.open or after.role is not Role.PARAGRAPH:
        return [plain]
    found = _evidence(page, k, k + 1)
    joined = Bond(k + 1, NEXT + _join_gain(node, found), True, join.reasons(found))
    if node.doubtful and plain.gain > joined.gain:
        return [plain]
    return [joined]


def _join_gain(node: Node, found: dict[str, float]) -> float:
    """The evidence on the common scale, fitted on true and false joints."""
    gain = max(-6.0, min(9.0, 0.9 * (join.score(found) - 2.3)))
    return gain + (HEADING if node.doubtful else 0.0)


def _distant(page: Page, k: int, starts: Sequence[int]) -> Iterator[Bond]:
    node = page.nodes[k]
    if node.signed:
        return
    low, high = bisect_left(starts, k - WINDOW), bisect_left(starts, k + WINDOW)
    for j in starts[low:high]:
        after = page.nodes[j]
        if j == k or (j == k + 1 and not after.heads):
            continue
        place = _distance(page, k, j)
        if node.open and after.role is Role.PARAGRAPH:
            found = _evidence(page, k, j)
            gain = FAR_JOIN + place + _join_gain(node, found) + _jump_gain(page, k, j)
            yield Bond(j, gain, True, join.reasons(found))
        elif not node.left.open or node.role is Role.HEADING:
            if after.right.open:
                continue
            gain = place + OVER_HEAD + _topic_gain(page, k, j) + _order_gain(page, k, j)
            yield Bond(j, gain, False, ("order: same subject",))


def _evidence(page: Page, k: int, j: int) -> dict[str, float]:
    left, right = page.nodes[k], page.nodes[j]
    found = join.features(left.left, right.right, page.model)
    if left.doubtful or min(left.size, right.size) < 12:
        return found
    found["topic"] = page.rarity.likeness(_context(page, k, -1), _context(page, j, 1))
    return found


def _distance(page: Page, k: int, j: int) -> float:
    steps = abs(j - k)
    lost = -FAR * math.log2(1 + steps)
    return lost + (BACKWARDS if j < k else 0.0)


def _jump_gain(page: Page, k: int, j: int) -> float:
    left, right = page.nodes[k].left.jump, page.nodes[j].right.jump
    if left and right:
        return JUMP_PAIR
    if right:
        return 1.5 + (1.0 if _page_agrees(page, k, right) else -0.5)
    return -1.0 if left else 0.0


def _page_agrees(page: Page, k: int, printed: str) -> bool:
    """上接第N页: the left end must stand in the article of page N."""
    if not printed.isdecimal():
        return False
    head = _head_before(page, k)
    if head is None:
        return False
    start = _start_page(page.dump, head)
    return start is not None and start <= int(printed) <= start + 6


def _head_before(page: Page, k: int) -> Head | None:
    for at in range(k, -1, -1):
        for h in reversed(page.nodes[at].heads):
            if not page.dump.heads[h].boxed:
                return page.dump.heads[h]
    return None


def _start_page(dump: Dump, head: Head) -> int | None:
    return dump.contents[head.entry].page if head.entry is not None else None


def _topic_gain(page: Page, k: int, j: int) -> float:
    """Shared rare words around a joint between whole paragraphs, on the common scale."""
    left, right = page.nodes[k], page.nodes[j]
    if min(left.size, right.size) < 30:
        return 0.0
    return page.rarity.likeness(_context(page, k, -1), _context(page, j, 1))


def _context(page: Page, k: int, step: int) -> frozenset[str]:
    """The words of the node and one neighbour on its inner side."""
    words = page.nodes[k].words
    other = k + step
    if 0 <= other < len(page.nodes):
        between = page.nodes[max(k, other)].heads
        if not between:
            words = words | page.nodes[other].words
    return words


def _order_gain(page: Page, k: int, j: int) -> float:
    """Numbering runs on, or breaks."""
    after = page.nodes[j].numbers
    if not after:
        return 0.0
    kind, value = after[0]
    last = _last_number(page, k, kind)
    if last is None:
        return 0.0 if value == 1 else -1.0
    if value == last + 1:
        return 2.5
    if value == 1 and kind != "chapter":
        return 0.0
    return -3.0


def _last_number(page: Page, k: int, kind: str) -> int | None:
    """The last number of this kind before the node within its run of text."""
    for at in range(k, max(-1, k - 60), -1):
        for own, value in page.nodes[at].numbers:
            if own == kind:
                return value
            if own == "chapter":
                return None
        if page.nodes[at].heads:
            return None
    return None


def _head_bonds(page: Page, h: int, starts: Sequence[int]) -> Iterator[Bond]:
    """The text below a headline, or a text elsewhere that begins like its own."""
    at = page.head_at[h]
    head = page.dump.heads[h]
    if at < len(page.nodes) and page.nodes[at].heads[-1] == h:
        node = page.nodes[at]
        gain = HEAD_NEXT - 4.0 * node.right.open - (6.0 if node.signed else 0.0)
        yield Bond(at, gain + 0.5 * _title_gain(page, h, at), False)
    if head.boxed:
        return
    low, high = bisect_left(starts, at - WINDOW), bisect_left(starts, at + WINDOW)
    for j in starts[low:high]:
        node = page.nodes[j]
        if j == at or node.right.open or node.signed or node.role not in (Role.PARAGRAPH, Role.HEADING):
            continue
        gain = HEAD_FAR - FAR * math.log2(1 + abs(at - j)) + _title_gain(page, h, j)
        if node.numbers and node.numbers[0] not in (("chapter", 1), ("section", 1)):
            gain -= 3.0
        if j > 0 and page.nodes[j - 1].signed:
            gain += 2.0
        yield Bond(j, gain, False, ("head: its words stand in the text",))


def _title_places(page: Page, h: int) -> list[int]:
    """Paragraphs that repeat a headline's words although it stands elsewhere."""
    head = page.dump.heads[h]
    at = page.head_at[h]
    if head.boxed:
        return []
    reach = range(max(0, at - 60), min(len(page.nodes), at + 60))
    return [
        j
        for j in reach
        if page.nodes[j].role is Role.PARAGRAPH
        and page.nodes[j].size > 40
        and not page.nodes[j].numbers
        and _title_gain(page, h, j) >= 3.0
    ]


def _title_gain(page: Page, h: int, j: int) -> float:
    """Words and phrases of the headline in the first paragraph of the text."""
    words = page.title_words[h]
    shared = page.rarity.shared(words, page.nodes[j].words)
    phrase = _longest_phrase(page.dump.heads[h], page, j)
    return min(shared, 9.0) / 3 + min(4.0, max(0, phrase - 3) * 0.7)


def _longest_phrase(head: Head, page: Page, j: int) -> int:
    """Length (4–9) of the longest piece of the headline that the text repeats."""
    title = key(head.title)
    cue = page.dump.units[page.nodes[j].unit].cue[:600]
    for size in range(9, 3, -1):
        if any(title[at : at + size] in cue for at in range(len(title) - size + 1)):
            return size
    return 0


# ---- the solution ------------------------------------------------------------------------


def _solve(page: Page, bonds: dict[int, list[Bond]]) -> dict[int, Bond]:
    """The best set of bonds without a circle; lefts and rights numbered from 0."""
    lefts = list(bonds)
    index = {left: n for n, left in enumerate(lefts)}
    banned: set[tuple[int, int]] = set()
    best: dict[int, Bond] = {}
    for _ in range(50):
        gains = {
            index[left]: [
                (b.right, b.gain - _end_gain(page, left) - ORPHAN)
                for b in own
                if (left, b.right) not in banned
            ]
            for left, own in bonds.items()
        }
        matched = best_matching(gains)
        best = {}
        for number, right in matched.items():
            left = lefts[number]
            best[left] = next(b for b in bonds[left] if b.right == right)
        circle = _circle(best)
        if not circle:
            return best
        weakest = min(circle, key=lambda left: best[left].gain)
        banned.add((weakest, best[weakest].right))
    return best


def _end_gain(page: Page, left: int) -> float:
    """What it is worth that nothing follows."""
    if left < 0:
        return 0.0 if page.dump.heads[~left].boxed else HEAD_BARE
    node = page.nodes[left]
    if node.signed:
        return END_SIGNED
    if node.open and not node.doubtful:
        return END_OPEN
    return -0.5 if node.role is Role.HEADING else 0.0


def _circle(chosen: dict[int, Bond]) -> list[int]:
    state: dict[int, int] = {}
    for start in chosen:
        way: list[int] = []
        at = start
        while at in chosen and at not in state:
            state[at] = start
            way.append(at)
            at = chosen[at].right
        if at in chosen and state.get(at) == start and at in way:
            return way[way.index(at) :]
    return []


# ---- reading the strands off ----------------------------------------------------------------


def _strands(
    page: Page, bonds: dict[int, list[Bond]], chosen: dict[int, Bond]
) -> tuple[tuple[Strand, ...], list[int]]:
    led = {b.right for b in chosen.values()}
    chains: dict[int, list[int]] = {}
    for h in range(len(page.dump.heads)):
        chains[~h] = _follow(chosen, chosen[~h].right) if ~h in chosen else []
    loose = [k for k in range(len(page.nodes)) if k not in led]
    owner = {k: root for root, chain in chains.items() for k in chain}
    for k in loose:
        chain = _follow(chosen, k)
        root = _adopter(page, k, owner)
        chains.setdefault(root, [])
        _adopt(page, chains[root], chain)
        owner.update({n: root for n in chain})
    strands = []
    cut = [page.nodes[left].unit for left, b in chosen.items() if left >= 0 and b.joined and page.nodes[left].doubtful]
    for root, chain in chains.items():
        head = ~root if root < 0 else None
        links = tuple(_link(page, bonds, chosen, chain, n) for n in range(len(chain)))
        strands.append(Strand(head, tuple(page.nodes[k].unit for k in chain), links))
    return tuple(s for s in strands if s.head is not None or s.units), cut


def _follow(chosen: dict[int, Bond], start: int) -> list[int]:
    chain = [start]
    while chain[-1] in chosen:
        chain.append(chosen[chain[-1]].right)
    return chain


_NOWHERE = 10**9  # the root of text that stands before every headline


def _adopter(page: Page, k: int, owner: dict[int, int]) -> int:
    """The article of the text printed before; the first one for the first text."""
    if page.nodes[k].heads:
        return ~page.nodes[k].heads[-1]
    for at in range(k - 1, -1, -1):
        if at in owner:
            return owner[at]
    return _NOWHERE


def _adopt(page: Page, chain: list[int], orphan: list[int]) -> None:
    """Into the place that the print suggests, but before a closing signature."""
    before = [n for n, k in enumerate(chain) if k < orphan[0]]
    at = (before[-1] + 1) if before else len(chain)
    while at > 0 and page.nodes[chain[at - 1]].signed:
        at -= 1
    chain[at:at] = orphan


def _link(
    page: Page,
    bonds: dict[int, list[Bond]],
    chosen: dict[int, Bond],
    chain: Sequence[int],
    n: int,
) -> Link | None:
    if n == 0:
        return None
    left, right = chain[n - 1], chain[n]
    bond = chosen.get(left)
    if bond is None or bond.right != right:
        return Link(page.nodes[left].unit, page.nodes[right].unit, False, 0.4, ("placed by its printed place",))
    rivals = [b for b in bonds[left] if b.right != right]
    rival = max(rivals, key=lambda b: b.gain, default=None)
    margin = bond.gain - max(rival.gain if rival else -3.0, _end_gain(page, left))
    sure = 1 / (1 + math.exp(-margin / 2)) if bond.joined or margin < 4 else 0.97
    return Link(
        page.nodes[left].unit,
        page.nodes[right].unit,
        bond.joined and bond.gain > _end_gain(page, left),
        sure,
        bond.reasons,
        page.nodes[rival.right].unit if rival else None,
        1 - sure if rival else 0.0,
    )
