"""Channels in the words of customers."""

from domain.channel import Channel
from domain.language import Language, phrase

CHANNELS_JA = {
    Channel.EMAIL: "メール",
    Channel.SMS: "SMS",
    Channel.PUSH: "プッシュ通知",
    Channel.LINE: "LINE",
    Channel.WEB: "ウェブサイト",
    Channel.APP: "アプリ",
    Channel.AD: "広告",
    Channel.SIGNAGE: "店頭ディスプレイ",
    Channel.CALL: "電話",
}
CHANNELS_EN = {
    Channel.EMAIL: "e-mail",
    Channel.SMS: "text message",
    Channel.PUSH: "push notification",
    Channel.LINE: "LINE",
    Channel.WEB: "our website",
    Channel.APP: "our app",
    Channel.AD: "advertisement",
    Channel.SIGNAGE: "in-store display",
    Channel.CALL: "telephone",
}


def channel_name(channel: Channel, language: Language) -> str:
    """The channel as a customer calls it."""
    return phrase(language, ja=CHANNELS_JA[channel], en=CHANNELS_EN[channel])
