"""Lesson words: all that a reviewer's reason may be made of if a model is to read it: words about copy alone."""

SAID_OF_COPY = """
a an the this that these those it its is are was were be been to of in on at for with and or but not no too very
so much many more less most least few only just than then as by from about into out up down off again instead
rather please must should shall can could would might do does did don't doesn't didn't isn't aren't has have had
need needs needed use uses used using say says said saying tell tells telling write writes written wrote writing
read reads reading sound sounds put make makes keep keeps leave leaves drop drops cut cuts remove add adds avoid
avoids begin begins start starts starting end ends ending mention mentions name names show shows give gives come
comes go goes repeat repeats open opens close closes explain explains lead leads fit fits match matches speak
speaks talk talks stand stands look looks change what which when where how why nothing something anything
everything one two three first second third last next earlier before after sooner once twice per each every all
both other another same different here there now always never still even word words sentence sentences line
lines paragraph paragraphs text texts copy message messages mail mails email emails subject subjects title
titles headline headlines preheader body button buttons greeting opening closing call script sign signs banner
ad ads link links emoji emojis exclamation question marks comma commas punctuation capital capitals letters
characters slot slots tone voice style language english japanese grammar spelling typo typos wording phrase
phrases phrasing repetition repetitions detail details fact facts figure figures number numbers price prices
date dates deadline time offer offers product products item items goods event coupon article brand shop store
point points discount claim claims proof promise promises benefit benefits reason reasons story angle picture
image readers way long longer short shorter brief briefer concise wordy vague unclear clear clearer clearly
plain plainer plainly simple simpler simply stiff formal informal casual polite politer impolite rude warm
warmer cold colder loud louder quiet quieter calm calmer pushy urgent hurry hurried flat dull boring generic
empty wrong right correct incorrect false untrue true missing confusing misleading awkward clumsy natural
unnatural odd strange good better bad worse best new big bigger small smaller early late strong stronger soft
softer friendly friendlier personal specific exact exactly salesy childish repeated repetitive redundant double
hard easy easier concrete abstract current outdated misspelt misspelled enough under over below above
"""
ENGLISH = frozenset(SAID_OF_COPY.split())
"""No word for a person, a body, a family, money of one's own, a place or a day: none of these says what to write."""

SAID_OF_COPY_JA = """
長い 長く 長すぎ 長め 長さ 短い 短く 短め 短すぎ 簡潔 簡単 冗長 くどい くどく 回りくどい 堅い 堅すぎ 硬い 硬すぎ
固い 固すぎ 軽い 軽すぎ 重い 重すぎ やわらかい やわらかく 柔らかい 柔らかく 強い 強すぎ 強く 弱い 弱すぎ 丁寧
敬語 口調 調子 文体 語調 トーン 表現 言い方 言い回し 言葉 ことば 単語 用語 語尾 文章 文面 文 件名 題名 見出し
本文 結び 冒頭 書き出し 最初 最後 前半 後半 ボタン リンク プリヘッダー 挨拶 あいさつ 段落 改行 句読点 記号
絵文字 感嘆符 びっくりマーク 漢字 ひらがな カタカナ 誤字 脱字 誤記 表記 文法 日本語 英語 文字数 文字 字数 情報
説明 内容 事実 根拠 数字 金額 価格 値段 日付 期限 時期 期間 時間 商品名 商品 品名 オファー クーポン イベント
記事 店名 店舗 ブランド ポイント 割引 特典 利点 魅力 特徴 用途 使い方 選び方 理由 具体的 抽象的 具体例 曖昧
あいまい 明確 不明 不明瞭 わかりにくい わかりやすい わかりにくく わかりやすく 分かりにくい 分かりやすい
分かりやすく 伝わらない 伝わる 伝わりにくい 伝えて 読みにくい 読みやすい 読みやすく 押しつけがましい
押し付けがましい 押しが強い 急かす 急がせる 煽り 煽る あおり うるさい 大げさ 誇張 派手 地味 平凡 単調 退屈
ありきたり 不自然 自然 唐突 失礼 なれなれしい 馴れ馴れしい 親しみ 親しげ 冷たい 温かい 温かく 事務的 機械的
子どもっぽい 幼い 重複 繰り返し 繰り返さない 同じ 違う 違います 間違い 間違って 誤り 正しい 正しく 正しくない
足りない 足りません 不足 余計 不要 必要 抜けて 多い 多すぎ 少ない 少なすぎ 古い 新しい 大きい 小さい 早い 遅い
もっと もう少し 少し すこし やや とても かなり あまり 全体 全体的 一文 一言 一つ ひとつ 二つ どれ どの どんな 何
なに まず 次 先に 後に ここ これ それ この その です でした します しない しました して する した ください
下さい ほしい 欲しい いい 良い よい 悪い ない なく ありません ある あります いる いない います 書いて 書く
書かない 書かず 書き直し 直して 直す 削って 削る 削除 外して 外す 入れて 入れる 入れない 足して 加えて 変えて
変える 避けて 避ける 減らして 減らす 増やして 言って 言わない 言う 触れて 触れない 述べて 示して 見せて 始めて
始める 終えて 終わる まとめて 揃えて 統一 使って 使わない 使う やめて 控えて 気をつけて 控えめ では には とは
での への にも でも のは のが のに ので のか から まで より だけ ばかり など ほど くらい という ように ような
ため こと もの ほう 方が すぎ すぎます すぎる 過ぎ 過ぎます 過ぎる ます せん ましょう 以内 以上 以下
"""
JAPANESE = tuple(sorted(SAID_OF_COPY_JA.split(), key=len, reverse=True))
PARTICLES = frozenset("はがをにへでともの、")
"""Single letters that join words; no two of them stand together, lest they spell a name."""
