"""Names: forms under which the same name is the same text, for comparing; what is shown stays as it was written."""

import re
import unicodedata

PAIRS = """
髙高 﨑崎 嵜崎 濵浜 濱浜 邊辺 邉辺 澤沢 廣広 國国 櫻桜 齋斎 齊斉 眞真 龍竜 瀧滝 實実 壽寿 惠恵 榮栄
條条 學学 德徳 繪絵 藏蔵 鐵鉄 嶽岳 彌弥 圓円 應応 與与 佛仏 傳伝 劍剣 勳勲 單単 嚴厳 圍囲 團団 壯壮
聲声 靜静 豐豊 禮礼 彥彦 淸清 敎教 增増 橫横 內内 曾曽 亞亜 爲為 營営 衞衛 驛駅 奧奥 假仮 囘回 懷懐
關関 顏顔 歸帰 舊旧 曉暁 縣県 獻献 恆恒 黃黄 雜雑 參参 絲糸 收収 從従 澁渋 將将 燒焼 淨浄 讓譲 粹粋
攝摂 專専 禪禅 莊荘 屬属 對対 瀨瀬 遲遅 鄕郷 槇槙 檜桧 萬万 彈弾 寬寛 晉晋 顯顕 槪概 緖緒 寢寝 揭掲
巢巣 步歩 每毎 黑黒 賴頼 郞郎
"""
"""Old or variant character and the plain one: only such as daily life takes for the same name; 冨 and 富 are two."""
OLD_FORMS = {ord(both[0]): both[1] for both in PAIRS.split()}
SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")
HIRAGANA = {ord(katakana): ord(katakana) - 0x60 for katakana in map(chr, range(ord("ァ"), ord("ヶ") - 1))}
LINES = re.compile(r"[\s\u30fb·,.、。'’`-]+")


def folded(name: str) -> str:
    """The name for comparing: without width, case, spaces and old forms of characters."""
    plain = unicodedata.normalize("NFKC", name).casefold().translate(OLD_FORMS)
    return LINES.sub("", plain)


def kana(name: str) -> str:
    """How a name is read, in hiragana: half-width and full-width katakana are one; what is no kana stays."""
    plain = LINES.sub("", unicodedata.normalize("NFKC", name)).translate(HIRAGANA)
    return plain.translate(SMALL)


def is_japanese(text: str) -> bool:
    """Whether it holds kana or kanji."""
    return any("\u3040" <= letter <= "\u30ff" or "\u4e00" <= letter <= "\u9fff" or letter == "々" for letter in text)


def parted(name: str) -> tuple[str | None, str | None]:
    """Family and given name of a whole name; (None, None) where nobody can tell which is which."""
    words = unicodedata.normalize("NFKC", name).split()
    if len(words) != 2:
        return None, None
    return (words[0], words[1]) if is_japanese(name) else (words[1], words[0])


def tidy(name: str) -> str:
    """The name as it is shown: full-width kana, plain letters and digits, one space between parts."""
    return " ".join(unicodedata.normalize("NFKC", name).split())


FORMS_OF_COMPANIES = frozenset(
    ("株式会社", "有限会社", "合同会社", "合資会社", "inc", "ltd", "llc", "corp", "co", "kk", "gmbh", "the", "and")
)
"""Words that say what kind of a company it is, or nothing: people leave them out."""


def words(title: str) -> tuple[str, ...]:
    """The words of a company's name in one order, without those that people leave out and without brackets."""
    plain = unicodedata.normalize("NFKC", title).casefold().translate(OLD_FORMS)
    for form in ("株式会社", "有限会社", "合同会社", "(株)", "(有)"):
        plain = plain.replace(form, " ")
    plain = re.sub(r"\([^)]*\)", " ", plain) if not plain.startswith("(") else plain
    found = {word for word in re.split(r"[^\w]+", plain.replace("'", "")) if word}
    return tuple(sorted(found - FORMS_OF_COMPANIES)) or tuple(sorted(found))
