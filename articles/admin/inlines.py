"""What stands on an article's page below its fields: authors, topics, paragraphs."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.choosing import KnownChoice
from articles.admin.fields import form_field
from articles.admin.plain_widgets import PlainHidden, PlainSelect, PlainTextarea
from articles.admin.protected import Mark, marks_of
from articles.admin.seen import SeenForm
from articles.editing import topics
from articles.editing.authors import protect_authors, signed
from articles.editing.fields import save_fields
from articles.editing.history import Edit, Hand, last_hands
from articles.editing.printed import lines_of
from articles.models import ARTICLE_ROLES, ArticleTopic, Authorship, Block, is_settled
from articles.pages.paging import parse_id

BLOCKS_A_PAGE = 100  # keeps a form below Django's limit of 1,000 fields
CHARACTERS_A_ROW = 30


class OwnRow(forms.Field):
    """The hidden id of a row that is loaded already (Django asks for each again)."""

    widget = PlainHidden

    def __init__(self, row: models.Model) -> None:
        super().__init__(initial=row.pk, required=False)
        self.row = row

    def clean(self, value: Any) -> models.Model:
        return self.row

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class SeenFormSet(BaseInlineFormSet):
    """Rows that only their editor's typing changes; ``edits`` is what was saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edits: list[Edit] = []

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        setattr(form.instance, self.fk.name, self.instance)  # else each row asks for it
        for field in form.fields.values():  # a table has a heading, not a label
            control = getattr(field.widget, "widget", field.widget)
            if field.label and not control.is_hidden:
                control.attrs.setdefault("aria-label", field.label)
        if form.instance.pk:
            form.fields[self._pk_field.name] = OwnRow(form.instance)

    def clean(self) -> None:
        """What was typed into a row that is gone must not vanish unsaid."""
        super().clean()
        if any(form.instance.pk is None for form in self.initial_forms):
            raise forms.ValidationError(
                _("页面打开后，其中一行已被移走或删除；请复制您的文字，重新打开本页。")
            )


class SeenInline(admin.TabularInline):
    form = SeenForm
    formset = SeenFormSet
    extra = 0
    chosen = ""  # the foreign key of the row that is chosen from many

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        return super().formfield_for_dbfield(
            db_field, request, **form_field(db_field, kwargs)
        )

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == self.chosen:
            kwargs["widget"] = KnownChoice(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(self.chosen)


def know_choice(form: forms.ModelForm, name: str) -> None:
    """Tells the box of ``name`` the label of what is chosen, which is loaded already."""
    if form.instance.pk and name in form.fields:
        chosen = getattr(form.instance, name)
        form.fields[name].widget.widget.know(chosen.pk, str(chosen))


class AuthorshipForm(SeenForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        know_choice(self, "author")


class AuthorshipFormSet(SeenFormSet):
    def save(self, commit: bool = True) -> list[Any]:
        before = signed(self.instance)
        saved = super().save(commit)
        self.edits = protect_authors(self.instance, before)
        return saved

    def save_existing(
        self, form: Any, obj: Authorship, commit: bool = True
    ) -> Authorship:
        obj.save(update_fields=form.changed_data)
        return obj


class AuthorshipInline(SeenInline):
    model = Authorship
    form = AuthorshipForm
    formset = AuthorshipFormSet
    chosen = "author"
    autocomplete_fields = ["author"]
    fields = ["position", "author", "printed_name", "affiliation"]


class TopicForm(SeenForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        know_choice(self, "topic")
        if self.instance.pk:
            self.fields["topic"].disabled = True  # another topic is another row


class TopicFormSet(SeenFormSet):
    """Topics are decided, not deleted: a row that is gone would be suggested again."""

    def save_existing(
        self, form: Any, obj: ArticleTopic, commit: bool = True
    ) -> ArticleTopic:
        self.edits += topics.decide(obj, obj.decision)
        return obj

    def save_new(self, form: Any, commit: bool = True) -> ArticleTopic:
        row = super().save_new(form, commit=False)
        self.edits += topics.give(row)
        return row


class TopicInline(SeenInline):
    model = ArticleTopic
    form = TopicForm
    formset = TopicFormSet
    chosen = "topic"
    can_delete = False
    autocomplete_fields = ["topic"]
    fields = ["topic", "decision", "origin", "score", "found"]
    readonly_fields = ["origin", "score", "found"]

    @admin.display(description=_("依据"))
    def found(self, obj: ArticleTopic) -> str:
        return (
            "、".join(f"{term} {times}" for term, times in obj.evidence.items()) or "—"
        )


class BlockForm(SeenForm):
    """A paragraph's reading text and role, beside its printed lines."""

    marks: dict[str, Mark] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].widget = PlainSelect()
        self.fields["role"].choices = [
            (role.value, role.label) for role in ARTICLE_ROLES
        ]
        rows = sum(
            len(line) // CHARACTERS_A_ROW + 1 for line in self.instance.text.split("\n")
        )
        self.fields["text"].widget = PlainTextarea(
            {"rows": min(max(rows, 1), 20), "cols": 40}
        )

    def printed_lines(self) -> list[tuple[int, str]]:
        return lines_of(self.instance)

    def is_doubtful(self) -> bool:
        return self.instance.confidence < 1 and not is_settled(self.instance.base)


class BlockFormSet(SeenFormSet):
    """One page of an article's blocks (``?blocks=2``): they can be neither added nor lost."""

    page = 1

    def get_queryset(self) -> list[Block]:
        if not hasattr(self, "_queryset"):
            start = (self.page - 1) * BLOCKS_A_PAGE
            ordered = self.queryset.order_by("position", "id")
            self._queryset = list(ordered[start : start + BLOCKS_A_PAGE])
        return self._queryset

    @cached_property
    def hands(self) -> dict[tuple[str, int, str], Hand]:
        protected = any(block.base for block in self.get_queryset())
        return last_hands(self.instance) if protected else {}

    @cached_property
    def pages(self) -> range:
        total = self.queryset.order_by().count()
        return range(1, -(-total // BLOCKS_A_PAGE) + 1)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if form.instance.pk:
            form.marks = marks_of(
                form.instance, self.hands, f"block-{form.instance.pk}-"
            )

    def save_existing(self, form: Any, obj: Block, commit: bool = True) -> Block:
        self.edits += save_fields(obj, form.changed_data)
        return obj


class BlockInline(SeenInline):
    model = Block
    form = BlockForm
    formset = BlockFormSet
    template = "admin/articles/article/_blocks.html"
    fields = ["role", "text"]
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return admin.TabularInline.get_queryset(self, request)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.page = max(parse_id(request.GET.get("blocks")) or 1, 1)
        return formset
