"""What search keeps beside the articles: derived, and made anew by rebuild_search.

The words themselves stand in tables that only one engine has
(``articles.search.sqlite``, ``articles.search.postgres``).
"""

from django.db import models

from articles.models.article import Article


class SearchEntry(models.Model):
    """An article's place in the index.

    ``rank``, ``place`` order results (``articles.search.places``); ``id`` is the engine's
    own number.  ``facets`` is what the article can be counted and filtered by.  ``common``,
    on SQLite only: which of the 1,000 commonest characters it has
    (``articles.search.tokens``); ``folded``, on PostgreSQL only: its searchable text.  By the beginnings of
    ``sound`` and ``initials`` (``articles.search.names``) its title is suggested.
    ``digest`` is of all of these: what has not changed need not be indexed again.
    """

    id = models.BigAutoField(primary_key=True)
    # Without a constraint in the database: an import that deletes an article must not
    # wait for a rebuild that indexes it.
    article = models.OneToOneField(
        Article, models.CASCADE, related_name="search_entry", db_constraint=False
    )
    rank = models.BigIntegerField()
    place = models.BigIntegerField()
    facets = models.TextField()
    common = models.BinaryField()
    folded = models.TextField(default="")
    sound = models.BinaryField(max_length=16, default=b"")
    initials = models.BinaryField(max_length=10, default=b"")
    digest = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["sound"], name="entry_sound"),
            models.Index(fields=["initials"], name="entry_initials"),
        ]

    def __str__(self) -> str:
        return f"{self.id}: article {self.article_id}"


class SearchState(models.Model):
    """One row: what the index was made with.

    The rest is SQLite's: ``serial`` is the last row number given, ``segments`` what is
    sorted of the numbers (``articles.search.segments``), and the same again for the index
    that a rebuild is making beside the one in use (``building``).
    """

    version = models.CharField(max_length=100, default="")
    built_at = models.DateTimeField(null=True)
    serial = models.BigIntegerField(default=0)
    segments = models.JSONField(default=list)
    building = models.BooleanField(default=False)
    next_serial = models.BigIntegerField(default=0)
    next_segments = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.version


class NameKey(models.Model):
    """A person's or topic's name as it is typed: its pinyin, initials or beginning.

    ``key`` is UTF-8, so that both engines look a beginning up by its bytes and no
    collation has a say.
    """

    class Kind(models.TextChoices):
        AUTHOR = "a"
        TOPIC = "t"
        OTHER_AUTHOR = "o"  # an article's author as the contents list has the name

    key = models.BinaryField(max_length=100)
    kind = models.CharField(max_length=1, choices=Kind)
    target = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "kind", "target"], name="name_key_unique"
            )
        ]
        indexes = [models.Index(fields=["kind", "target"], name="name_keys_of")]

    def __str__(self) -> str:
        return f"{bytes(self.key).decode(errors='replace')} ({self.kind})"
