"""A security key in software: makes passkeys and answers challenges as a browser sends them on."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40
ES256 = -7


def b64(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


@dataclass
class SoftKey:
    """One key pair; what it says can be bent, to see that the service notices."""

    host: str = "localhost"
    origin: str = "http://localhost:8000"
    flags: int = PRESENT | VERIFIED
    count: int = 0
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def client_data(self, kind: str, challenge: bytes) -> bytes:
        return json.dumps({"type": kind, "challenge": b64(challenge), "origin": self.origin}).encode()

    def head(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def public_key(self) -> bytes:
        numbers = self.private.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        return cbor2.dumps({1: 2, 3: ES256, -1: 1, -2: x, -3: y})

    def makes(self, challenge: bytes) -> str:
        """What a browser sends after ``navigator.credentials.create``."""
        length = len(self.credential_id).to_bytes(2, "big")
        held = bytes(16) + length + self.credential_id + self.public_key()
        data = self.head(self.flags | HAS_KEY) + held
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self.sent(
            {"clientDataJSON": self.client_data("webauthn.create", challenge), "attestationObject": attestation}
        )

    def answers(self, challenge: bytes) -> str:
        """What a browser sends after ``navigator.credentials.get``."""
        self.count += 1
        client, data = self.client_data("webauthn.get", challenge), self.head(self.flags)
        signature = self.private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self.sent({"clientDataJSON": client, "authenticatorData": data, "signature": signature})

    def sent(self, parts: dict[str, bytes]) -> str:
        response = {name: b64(part) for name, part in parts.items()}
        name = b64(self.credential_id)
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
        )
