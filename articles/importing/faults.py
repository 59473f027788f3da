"""A failing database in one line that a person can act on."""

from __future__ import annotations

# A word of the drivers' messages → what to say.  The first that is found counts.
_SAYINGS = (
    ("database is locked", "数据库正被别的程序写，等待超时；稍后再运行"),
    ("disk is full", "磁盘已满；腾出空间再运行"),
    ("No space left", "磁盘已满；腾出空间再运行"),
    ("readonly database", "数据库是只读的；检查文件与文件夹的权限"),
    ("read-only transaction", "数据库是只读的；连到主库再运行"),
    ("no such table", "数据库还没有建表；先运行 manage.py migrate"),
    ("does not exist", "数据库还没有建表；先运行 manage.py migrate"),
    ("unable to open database", "打不开数据库文件；检查路径与权限"),
    ("disk I/O error", "读写磁盘出错；检查磁盘"),
    ("malformed", "数据库文件已损坏；从备份恢复"),
    ("deadlock", "与别的程序相互等待；再运行一次"),
    ("connection", "连不上数据库；检查它是否在运行"),
)


def explain_fault(error: Exception) -> str:
    """What happened, what to do, and that nothing half-done was left."""
    text = " ".join(str(error).split())
    saying = next(
        (say for word, say in _SAYINGS if word.lower() in text.lower()), "数据库出错"
    )
    return f"{saying}。正在导入的一期已撤销，之前的都已保存（{text}）"
