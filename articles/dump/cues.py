"""The vocabulary of the printed page: every cue as a named pattern.

In: folded text (``fold.fold``: half-width, simplified).  Out: matches.  The
example beside each pattern is invented, in the form in which it is printed.
A new byline mark or credit form is added here and nowhere else.
"""

from __future__ import annotations

import re

HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
NUMERAL = r"[〇零○Ｏ一二三四五六七八九十百千\d]"

# ---- ends and beginnings of sentences --------------------------------------
# The last mark of a finished sentence, closers included: “……走到今天。”
FINAL = re.compile(r"[。!?…](?:[”’\"'》)\]]|\[\d+\]|[①-⑳])*(?:\s+\d{1,3})?\Z")
# Ends that a paragraph may have before a list: 主要有以下方面: / 一是……;
HALF_FINAL = re.compile(r"[:;][”’)]*\Z")
# A clause mark: the sentence goes on: 坚持问题导向,
CLAUSE = re.compile(r"[,、]\Z")
# Marks that never begin a sentence: ,从而推动 / ”的精神
NEVER_FIRST = re.compile(r"[,。、;:!?)”’》\]%℃·]")

# ---- numbering ---------------------------------------------------------------
# Chapter, section and item numbers: 一、背景 / (二)做法 / 3. 机制 / 第四章 / 1、
CHAPTER = re.compile(r"([一二三四五六七八九十]{1,3})\s*[、,.．]\s*(?=\S)")
SECTION = re.compile(r"[(\[]\s*([一二三四五六七八九十]{1,3})\s*[)\]]\s*、?(?=\S)")
ITEM = re.compile(r"(\d{1,2})\s*[.、．](?!\d)\s*(?=\S)")
DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,2})\.?\s*(?=[^\d%亿万元个])")
BRACED = re.compile(r"[(]\s*(\d{1,2})\s*[)]\s*(?=\S)")
CIRCLED = re.compile(r"([①-⑳])\s*(?=\S)")
ORDINAL = re.compile(r"第([一二三四五六七八九十]{1,3})[章节编部]\s*(?=\S)")
# Running ordinals that open a sentence: 一是…… / 二要…… / 其三,……/ 第二,……
RUNNING = re.compile(r"(?:其|第)?([一二三四五六七八九十])(?:是|要|、|,|个)?(?=\S)")
# A number that OCR tore from its text: 3. / (二) / 一、
LONE_NUMBER = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}[.、]|[①-⑳])\Z"
)

# ---- bylines -----------------------------------------------------------------
# A mark before the author's name: ◎ 张 三
BYLINE_MARK = re.compile(r"[◎□■○●◆◇☆★▲△▪▫◯⊙◉▣※◈❑❖►▶]\s*(?=\S)")
# A word before it: 文/张三 作者:李四 撰文 / 王五 本报记者 赵六
BYLINE_WORD = re.compile(
    r"(?:[(\[]\s*)?(?:文\s*[/|:]|撰\s*文\s*[/|:]?|作\s*者\s*[:/ ]|撰\s*稿\s*[:/]|执\s*笔\s*[:/]?|口\s*述\s*[:/]|"
    r"整\s*理\s*[:/]|本[报刊社][\u4e00-\u9fff]{0,4}?(?:记者|通讯员|评论员)|(?:特约|实习|全媒体|见习|首席)?记者[\s:/]|"
    r"通讯员[\s:/]|特约评论员)"
)
# A whole byline at the end of a text: ……开创新局面。(张三 李四)
END_BYLINE = re.compile(r"[(\[]\s*((?:[^()\[\]]|[(][^()]{1,8}[)]){2,60})\s*[)\]]\s*\Z")
# Name with an affiliation behind it: 张 三(某某市教育局)
NAME_AND_PLACE = re.compile(r"(?P<name>[^()]{2,24})[(](?P<place>[^()]{4,50})[)]\Z")

# ---- credits and affiliations ------------------------------------------------
# (作者单位:某某学院) (作者系某某市委书记) (作者为…) 作者简介:…
AFFILIATION = re.compile(
    r"[(\[]?\s*(?:第[一二]|[^()。]{0,24}?[,;]\s*)?(?:作\s*者|笔\s*者|[\u4e00-\u9fff]{2,4})?\s*(?:作者)?(?:单\s*位|简\s*介|系|为|现任|均系|分别系|是)"
)
AUTHOR_AFFILIATION = re.compile(
    r"[(\[]?\s*(?:[^()]{0,40}[,;、]\s*)?(?:(?:第一)?(?:本文)?作\s*者\s*(?:的?单\s*位|系|为|现任|均系|均为|分别|所在|:)|本文执笔\s*:)"
)
# 作者简介:张三(1970—),男,……
BIOGRAPHY = re.compile(
    r"[(\[【]?\s*(?:第一)?(?:作\s*者|个人)\s*简\s*介|[(\[【]?\s*通[讯信]作者"
)
# 据《某某日报》 (据新华社) 摘自某某网 (转自《某某》) 来源:某某
CREDIT = re.compile(
    r"[(\[]?\s*(?:本文)?(?:据|摘自|转自|选自|原载于?|转载自?|来源|稿件来源|载于?|综合|摘编自)\s*[:于自]?\s*(?=[《“\u4e00-\u9fffA-Za-z])"
)
CREDIT_NAME = re.compile(
    r"(?:据|摘自|转自|选自|原载于?|转载自?|来源|载于?|摘编自)\s*[:于自]?\s*[《“]?(?P<name>[^《》“”,。;:()\[\]]{2,20})[》”]?"
)

# ---- jumps -------------------------------------------------------------------
# (下转第12页) 下转4版 (上接第3版) 上接第１２页
JUMP_OUT = re.compile(
    r"[(\[【]?\s*(?:下\s*转|转\s*接|转\s*第|紧\s*转)\s*第?\s*([A-D]?\d{1,3}|[一二三四五六七八九十]{1,3})\s*[页版]\s*[)\]】]?\s*[。.]?\s*\Z"
)
JUMP_IN = re.compile(
    r"[(\[【]?\s*(?:上\s*接|紧\s*接|接)\s*第?\s*([A-D]?\d{1,3}|[一二三四五六七八九十]{1,3})\s*[页版][^)\]】]{0,12}[)\]】]?\s*"
)

# ---- furniture -----------------------------------------------------------------
# — 12 — · 3 · 第3页 第 05 版 B05
PAGE_NUMBER = re.compile(
    r"[—–―\-·.\s<>《》|/]*(?:第\s*)?(?:[A-D]?\d{1,3}|[一二三四五六七八九十]{1,3}(?=\s*[页版]))(?:\s*[页版])?[—–―\-·.\s<>|/]*\Z"
)
# 责任编辑:张三 校对 李四 版式设计 王五 投稿邮箱 a@b.cn
STAFF = re.compile(
    r"(?:本[版期刊])?\s*(?:顾\s*问|(?:名誉|执行|副|常务副|总)?\s*主\s*[编任]|副?\s*社\s*长|总\s*编\s*辑?|副?总\s*编|编\s*委(?:会)?(?:副?主任|成员)?|"
    r"[责值]\s*[任班]?\s*编\s*辑|责\s*编|编\s*辑|执行编辑|[责]\s*任\s*校\s*对|校\s*对|审\s*校|版\s*式(?:设\s*计)?|美\s*术?\s*编\s*辑?|美\s*编|视\s*觉|设\s*计|排\s*版|"
    r"图\s*[编片](?:编辑)?|本版(?:主编|编辑|美编|统筹)|杂志社总编|监\s*制|统\s*筹|策\s*划|见习编辑|组\s*版|制\s*图|审\s*稿|终\s*审|出\s*版\s*人|发\s*行\s*人|审\s*读)"
    r"\s*(?:[:/|]|\s|(?=[\u4e00-\u9fff]{2,4}(?:\s|\Z)))"
)
# 地址:某市某路1号 电 话:(0300)1234567 定价:8.00元 内部资料 准印证号
COLOPHON = re.compile(
    r"(?:编辑出版|编辑者|印刷者|出版者|发行者|主办者|主\s*[管办]|协\s*办|承\s*办|出\s*版|印\s*刷|承\s*印|发\s*行|(?:办公|编辑部|通[讯信]|本[刊社报])?\s*地\s*址|社\s*址|电\s*话|联系电话|传\s*真|热\s*线|邮\s*政?\s*编\s*码?|"
    r"网\s*址|(?:电子|投稿)?\s*[信邮]\s*箱|电子邮[箱件]|E-?mail|QQ|微信|准印证|内部[资交]|定\s*价|每[期册份]|国[内际](?:统一)?(?:连续出版物|标准)?刊?号|邮发代号|"
    r"ISSN|CN\s*\d|刊\s*号|广告(?:经营)?许可证|开户|印\s*数|本[报刊]地址|零售|月价|年价|免费(?:赠阅|交流)|总\s*第|期\s*数|主办单位|承办单位|编\s*印|印\s*发)"
)
# ◇ 宣传党的政策
SLOGAN = re.compile(r"[◇◆★☆■●▲]\s*[\u4e00-\u9fff]{4,12}\Z")
# 图①:某市鸟瞰。 张三摄 / 本版图片由张三提供 / 李四/摄 / 资料图
PHOTO = re.compile(
    r"(?:[上下左右]?图[①-⑳\d一二三四五六]?\s*[:为:]|题\s*图|图\s*片|(?:本[版文期刊]|封[面底二三])(?:的)?(?:图片|照片|摄影|配图)|[(]?(?:资料|新华社|本报)(?:图片|照片|图|资料)|"
    r"摄影[:/ ]|摄影报道|供图|图/)"
)
PHOTO_END = re.compile(r"(?:[\s/|]*(?:摄影?|供图|图|绘|作|提供|摄影报道))\s*[)\]]?\Z")
PHOTO_BY = re.compile(
    r"(?:[\u4e00-\u9fff]\s*){2,12}[\s/|]*(?:摄影报道|摄影|摄|供图|提供|制图|绘图|漫画)\s*[)\]]?\Z"
)
# 【理论前沿】 · 绿地 · ■ 工作研究 | 县区 | 〔文苑〕
LABEL_MARKS = re.compile(
    r"(?:[【\[<〖«]\s*(?P<a>[^【】\[\]<>]{2,16})\s*[】\]>〗»]|[·•|‖/]\s*(?P<b>[^·•|]{2,16}?)\s*[·•|‖/]|[■●◆□▌▍▎]\s*(?P<c>[^■●◆□]{2,14}?)\s*[■●◆□]?|[—–-]\s*(?P<d>[\u4e00-\u9fff ]{2,10})\s*[—–-])\Z"
)
# Any short name between marks: 【理论】 ·绿地· ▌对话▐ ═══ 短波 ═══ ◇简讯◇ ——文苑——
DECORATED = re.compile(
    r"(?P<mark>[^\w\s“”‘’《》()?!。,、:;%#*+\-]+|-{2,}|—+)\s*(?P<name>[\w][\w\s、·]{0,14}?[\w])\s*[^\w\s“”‘’《》()?!。,、:;%#*+\-—]*[^\w\s“”‘’《》(?!。,、:;%]\Z"
)
# 目 录 / 目次 / 本期目录 / 要 目 / CONTENTS
CONTENTS_TITLE = re.compile(
    r"(?:本\s*[期刊]\s*)?(?:目\s*录|目\s*次|要\s*目|导\s*读|内容(?:提要)?|看点)\s*(?:CONTENTS|Contents|contents|MULU|Mu\s*Lu)?\Z|(?:CONTENTS|Contents|TABLE OF CONTENTS)\Z"
)
# WO ZAI CHUN TIAN: pinyin set as an ornament
PINYIN = re.compile(
    r"[A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü][A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü'’·\s]*\Z"
)
# —— 某市社区治理纪实: a 副题
SUBTITLE = re.compile(r"(?:[—–―─]{1,3}|--+|-)\s*(?=[^\s—–\-\d])")
# | 指标 | 2021年 |
TABLE_ROW = re.compile(r"\|.*\|\Z")

# ---- boxes ---------------------------------------------------------------------
# 编者按 名词解释:河长制 知识窗 相关链接 观点摘编 什么是碳中和?
BOX = re.compile(
    r"[·\[【■●◆]?\s*(?:编\s*者\s*[按的话]+|编\s*后(?:语|记)?|开\s*栏\s*的\s*话|(?:[\u4e00-\u9fff]{0,6})知\s*识\s*窗|名\s*词\s*解\s*释|(?:相关|延伸|新闻|知识|背景)?(?:链接|阅读|资料)(?:[:]|\s|\Z)|观点摘[编登要]|小\s*贴\s*士|小\s*资\s*料|小\s*知\s*识|"
    r"数\s*字\s*说|一\s*图\s*读\s*懂|简\s*讯|动\s*态\s*集\s*锦|要\s*闻\s*速\s*览|百\s*科|问\s*答\Z|什么是|何\s*为|何\s*谓)"
)
# 征稿启事 本刊启事 订阅通知 更正 寻物启事 天气预报
NOTICE = re.compile(
    r"(?:启\s*事|征\s*[稿文订](?:启事|通知|函)?|通\s*知|公\s*[告示]|声\s*明|更\s*正|致\s*歉|订\s*阅|招\s*聘|天\s*气(?:预报)?|[读便][者民]服务|失\s*物|寻\s*(?:物|人)|稿\s*约|投稿须知|来稿须知|勘\s*误|敬告)"
)
# 公益广告 / 中国文明网 / 本刊公益广告
ADVERT = re.compile(
    r"公\s*益\s*广\s*告|文\s*明\s*网|讲文明树新风|图\s*说\s*我\s*们|宣\s*教\s*局|广告(?:热线|部|招商)"
)
# 2021年4月要事录 大事记 纪事
CHRONICLE = re.compile(
    r"(?:大\s*事(?:\s*[记录纪])?|要\s*事\s*[录记]|纪\s*事|日\s*志|备\s*忘\s*录)\s*\Z"
)
# 参考文献 注释 引用文献
REFERENCES = re.compile(
    r"\[?【?\s*(?:参\s*考\s*文\s*献|参考书目|引用文献|注\s*释|References)\s*[】\]]?\s*:?\s*\Z"
)
REFERENCE_ITEM = re.compile(r"(?:\[\d{1,3}\]|\(\d{1,3}\)|[①-⑳]|\d{1,2}[.、])\s*\S")
# 关键词:…… 中图分类号:…… 收稿日期:…… 基金项目:…… DOI:…… 注:……
NOTE = re.compile(
    r"[\[【(]?\s*(?:关\s*键\s*词|[Kk]ey\s*[Ww]ords?|中图分类号|文献标[识志]码|文章编号|DOI|doi|收稿日期|修回日期|基金项目|作者简介|通[讯信]作者|项目来源|表\s*\d+|图\s*\d+|附[表图]\s|注\s*[:\d]|Tab(?:le)?\.?\s*\d|Fig(?:ure)?\.?\s*\d|\*\s*本文)\s*[\]】)]?"
)
# 摘要:……
ABSTRACT = re.compile(
    r"[\[【(]?\s*(?:内\s*容\s*)?(?:摘\s*要|提\s*要|Abstract|ABSTRACT)\s*[\]】)]?\s*:?"
)
# 同志们: 各位代表: — a salutation within a speech
SALUTATION = re.compile(
    r"(?:尊敬的|各位|同志|女士|先生|亲爱的|老师|代表|委员|朋友|来宾).{0,30}[:!]\Z"
)
# 通讯地址:…… within a notice
CONTACT = re.compile(
    r"(?:[\u4e00-\u9fff]\s*){2,8}(?:地\s*址|邮\s*箱|电\s*话|热\s*线|邮\s*编|传\s*真|信\s*箱|联\s*系\s*人)?\s*:|邮\s*编\s*:|电\s*话\s*:|地\s*址\s*:|联\s*系\s*人\s*:|E-?mail"
)
CONTACT_WORD = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,4}地\s*址|[\u4e00-\u9fff]{0,4}邮\s*箱|[\u4e00-\u9fff]{0,4}电\s*话|邮\s*编|邮政编码|传\s*真|[\u4e00-\u9fff]{0,4}信\s*箱|联\s*系\s*人|联系方式|截稿日期|微\s*信|网\s*址|QQ|E-?mail)[^:]{0,6}:",
    re.I,
)
# (1)本报讯 某地某日电: datelines that open a paragraph
DATELINE = re.compile(
    r"(?:本[报刊网]讯|新华社[^,。]{1,14}电|[\u4e00-\u9fff]{2,8}社[^,。]{1,14}电|据悉)"
)

# ---- the issue's own line --------------------------------------------------------
YEAR_NUMBER = re.compile(
    r"(?P<year>(?:19|20)\d\d|[一二][〇零○OＯ九][〇零○O一二三四五六七八九]{2})\s*(?:年|[·./\-年]|\[|\s)?\s*(?:第\s*(?P<volume>\d{1,3})\s*卷\s*)?,?\s*第?\s*(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})\s*期"
)
