"""Mappings as people write them: YAML read into the typed document, every mistake with its line and a suggestion."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ValidationError

from domain.errors import Unreadable
from domain.language import Language
from policies.mistakes import sentences
from policies.written import Written
from tools.exchange.fields import Kind
from tools.exchange.mapping import LoadMapping
from tools.exchange.mistakes import mistakes

MODELS: Mapping[str, type[BaseModel]] = {"mapping": LoadMapping}


class Sheet(Written):
    """One mapping on its page."""

    def mapping(self) -> LoadMapping:
        """The document; raises Unreadable with all that is wrong with its form."""
        try:
            found = LoadMapping.model_validate(_words_as_keys(self.data or {}))
        except ValidationError as error:
            for where, said in sentences(error, MODELS, self.language, "mapping"):
                place = self.place((), where)
                if place not in self.trapped:
                    self.problems.append((self.line(place), said))
        if self.problems:
            raise Unreadable(self.told())
        return found

    def fits(self, mapping: LoadMapping, kind: Kind, header: Sequence[str]) -> None:
        """Raises Unreadable with every place that does not fit the kind of table or the file."""
        for one in mistakes(mapping, kind, header):
            self.tell(self.line(self.place((), tuple(one.where))), ja=one.ja, en=one.en)
        if self.problems:
            raise Unreadable(self.told())


def read_mapping(text: str, name: str, language: Language) -> tuple[LoadMapping, Sheet]:
    """The mapping in a YAML text, and its page, which knows the lines."""
    page = Sheet(language, name, text)
    return page.mapping(), page


def _words_as_keys(data: object) -> object:
    return {str(name): one for name, one in data.items()} if isinstance(data, dict) else data
