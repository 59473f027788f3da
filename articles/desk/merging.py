"""Merging two authors or two topics: what would happen, then the deed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.desk.access import needs
from articles.desk.tasks import next_address
from articles.editing import merging
from articles.editing.acting import Refused
from articles.editing.doubts import settle
from articles.models import Author, Revision, Task, Topic
from articles.pages.paging import parse_id

Merge = Callable[[Any, Any, Any, str], Revision | None]


@needs("articles.merge_author")
@require_http_methods(["GET", "HEAD", "POST"])
def merge_authors(request: HttpRequest) -> HttpResponse:
    return _merge(request, Author, merging.merge_authors)


@needs("articles.merge_topic")
@require_http_methods(["GET", "HEAD", "POST"])
def merge_topics(request: HttpRequest) -> HttpResponse:
    return _merge(request, Topic, merging.merge_topics)


def _merge(request: HttpRequest, model: Any, merge: Merge) -> HttpResponse:
    data = {**request.GET.dict(), **request.POST.dict()}
    stay = get_object_or_404(model, pk=parse_id(data.get("stay")))
    go = get_object_or_404(model, pk=parse_id(data.get("go")))
    task = Task.objects.filter(pk=parse_id(data.get("task"))).first()
    if request.method == "POST":
        try:
            revision = merge(request.user, stay, go, data.get("why", "").strip())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.get_full_path())
        messages.success(request, _("已合并；可在历史里撤销。"))
        if task:
            settle(request.user, task)
            return HttpResponseRedirect(next_address(task, data))
        assert revision is not None
        return HttpResponseRedirect(reverse("desk:revision", args=[revision.pk]))
    context = {
        "preview": merging.preview(stay, go),
        "task": task,
        "is_author": model is Author,
    }
    return render(request, "desk/merge.html", context)
