"""Placeholder until the pages land."""

from django.http import HttpResponse


def home(request, **kwargs):
    return HttpResponse("")


def publications(request, **kwargs):
    return HttpResponse("")


def publication(request, **kwargs):
    return HttpResponse("")


def issue(request, **kwargs):
    return HttpResponse("")


def cover(request, **kwargs):
    return HttpResponse("")


def topics(request, **kwargs):
    return HttpResponse("")


def topic(request, **kwargs):
    return HttpResponse("")


def authors(request, **kwargs):
    return HttpResponse("")


def author(request, **kwargs):
    return HttpResponse("")


def sections(request, **kwargs):
    return HttpResponse("")


def section(request, **kwargs):
    return HttpResponse("")
