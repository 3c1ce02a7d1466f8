"""Sites: where the links of a message lead."""

from collections.abc import Iterator

from domain.language import Text
from policies.finding import Finding
from policies.inspection import links
from policies.inspection.reading import Reading, finding
from policies.rules.url_allow import UrlAllow


def foreign_links(rule: UrlAllow, reading: Reading) -> Iterator[Finding]:
    """The links that leave our own site, the offer's, and those that the rule names."""
    found = list(reading.links)
    for part in reading.parts:
        found += [(part.name, url) for url in links.urls_in("\n".join(part.lines))]
    if not found:
        return
    home = reading.s.home
    own = links.sites([reading.sender.site, *(offer.url for offer in reading.offers)])
    allowed = own | {links.registrable(domain) for domain in rule.domains}
    exact = frozenset([home.public_url.rstrip("/")] if home.public_url else [])
    for name, url in dict.fromkeys(found):
        if links.foreign(url, allowed, exact):
            why = Text(
                ja=f"「{url}」は自社のサイトでもオファーのサイトでもありません。",
                en=f"{url} is neither our own site nor the offer's.",
            )
            yield finding(rule, name, url, why)
