"""Certificates for domains and for callers, signed by an authority that a test makes."""

import datetime
import tempfile

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

DAY = datetime.timedelta(days=1)
# Of what a key may be used for, in the order of the library.
USAGES = [
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
]


class Authority:
    def __init__(self, name):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = self.builder(self.subject, self.key)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        builder = builder.add_extension(usage("key_cert_sign", "crl_sign"), critical=True)
        self.certificate = self.signed(builder)

    def server(self, *hosts):
        """A certificate of these hosts and its key, both in PEM."""
        names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
        return self.leaf(hosts[0], ExtendedKeyUsageOID.SERVER_AUTH, names)

    def client(self, name):
        """A file with a caller's certificate and key."""
        chain, key = self.leaf(name, ExtendedKeyUsageOID.CLIENT_AUTH)
        file = tempfile.NamedTemporaryFile("w", suffix=".pem", encoding="ascii")
        file.write(key + chain)
        file.flush()
        return file

    def leaf(self, name, purpose, *extensions):
        key = ec.generate_private_key(ec.SECP256R1())
        builder = self.builder(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), key)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        builder = builder.add_extension(usage("digital_signature"), critical=True)
        for extension in (x509.ExtendedKeyUsage([purpose]), *extensions):
            builder = builder.add_extension(extension, critical=False)
        pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        return self.signed(builder), key.private_bytes(pem, pkcs8, serialization.NoEncryption()).decode()

    def builder(self, subject, key):
        now = datetime.datetime.now(datetime.timezone.utc)
        builder = x509.CertificateBuilder().issuer_name(self.subject).subject_name(subject)
        builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(now - DAY).not_valid_after(now + 30 * DAY)
        own = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = builder.add_extension(own, critical=False)
        return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)

    def signed(self, builder):
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def usage(*allowed):
    return x509.KeyUsage(**{one: one in allowed for one in USAGES})
