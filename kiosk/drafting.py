"""A draft of the configuration while an admin changes it: what it says otherwise than before.

A scope of settings is "kabupaten", the code of an office, or the number of a kiosk, as in
fleet.Problem. Data files stand under the scope "data" by their names, sentences under "text" by
their keys, each with what it is in every language; these two count for all kiosks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kiosk.domain.configuration import Content, Given
from kiosk.domain.setting import Owner
from kiosk.settings import DECLARED

KABUPATEN, DATA, TEXT = "kabupaten", "data", "text"
FOR_ALL = frozenset({KABUPATEN, DATA, TEXT})
_NOTHING: Given = {}


@dataclass(frozen=True, slots=True)
class Change:
    """What a draft says otherwise than the version it is made from; None: nothing."""

    scope: str
    name: str
    before: object
    after: object


def settings_for(scope: str) -> tuple[str, ...]:
    """Return the settings that a configuration may set for a scope."""
    allowed = {Owner.OFFICE, Owner.KABUPATEN} if scope == KABUPATEN else {Owner.OFFICE}
    return tuple(name for name, about in DECLARED.items() if about.owner in allowed)


def given_in(content: Content, scope: str) -> Given:
    """Return the values of one scope."""
    if scope == KABUPATEN:
        return content.kabupaten
    if scope == DATA:
        return content.data
    if scope == TEXT:
        return said_by_key(content)
    return _layers_of(content, scope).get(scope, _NOTHING)


def said_by_key(content: Content) -> dict[str, dict[str, str]]:
    """Return the sentences that a configuration brings, by key and language."""
    found: dict[str, dict[str, str]] = {}
    for language in sorted(content.texts):
        for key, sentence in content.texts[language].items():
            found.setdefault(key, {})[language] = sentence
    return found


def with_value(content: Content, scope: str, name: str, value: object) -> Content:
    """Return the content with what a scope says of a name; None takes it out."""
    if scope == TEXT:
        return with_sentence(content, name, value if isinstance(value, dict) else {})
    given = {**given_in(content, scope), name: value}
    if value is None:
        del given[name]
    if scope == KABUPATEN:
        return replace(content, kabupaten=given)
    if scope == DATA:
        return replace(content, data={one: str(text) for one, text in given.items()})
    layers = {**_layers_of(content, scope), scope: given}
    if not given:
        del layers[scope]
    return replace(content, offices=layers) if "." in scope else replace(content, kiosks=layers)


def with_sentence(content: Content, key: str, said: Mapping[str, str]) -> Content:
    """Return the content with a sentence in these languages alone; in none it is taken out."""
    texts: dict[str, dict[str, str]] = {}
    for language in sorted({*content.texts, *said}):
        before = content.texts.get(language, {})
        kept = {one: sentence for one, sentence in before.items() if one != key}
        if language in said:
            kept[key] = said[language]
        if kept:
            texts[language] = kept
    return replace(content, texts=texts)


def carried_over(content: Content, before: Content, newest: Content) -> Content:
    """Return what `content` changes of `before`, changed of `newest` instead."""
    for one in changes_between(before, content):
        newest = with_value(newest, one.scope, one.name, one.after)
    return newest


def changes_between(before: Content, after: Content) -> tuple[Change, ...]:
    """Return what `after` says otherwise than `before`, the widest scope first."""
    return tuple(_changes(before, after))


def said_in(content: Content) -> tuple[Change, ...]:
    """Return everything that a configuration says."""
    return changes_between(Content(), content)


def _changes(before: Content, after: Content) -> Iterator[Change]:
    scopes = [KABUPATEN]
    for one in ("offices", "kiosks"):
        scopes += sorted({*getattr(before, one), *getattr(after, one)})
    scopes += (DATA, TEXT)
    for scope in scopes:
        old, new = given_in(before, scope), given_in(after, scope)
        for name in sorted({*old, *new}):
            # JSON tells 1 from true, and so must this.
            if repr(old.get(name)) != repr(new.get(name)):
                yield Change(scope, name, old.get(name), new.get(name))


def _layers_of(content: Content, scope: str) -> Mapping[str, Given]:
    return content.offices if "." in scope else content.kiosks
