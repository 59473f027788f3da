"""The proof sheet of an issue, and the differences of an article."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from articles.desk.access import needs
from articles.editing.acting import Refused
from articles.editing.differences import differences
from articles.editing.history import last_hands
from articles.editing.proofs import set_proof
from articles.models import Article, Issue

BLOCKS_SHOWN = 200


@needs("articles.change_proofsheet")
@require_POST
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    issue = get_object_or_404(Issue, pk=pk)
    try:
        set_proof(request.user, issue, request.POST.get("state", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("desk:issue", args=[pk]))


@needs("articles.view_block")
@require_safe
def changes(request: HttpRequest, public_id: str) -> HttpResponse:
    article = get_object_or_404(
        Article.objects.select_related("issue__publication"), public_id=public_id
    )
    blocks = article.blocks.order_by("position", "id")[:BLOCKS_SHOWN]
    rows = differences(blocks, last_hands(article))
    return render(request, "desk/changes.html", {"article": article, "rows": rows})
