from django.http import HttpResponse
from django.urls import path

from portal.urls import handler403, handler404, handler500
from portal.urls import urlpatterns as pages

__all__ = ["handler403", "handler404", "handler500"]
urlpatterns = [path("empty", lambda request: HttpResponse("")), *pages]
