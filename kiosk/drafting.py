"""A draft of the configuration while an admin changes it: which setting has which value for whom.

A scope is "kabupaten", the code of an office, or the number of a kiosk, as in fleet.Problem.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kiosk.domain.configuration import Content, Given
from kiosk.domain.setting import Owner
from kiosk.settings import DECLARED

KABUPATEN = "kabupaten"
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
    return _layers_of(content, scope).get(scope, _NOTHING)


def with_value(content: Content, scope: str, name: str, value: object) -> Content:
    """Return the content with a setting's value for a scope; None takes it out."""
    given = {**given_in(content, scope), name: value}
    if value is None:
        del given[name]
    if scope == KABUPATEN:
        return replace(content, kabupaten=given)
    layers = {**_layers_of(content, scope), scope: given}
    if not given:
        del layers[scope]
    return replace(content, offices=layers) if "." in scope else replace(content, kiosks=layers)


def changes_between(before: Content, after: Content) -> tuple[Change, ...]:
    """Return what `after` says of settings otherwise than `before`, the widest scope first."""
    return tuple(_changes(before, after))


def said_in(content: Content) -> tuple[Change, ...]:
    """Return everything that a configuration says of settings."""
    return changes_between(Content(), content)


def _changes(before: Content, after: Content) -> Iterator[Change]:
    scopes = [KABUPATEN]
    for one in ("offices", "kiosks"):
        scopes += sorted({*getattr(before, one), *getattr(after, one)})
    for scope in scopes:
        old, new = given_in(before, scope), given_in(after, scope)
        for name in sorted({*old, *new}):
            # JSON tells 1 from true, and so must this.
            if repr(old.get(name)) != repr(new.get(name)):
                yield Change(scope, name, old.get(name), new.get(name))


def _layers_of(content: Content, scope: str) -> Mapping[str, Given]:
    return content.offices if "." in scope else content.kiosks
