"""The IPP codec: what it writes it reads, and nothing that a peer sends gets it out of step."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printing.ipp import (
    DEEPEST,
    Attributes,
    Garbled,
    Group,
    Message,
    Operation,
    Resolution,
    Span,
    Tag,
    Value,
    boolean,
    collection,
    decode,
    encode,
    flag_of,
    integer,
    keyword,
    number_of,
    text_of,
    words,
)

INT32 = st.integers(-(2**31), 2**31 - 1)
SCALARS = st.one_of(
    st.builds(Value, st.sampled_from([Tag.INTEGER, Tag.ENUM]), INT32),
    st.builds(Value, st.just(Tag.BOOLEAN), st.booleans()),
    st.builds(Value, st.sampled_from([Tag.OCTETS, Tag.DATE_TIME, 0x3F, 0x7F]), st.binary()),
    st.builds(
        Value,
        st.sampled_from([Tag.TEXT, Tag.NAME, Tag.KEYWORD, Tag.URI, Tag.MIME_TYPE]),
        st.text(st.characters(exclude_categories=["Cs"])),
    ),
    st.builds(Value, st.just(Tag.RESOLUTION), st.builds(Resolution, INT32, INT32, st.just(3))),
    st.builds(Value, st.just(Tag.RANGE), st.builds(Span, INT32, INT32)),
    st.builds(Value, st.sampled_from([Tag.UNKNOWN, Tag.NO_VALUE]), st.none()),
)
NAMES = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=20)


def attributes_of(values: st.SearchStrategy[Value]) -> st.SearchStrategy[Attributes]:
    return st.dictionaries(NAMES, st.lists(values, min_size=1, max_size=3).map(tuple), max_size=3)


VALUES = st.recursive(
    SCALARS,
    lambda inner: st.builds(Value, st.just(Tag.COLLECTION), attributes_of(inner)),
    max_leaves=6,
)
MESSAGES = st.builds(
    Message,
    st.integers(0, 0xFFFF),
    st.integers(0, 0xFFFFFFFF),
    st.lists(
        st.builds(Group, st.sampled_from([1, 2, 4, 5, 9]), attributes_of(VALUES)), max_size=3
    ).map(tuple),
    st.sampled_from([0x0100, 0x0101, 0x0200, 0x0202]),
)


@settings(max_examples=60)
@given(MESSAGES, st.binary())
def test_what_is_written_is_read(message: Message, document: bytes) -> None:
    assert decode(encode(message) + document) == (message, document)


def test_the_example_of_the_standard() -> None:
    """RFC 8010, appendix A.1 (Print-Job), byte by byte, with another printer."""
    example = bytes.fromhex(
        "0101 0002 00000001 01"
        "47 0012 617474726962757465732d63686172736574 0005 7574662d38"
        "48 001b 617474726962757465732d6e61747572616c2d6c616e6775616765 0005 656e2d7573"
        "45 000b 7072696e7465722d757269 0026"
        "6970703a2f2f7072696e74657232333a3633312f6970702f7072696e742f70696e6574726565"
        "42 0008 6a6f622d6e616d65 0006 666f6f626172"
        "22 0016 6970702d6174747269627574652d666964656c697479 0001 01"
        "02"
        "21 0006 636f70696573 0004 00000014"
        "44 0005 7369646573 0013 74776f2d73696465642d6c6f6e672d65646765"
        "03"
    )
    message, document = decode(example + b"%!PDF")
    assert document == b"%!PDF"
    assert message.code == Operation.PRINT_JOB
    operation, job = message.first(Tag.OPERATION_GROUP), message.first(Tag.JOB_GROUP)
    assert text_of(operation, "printer-uri") == "ipp://printer23:631/ipp/print/pinetree"
    assert text_of(operation, "job-name") == "foobar"
    assert flag_of(operation, "ipp-attribute-fidelity") is True
    assert number_of(job, "copies") == 20
    assert text_of(job, "sides") == "two-sided-long-edge"
    assert encode(message) == example


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    for begun in (data, b"\x01\x01\x00\x00\x00\x00\x00\x01" + data):
        try:
            decode(begun)
        except Garbled:
            continue


@settings(max_examples=60)
@given(MESSAGES, st.data())
def test_a_message_cut_off_or_spoiled_is_read_or_refused(
    message: Message, data: st.DataObject
) -> None:
    whole = encode(message)
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(Garbled):
        decode(whole[:cut])
    spoiled = bytearray(whole)
    spoiled[cut] = data.draw(st.integers(0, 255))
    try:
        decode(bytes(spoiled))
    except Garbled:
        return


def begun(*fields: tuple[int, bytes, bytes]) -> bytes:
    parts = [
        struct.pack(">BH", tag, len(n)) + n + struct.pack(">H", len(v)) + v for tag, n, v in fields
    ]
    return b"\x01\x01\x00\x00\x00\x00\x00\x01\x02" + b"".join(parts) + b"\x03"


def test_values_that_are_none_of_their_kind_are_unknown_and_the_rest_is_read() -> None:
    message, _ = decode(
        begun(
            (Tag.INTEGER, b"job-id", b"\x01"),
            (Tag.RESOLUTION, b"printer-resolution", b""),
            (Tag.NAME_IN_LANGUAGE, b"job-name", b"\x00\xff"),
            (Tag.KEYWORD, b"job-state-reasons", b"\xff\xfe"),
            (Tag.ENUM, b"job-state", b"\x00\x00\x00\x09"),
        )
    )
    job = message.first(Tag.JOB_GROUP)
    assert number_of(job, "job-id") is None
    assert text_of(job, "job-name") == ""
    assert number_of(job, "job-state") == 9


def test_a_name_in_a_language_is_a_name() -> None:
    message, _ = decode(begun((Tag.NAME_IN_LANGUAGE, b"job-name", b"\x00\x02id\x00\x03abc")))
    assert message.first(Tag.JOB_GROUP)["job-name"] == (Value(Tag.NAME, "abc"),)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>Bad request</html>",
        b"\x03\x00\x00\x00\x00\x00\x00\x01\x03",
        b"\x01\x01\x00\x00\x00\x00\x00\x01",
        b"\x01\x01\x00\x00\x00\x00\x00\x01\x21\x00\x01a\x00\x00\x03",
        begun((Tag.KEYWORD, b"", b"none")),
        begun((Tag.MEMBER_NAME, b"a", b"b")),
        begun((Tag.COLLECTION, b"media-col", b""), (Tag.KEYWORD, b"", b"x")),
        begun((Tag.COLLECTION, b"media-col", b"")),
        begun(*[(Tag.COLLECTION, b"x", b""), (Tag.MEMBER_NAME, b"", b"y")] * (DEEPEST + 1)),
    ],
)
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(Garbled):
        decode(data)


def test_deepest_nesting_is_read() -> None:
    members: Attributes = {"x": integer(1)}
    for _ in range(DEEPEST - 1):
        members = {"x": collection(members)}
    message = Message(0, 1, (Group(Tag.JOB_GROUP, {"x": collection(members)}),))
    assert decode(encode(message))[0] == message
    deeper = Message(0, 1, (Group(Tag.JOB_GROUP, {"x": collection({"x": collection(members)})}),))
    with pytest.raises(Garbled):
        decode(encode(deeper))


@pytest.mark.parametrize(
    "values",
    [
        words(Tag.NAME, "x" * 0x8000),
        integer(2**31),
        (Value(Tag.INTEGER, 1.5),),  # type: ignore[arg-type]
        boolean(True) + keyword("é" * 20_000),
    ],
)
def test_what_cannot_be_said_in_ipp_is_not_written(values: tuple[Value, ...]) -> None:
    with pytest.raises(ValueError, match=r"too long|kind"):
        encode(Message(0, 1, (Group(Tag.JOB_GROUP, {"x": values}),)))


def test_a_status_is_told_in_the_standards_word() -> None:
    assert Message(0x0001, 1).is_success
    assert not Message(0x0406, 1).is_success
    assert Message(0x0406, 1).status == "not-found"
    assert Message(0x04FF, 1).status == "status-04ff"
