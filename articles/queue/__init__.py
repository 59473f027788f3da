"""What needs a person, one row each, made from an issue as it stands.

``sync`` is called after every import and every act; whatever is doubtful then has a
Task, whatever is not any more has none.  What a person has settled stays settled: a
task's key is made of what it is about, not of row numbers.
"""

from articles.queue.sync import sync, sync_new
from articles.queue.twins import find_twins
from articles.queue.wanted import OF_BLOCKS
from articles.queue.weigh import weigh

__all__ = ["OF_BLOCKS", "find_twins", "sync", "sync_new", "weigh"]
