"""What a problem says, in the language of whoever reads it.

In: a problem's code and the facts that came with it.  Out: a label, a sentence.  What is
stored, and what programs get, is the code, the facts and one English line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Author, Block, Issue

LABELS = {
    "import-conflict": _("导入与编辑不一致"),
    "edited-article-vanished": _("新文本中没有这篇编辑过的文章"),
    "edited-text-vanished": _("新文本中没有这段编辑过的文字"),
    "lines-of-a-merged-article": _("已并入的文章又有新行"),
    "overlong-value": _("内容过长，已截短"),
    "author-mismatch": _("目录与正文作者不一"),
    "title-mismatch": _("目录与正文题名不一"),
    "title-mangled": _("题名残缺"),
    "page-order": _("页码次序有误"),
    "contents-without-body": _("目录有而正文无"),
    "body-without-contents": _("正文有而目录无"),
    "headline-missing": _("没有题名"),
    "jump-without-partner": _("转页之后无下文"),
    "join-missing": _("断在句中"),
    "join-doubtful": _("未必是一段"),
    "place-doubtful": _("未必属于此处"),
}
TEXTS = {
    "import-conflict": _("“%(field)s”改过，新文本又与上次导入不同；仍用改过的"),
    "edited-article-vanished": _("新文本没有这篇文章；仍保留"),
    "edited-text-vanished": _("新文本没有这几行；改过的段落仍保留"),
    "lines-of-a-merged-article": _(
        "《%(title)s》已由编辑并入本文；新文本里它的新行也收在本文，请看是否合适"
    ),
    "overlong-value": _("“%(column)s”有 %(length)s 字，只留前 %(kept)s 字"),
    "author-mismatch": _("目录署“%(listed)s”，正文署“%(printed)s”"),
    "title-mismatch": _("目录作“%(listed)s”，正文作“%(printed)s”"),
    "title-mangled": _("目录作“%(listed)s”，正文残缺作“%(printed)s”"),
    "page-order": _(
        "“%(title)s”（第%(page)s页）印在“%(before)s”（第%(before_page)s页）之后"
    ),
    "contents-without-body": _("目录有“%(title)s”，正文没有这个题目"),
    "body-without-contents": _("目录没有“%(title)s”"),
    "headline-missing": _("这些文字没有题名可归"),
    "jump-without-partner": _("没有接到第%(page)s页的下文"),
    "join-missing": _("这一段断在句中"),
    "join-doubtful": _("这几行未必是一段（把握 %(confidence)s）"),
    "place-doubtful": _("这些文字可能属于别处（把握 %(confidence)s）"),
}
# Why a parser doubts a paragraph, by what it says (articles.dump.confidence).
DOUBTS = {
    "something else may stand before it": _("它前面或许不是现在这一段"),
    "a jump before it is unsure": _("前面的转接不可靠"),
    "its page can be put in order in another way": _("这一版还可以排成别的次序"),
    "its pieces may not belong together": _("这几行未必是一段"),
    "its pieces may be put together in another way": _("这几行还可以和别的文字相接"),
    "numbers, names or headlines of its article do not fit": _(
        "文中的序号、人名或标题对不上"
    ),
    "its article does not speak of its headline": _("文章内容与题名不相干"),
    "the texts around it are rather like another article": _(
        "前后的文字更像另一篇文章"
    ),
    "a heading before it may be a headline": _("前面的小标题或许是另一篇的题名"),
    "its kind is unsure": _("是哪一类行不可靠"),
    "it stops in the middle of a sentence": _("断在句中"),
    "the text before it stops in the middle of a sentence": _("前一段断在句中"),
    "a few words only": _("只有几个字"),
    "it is made of many lines": _("由许多行拼成"),
}
_COLUMNS = frozenset({"field", "column"})  # facts that name a column


def problem_label(code: str) -> str:
    return str(LABELS.get(code, code))


def problem_text(code: str, facts: Mapping[str, Any], message: str) -> str:
    """``message`` where the code is not known here, or a fact is missing."""
    shown = {k: column_label(v) if k in _COLUMNS else v for k, v in facts.items()}
    try:
        return str(TEXTS[code]) % shown
    except KeyError:
        return message


def doubt_text(reason: str) -> str:
    """A parser's reason, if it is one to doubt, in words; otherwise nothing."""
    kind, _colon, words = reason.partition(": ")
    return str(DOUBTS.get(words, words)) if kind == "doubt" else ""


def doubts_in_words(reasons: Iterable[str]) -> list[str]:
    """Those of a parser's reasons that are doubts."""
    return [text for reason in reasons if (text := doubt_text(reason))]


def column_label(name: str) -> str:
    """What a column of an article, block or issue is called."""
    if name == "authors":
        return str(Author._meta.verbose_name)
    for model in (Article, Block, Issue):
        try:
            return str(model._meta.get_field(name).verbose_name)
        except FieldDoesNotExist:
            continue
    return name
