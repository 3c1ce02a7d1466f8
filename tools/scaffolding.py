"""Scaffolding: what a model says of its work instead of doing it: refusals, prefaces, labels and remarks."""

import re

from domain.language import Language

EN = re.compile(
    r"\bas an? (?:\w+ )?(?:ai|language model|assistant|llm)\b|\b(?:i am|i'm) (?:just |only )?an? (?:\w+ )?(?:ai|"
    r"language model|"
    r"assistant|llm)\b|\blanguage model\b"
    r"|\b(?:i|we)(?: am| are|'m|'re)? (?:can ?not|can't|could not|couldn't|unable to|not able to|"
    r"won't be able to|won't|will not|"
    r"must decline|refuse to|decline to|do not feel)(?: \w+)? (?:help|assist|write|comply|create|produce|"
    r"generate|provide|"
    r"fulfil\w*|do (?:that|this)|with (?:that|this))\b"
    r"|\b(?:here|below) (?:is|are|'s)(?: \w+){0,3} (?:json|copy|draft|text|message|output|version|response|"
    r"rewrite|translation)"
    r"(?: (?:you|as|that|for)\b[^.\n]{0,30})?:"
    r"|\bhere's (?:a|an|the|your)(?: \w+){0,3} (?:json|copy|draft|message|output|version|response|rewrite)\b"
    r"|^(?:sure|certainly|of course|absolutely|okay|ok|got it|understood)[!,.:]+ (?:here|i|let me|below)\b"
    r"|\b(?:i have|i've|i) (?:written|drafted|kept|prepared|rewritten|followed|avoided|made sure|revised|"
    r"shortened|created|wrote)\b"
    r"|^(?:subject|title|headline|body|output|answer|response|draft|copy|message|json|result|note|preheader|"
    r"version \d|"
    r"option \d|variant \d)\s*:"
    r"|\b(?:character|word) (?:count|limit)\b|\b(?:under|within|below) \d+ (?:characters|words)\b"
    r"|\b(?:as|per) (?:you )?(?:requested|instructed|your (?:instructions|request))\b|\bthe (?:instructions|"
    r"prompt|brief|json)\b"
    r"|^n/?a[.!]?$|^(?:none|null|undefined|nan|test|string|example)[.!]?$",
    re.IGNORECASE | re.MULTILINE,
)
JA = re.compile(
    r"(?:私は|わたしは|当方は)?(?:AI|ＡＩ|人工知能|言語モデル|アシスタント)(?:なので|ですので|である|として|"
    r"のため|ですから)|言語モデル"
    r"|(?:書|作成|お手伝い|お応え|対応|生成|お答え|出力|応え|回答|ご提供|従|お受け)(?:けま|でき(?:ま|かね)|"
    r"するこ|しかね|いたしかね|えま|えること|は?できま)"
    r"(?:せん|す?ません|とができ|ねます|かねま)|(?:ご要望|ご依頼|ご指示|リクエスト)に(?:は)?(?:お?応え|沿え|"
    r"従え|お答え)"
    r"|(?:以下|下記|こちら|次)(?:が|に|は|の(?:とおり|通り))[^。\n]{0,8}(?:文面|文章|出力|回答|JSON|案|下書き|"
    r"本文|件名|コピー)"
    r"|(?:文面|本文|文章|件名|案|出力|回答)は(?:以下|下記|次|こちら)"
    r"|(?:文面|文章|コピー|下書き|本文|メッセージ)を(?:作成|生成|出力|書き|お書き)(?:し|いた|ま)"
    r"|^(?:件名|本文|見出し|タイトル|出力|回答|文面|結び|プリヘッダー|注|備考|案|回答例|出力例|"
    r"例)\s*\d*\s*[:：]|^(?:件名|文面|本文)?案\s*[\d①-⑨一二三]"
    r"|^(?:件名|本文|文面)案"
    r"|(?:ご?指定|ご?指示|ルール|プロンプト|制約|要件)(?:の(?:形式|とおり|通り|文字数)|に(?:従|沿|基づ|合わせ))"
    r"|文字数(?:は|を|制限)|\d+文字(?:以内|です|で書)|(?:JSON|json)(?:形式|で|の)|^承知(?:いた|し)[^。\n]{0,6}。",
    re.MULTILINE,
)
SAID: dict[Language, tuple[re.Pattern[str], ...]] = {"ja": (JA, EN), "en": (EN,)}


def scaffolding(text: str, language: Language) -> str | None:
    """The words in which a model speaks of its work and not of ours."""
    return next((found[0] for pattern in SAID[language] if (found := pattern.search(text))), None)
