"""Finds what was done to one row, and what one editor did last, along an index.

Django's log has an index on neither; both are read on every page of an editor's day.
"""

from django.db import migrations

INDEXES = {
    "admin_log_of_object": "content_type_id, object_id, action_time DESC",
    "admin_log_of_user": "user_id, action_time DESC",
}


class Migration(migrations.Migration):
    initial = True
    dependencies = [("admin", "0003_logentry_add_action_flag_choices")]
    operations = [
        migrations.RunSQL(
            f"CREATE INDEX {name} ON django_admin_log ({columns})", f"DROP INDEX {name}"
        )
        for name, columns in INDEXES.items()
    ]
