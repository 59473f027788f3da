from tests.indexed import index_goes_along

__all__ = ["index_goes_along"]
