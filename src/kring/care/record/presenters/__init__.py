"""An entry's content in words."""

from .content import Field, code_word, fields_of
from .moments import when

__all__ = ["Field", "code_word", "fields_of", "when"]
