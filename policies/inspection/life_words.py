"""Life words: birth, loss, illness and want, said to the reader as if it were known that they are theirs."""

from collections.abc import Mapping

from policies.rules.sensitive_attribute import Topic

PARENT_EN = r"(?:pregnant|expecting|an? (?:new |expectant |proud )?(?:mother|mum|mom|father|dad|parent|grand\w+))"
LIFE_EN: Mapping[Topic, str] = {
    "pregnancy": (
        rf"\bfirst (?:days|weeks|months) as {PARENT_EN}\b|"
        rf"\b(?:thanks?|thank you|congrat\w*|well done|cheers|good luck|happy)(?: \w+){{0,2}} (?:for|on|about|with) "
        rf"(?:being|becoming|getting|having) {PARENT_EN}\b|\bnow that you(?:'re| are)(?: \w+)? {PARENT_EN}\b"
    ),
    "death": (
        r"\b(?:sorry|sympath\w+|condolences?|thoughts are|saddened)\b[^.!?\n]{0,30}\b(?:your|his|her|their|the) "
        r"(?:\w+ )?(?:loss(?! of (?:your |the )?(?:parcel|package|order|card|item|data|service|points|power))|passing|"
        r"death|bereavement|funeral|grief)\b"
    ),
    "family": (
        r"\bas you live alone\b|\b(?:being|getting|newly|becoming|recently) (?:single|divorced|separated|widowed)\b|"
        r"\bnow that (?:the|your) (?:kids|children) (?:have |are )?(?:left|gone|moved|grown)"
    ),
    "health": (
        r"\b(?:hope|hear|glad|trust|know)\b[^.!?\n]{0,24}\b(?:treatment|operation|surgery|therapy|chemo\w*|"
        r"diagnosis|rehab)\b|"
        r"\bfeel(?:ing)? better (?:after|since|now)\b"
    ),
    "money": (
        r"\byou(?:'re| are| may be| must be) (?:on a (?:\w+ )?budget|short (?:of|on)|low on (?:cash|money|"
        r"funds)|hard up|"
        r"strapped)\b|\bwe know (?:that )?(?:money|cash) is (?:tight|short)\b"
    ),
}
LIFE_JA: Mapping[Topic, str] = {
    "pregnancy": (
        r"(?:赤ちゃん|お子(?:様|さま)|ベビー|第[一二三]子|お孫(?:様|さん))[^。\n]{0,6}(?:お?誕生(?!日|月|祝)|"
        r"お?生まれ(?!て|た(?:とき|時|月))|産まれ|"
        r"生まれになった)[^。\n]{0,14}(?:おめでと|お祝い(?:申|いた)|お喜び|とのこと|ですね)"
    ),
    "death": r"お悔やみ(?!状)|ご冥福|哀悼|ご愁傷|亡くされた",
    "health": (
        r"(?:手術|入院|治療|通院|療養|病み上がり|退院)(?:の|した|された|中の?)?(?:あと|後|前|中)?の?(?:お(?:体|"
        r"身体|からだ)|あなた|お客様)|"
        r"(?:入院|療養|闘病|通院|治療)中と(?:うかが|伺|お聞)"
    ),
    "family": r"(?:離婚|離別|別居|破局|死別)(?:された|なさった|のあと|の後|後の)",
    "money": r"(?:家計|お財布|生活)が(?:苦し|厳し|大変)(?:い|く)[^。\n]{0,8}(?:ですね|でしょう|とのこと|あなた|お客様)",
}
