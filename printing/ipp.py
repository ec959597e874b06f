"""The Internet Printing Protocol's messages (RFC 8010), and the words of RFC 8011 used here.

What a printer says is never trusted: no length in it leads past its end, collections nest so deep
and no deeper, and a value that is none of its kind becomes None.
"""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from enum import IntEnum

DEEPEST = 8
"""So deep may collections nest; the deepest of the standards is 3."""
LONGEST = 0x7FFF
"""No name or value is longer."""


class Garbled(Exception):
    """What came is no IPP message."""


class Operation(IntEnum):
    """What a printer, or CUPS, is asked to do."""

    PRINT_JOB = 0x02
    VALIDATE_JOB = 0x04
    CREATE_JOB = 0x05
    SEND_DOCUMENT = 0x06
    CANCEL_JOB = 0x08
    GET_JOB_ATTRIBUTES = 0x09
    GET_JOBS = 0x0A
    GET_PRINTER_ATTRIBUTES = 0x0B
    RESUME_PRINTER = 0x11
    CUPS_GET_PRINTERS = 0x4002
    CUPS_ACCEPT_JOBS = 0x4008
    CUPS_GET_DEVICES = 0x400B


class Tag(IntEnum):
    """What a group or a value is."""

    OPERATION_GROUP = 0x01
    JOB_GROUP = 0x02
    END = 0x03
    PRINTER_GROUP = 0x04
    UNSUPPORTED_GROUP = 0x05
    UNKNOWN = 0x12
    NO_VALUE = 0x13
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    OCTETS = 0x30
    DATE_TIME = 0x31
    RESOLUTION = 0x32
    RANGE = 0x33
    COLLECTION = 0x34
    TEXT_IN_LANGUAGE = 0x35
    NAME_IN_LANGUAGE = 0x36
    END_COLLECTION = 0x37
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    URI_SCHEME = 0x46
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49
    MEMBER_NAME = 0x4A


class JobState(IntEnum):
    """How far a job is."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


PRINTER_STOPPED = 5

STATUS_WORDS: Mapping[int, str] = {
    0x0400: "bad-request",
    0x0401: "forbidden",
    0x0402: "not-authenticated",
    0x0403: "not-authorized",
    0x0404: "not-possible",
    0x0405: "timeout",
    0x0406: "not-found",
    0x0407: "gone",
    0x0408: "request-entity-too-large",
    0x0409: "request-value-too-long",
    0x040A: "document-format-not-supported",
    0x040B: "attributes-or-values-not-supported",
    0x040C: "uri-scheme-not-supported",
    0x040D: "charset-not-supported",
    0x040E: "conflicting-attributes",
    0x040F: "compression-not-supported",
    0x0410: "compression-error",
    0x0411: "document-format-error",
    0x0412: "document-access-error",
    0x0500: "internal-error",
    0x0501: "operation-not-supported",
    0x0502: "service-unavailable",
    0x0503: "version-not-supported",
    0x0504: "device-error",
    0x0505: "temporary-error",
    0x0506: "not-accepting-jobs",
    0x0507: "busy",
    0x0508: "job-canceled",
    0x0509: "multiple-document-jobs-not-supported",
    0x050B: "too-many-jobs",
}
NOT_FOUND = frozenset({0x0406, 0x0407})
NOT_NOW = frozenset({0x0405, 0x0502, 0x0504, 0x0505, 0x0506, 0x0507, 0x050B})
"""The printer cannot take a job at present."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """So many dots along and across; `unit` is 3 for an inch and 4 for a centimetre."""

    across: int
    along: int
    unit: int = 3


@dataclass(frozen=True, slots=True)
class Span:
    """A range of whole numbers, both ends in it."""

    lower: int
    upper: int


@dataclass(frozen=True, slots=True)
class Value:
    """One value. Its content is None where none was said or it was none of its kind.

    Texts and names in a language of their own are taken as text and name.
    """

    tag: int
    content: "bool | int | str | bytes | Resolution | Span | Attributes | None"


Attributes = Mapping[str, tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Group:
    """Attributes of the operation, of a job, of a printer."""

    tag: int
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Message:
    """A question, whose `code` is an operation, or an answer, whose `code` is how it went."""

    code: int
    request_id: int
    groups: tuple[Group, ...] = ()
    version: int = 0x0101

    @property
    def is_success(self) -> bool:
        """Of an answer: it was done, perhaps leaving out what the printer does not know."""
        return self.code < 0x0100

    @property
    def status(self) -> str:
        """Of an answer: how it went, in the standard's word."""
        return STATUS_WORDS.get(self.code, f"status-{self.code:04x}")

    def groups_of(self, tag: int) -> list[Attributes]:
        """Return the attributes of every group of a kind."""
        return [group.attributes for group in self.groups if group.tag == tag]

    def first(self, tag: int) -> Attributes:
        """Return the attributes of the first group of a kind, none if there is no such group."""
        return next(iter(self.groups_of(tag)), {})


def integer(value: int) -> tuple[Value, ...]:
    """Return an attribute's value: a number."""
    return (Value(Tag.INTEGER, value),)


def boolean(value: bool) -> tuple[Value, ...]:
    """Return an attribute's value: true or false."""
    return (Value(Tag.BOOLEAN, value),)


def words(tag: int, *contents: str) -> tuple[Value, ...]:
    """Return an attribute's values: keywords, names, URIs, as `tag` says."""
    return tuple(Value(tag, content) for content in contents)


def keyword(*contents: str) -> tuple[Value, ...]:
    """Return an attribute's values: keywords."""
    return words(Tag.KEYWORD, *contents)


def collection(members: Attributes) -> tuple[Value, ...]:
    """Return an attribute's value: attributes of its own."""
    return (Value(Tag.COLLECTION, members),)


def texts_of(attributes: Attributes, name: str) -> tuple[str, ...]:
    """Return what of an attribute's values is text of any kind."""
    contents = (value.content for value in attributes.get(name, ()))
    return tuple(content for content in contents if isinstance(content, str))


def text_of(attributes: Attributes, name: str) -> str:
    """Return the first text among an attribute's values, "" if there is none."""
    return next(iter(texts_of(attributes, name)), "")


def number_of(attributes: Attributes, name: str) -> int | None:
    """Return the first number among an attribute's values."""
    for value in attributes.get(name, ()):
        if isinstance(value.content, int) and not isinstance(value.content, bool):
            return value.content
    return None


def numbers_of(attributes: Attributes, name: str) -> tuple[int, ...]:
    """Return what of an attribute's values is a number."""
    contents = (value.content for value in attributes.get(name, ()))
    return tuple(content for content in contents if type(content) is int)


def flag_of(attributes: Attributes, name: str) -> bool | None:
    """Return whether an attribute says true or false, None if neither."""
    for value in attributes.get(name, ()):
        if isinstance(value.content, bool):
            return value.content
    return None


# Writing


def encode(message: Message) -> bytes:
    """Return a message's bytes; a document follows them as it is.

    Raises ValueError for a value that is not of its tag's kind or too long.
    """
    try:
        parts = [struct.pack(">HHI", message.version, message.code, message.request_id)]
        for group in message.groups:
            parts.append(bytes([group.tag]))
            for name, values in group.attributes.items():
                parts.extend(_attribute(name, values))
    except (struct.error, KeyError) as error:
        raise ValueError(f"a value is not of its kind: {error}") from None
    return b"".join([*parts, bytes([Tag.END])])


def _attribute(name: str, values: Iterable[Value]) -> Iterable[bytes]:
    for value in values:
        yield _field(value.tag, name.encode(), _content(value))
        if isinstance(value.content, Mapping):
            yield from _members(value.content)
        name = ""  # further values of a set have no name


def _members(members: Attributes) -> Iterable[bytes]:
    for name, values in members.items():
        yield _field(Tag.MEMBER_NAME, b"", name.encode())
        yield from _attribute("", values)
    yield _field(Tag.END_COLLECTION, b"", b"")


def _field(tag: int, name: bytes, value: bytes) -> bytes:
    if len(name) > LONGEST or len(value) > LONGEST:
        raise ValueError("a name or value is too long")
    return struct.pack(f">BH{len(name)}sH", tag, len(name), name, len(value)) + value


_FORMATS: Mapping[int, str] = {
    Tag.INTEGER: ">i",
    Tag.ENUM: ">i",
    Tag.BOOLEAN: ">?",
    Tag.RESOLUTION: ">iib",
    Tag.RANGE: ">ii",
}


def _content(value: Value) -> bytes:
    content = value.content
    if content is None or isinstance(content, Mapping):
        return b""
    if isinstance(content, str):
        return content.encode()
    if isinstance(content, bytes):
        return content
    numbers = astuple(content) if isinstance(content, Resolution | Span) else (content,)
    return struct.pack(_FORMATS[value.tag], *numbers)


# Reading


class _Reader:
    """Goes through bytes and never past their end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def take(self, count: int) -> bytes:
        """Raises Garbled where there is less."""
        end = self.at + count
        if end > len(self._data):
            raise Garbled("the message ends before its time")
        taken = self._data[self.at : end]
        self.at = end
        return taken

    def number(self, count: int) -> int:
        return int.from_bytes(self.take(count), "big")

    def field(self) -> tuple[str, bytes]:
        name = self.take(self.number(2)).decode(errors="replace")
        return name, self.take(self.number(2))


def decode(data: bytes) -> tuple[Message, bytes]:
    """Return the message at the beginning of `data`, and what follows it.

    Raises Garbled for bytes that are none.
    """
    reader = _Reader(data)
    version, code, request_id = reader.number(2), reader.number(2), reader.number(4)
    if version >> 8 not in (1, 2):
        raise Garbled("not a version of IPP")
    groups: list[Group] = []
    attributes: dict[str, tuple[Value, ...]] | None = None
    last = ""
    while (tag := reader.number(1)) != Tag.END:
        if tag < 0x10:
            attributes = {}
            groups.append(Group(tag, attributes))
            last = ""
            continue
        if attributes is None:
            raise Garbled("a value before any group")
        last = _read_value(reader, tag, attributes, last)
    return Message(code, request_id, tuple(groups), version), data[reader.at :]


def _read_value(
    reader: _Reader, tag: int, attributes: dict[str, tuple[Value, ...]], last: str
) -> str:
    """Add one value to the attributes; returns the name of the attribute it belongs to."""
    name, raw = reader.field()
    if tag in (Tag.MEMBER_NAME, Tag.END_COLLECTION) or not (name or last):
        raise Garbled("a value that belongs to nothing")
    value = _read_content(reader, tag, raw, depth=1)
    if not name:
        attributes[last] += (value,)
        return last
    attributes[name] = (value,)
    return name


def _read_content(reader: _Reader, tag: int, raw: bytes, depth: int) -> Value:
    if tag != Tag.COLLECTION:
        return _value(tag, raw)
    if depth > DEEPEST:
        raise Garbled("collections nest too deep")
    return Value(tag, _read_members(reader, depth))


def _read_members(reader: _Reader, depth: int) -> Attributes:
    members: dict[str, tuple[Value, ...]] = {}
    name = ""
    while (tag := reader.number(1)) != Tag.END_COLLECTION:
        _, raw = reader.field()
        if tag == Tag.MEMBER_NAME:
            name = raw.decode(errors="replace")
            members[name] = ()
        elif tag < 0x10 or not name:
            raise Garbled("a collection's value that belongs to nothing")
        else:
            members[name] += (_read_content(reader, tag, raw, depth + 1),)
    reader.field()
    return members


def _value(tag: int, raw: bytes) -> Value:
    if tag in (Tag.TEXT_IN_LANGUAGE, Tag.NAME_IN_LANGUAGE):
        return _value_in_language(tag, raw)
    if tag in _FORMATS:
        return Value(tag, _number(tag, raw))
    if tag < 0x20:
        return Value(tag, None)
    return Value(tag, raw.decode(errors="replace") if 0x40 <= tag < 0x4A else raw)


def _number(tag: int, raw: bytes) -> int | Resolution | Span | None:
    try:
        numbers = struct.unpack(_FORMATS[tag], raw)
    except struct.error:
        return None
    match tag:
        case Tag.RESOLUTION:
            return Resolution(*numbers)
        case Tag.RANGE:
            return Span(*numbers)
    only: int = numbers[0]
    return only


def _value_in_language(tag: int, raw: bytes) -> Value:
    reader = _Reader(raw)
    plain = Tag.TEXT if tag == Tag.TEXT_IN_LANGUAGE else Tag.NAME
    try:
        reader.take(reader.number(2))
        return Value(plain, reader.take(reader.number(2)).decode(errors="replace"))
    except Garbled:
        return Value(plain, None)
