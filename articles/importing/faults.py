"""A failing database in one line that a person can act on."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# A word of the drivers' messages → what to say.  The first that is found counts.
_SAYINGS = (
    ("database is locked", gettext_lazy("数据库正被别的程序写，等待超时；稍后再运行")),
    ("disk is full", gettext_lazy("磁盘已满；腾出空间再运行")),
    ("No space left", gettext_lazy("磁盘已满；腾出空间再运行")),
    ("readonly database", gettext_lazy("数据库是只读的；检查文件与文件夹的权限")),
    ("read-only transaction", gettext_lazy("数据库是只读的；连到主库再运行")),
    ("no such table", gettext_lazy("数据库还没有建表；先运行 manage.py migrate")),
    ("does not exist", gettext_lazy("数据库还没有建表；先运行 manage.py migrate")),
    ("unable to open database", gettext_lazy("打不开数据库文件；检查路径与权限")),
    ("disk I/O error", gettext_lazy("读写磁盘出错；检查磁盘")),
    ("malformed", gettext_lazy("数据库文件已损坏；从备份恢复")),
    ("deadlock", gettext_lazy("与别的程序相互等待；再运行一次")),
    ("connection", gettext_lazy("连不上数据库；检查它是否在运行")),
)


def explain_fault(error: Exception) -> str:
    """What happened, what to do, and that nothing half-done was left."""
    text = " ".join(str(error).split())
    saying = next(
        (say for word, say in _SAYINGS if word.lower() in text.lower()), _("数据库出错")
    )
    return _("%(fault)s。正在导入的一期已撤销，之前的都已保存（%(details)s）") % {
        "fault": saying,
        "details": text,
    }
