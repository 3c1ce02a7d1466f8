"""Matters: whether a text so much as touches something sensitive, whoever it is about.

Wider than what copy may not say: a note or a thing that touches any of it is neither a reason to speak nor worded.
Nobody has a reason to disguise what they tell us, so that a text is read as it is written.
"""

import functools

from policies.inspection.disguises import in_folded, tongues
from policies.inspection.sensitive_words import MATTERS_EN, MATTERS_JA, STATE_EN
from policies.inspection.text import folded
from policies.rules.sensitive_attribute import TOPICS, Topic

GOODS_JA = (
    r"マタニティ|妊婦|葉酸|妊娠検査|排卵|授乳|粉ミルク|おむつ|オムツ|ベビー|新生児|避妊|コンドーム|生理用|ナプキン|アダルト|"
    r"喪服|礼服|数珠|仏壇|仏具|位牌|香典|弔|供花|墓|介護|補聴器|車椅子|育毛|発毛|ウィッグ|かつら|サプリ|医薬|お薬|湿布|"
    r"禁煙|禁酒|人間ドック|健診|検診|聖書|経典|家計が|お金がな|生活が苦し|病院|葬|亡き|離婚|別れた"
)
GOODS_EN = (
    r"maternity|prenatal|folic acid|nursing bra|baby formula|nappies|nappy|diapers?|newborn|condoms?|contracepti\w+|"
    r"tampons?|sanitary|incontinen\w+|mourning|funeral|urn|rosary|prayer|bible|quran|hearing aids?|wheelchair|wigs?|"
    r"hair regrowth|supplements?|medicines?|painkillers?|ovulation|adult toys?|lingerie|chemo\w*|hospice|died|dead|"
    r"passed away|hospital"
)
TOUCHED = {topic: in_folded(MATTERS_JA[topic], rf"\b(?:{MATTERS_EN[topic]}|{STATE_EN[topic]})\b") for topic in TOPICS}
GOODS = in_folded(GOODS_JA, rf"\b(?:{GOODS_EN})\b")
LOOSE: frozenset[Topic] = frozenset({"age"})
"""Topics whose words stand in many innocent texts: they are left to the inspection of copy."""


@functools.lru_cache(maxsize=4096)
def touches(text: str) -> bool:
    """Whether the text names a sensitive matter, or goods that tell of one."""
    fold = folded(text[:1000])
    return any(
        GOODS[tongue].search(fold) or any(TOUCHED[topic][tongue].search(fold) for topic in TOPICS if topic not in LOOSE)
        for tongue in tongues(fold)
    )
