"""Is this string somebody's name?  Persons by surname, offices by their last word.

In: folded text.  Out: author names without inner spaces, or nothing.  The
surname table decides; a given name is never looked at, for any is possible.
"""

from __future__ import annotations

import re

from .fold import squeeze
from .record import AuthorKind, AuthorRecord

# The surnames of well over 99 % of the population, by frequency of use.
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
    "顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛"
    "伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧"
    "甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉"
    "饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾"
    "郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台"
    "巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺水师农门楼邝占麦闫肖付代仝芮储逯寇呼南荣国帅"
    "由但要初班阴暴才化尚言宣幸相仁税辉战公容禹满盘海双撒赫修昌律富福生么油雍晁泮劳步"
    "乌乜云亢仉仪仰伊佴况凤厉厍厚咸墨夔宓宦宰寿嵇巢巴庾弓弘怀惠慎戈戎扈扶於暨权杭松桓殳汝汲沃湛滑濮狄益祖禄秋笪籍索缑缪羿茅茆茹荀莘蒯蓟蓬蔚融衡裘訾诸贝贲那邰邴郏郗郤鄂酆钦钭阙阚隆韶骆鱼"
    "皮么智粟过贡丰郦浦励束麻元逄闻苍展羊竹火豆年佘哈色操者逢遇慕隗亓郇苻昝蒲牧阳钮问冒谯矫仓纵尧苌舒柏雒綦璩"
)
_COMPOUND = [
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "公西",
    "公羊",
    "公良",
    "乐正",
    "漆雕",
    "颛孙",
    "段干",
    "梁丘",
    "东门",
    "南门",
    "谷梁",
    "亓官",
    "巫马",
    "子车",
    "令狐",
    "宇文",
    "长孙",
    "慕容",
    "司徒",
    "夏侯",
    "端木",
    "轩辕",
    "百里",
    "南宫",
    "独孤",
    "闻人",
    "澹台",
    "公冶",
    "宗政",
    "濮阳",
    "淳于",
    "单于",
    "太叔",
    "申屠",
    "仲孙",
    "钟离",
    "鲜于",
    "闾丘",
    "司空",
    "拓跋",
    "呼延",
    "赫连",
    "西门",
    "东郭",
    "第五",
    "左丘",
    "万俟",
    "完颜",
    "纳兰",
    "爱新",
]

# The last word of an office that may sign an article: 某某学院 某某市改革办公室
_OFFICE = re.compile(
    r"(?:委员会|研究室|政研室|办公室|改革办|宣传部|组织部|统战部|编辑部|课题组|调研组|写作组|评论员|"
    r"党校|学院|大学|中学|小学|研究院|研究所|研究会|协会|学会|集团|公司|中心|支队|大队|法院|检察院|政府|报社|"
    r"杂志社|日报社|新华社|文化站|文联|社联|全体(?:同学|师生|教师|学员|职工|员工|队员|同志|战友|村民|居民|业主|家长))\Z"
)
# Short last words that many other phrases have too: 某市水务局 某县委改革办
_SHORT_OFFICE = re.compile(r"(?:委|办|局|厅|部|处|科|院|社|组|署|站|校|馆|厂)\Z")
# What makes a phrase with a short last word an office: a place or a rank in it
_SEAT = re.compile(
    r"[省市县区镇乡村州旗盟矿校]|中共|中央|全国|国家|党委|政协|人大|教研|工会|林业|水务|本[刊报社]"
)
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+\Z")
_FOREIGN = re.compile(r"[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,8}){1,3}\Z")
_BETWEEN = re.compile(r"[\s、,;/|]+")
# Titles of office that stand after or before a name in a byline: 记者 张三 通讯员 李四
_TITLE_WORDS = re.compile(
    r"(?:本报|本刊|本社|本台|学生|校园|青年|实习|首席|见习|全媒体|特约|特派)*(?:记者|通讯员|评论员|主笔|读者|观众|听众|撰稿人?|编辑(?!部)|作者(?!单)|特约)"
)


def is_person(name: str) -> bool:
    """Two to four characters that begin with a surname.

    >>> is_person("欧阳修远"), is_person("产城融合")
    (True, False)
    """
    if not _HAN.match(name):
        return bool(_FOREIGN.match(name))
    if name[:2] in _COMPOUND:
        return 3 <= len(name) <= 4
    return name[:1] in _SURNAMES and 2 <= len(name) <= 3


def is_compound(name: str) -> bool:
    """A surname of two characters, which may be all that a pen name has."""
    return name in _COMPOUND


def is_office(name: str) -> bool:
    """An organisation, recognised by its last word and by not being short."""
    if not 4 <= len(name) <= 30 or _has_stop(name):
        return False
    if _OFFICE.search(name):
        return True
    return (
        _SHORT_OFFICE.search(name) is not None and _SEAT.search(name[:-1]) is not None
    )


def _has_stop(name: str) -> bool:
    return any(ch in "。!?;:,、“”" for ch in name)


def split_names(text: str) -> tuple[str, ...]:
    """Person names in ``text``, or () when anything else stands in it.

    A space inside a two-character name is typography, not a border:

    >>> split_names("王 军 李小明")
    ('王军', '李小明')
    """
    if _SINGLE_LETTERS.search(text):
        return ()
    pieces = [p for p in _BETWEEN.split(text.strip()) if p]
    if len(pieces) > 2 and all(len(p) == 1 for p in pieces):
        return _letter_by_letter("".join(pieces))
    names: list[str] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        following = pieces[at + 1] if at + 1 < len(pieces) else ""
        if (
            len(piece) == 1
            and len(following) in (1, 2)
            or piece in _COMPOUND
            and len(following) in (1, 2)
        ):
            piece, at = piece + following, at + 1
        if not is_person(piece):
            return ()
        names.append(piece)
        at += 1
    return tuple(names) if len(names) <= 8 else ()


# 元/克: letters on both sides of a mark are no name set apart
_SINGLE_LETTERS = re.compile(r"(?<!\S)\S[/|]\s*\S(?!\S)")


def _letter_by_letter(letters: str) -> tuple[str, ...]:
    """Names all of whose letters are set apart: 秦 望 川 牧 之"""
    if not letters:
        return ()
    for size in (2, 3):
        name, rest = letters[:size], letters[size:]
        if len(name) == size and is_person(name):
            if not rest:
                return (name,)
            if found := _letter_by_letter(rest):
                return (name, *found)
    return ()


def read_authors(text: str) -> tuple[AuthorRecord, ...]:
    """Persons, else one or several offices, else nobody.

    >>> [a.name for a in read_authors("本报记者 张三丰 通讯员 李 四")]
    ['张三丰', '李四']
    """
    cleaned = _TITLE_WORDS.sub(" ", text).strip(" :/、,")
    persons = split_names(cleaned)
    if persons:
        return tuple(AuthorRecord(name) for name in persons)
    pieces = [p for p in _BETWEEN.split(cleaned) if p]
    return _mixed(cleaned) or (_one_office(cleaned) if pieces else ())


def _one_office(text: str) -> tuple[AuthorRecord, ...]:
    """An office whose name is set with blanks: 某县 改革办"""
    name = squeeze(text)
    return (AuthorRecord(name, AuthorKind.ORGANIZATION),) if is_office(name) else ()


def _mixed(text: str) -> tuple[AuthorRecord, ...]:
    """Persons and offices side by side: 张三 某县文化馆 / 张三、本刊编辑部"""
    apart = re.sub(
        r"(?<![^\s])([\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff](?:\s|\Z))", r"\1", text
    )
    for border in ("、", None):
        pieces = [p for p in apart.split(border) if p.strip()]
        if len(pieces) < 2:
            continue
        found: list[AuthorRecord] = []
        for piece in pieces:
            if persons := split_names(piece):
                found += [AuthorRecord(name) for name in persons]
            elif is_office(squeeze(piece)):
                found.append(AuthorRecord(squeeze(piece), AuthorKind.ORGANIZATION))
            else:
                found = []
                break
        people = tuple(a for a in found if a.kind is AuthorKind.PERSON)
        if found:  # 某县文化馆 张三: where the writer works is no second writer
            return people if border is None and people else tuple(found)
    return ()
