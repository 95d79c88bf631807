# ruff: noqa: RUF001 - Chinese, Cyrillic and Turkish letters are meant
"""What simulated posts say: phrases about nothing in particular, in several languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from explorer.ingest.simulated_plan import Plan

MARK = "[SIMULATED] "
"""How every text begins, so that no screenshot can be taken for the real thing."""
CUT = 118
"""Characters of a post that fit behind ``RT @name: ``; the rest was cut off with an ellipsis."""
TOPICS = 16

PHRASES = {
    "zh": (
        "今天的街道又恢复了平静", "请大家注意安全，出门记得带伞", "我们都希望城市越来越好",
        "早上好！新的一天开始了", "这个消息大家怎么看？", "事实胜于雄辩，请看图片",
        "止暴制乱，恢复秩序", "众志成城，共渡难关", "为医护人员加油",
        "转发让更多人知道", "周末去公园走走，空气很好",
        "交通已经恢复正常", "他说：\"一切都会好起来\"", "生活还要继续，大家一起努力",
        "晚饭吃什么呢，哈哈",
        "戴口罩，勤洗手，少聚会", "学校将在下周开学", "法治是社会的基石", "记者从现场发来报道",
        "大家团结起来，没有过不去的冬天", "天气预报说明天有雨", "关注最新进展 &gt;&gt;&gt;",
    ),
    "en": (
        "Good morning, everyone", "The streets are calm again today",
        "Please stay safe &amp; stay home",
        "What do you think about this?", "He said \"it will be fine\", and it was",
        "Facts, not rumours",
        "Read this before you share", "We stand together", "The city is moving on, step by step",
        "Thank you, nurses and doctors", "Traffic is back to normal \\o/", "See the pictures below",
        "1 &lt; 2, as we all know", "School opens next week", "Weather: rain, then sun",
    ),
    "ru": (
        "Доброе утро, друзья", "В городе снова спокойно", "Берегите себя и близких",
        "Что вы думаете об этом?", "Он сказал: \"всё будет хорошо\"", "Факты, а не слухи",
        "Подробности по ссылке", "Погода: дождь, потом солнце", "Новости дня &amp; комментарии",
        "Движение восстановлено", "Мы вместе, шаг за шагом", "Школы откроются на следующей неделе",
    ),
    "tr": (
        "Günaydın arkadaşlar", "Bugün sokaklar yine sakin", "Lütfen dikkatli olun, evde kalın",
        "Bu konuda ne düşünüyorsunuz?", "\"Her şey güzel olacak\" dedi", "Söylenti değil, gerçek",
        "Ayrıntılar bağlantıda", "Hava: önce yağmur, sonra güneş", "Hep birlikte, adım adım",
        "Trafik normale döndü", "Okullar haftaya açılıyor", "Günün haberleri &amp; yorumlar",
    ),
}  # fmt: skip
TAGS = {
    "zh": (
        ("香港", "HongKong"), ("香港警察", "HongKongPolice"), ("守护香港", "香港"),
        ("新冠肺炎", "COVID19"), ("武汉加油", "COVID19"), ("疫情", "肺炎"), ("台湾", "Taiwan"),
        ("暴徒", "香港"), ("BTS", "Kpop"),
        ("新闻", "News"), ("天气", "早安"), ("生活", "美食"), ("旅游", "摄影"), ("足球", "体育"),
        ("科技", "5G"), ("股市", "经济"),
    ),
    "ru": (
        ("новости", "Россия"), ("политика", "Россия"), ("экономика", "рубль"), ("погода", "Москва"),
        ("спорт", "футбол"), ("кино", "музыка"), ("наука", "космос"), ("выборы", "Россия"),
    ),
    "tr": (
        ("haber", "Türkiye"), ("gündem", "Türkiye"), ("ekonomi", "dolar"), ("hava", "İstanbul"),
        ("spor", "futbol"), ("sinema", "müzik"), ("bilim", "uzay"), ("seçim", "Türkiye"),
    ),
}  # fmt: skip
EMOJI = ("👍", "🙏", "😂", "❤️", "🇨🇳", "👨‍👩‍👧", "🔥", "😷", "", "", "", "", "", "")
STOPS = {"zh": ("，", "。", "；", " "), "en": (". ", ", ", "; ", " ")}
"""How phrases follow each other; languages not named do as English does."""
LINES = (5, 3)
"""Percent of phrases that begin a new line, and that leave one empty besides.

Real files have 23 percent more lines than records.
"""


@dataclass(frozen=True, slots=True)
class Texts:
    """A stock of wordings; posts point into it, so that accounts repeat each other's words.

    Attributes
    ----------
    full, cut
        Ready to stand between double quotes in a CSV: the whole text, and as a retweet shows it.
    hashtags, urls
        As their columns hold them.
    block
        How many wordings one topic has; topics follow each other.
    """

    full: list[str]
    cut: list[str]
    language: list[str]
    hashtags: list[str]
    urls: list[str]
    block: int


def quoted(text: str) -> str:
    """Double the quotes of *text*, as a CSV field wants them."""
    return text.replace('"', '""')


def listed(items: Sequence[str], generation: int) -> str:
    """Return a list as the files of that generation hold it."""
    return f"[{', '.join(items)}]" if generation == 2018 else str(list(items))


def stock(plan: Plan) -> Texts:
    """Make the wordings of a plan, about one for every eight posts of the core."""
    rng = np.random.default_rng([plan.seed, 2])
    block = min(2_500, max(12, plan.core_posts // (8 * TOPICS)))
    codes, shares = zip(*plan.languages, strict=True)
    home = codes[0]
    language = rng.choice(len(codes), block * TOPICS, p=np.array(shares) / sum(shares)).tolist()
    picks = rng.integers(0, 2**31, (block * TOPICS, 10)).tolist()
    texts = Texts([], [], [], [], [], block)
    for row, (code, pick) in enumerate(zip(language, picks, strict=True)):
        name = codes[code]
        spoken = name if name in PHRASES else home
        tags = TAGS[home][row // block % len(TAGS[home])][: pick[8] % 3]
        link = f"https://t.example/{pick[9]:08x}" if pick[6] % 10 < 3 else ""
        text = _compose(spoken, tags, link, pick)
        texts.full.append(quoted(text))
        texts.cut.append(quoted(text if len(text) <= CUT else text[: CUT - 1] + "…"))
        texts.language.append(name)
        empty = "" if pick[7] % 7 == 0 else "[]"  # both stand for "none", in one file
        texts.hashtags.append(quoted(listed(tags, plan.generation)) if tags else empty)
        page = f"https://www.example.{('com', 'org', 'net')[pick[5] % 3]}/a,{pick[9]:08x}"
        texts.urls.append(quoted(listed([page], plan.generation)) if link else empty)
    return texts


def _compose(spoken: str, tags: Sequence[str], link: str, pick: list[int]) -> str:
    """Put one text together from the numbers in *pick*."""
    phrases, stops = PHRASES[spoken], STOPS.get(spoken, STOPS["en"])
    said = phrases[pick[0] % len(phrases)]
    gaps = (pick[1], pick[2]), (pick[3], pick[4]), (pick[5], pick[6])
    for which, gap in gaps[: 1 + pick[7] % 3]:
        said += _gap(gap, stops) + phrases[which % len(phrases)]
    ends = [said, *(f"#{tag}" for tag in tags), EMOJI[pick[9] % len(EMOJI)], link]
    return MARK + " ".join(end for end in ends if end)


def _gap(number: int, stops: Sequence[str]) -> str:
    """Return what stands between two phrases."""
    percent = number // len(stops) % 100
    if percent < sum(LINES):
        return "\n" if percent < LINES[0] else "\n\n"
    return stops[number % len(stops)]
