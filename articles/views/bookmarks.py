"""Placeholder until the pages land."""

from django.http import HttpResponse


def shelf(request, **kwargs):
    return HttpResponse("")


def add(request, **kwargs):
    return HttpResponse("")


def remove(request, **kwargs):
    return HttpResponse("")
