"""The portal's settings with an empty view beside its pages, to measure a server by."""

from portal.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.urls"
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
# Tests and benchmarks collect no static files.
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
if env_bool("KEEP_NO_PAGES", default=False):  # noqa: F405
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}  # noqa: F405
