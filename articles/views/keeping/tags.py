"""A reader's tags: renamed, merged by giving one the other's name, removed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.bookmarks import Shelf
from articles.bookmarks.tags import counted, rename_tag
from articles.views.keeping.common import own_shelf, private


@private
@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    context = {"tags": list(counted(Shelf.of(request).tags())), "tab": "tags"}
    return render(request, "articles/shelf/tags.html", context)


@private
@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    shelf = own_shelf(request)
    tag = get_object_or_404(shelf.tags, pk=pk)
    old = tag.name
    try:
        left = rename_tag(shelf, tag, request.POST.get("name", ""))
    except ValueError:
        messages.error(request, _("标签要有名字。"))
    else:
        names = {"old": old, "new": left.name}
        messages.success(request, _("“%(old)s”现在叫“%(new)s”。") % names)
    return HttpResponseRedirect(reverse("articles:shelf-tags"))


@private
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The tag goes; what had it stays."""
    tag = get_object_or_404(own_shelf(request).tags, pk=pk)
    tag.delete()
    messages.success(
        request, _("标签“%(name)s”已去掉，书签都在。") % {"name": tag.name}
    )
    return HttpResponseRedirect(reverse("articles:shelf-tags"))
