"""The desk's addresses, all for staff (docs/permissions.md)."""

from django.urls import path

from articles.desk import bulk, history, issue, merging, people, sheets, tasks

app_name = "desk"
urlpatterns = [
    path("", tasks.queue, name="queue"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/decide/", tasks.decide, name="decide"),
    path("issues/<int:pk>/", issue.issue_desk, name="issue"),
    path("issues/<int:pk>/proof/", sheets.proof, name="proof"),
    path("articles/<slug:public_id>/changes/", sheets.changes, name="changes"),
    path("history/", history.history, name="history"),
    path("history/undo-all/", history.undo_all, name="undo-all"),
    path("history/<int:pk>/", history.revision, name="revision"),
    path("history/<int:pk>/undo/", history.undo, name="undo"),
    path("sheets/", bulk.sheets, name="spreadsheet"),
    path("sheets/articles.<slug:form>", bulk.take, name="take-sheet"),
    path("replace/", bulk.replace, name="replace"),
    path("bulk/", bulk.carry_out, name="carry-out"),
    path("authors/merge/", merging.merge_authors, name="merge-authors"),
    path("topics/merge/", merging.merge_topics, name="merge-topics"),
    path("people/", people.people, name="people"),
    path("reports/<int:pk>/revert/", history.revert_reader, name="revert-reader"),
]
