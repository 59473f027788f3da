"""Articles as their pages show them: derived, made again whenever anything differs."""

from django.db import models

from articles.models.article import Article


class Rendering(models.Model):
    """What an article's page is filled in with, for readers of one language.

    ``values`` holds for as long as the collection says what it said when they were made:
    ``state`` is a digest of that (``articles.pages.renderings``).
    """

    # Without a constraint in the database: nobody who changes an article waits for a
    # reader of it.
    article = models.ForeignKey(
        Article,
        models.CASCADE,
        related_name="renderings",
        db_constraint=False,
        db_index=False,  # rendering_unique
    )
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=40)
    values = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "language"], name="rendering_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id} ({self.language})"
