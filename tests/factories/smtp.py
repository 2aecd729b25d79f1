"""A mail server for one test: it speaks enough of SMTP (RFC 5321) to take letters, and keeps them."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default

ANSWERS = {b"EHLO": b"250 test", b"HELO": b"250 test", b"QUIT": b"221 bye"}


class Taking(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        self.say(b"220 test")
        while line := self.rfile.readline():
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                self.say(b"354 go on")
                self.server.letters.append(message_from_bytes(self.letter(), policy=default))
            self.say(ANSWERS.get(verb, b"250 ok"))
            if verb == b"QUIT":
                return

    def letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)

    def say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on a free port of this machine."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.letters: list[Message] = []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        listening = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        listening.start()
        yield server
        server.shutdown()
        listening.join()
