"""The body of a dump as the solver sees it: nodes in printed order, with heads.

In: ``Dump.units``, ``labels`` and ``heads``.  Out: a ``Page``: one node for
each body unit, prepared once, with what is needed to judge a continuation.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from . import cues, join
from . import dictionary as rjieba
from .editions import edition_line
from .flow import BODY_ROLES, FURNITURE_ROLES, Dump, Head, Role, Unit
from .fold import key
from .names import read_authors
from .ngrams import CharModel, Places
from .phrases import Phrases
from .record import ArticleKind, IssueKind
from .topics import Rarity, Words, content_words

LOOKS = 20_000  # places looked at in one dump, shared among its open questions
SMALL = 90  # nodes of a page on which every boundary is questioned
SIGNING = (Role.AFFILIATION, Role.BYLINE)


@dataclass
class Node:
    """One body unit, prepared for comparison."""

    unit: int
    role: Role
    left: join.End  # its end, as the left side of a joint
    right: join.End  # its beginning, as the right side
    words: frozenset[str]
    size: int
    signed: bool  # ends its text: affiliation, end byline
    names: tuple[str, ...] = ()  # of an end byline
    heads: tuple[int, ...] = ()  # heads printed right before it
    number: tuple[str, int] | None = None
    label_before: bool = False
    contact: bool = False
    fresh: bool | None = None  # by its indent: begins a paragraph, or goes on with one
    doubtful: float = 0.0  # a heading by its form only: log-odds against a cut text

    @property
    def open(self) -> bool:
        """Lacks a stop, so that something must follow."""
        return self.left.open and (self.role is Role.PARAGRAPH or self.doubtful < 0)


@dataclass
class Page:
    """Nodes, heads and the statistics of the whole dump."""

    dump: Dump
    nodes: list[Node]
    places: Places
    model: CharModel
    rarity: Rarity
    head_at: dict[int, int]  # head -> index of the first node after it
    after: dict[int, list[int]]  # node -> units of asides printed with it
    of_head: dict[int, list[int]]  # head -> units of asides printed below it

    starts: list[float] = field(
        default_factory=list
    )  # worth of a node nothing leads to
    ends: dict[int, float] = field(
        default_factory=dict
    )  # worth of an end nothing follows

    def reach(self, wished: int) -> int:
        """How far to look: on a page with very many questions only nearby."""
        return min(wished, max(2, LOOKS // (1 + self._questions)))

    @cached_property
    def _questions(self) -> int:
        return len(self.dump.heads) + sum(n.open or n.signed for n in self.nodes)

    def joint(self, k: int, j: int) -> dict[str, float]:
        """The features of one joint, remembered: it is looked at more than once."""
        known = self._joints.get((k, j))
        if known is None:
            known = join.features(self.nodes[k].left, self.nodes[j].right, self.model)
            self._joints[k, j] = known
        return known

    @cached_property
    def small(self) -> bool:
        """One page of a paper: few texts, and every boundary may be questioned."""
        issue = self.dump.issue
        paper = issue is not None and issue.kind is IssueKind.NEWSPAPER_PAGE
        if not paper or len(self.nodes) > SMALL:
            return False
        return sum(edition_line(unit) is not None for unit in self.dump.units) <= 1

    @cached_property
    def second_halves(self) -> list[int]:
        """Nodes with which a cut paragraph may go on."""
        return [
            k
            for k, node in enumerate(self.nodes)
            if node.role is Role.PARAGRAPH and not node.number and not node.fresh
        ]

    def plausible(self, k: int, reach: int) -> list[int]:
        """The second halves near for which anything speaks as going on from ``k``."""
        known = self._plausible.get(k)
        if known is None:
            known = self._plausible[k] = list(self._find_plausible(k, reach))
        return known

    def _find_plausible(self, k: int, reach: int) -> Iterator[int]:
        tail = self.nodes[k].left.text[-2:]
        if not tail:
            return
        last, followers = tail[-1], self.model.followers(tail[-1])
        for j in within(self.second_halves, k, self.reach(reach)):
            right = self.nodes[j].right
            head = right.text[:2]
            if j == k or not head:
                continue
            if (
                right.open
                or right.depth
                or head[0] in followers
                or _is_word(last + head[0])
                or _is_word(tail + head[0])
                or _is_word(last + head)
            ):
                yield j

    @cached_property
    def _plausible(self) -> dict[int, list[int]]:
        return {}

    @cached_property
    def _joints(self) -> dict[tuple[int, int], dict[str, float]]:
        return {}

    def unit(self, k: int) -> Unit:
        return self.dump.units[self.nodes[k].unit]

    def run(self, k: int) -> range:
        """The run of text that begins at the node, as far as it tells its subject."""
        return range(k, min(self._run_ends[k], k + 10))

    @cached_property
    def _run_ends(self) -> list[int]:
        """The node after the run that each node stands in."""
        ends, end = [], len(self.nodes)
        for k in range(len(self.nodes) - 1, -1, -1):
            if self.nodes[k].signed:
                end = k + 1
            ends.append(end)
            if self.nodes[k].heads:
                end = k
        return ends[::-1]

    def likeness(self, k: int, j: int) -> float:
        """Do the text that ends with node ``k`` and the one that begins with ``j`` match?"""
        return self.rarity.likeness(self._before[k], self._from[j])

    @cached_property
    def _from(self) -> list[Words]:
        """The words of each node and of the one after it in its run."""
        found, count = [], len(self.nodes)
        for k in range(count):
            whole = k + 1 < count and not self.nodes[k + 1].heads
            found.append(self.rarity.weigh(k, *((k + 1,) if whole else ())))
        return found

    @cached_property
    def _before(self) -> list[Words]:
        """The words of each node and of the one before it in its run."""
        return [
            self._from[k - 1] if k and not node.heads else self.rarity.weigh(k)
            for k, node in enumerate(self.nodes)
        ]

    def head_before(self, k: int) -> Head | None:
        """The article's headline that was printed last before the node."""
        h = self._heads_before[k]
        return self.dump.heads[h] if h is not None else None

    @cached_property
    def _heads_before(self) -> list[int | None]:
        before: list[int | None] = []
        last: int | None = None
        for node in self.nodes:
            for h in node.heads:
                last = last if self.dump.heads[h].boxed else h
            before.append(last)
        return before

    def in_small_box(self, k: int) -> bool:
        """Was the last headline printed before the node that of a sidebar or notice?"""
        for at in range(k, max(-1, k - 8), -1):
            if self.nodes[at].heads:
                kind = self.dump.heads[self.nodes[at].heads[-1]].kind
                return kind in (ArticleKind.SIDEBAR, ArticleKind.NOTICE)
        return False

    def phrases(self, h: int, nodes: Iterable[int]) -> float:
        """Weight of the headline's phrases that the nodes repeat, rare ones first."""
        return self._phrases.weight(h, nodes)

    @cached_property
    def jumps(self) -> tuple[bool, bool]:
        """Does the dump print 下转 marks, does it print 上接 marks?"""
        return (
            any(n.left.jump for n in self.nodes),
            any(n.right.jump for n in self.nodes),
        )

    def spoken_of(self, k: int) -> Mapping[int, float]:
        """Headlines whose phrases a paragraph repeats, with the weight of these."""
        return self._spoken_of[k]

    def spoken_together(self, nodes: tuple[int, ...]) -> Mapping[int, float]:
        """The same of several paragraphs; remembered, for strands share them."""
        known = self._together.get(nodes)
        if known is None:
            known = self._together[nodes] = {}
            for k in nodes:
                for h, weight in self._spoken_of[k].items():
                    known[h] = known.get(h, 0.0) + weight
        return known

    @cached_property
    def _together(self) -> dict[tuple[int, ...], dict[int, float]]:
        return {}

    @cached_property
    def _spoken_of(self) -> list[dict[int, float]]:
        spoken = self._phrases.of_nodes(range(len(self.dump.heads)))
        return [
            spoken.get(k, {}) if node.size >= 8 else {}
            for k, node in enumerate(self.nodes)
        ]

    @cached_property
    def _phrases(self) -> Phrases:
        return Phrases([key(h.title) for h in self.dump.heads], self.places)


def _is_word(text: str) -> bool:
    return bool(rjieba.has_word(text))


def within(places: Sequence[int], k: int, reach: int) -> Sequence[int]:
    """The places at most so far from ``k``; they rise."""
    return places[bisect_left(places, k - reach) : bisect_left(places, k + reach)]


def build_page(dump: Dump) -> Page:
    """Collect the nodes; furniture between them leaves no trace but labels."""
    builder = _Builder(dump)
    for i in range(len(dump.units)):
        builder.add(i)
    return builder.finish()


class _Builder:
    """Walks the units once; asides wait for the node they belong to."""

    def __init__(self, dump: Dump) -> None:
        self.dump = dump
        self.in_head = {u for head in dump.heads for u in head.units}
        self.at: dict[int, list[int]] = {}  # unit → heads that stand there
        for h, head in enumerate(dump.heads):
            for u in (*head.units, *([] if head.anchor is None else [head.anchor])):
                self.at.setdefault(u, []).append(h)
        self.nodes: list[Node] = []
        self.after: dict[int, list[int]] = {}
        self.of_head: dict[int, list[int]] = {}
        self.heads: list[int] = []  # printed since the last node
        self.early: list[int] = []  # asides that belong to the next node
        self.leading: list[int] = []  # numbers printed above the next headline
        self.jump = ""  # a lone 上接 mark printed since the last node
        self.label_before = False

    def add(self, i: int) -> None:
        label = self.dump.labels[i]
        role = label.role if label else Role.PARAGRAPH
        self.heads += [h for h in self.at.get(i, ()) if h not in self.heads]
        if self.heads and self.leading:
            self.of_head.setdefault(self.heads[-1], []).extend(self.leading)
            self.leading = []
        if role is Role.COLUMN_LABEL:
            self.label_before = True
        elif i in self.in_head:
            return
        elif role is Role.JUMP:
            self._add_jump(i)
        elif role is Role.NOTE and self._leads(i):
            self.leading.append(i)
        elif self._is_aside(i, role):
            self._add_aside(i)
        elif role in BODY_ROLES or role is Role.BYLINE:
            self._add_node(i, role)

    def _leads(self, i: int) -> bool:
        """文章编号:…, 某政发[2015]11号: above a headline a number is the number of its text."""
        if not cues.LEADING_NOTE.match(self.dump.units[i].cue):
            return False
        for at in range(i + 1, min(i + 4, len(self.dump.units))):
            label = self.dump.labels[at]
            if at in self.in_head:
                return True
            if label and label.role not in FURNITURE_ROLES:
                return False
        return False

    def _add_node(self, i: int, role: Role) -> None:
        node = _node(self.dump, i, role, tuple(self.heads), self.label_before)
        if self.jump:
            node.right = replace(node.right, jump=self.jump, open=True)
        self.after[len(self.nodes)] = self.early
        self.nodes.append(node)
        self.heads, self.early, self.jump, self.label_before = [], [], "", False

    def _is_aside(self, i: int, role: Role) -> bool:
        if role is Role.AFFILIATION:
            return bool(self.heads)
        return role is Role.NOTE or (role is Role.LIST_ITEM and self._tears(i))

    def _tears(self, i: int) -> bool:
        """Does a table stand inside a sentence?  It was set there by the page."""
        row = cues.TABLE_ROW.match(self.dump.units[i].cue) is not None
        return row and bool(self.nodes) and not self.heads and self.nodes[-1].open

    def _add_jump(self, i: int) -> None:
        cue = self.dump.units[i].cue
        found = cues.JUMP_IN.match(cue)
        if found:
            self.jump = found[1]
            self.early.append(i)
        elif self.nodes and not self.heads:
            last = self.nodes[-1]
            page = cues.JUMP_OUT.match(cue)
            last.left = replace(last.left, jump=page[1] if page else "?", open=True)
            self.after[len(self.nodes) - 1].append(i)
        else:
            self.early.append(i)

    def _add_aside(self, i: int) -> None:
        if self.heads:
            self.of_head.setdefault(self.heads[-1], []).append(i)
        elif self.nodes:
            self.after[len(self.nodes) - 1].append(i)
        else:
            self.early.append(i)

    def finish(self) -> Page:
        nodes = self.nodes
        if self.early and nodes:
            self.after[len(nodes) - 1] += self.early
        elif self.early and self.heads:
            self.of_head.setdefault(self.heads[-1], []).extend(self.early)
        elif self.early:
            self.nodes.append(_node(self.dump, self.early[0], Role.NOTE, (), False))
            self.after[0] = self.early[1:]
        self._read_indents()
        self._read_marks()
        self._read_quotations()
        head_at = {h: k for k, node in enumerate(nodes) for h in node.heads}
        head_at.update({h: len(nodes) for h in self.heads})
        rarity = Rarity([n.words for n in nodes])
        places = Places(self.dump.units[n.unit].cue for n in nodes)
        return Page(
            self.dump,
            nodes,
            places,
            CharModel(places),
            rarity,
            head_at,
            self.after,
            self.of_head,
        )

    def _read_marks(self) -> None:
        """Where a dump marks its headings, an unmarked short line is rather a cut text."""
        headings = [n for n in self.nodes if n.role is Role.HEADING]
        marked = sum(not n.doubtful for n in headings)
        if marked < 3:
            return
        for node in headings:
            if node.doubtful and node.number is None:
                node.doubtful = min(-0.1, node.doubtful + 1.2 * marked / len(headings))

    def _read_quotations(self) -> None:
        """Where marks that close what nobody opened are common, they tell nothing."""
        odd = sum(bool(n.right.depth) for n in self.nodes)
        if odd < 10 or odd < 0.2 * len(self.nodes):
            return
        for node in self.nodes:
            node.left = replace(node.left, depth=())
            node.right = replace(node.right, depth=())

    def _read_indents(self) -> None:
        """Where a dump indents its paragraphs, a paragraph without an indent is cut."""
        units = [
            self.dump.units[n.unit] for n in self.nodes if n.role is Role.PARAGRAPH
        ]
        if sum(u.indent for u in units) < max(3, 0.5 * len(units)):
            return
        for node in self.nodes:
            if node.role is Role.PARAGRAPH:
                node.fresh = self.dump.units[node.unit].indent


def _node(dump: Dump, i: int, role: Role, heads: tuple[int, ...], label: bool) -> Node:
    unit = dump.units[i]
    if role is Role.HEADING and _cut_short(unit):
        role = Role.PARAGRAPH
    names = _end_names(unit.cue, role)
    spoken = role in (Role.PARAGRAPH, Role.HEADING)
    number = next(_numbers(unit.cue), None)
    return Node(
        unit=i,
        role=role,
        left=join.left_end(unit.cue, unit.text),
        right=join.right_end(unit.cue, unit.text),
        words=content_words(unit.cue[:1200]) if spoken else frozenset(),
        size=unit.size,
        signed=role in SIGNING or bool(names),
        names=names,
        heads=heads,
        number=number,
        label_before=label,
        contact=cues.CONTACT_WORD.match(unit.cue) is not None,
        doubtful=_doubt(unit, role, number),
    )


def _cut_short(unit: Unit) -> bool:
    """A short line without marks that a page break cut: no heading ends so."""
    marked = unit.level or unit.bold
    return not marked and (
        join.jump_out(unit.cue) is not None
        or cues.NEVER_LAST.search(unit.cue) is not None
    )


def _doubt(unit: Unit, role: Role, number: tuple[str, int] | None) -> float:
    """How surely a heading is one: a numbered short line may still be a cut text."""
    if role is not Role.HEADING or unit.level or unit.bold:
        return 0.0
    return -3.0 if number else -1.5


def _end_names(cue: str, role: Role) -> tuple[str, ...]:
    """The names in brackets with which a last paragraph may end."""
    if role is Role.BYLINE:
        return tuple(a.name for a in read_authors(cue.strip(" ()[]")))
    if role is not Role.PARAGRAPH or cue.rstrip()[-1:] not in ")]":
        return ()
    found = cues.END_BYLINE.search(cue)
    if not found:
        return ()
    if not cues.FINAL.search(cue[: found.start()].rstrip()):
        return ()
    if _FROM_PLACE.match(found[1]):
        return ()
    return tuple(a.name for a in read_authors(found[1]))


# (某某市 江小鱼): who asks or writes to the paper, whom an answer may follow
_FROM_PLACE = re.compile(r"[\u4e00-\u9fff]{2,9}[省市县区州旗镇乡村]\s")

_KINDS = (
    ("chapter", cues.CHAPTER),
    ("section", cues.SECTION),
    ("item", cues.ITEM),
    ("brace", cues.BRACED),
    ("running", re.compile(r"([一二三四五六七八九十])(?:是|要)")),
)
_VALUES = {c: i for i, c in enumerate("一二三四五六七八九十", start=1)}


def _numbers(cue: str) -> Iterator[tuple[str, int]]:
    """The number with which the unit begins: ('chapter', 2) for 二、做法."""
    cue = cue.lstrip("*# ")
    for kind, pattern in _KINDS:
        if found := pattern.match(cue):
            yield kind, numeral(found[1])
            return


def numeral(text: str) -> int:
    """A small Chinese or Arabic numeral.

    >>> numeral("十二"), numeral("二十"), numeral("7")
    (12, 20, 7)
    """
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _VALUES.get(text, 0)
    return (_VALUES.get(tens, 1) * 10) + _VALUES.get(ones, 0)
