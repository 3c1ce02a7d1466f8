"""Japanese verbs: every form in which marketers give instructions, with its polarity."""

from collections.abc import Iterator

GODAN = {
    "る": ("ら", "り", "れ", "ろ", "っ", "て"),
    "す": ("さ", "し", "せ", "そ", "し", "て"),
    "う": ("わ", "い", "え", "お", "っ", "て"),
    "つ": ("た", "ち", "て", "と", "っ", "て"),
    "く": ("か", "き", "け", "こ", "い", "て"),
    "ぐ": ("が", "ぎ", "げ", "ご", "い", "で"),
    "む": ("ま", "み", "め", "も", "ん", "で"),
    "ぶ": ("ば", "び", "べ", "ぼ", "ん", "で"),
}
SEND = (
    "行う 行なう 実施する/s 送る 出す 打つ 流す 鳴らす 配る 取り上げる/1 取り扱う 扱う 薦める/1 推す 並べる/1 盛り込む "
    "押し出す 差し上げる/1 載せる/1 のせる/1 見せる/1 届ける/1 かける/1 掛ける/1 勧める/1 すすめる/1 "
    "薦める/1 誘う 知らせる/1 回す 投げる/1 飛ばす 渡す 売る 売り込む 促す 撃つ 入れる/1 使う "
    "用いる/1 触れる/1 あてる/1 紹介する/s 案内する/s 送信する/s 配信する/s 通知する/s 連絡する/s "
    "表示する/s 提案する/s 配布する/s 発行する/s 使用する/s 利用する/s 掲載する/s 訴求する/s "
    "発信する/s 接触する/s 送付する/s 推奨する/s おすすめする/s お勧めする/s ご案内する/s "
    "ご紹介する/s 宣伝する/s 発送する/s 露出する/s アプローチする/s 声をかける/1 連絡を取る 鳴る 届く "
    "もらう 受け取る 受ける/1 行く 付ける/1 つける/1"
)
USE = (
    "持ち出す 使う 使用する/s 用いる/1 出す 触れる/1 言う 言及する/s 謳う うたう 呼ぶ 利用する/s 表現する/s "
    "述べる/1 登場させる/1 連呼する/s 名乗る 呼びかける/1 引用する/s"
)
CONTAIN = (
    "書く 記載する/s 載せる/1 入れる/1 表示する/s 掲載する/s 含む 含める/1 付ける/1 つける/1 添える/1 "
    "記す 明記する/s 挿入する/s 表記する/s 併記する/s 付記する/s 明示する/s 記入する/s 加える/1 "
    "追加する/s 冠する/s 差し込む 始める/1 終える/1 締める/1"
)
OPEN = "入る 始める/1 切り出す 話し始める/1 誘い出す 釣る つる"
OPEN_WITH = ("から", "で", "から先に")
"""What a message begins with: 値引きから入らない."""
EXCEED = "超える/1 越える/1 上回る 超過する/s オーバーする/s こえる/1"
RESTRAIN = (
    "避ける/1 さける/1 控える/1 差し控える/1 差控える/1 やめる/1 止める/1 とめる/1 慎む "
    "除外する/s 停止する/s 中止する/s "
    "見送る 見合わせる/1 休む 外す はずす 省く 禁じる/1 禁止する/s ストップする/s 遠慮する/s よす "
    "自粛する/s ひかえる/1"
)
EXCLUDE = "除く のぞく 除外する/s"
PERMIT = "認める/1 許可する/s 許す 許容する/s"
PRIORITISE = "優先する/s 選ぶ 重視する/s"
NEGATIVE_IRREGULAR = ("しない", "しません", "せず", "しなく", "しないで", "いたしません")
TAIL_MUST = (
    "ければならない",
    "ければなりません",
    "いといけない",
    "いといけません",
    "ければいけない",
    "ければいけません",
    "いとならない",
)

AFTER_NAI = "ない ないで ないよう ないように ないこと ないものとする ず ずに ぬ ぬよう なく ないでおく"
AFTER_MASU = "ません ませんよう ませんように たくない たくありません ませんので はしない はしません"
AFTER_TE = "はいけない はいけません はならない はなりません はだめ はダメ は駄目 はng"
AFTER_NOUN = (
    "せず せずに させない されない いたしません いたさない 致しません はしない はしません はせず "
    "をしない をしません をせず"
)
AFTER_PASSIVE = "ない ません ないこと ないように ず"
AFTER_PLAIN = (
    "な べからず べきではない べきでない ことを禁止 ことは禁止 のは禁止 のを禁止 ことを禁ずる "
    "のは不可 ことは不可 のはng のはやめ "
    "のを控え のは控え のを避け のは避け のを止め のは厳禁 のを中止 ことはできない ことはできません "
    "のはだめ のはダメ のをやめ "
    "必要はない 必要はありません のは無し のはなし"
)
"""The endings that forbid, by the form that they hang on."""


def stems(verb: str) -> tuple[str, str, str, str, str]:
    """The forms that endings hang on: before ない, before ます, before て, the plain form, the imperative."""
    plain, _, group = verb.partition("/")
    if group == "s":
        noun = plain.removesuffix("する")
        return f"{noun}し", f"{noun}し", f"{noun}して", plain, f"{noun}しろ"
    if group == "1":
        stem = plain[:-1]
        return stem, stem, f"{stem}て", plain, f"{stem}ろ"
    stem = plain[:-1]
    if plain == "行く":
        return "行か", "行き", "行って", plain, "行け"
    row = GODAN[plain[-1]]
    return stem + row[0], stem + row[1], f"{stem}{row[4]}{row[5]}", plain, stem + row[2]


def negatives(verb: str) -> Iterator[str]:
    """The forms that forbid: 送らない, 送りません, 送らず, 送ってはいけない, 送るな …"""
    nai, masu, te, plain, _ = stems(verb)
    suru = verb.endswith("/s")
    passive = masu[:-1] + "され" if suru else nai + ("られ" if verb.endswith("/1") else "れ")
    tables = (
        (nai, AFTER_NAI),
        (masu, AFTER_MASU),
        (te, AFTER_TE),
        (plain, AFTER_PLAIN),
        (passive, AFTER_PASSIVE),
        (_potential(verb), AFTER_PASSIVE),
        (masu[:-1], AFTER_NOUN if suru else ""),
    )
    yield from (stem + ending for stem, endings in tables for ending in endings.split())


def _potential(verb: str) -> str:
    """The stem of "can": 送れ, 見せられ, 紹介でき."""
    nai, masu, _, _, imperative = stems(verb)
    return masu[:-1] + "でき" if verb.endswith("/s") else nai + "られ" if verb.endswith("/1") else imperative


def affirmatives(verb: str) -> Iterator[str]:
    """The forms that tell somebody to do it, and the plain ones."""
    nai, masu, te, plain, imperative = stems(verb)
    yield from (
        plain,
        masu,
        te,
        imperative,
        f"{masu}ます",
        f"{masu}ましょう",
        f"{te}ください",
        f"{te}下さい",
        f"{te}ほしい",
        f"{te}おく",
        f"{te}もらう",
    )
    yield from (
        f"{plain}こと",
        f"{plain}ように",
        f"{plain}よう",
        f"{masu}たい",
        f"{te}から",
        f"{te}いる",
        f"{te}いい",
        f"{te}おります",
        f"{te[:-1]}{'で' if te.endswith('で') else 'と'}いて",
    )
    passive = masu[:-1] + "され" if verb.endswith("/s") else nai + ("られ" if verb.endswith("/1") else "れ")
    yield from (passive + "る", passive + "て", passive + "た")
    yield from (_potential(verb) + ending for ending in ("る", "ます"))
    past = te[:-1] + ("だ" if te.endswith("で") else "た")
    yield from (past, f"{masu}ました", f"{past}い", f"{masu}なさい", f"{te}欲しい")


def obligations(verb: str) -> Iterator[str]:
    """The forms that oblige: 入れなければならない."""
    nai = stems(verb)[0]
    yield from (f"{nai}な{ending}" for ending in TAIL_MUST)


def permissions(verb: str) -> Iterator[str]:
    """The forms that permit: 送ってよい, 送っても構わない."""
    _, _, te, plain, _ = stems(verb)
    for link in ("", "も"):
        yield from (
            f"{te}{link}{word}"
            for word in (
                "よい",
                "良い",
                "いい",
                "構わない",
                "かまわない",
                "構いません",
                "かまいません",
                "大丈夫",
                "ok",
                "可",
                "差し支えない",
                "結構",
                "問題ない",
                "問題ありません",
            )
        )
    yield from (
        f"{plain}ことができる",
        f"{plain}ことができます",
        f"{plain}ことを認める",
        f"{plain}ことを許可",
        f"{plain}のはok",
        f"{plain}のは可",
        f"{plain}のは構わない",
        f"{plain}のはよい",
    )
