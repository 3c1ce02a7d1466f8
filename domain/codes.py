"""Codes that the world agreed on: languages, currencies and time zones."""

import re
import zoneinfo
from functools import cache

SPOKEN = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg
ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn
no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw
ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
PAID_IN = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF
CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF
IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK
MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR
SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES
VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
LANGUAGES_639 = frozenset(SPOKEN.split())
"""ISO 639-1, with `sh`, which many systems still write."""
CURRENCIES = frozenset(PAID_IN.split())
"""ISO 4217: what people pay with, without metals, funds and test codes."""
TAG = re.compile(r"([A-Za-z]{2,3})(-[A-Za-z0-9]{2,8})*", re.ASCII)
NO_PLACES = frozenset({"Factory", "localtime", "posixrules"})
"""Names in the zone table of a machine that say nothing of any place."""


@cache
def zone_names() -> frozenset[str]:
    """Every time zone by its name in the IANA database."""
    return frozenset(zoneinfo.available_timezones()) - NO_PLACES


def is_language(code: str) -> bool:
    """Whether it is the tag of a language, such as `ja` or `zh-Hant`; a rarer language has three letters."""
    found = TAG.fullmatch(code)
    return found is not None and (len(found[1]) == 3 or found[1].lower() in LANGUAGES_639)
