"""A certificate authority of the tests' own."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Authority:
    """Signs servers' certificates."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def new(cls) -> Self:
        """An authority nobody has heard of yet."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name("The tests' authority")
        made = _valid(name, name, key.public_key())
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        return cls(key, made.sign(key, hashes.SHA256()))

    def write_server(self, folder: Path, address: str) -> None:
        """Write ca.pem, and server.pem and server.key for localhost, 127.0.0.1 and `address`."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = _valid(self.certificate.subject, _name("localhost"), key.public_key())
        names: list[x509.GeneralName] = [x509.DNSName("localhost")]
        names += [x509.IPAddress(IPv4Address(one)) for one in {"127.0.0.1", address}]
        made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
        signed = made.sign(self.key, hashes.SHA256())
        (folder / "ca.pem").write_bytes(_pem(self.certificate))
        (folder / "server.pem").write_bytes(_pem(signed))
        private = folder / "server.key"
        private.touch(mode=0o600)
        private.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _valid(
    issuer: x509.Name, subject: x509.Name, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
