"""The queue: what needs a person, most pressing first, and what to do about one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.desk.access import needs
from articles.desk.evidence import evidence
from articles.editing import doubts, otherwise, problems, reports
from articles.editing.acting import Refused
from articles.editing.alternative import can_take, take_alternative
from articles.editing.differences import runs_between
from articles.editing.words import in_words
from articles.models import Author, Block, ProofSheet, Publication, Task
from articles.pages.paging import keyset_page, parse_id

ORDER = ["-weight", "-id"]
ISSUES_SHOWN = 20
PUBLICATIONS_SHOWN = 60
COUNTED = 1000
FILTERS = ("publication", "issue", "kind")


@needs("articles.view_task")
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    tasks = _filtered(request.GET)
    page = keyset_page(_with_all(tasks), ORDER, request.GET)
    context = {
        "page": page,
        "kinds": _kinds(request.GET),
        "chosen": request.GET,
        "filters": _query(request.GET),
        "sheets": ProofSheet.objects.filter(tasks__gt=0)
        .select_related("issue__publication")
        .order_by("-tasks", "-issue")[:ISSUES_SHOWN],
        "publications": Publication.objects.order_by("sort_key", "title", "id")[
            :PUBLICATIONS_SHOWN
        ],
    }
    return render(request, "desk/queue.html", context)


@needs("articles.view_task")
@require_safe
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """A task opens where it can be done: on the desk of its issue, at its lines."""
    found = get_object_or_404(_with_all(Task.objects.all()), pk=pk)
    query: dict[str, Any] = {**_kept(request.GET), "task": found.pk}
    if found.kind == Task.Kind.TWINS:
        first, second = found.detail["authors"]
        return HttpResponseRedirect(
            reverse("desk:merge-authors", query={**query, "stay": first, "go": second})
        )
    if found.article_id:
        query["article"] = found.article_id
    if found.dump_id:
        query["dump"] = found.dump_id
    if block := found.block_id or _disputed_block(found):
        query["block"] = block
    if lines := found.detail.get("lines"):
        query["from"] = min(lines)
    # No fragment: the page opens with the task above, its paragraph selected below.
    return HttpResponseRedirect(
        reverse("desk:issue", args=[found.issue_id], query=query)
    )


def _disputed_block(task: Task) -> int | None:
    row = problems.disputed_row(task.problem) if task.problem else None
    return row.pk if isinstance(row, Block) else None


@needs("articles.change_task")
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, take the alternative, keep mine, take new … and on to the next."""
    found = get_object_or_404(_with_all(Task.objects.all()), pk=pk)
    following = next_address(found, request.POST)
    act = ACTS.get(request.POST.get("act", ""))
    try:
        if act is None:
            raise Refused(_("没有这个动作"))
        with transaction.atomic():
            act(found, request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        query = {**_kept(request.POST)}
        return HttpResponseRedirect(reverse("desk:task", args=[pk], query=query))
    return HttpResponseRedirect(following)


def banner(request: HttpRequest) -> dict[str, Any]:
    """What the desk of an issue shows of the task it was opened for."""
    pk = parse_id(request.GET.get("task"))
    found = _with_all(Task.objects.all()).filter(pk=pk).first() if pk else None
    if found is None:
        return {"task": None}
    return {
        "task": found,
        "kept": _kept(request.GET),
        "can_take": can_take(found),
        "conflict": _conflict(found),
        "evidence": evidence(found),
        "other_form": otherwise.other_form(found.problem) if found.problem else "",
        "skip": next_address(found, request.GET),
    }


def after_saving(request: HttpRequest) -> str | None:
    """ "Save and next": the task is done, and here is the address of the next."""
    pk = parse_id(request.GET.get("task"))
    found = Task.objects.filter(pk=pk).first() if pk else None
    if found is None:
        return None
    following = next_address(found, request.GET)
    with transaction.atomic():
        doubts.settle(request.user, found)
    return following


def next_address(task: Task, params: Any) -> str:
    """The next task in the same filtered queue, or the queue when it was the last."""
    kept = _kept(params)
    behind = Q(weight__lt=task.weight) | Q(weight=task.weight, pk__lt=task.pk)
    rows = _filtered(kept).filter(behind, weight__lte=task.weight)
    following = rows.order_by(*ORDER).values_list("pk", flat=True).first()
    if following is None:
        return reverse("desk:queue", query=kept)
    return reverse("desk:task", args=[following], query=kept)


def _accept(task: Task, user: Any) -> None:
    """The program was right, or it does not matter: nobody need look again."""
    if task.problem:
        problems.settle([task.problem], user)
    elif task.report:
        reports.decline(task.report, user)
    else:
        doubts.settle(user, task)


def _alternative(task: Task, user: Any) -> None:
    if task.problem:
        otherwise.take_other_form(user, task.problem)
        return
    take_alternative(task, user)
    left = Task.objects.filter(pk=task.pk, state=Task.State.OPEN).first()
    if left is not None:
        doubts.settle(user, left)


def _take_new(task: Task, user: Any) -> None:
    if task.problem is None or not problems.can_take_new(task.problem):
        raise Refused(_("新值不能直接取用；请在编辑台上改"))
    problems.take_new(task.problem, user)


def _adopt(task: Task, user: Any) -> None:
    if task.report is None:
        raise Refused(_("这不是读者的建议"))
    reports.accept(task.report, user)


ACTS: dict[str, Callable[[Task, Any], None]] = {
    "accept": _accept,
    "alternative": _alternative,
    "take-new": _take_new,
    "adopt": _adopt,
}


def _conflict(task: Task) -> dict[str, Any] | None:
    problem = task.problem
    if problem is None or problem.code != problems.CONFLICT:
        return None
    base, new, mine = (in_words(problem.detail.get(n)) for n in ("base", "new", "mine"))
    return {
        "base": base,
        "new": runs_between(base, new),
        "mine": runs_between(base, mine),
        "can_take_new": problems.can_take_new(problem),
    }


def _filtered(params: Any) -> QuerySet[Task]:
    rows = Task.objects.filter(state=Task.State.OPEN)
    for name in ("publication", "issue"):
        if (pk := parse_id(params.get(name))) is not None:
            rows = rows.filter(**{name: pk})
    if params.get("kind") in Task.Kind.values:
        rows = rows.filter(kind=params["kind"])
    return rows


def _kinds(params: Any) -> list[tuple[str, Any, int]]:
    """Each kind with how many there are, counting no further than COUNTED."""
    others = {k: v for k, v in _kept(params).items() if k != "kind"}
    rows = _filtered(others)
    return [
        (
            kind.value,
            kind.label,
            rows.filter(kind=kind).order_by()[: COUNTED + 1].count(),
        )
        for kind in Task.Kind
    ]


def _with_all(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Beside, not joined: a planner that joins first reads whole tables."""
    return tasks.prefetch_related(
        "issue__publication", "article", "block", "problem", "report"
    )


def _kept(params: Any) -> dict[str, str]:
    return {name: params[name] for name in FILTERS if params.get(name)}


def _query(params: Any) -> str:
    from django.http import QueryDict

    query = QueryDict(mutable=True)
    query.update(_kept(params))
    return query.urlencode()


def twins_of(task: Task) -> list[Author]:
    return list(Author.objects.filter(pk__in=task.detail.get("authors", [])))
