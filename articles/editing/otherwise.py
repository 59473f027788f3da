"""Where the contents list and the body disagree: taking the form that was not chosen."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from articles.dump.names import read_authors
from articles.editing.acting import Refused, act
from articles.editing.authors import sign
from articles.editing.fields import save_fields
from articles.editing.saying import said
from articles.importing.fields import max_length
from articles.models import Article, Problem, Revision

TITLE, AUTHORS = "title-mismatch", "author-mismatch"


def other_form(problem: Problem) -> str:
    """The form that the article does not have now; nothing where there is none."""
    if problem.code not in (TITLE, AUTHORS) or problem.article is None:
        return ""
    forms = [str(problem.detail.get(name, "")) for name in ("listed", "printed")]
    now = _now(problem)
    if now not in [_plain(problem, form) for form in forms]:
        return ""  # a person has written a third one
    return next((f for f in forms if f and _plain(problem, f) != now), "")


def take_other_form(
    user: AbstractBaseUser | None, problem: Problem, why: str = ""
) -> Revision | None:
    """The other form stands; the first stays with the article as a variant.

    Raises Refused where there is none, or it cannot be read.
    """
    article, form = problem.article, other_form(problem)
    if article is None or not form:
        raise Refused(_("没有另解，或现在已是这样"))
    what = said(gettext_noop("改作“%(form)s”"), form=form)
    with act(user, what, why=why, articles=[article], rows=[problem]) as doing:
        article.refresh_from_db()
        if problem.code == TITLE:
            _name(article, form)
        else:
            _sign(article, form)
        problem.state = Problem.State.SETTLED
        problem.save(update_fields=["state"])
    return doing.revision


def _name(article: Article, title: str) -> None:
    if len(title) > (max_length(Article, "title") or len(title)):
        raise Refused(_("所选的行太长，或没有字"))
    variants = [v for v in article.title_variants if v != title]
    article.title_variants = list(dict.fromkeys([*variants, article.title]))
    article.title = title
    save_fields(article, ["title", "title_variants"])


def _sign(article: Article, names: str) -> None:
    people = [[a.name, a.kind.value, ""] for a in read_authors(names)]
    if not people:
        raise Refused(_("“%s”里读不出人名；请在文章页写作者") % names)
    before = _signed(article)
    sign(article, people)
    variants = [v for v in article.author_variants if v != names]
    article.author_variants = list(dict.fromkeys([*variants, before]))
    save_fields(article, ["author_variants"])


def _now(problem: Problem) -> str:
    assert problem.article is not None
    return problem.article.title if problem.code == TITLE else _signed(problem.article)


def _signed(article: Article) -> str:
    rows = article.authorships.select_related("author").order_by("position", "id")
    return "、".join(row.printed_name or row.author.name for row in rows)


def _plain(problem: Problem, form: str) -> str:
    if problem.code == TITLE:
        return form
    return "、".join(author.name for author in read_authors(form))
