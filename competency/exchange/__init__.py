"""Frameworks in the vocabularies of others: views that are derived, and what they lose."""

from typing import TYPE_CHECKING

from competency._lazy import lazily

if TYPE_CHECKING:
    from competency.exchange.ctdl_asn.document import document as registry_document
    from competency.exchange.mapping import Fate as Fate
    from competency.exchange.mapping import Loss as Loss
    from competency.exchange.mapping import Rule as Rule
    from competency.exchange.mapping import Table as Table
    from competency.exchange.profiles import PROFILES as PROFILES
    from competency.exchange.profiles import Profile as Profile
    from competency.exchange.profiles import loss as loss
    from competency.exchange.profiles import profile_named as profile_named
    from competency.exchange.profiles import profiles_of as profiles_of
    from competency.exchange.profiles import table_of as table_of
    from competency.exchange.profiles import view as view
    from competency.exchange.schema_org import embedded as embedded
else:
    __getattr__, __dir__ = lazily(__name__)

__all__ = [
    "PROFILES",
    "Fate",
    "Loss",
    "Profile",
    "Rule",
    "Table",
    "embedded",
    "loss",
    "profile_named",
    "profiles_of",
    "registry_document",
    "table_of",
    "view",
]
