"""Placeholder until the pages land."""

from django.http import HttpResponse


def article(request, **kwargs):
    return HttpResponse("")


def article_json(request, **kwargs):
    return HttpResponse("")


def article_text(request, **kwargs):
    return HttpResponse("")


def issue_lines(request, **kwargs):
    return HttpResponse("")
