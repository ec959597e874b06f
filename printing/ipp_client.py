"""Asks an IPP printer, or CUPS, one question at a time over HTTP."""

import hashlib
import hmac
import io
import itertools
import math
import os
import pwd
import socket
import ssl
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from printing.ipp import (
    Attributes,
    Garbled,
    Group,
    Message,
    Operation,
    Tag,
    decode,
    encode,
    words,
)

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

LONGEST_ANSWER = 4 * 1024 * 1024
"""An answer is read so far and no further; a printer's longest are some 100 kB."""
USER = "anjungan"
"""Whose jobs ours are: CUPS shows names of jobs to their owner alone."""
_PIECE = 64 * 1024
_AT_LEAST_S = 0.01
_PORTS = {"ipp": 631, "ipps": 631, "http": 80, "https": 443}
_SECURE = frozenset({"ipps", "https"})
_request_ids = itertools.count(1)


class IppFailure(Exception):
    """The printer was asked and gave no answer in IPP. Messages hold no personal data."""


class Unreachable(IppFailure):
    """Nobody answers there: not one byte of the question left."""


class Untrusted(Unreachable):
    """It answers, and its certificate is not the one it should have: nothing was said to it."""


class Broken(IppFailure):
    """The question left, whole or in part, and no answer to it came back."""


class Refused(IppFailure):
    """What answers does not take questions here; `status` is what HTTP calls it."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


@dataclass(frozen=True, slots=True)
class Address:
    """Where a printer is, and what it is called there.

    `uri` is its own name for itself. `fingerprint` is the SHA-256 of its certificate, in
    hexadecimal: "" leaves the judgement to the certificates that this machine trusts. With a
    `socket` the host is this machine.
    """

    uri: str
    host: str
    port: int
    path: str
    is_secure: bool = False
    fingerprint: str = ""
    socket: Path | None = None


def parse_address(text: str) -> Address:
    """Read "ipp://host[:port][/path]" or ipps, http, https, of which the last two are old queues'.

    "#sha256=..." behind it names the certificate that an ipps printer must have. Raises ValueError
    for anything else.
    """
    parts = urlsplit(text)
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
        raise ValueError("a printer's address is ipp://host/path or ipps://host/path")
    fingerprint = _fingerprint(parts.fragment)
    is_secure = parts.scheme in _SECURE
    if fingerprint and not is_secure:
        raise ValueError("only ipps has certificates")
    port = parts.port or _PORTS[parts.scheme]
    path = parts.path if parts.path not in ("", "/") else "/ipp/print"
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    uri = f"{'ipps' if is_secure else 'ipp'}://{host}:{port}{path}"
    return Address(uri, unquote(parts.hostname), port, path, is_secure, fingerprint)


def _fingerprint(fragment: str) -> str:
    kind, _, written = fragment.partition("=")
    digest = written.replace(":", "").lower()
    if not fragment:
        return ""
    if kind != "sha256" or len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError("a certificate is named as #sha256= and 64 digits")
    return digest


class _Deadline:
    """A socket as http.client wants it: each piece sent, and the whole answer, has so long.

    The socket's own time-out begins anew with every byte, which a peer can drag out for ever.
    """

    def __init__(self, connected: socket.socket, answer_s: float) -> None:
        self._socket = connected
        self._answer_s = answer_s

    def sendall(self, data: "ReadableBuffer") -> None:
        pieces = memoryview(data)
        for begin in range(0, len(pieces), _PIECE):
            self._socket.settimeout(self._answer_s)
            self._socket.sendall(pieces[begin : begin + _PIECE])

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return the answer; its time begins now."""
        return io.BufferedReader(_Answer(self._socket, time.monotonic() + self._answer_s))

    def close(self) -> None:
        """Do nothing: http.client closes before it has read the answer."""


class _Answer(io.RawIOBase):
    def __init__(self, connected: socket.socket, until: float) -> None:
        self._socket = connected
        self._until = until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer takes too long")
        self._socket.settimeout(left)
        return self._socket.recv_into(memoryview(buffer))


class Client:
    """Asks what is at one address, with a connection for each question.

    So no connection can turn out dead in the middle of what must happen once. `is_verified` False
    takes any certificate, for what is as public as the state of a job.
    """

    def __init__(
        self,
        address: Address,
        answer_s: float,
        *,
        is_verified: bool = True,
        until: float = math.inf,
    ) -> None:
        self.address = address
        self._longest_s = answer_s
        self._is_verified = is_verified
        self._until = until

    def before(self, until: float) -> "Client":
        """Return one whose questions have been answered or given up at `until`, a monotonic time,
        however many they are."""
        is_verified = self._is_verified
        return Client(self.address, self._longest_s, is_verified=is_verified, until=until)

    @property
    def _answer_s(self) -> float:
        return min(self._longest_s, max(self._until - time.monotonic(), _AT_LEAST_S))

    def ask(
        self,
        operation: Operation,
        attributes: Attributes,
        *,
        job: Attributes | None = None,
        uri: str = "",
        document: bytes = b"",
    ) -> Message:
        """Return the answer, whichever it is; raises IppFailure where there is none.

        `uri` is the printer that is meant (the address itself by default); `job` are attributes of
        a new job.
        """
        operation_attributes = {
            "attributes-charset": words(Tag.CHARSET, "utf-8"),
            "attributes-natural-language": words(Tag.LANGUAGE, "en"),
            "printer-uri": words(Tag.URI, uri or self.address.uri),
            **attributes,
            "requesting-user-name": words(Tag.NAME, USER),
        }
        groups = [Group(Tag.OPERATION_GROUP, operation_attributes)]
        if job:
            groups.append(Group(Tag.JOB_GROUP, job))
        question = Message(operation, next(_request_ids), tuple(groups))
        answer, _ = self._decoded(self._post(encode(question) + document))
        if answer.request_id != question.request_id:
            raise Broken("the answer to another question")
        return answer

    def _decoded(self, body: bytes) -> tuple[Message, bytes]:
        try:
            return decode(body)
        except Garbled as garbled:
            raise Broken(str(garbled)) from None

    def _post(self, body: bytes, authorization: str = "") -> bytes:
        reached = self._connect()
        connection = HTTPConnection(self.address.host, self.address.port)
        connection.sock = _Deadline(reached, self._answer_s)
        headers = {"Content-Type": "application/ipp", "Connection": "close"}
        if authorization:
            headers["Authorization"] = authorization
        try:
            connection.request("POST", self.address.path, body, headers)
            response = connection.getresponse()
            status = response.status
            answer = _read(response) if status == 200 else b""
        except (OSError, HTTPException, ValueError) as error:
            raise Broken(f"no answer: {type(error).__name__}") from None
        finally:
            connection.close()
            reached.close()
        if status == 401 and self.address.socket is not None and not authorization:
            return self._post(body, f"PeerCred {pwd.getpwuid(os.geteuid()).pw_name}")
        if status != 200:
            raise Refused(status)
        return answer

    def _connect(self) -> socket.socket:
        try:
            return self._trusted(self._reach())
        except ssl.SSLError as error:
            raise Unreachable(f"no TLS: {error.reason}") from None
        except (OSError, UnicodeError) as error:
            raise Unreachable(f"nobody answers: {type(error).__name__}") from None

    def _reach(self) -> socket.socket:
        if self.address.socket is None:
            return socket.create_connection((self.address.host, self.address.port), self._answer_s)
        reached = socket.socket(socket.AF_UNIX)
        reached.settimeout(self._answer_s)
        try:
            reached.connect(str(self.address.socket))
        except OSError:
            reached.close()
            raise
        return reached

    def _trusted(self, reached: socket.socket) -> socket.socket:
        """Return the connection, encrypted and with the right printer where that is asked."""
        if not self.address.is_secure:
            return reached
        is_judged_here = self._is_verified and not self.address.fingerprint
        try:
            return self._encrypted(reached, is_judged_here)
        except ssl.SSLCertVerificationError:
            reached.close()
        with self._reach() as again, self._encrypted(again, is_judged_here=False) as shown:
            raise Untrusted(f"unknown certificate #sha256={_digest(shown)}")

    def _encrypted(self, reached: socket.socket, is_judged_here: bool) -> ssl.SSLSocket:
        context = ssl.create_default_context()
        if not is_judged_here:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        try:
            encrypted = context.wrap_socket(reached, server_hostname=self.address.host)
        except OSError:
            reached.close()
            raise
        wanted, shown = self.address.fingerprint, _digest(encrypted)
        if wanted and self._is_verified and not hmac.compare_digest(shown, wanted):
            encrypted.close()
            raise Untrusted(f"another certificate #sha256={shown}")
        return encrypted


def _digest(encrypted: ssl.SSLSocket) -> str:
    return hashlib.sha256(encrypted.getpeercert(binary_form=True) or b"").hexdigest()


def _read(response: HTTPResponse) -> bytes:
    body = response.read(LONGEST_ANSWER + 1)
    if len(body) > LONGEST_ANSWER:
        raise ValueError("the answer is too long")
    return body
