from django.http import HttpResponse
from django.urls import path

from articles.search import limits
from portal.urls import handler403, handler404, handler500
from portal.urls import urlpatterns as pages

__all__ = ["handler403", "handler404", "handler500"]
urlpatterns = [path("empty", lambda request: HttpResponse("")), *pages]
# How long a search takes is measured here, also where other work takes turns with it.
limits.SECONDS = 30.0
