"""Everything that is kept of and for a reader, as one file."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from articles.bookmarks import Shelf
from articles.bookmarks.formats.json import as_dict
from articles.bookmarks.formats.sheet import Sheet
from articles.models import Bookshelf


@require_safe
@login_required
def data(request: HttpRequest) -> HttpResponse:
    """JSON.  The part ``shelf`` is what the shelf's own export is, and the whole file
    can be imported as that."""
    row = Shelf.of(request).row()
    base = request.build_absolute_uri("/").rstrip("/")
    content = {
        "account": _account(request.user),
        "links": _links(row, base),
        "taken_off": [d.records for d in row.discards.all()] if row else [],
        "shelf": as_dict(Sheet.of(row, base)),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json")
    name = f"yuelan-account-{timezone.localdate():%Y-%m-%d}.json"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _account(user: Any) -> dict[str, Any]:
    return {
        "username": user.get_username(),
        "email": user.email,
        "joined": user.date_joined.isoformat(),
        "last_sign_in": user.last_login.isoformat() if user.last_login else None,
        "sessions_end": [
            moment.isoformat()
            for moment in user.sessions.values_list("expire_date", flat=True)
        ],
    }


def _links(row: Bookshelf | None, base: str) -> list[dict[str, Any]]:
    links = row.links.select_related("tag") if row else []
    return [
        {
            "url": base + link.get_absolute_url(),
            "title": link.title,
            "tag": link.tag.name if link.tag else None,
            "with_notes": link.with_notes,
            "created": link.created.isoformat(),
        }
        for link in links
    ]
