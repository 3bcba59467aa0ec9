#!/usr/bin/env python3
"""A relay that stands before a real one and misbehaves in one chosen way: for scripts/system-test-mail.

It speaks STARTTLS with its own certificate, passes every later line on to the real relay over TLS, and writes what happened to a log of JSON lines.
Its fault befalls the first --times connections; later ones are passed on unharmed. It prints its port, and serves until it is ended.

  none               passes on                           drop:DATA   ends in the middle of a letter
  busy               421 instead of a greeting           drop:DOT    passes the letter on and ends before the answer
  babble             is no mail server at all            silent:DOT  passes the letter on and never says so
  stripped           offers no STARTTLS                  say:CODE    refuses the letter after its last dot
  starttls-refused   offers it and refuses it            greylist    451 to every recipient
  drop:MAIL          ends after MAIL FROM                refuse:WHO  550 to one recipient
  slow:MILLISECONDS  a pause before each byte it says    defer:WHO   450 to one recipient
"""

import argparse
import hashlib
import json
import re
import socket
import ssl
import threading
import time


class Gone(Exception):
    """The connection is over, by whomever."""


class Log:
    def __init__(self, path):
        self.file = open(path, "a")
        self.lock = threading.Lock()

    def write(self, **event):
        with self.lock:
            self.file.write(json.dumps(event) + "\n")
            self.file.flush()


class Wire:
    """One side of a visit: lines in, lines out, perhaps byte by byte."""

    def __init__(self, connection, pause=0.0):
        self.connection = connection
        self.lines = connection.makefile("rb")
        self.pause = pause

    def line(self):
        line = self.lines.readline()
        if not line:
            raise Gone
        return line

    def reply(self):
        """A complete answer, all its lines."""
        answer = b""
        while True:
            line = self.line()
            answer += line
            if line[3:4] != b"-":
                return answer

    def send(self, data):
        if not self.pause:
            self.connection.sendall(data)
            return
        for byte in data:
            time.sleep(self.pause)
            self.connection.sendall(bytes([byte]))

    def secure(self, context, **how):
        return Wire(context.wrap_socket(self.connection, **how), self.pause)

    def close(self):
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.connection.close()


class Visit:
    """One connection from dondocd, with one of our own to the real relay behind it."""

    def __init__(self, relay, number, connection):
        self.relay = relay
        self.number = number
        self.fault, _, self.detail = relay.fault.partition(":") if number <= relay.times else ("none", "", "")
        self.client = Wire(connection, int(self.detail) / 1000 if self.fault == "slow" else 0.0)
        self.next = None
        self.recipients = []
        self.is_secure = False

    def run(self):
        try:
            self.greet()
            while True:
                self.command(self.client.line())
        except (Gone, OSError, ValueError) as error:
            self.note(end=str(error) or "closed")
        finally:
            for wire in (self.client, self.next):
                if wire:
                    wire.close()

    def note(self, **event):
        self.relay.log.write(visit=self.number, secure=self.is_secure, **event)

    def answer(self, text):
        self.client.send(text if isinstance(text, bytes) else text.encode() + b"\r\n")

    def greet(self):
        self.note(begin=self.fault)
        if self.fault == "busy":
            self.answer("421 4.3.2 the relay is busy, come back later")
            raise Gone
        if self.fault == "babble":
            self.answer("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n")
            raise Gone
        self.answer("220 localhost ESMTP of ill will")

    def command(self, line):
        word = line.split()[0].upper().decode("ascii", "replace") if line.split() else ""
        self.note(said=b" ".join(line.split()[:2]).decode("ascii", "replace"))
        if not self.is_secure:
            return self.clear(word)
        if word in ("MAIL", "RCPT", "DATA"):
            return getattr(self, word.lower())(line)
        self.pass_on(line)
        if word == "AUTH":
            self.finish_login()
        if word == "QUIT":
            raise Gone

    def clear(self, word):
        if word == "EHLO":
            self.answer("250-localhost\r\n" + ("" if self.fault == "stripped" else "250-STARTTLS\r\n") + "250 8BITMIME")
        elif word == "STARTTLS" and self.fault not in ("stripped", "starttls-refused"):
            self.answer("220 2.0.0 go ahead")
            self.client = self.client.secure(self.relay.certificate, server_side=True)
            self.is_secure = True
            self.connect()
        elif word == "STARTTLS":
            self.answer("454 4.7.0 no TLS today")
        elif word == "QUIT":
            self.answer("221 2.0.0 bye")
            raise Gone
        else:
            # Whatever a careless sender says in the clear is welcome here, so that the test sees it.
            self.answer("354 go ahead" if word == "DATA" else "250 2.0.0 ok")

    def connect(self):
        self.next = Wire(socket.create_connection(("127.0.0.1", self.relay.next), timeout=60))
        self.next.reply()
        self.next.send(b"EHLO localhost\r\n")
        self.next.reply()
        self.next.send(b"STARTTLS\r\n")
        self.next.reply()
        self.next = self.next.secure(self.relay.trust, server_hostname="localhost")

    def pass_on(self, line):
        """Passes a line on and its answer back; returns the answer's code."""
        self.next.send(line)
        answer = self.next.reply()
        self.answer(answer)
        self.last = answer[:3]
        return self.last

    def finish_login(self):
        while self.last == b"334":
            self.pass_on(self.client.line())
        self.note(login=self.last.decode())

    def mail(self, line):
        self.recipients = []
        if (self.fault, self.detail) == ("drop", "MAIL"):
            raise Gone
        self.pass_on(line)

    def rcpt(self, line):
        address = re.search(rb"<(.*)>", line).group(1).decode()
        said = None
        if self.fault == "greylist":
            said = "451 4.7.1 greylisted, come back in a moment"
        elif self.fault in ("refuse", "defer") and address == self.detail:
            said = "550 5.1.1 nobody of this name here" if self.fault == "refuse" else "450 4.2.1 the mailbox is busy"
        if said:
            self.note(recipient=address, answer=said[:3])
            return self.answer(said)
        if self.pass_on(line).startswith(b"2"):
            self.recipients.append(address)
        self.note(recipient=address, answer=self.last.decode())

    def data(self, line):
        if self.pass_on(line) != b"354":
            return
        letter = b""
        while not letter.endswith(b"\r\n.\r\n"):
            line = self.client.line()
            letter += line
            if (self.fault, self.detail) == ("drop", "DATA") and len(letter) > 2000:
                # Without its last dot the real relay forgets it, as it must.
                self.note(letter=self.identity(letter), to=self.recipients, passed=False, answer="")
                raise Gone
        if self.fault == "say":
            self.note(letter=self.identity(letter), to=self.recipients, passed=False, answer=self.detail)
            self.answer(f"{self.detail} {self.detail[0]}.7.1 not this letter")
            raise Gone
        self.next.send(letter)
        answer = self.next.reply()
        is_lost = (self.fault, self.detail) in (("drop", "DOT"), ("silent", "DOT"))
        self.note(
            letter=self.identity(letter), to=self.recipients, passed=answer.startswith(b"2"), answer="" if is_lost else answer[:3].decode(),
            sha256=hashlib.sha256(letter).hexdigest(), stuffed=letter.count(b"\r\n.") - 1, longest=max(map(len, letter.split(b"\r\n"))),
            bare=len(re.findall(rb"\r(?!\n)|(?<!\r)\n", letter)))
        if self.fault == "silent":
            while True:
                self.client.line()
        if is_lost:
            raise Gone
        self.answer(answer)

    @staticmethod
    def identity(letter):
        found = re.search(rb"^Message-ID:(?:\r\n)? (<[^>]*>)\r$", letter, re.M | re.I)
        return found.group(1).decode() if found else ""


class Relay:
    def __init__(self, arguments):
        self.next = arguments.next
        self.fault = arguments.fault
        self.times = arguments.times
        self.port = arguments.port
        self.log = Log(arguments.log)
        self.certificate = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.certificate.load_cert_chain(arguments.certificate, arguments.key)
        self.trust = ssl.create_default_context(cafile=arguments.ca)

    def serve(self):
        with socket.create_server(("127.0.0.1", self.port)) as server:
            print(server.getsockname()[1], flush=True)
            number = 0
            while True:
                connection, _ = server.accept()
                number += 1
                threading.Thread(target=Visit(self, number, connection).run, daemon=True).start()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--next", type=int, required=True, help="the real relay's port on this machine")
    parser.add_argument("--certificate", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--ca", required=True, help="whom the real relay's certificate is from")
    parser.add_argument("--log", required=True)
    parser.add_argument("--fault", default="none")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--port", type=int, default=0, help="where to listen; 0 for any free port")
    Relay(parser.parse_args()).serve()


if __name__ == "__main__":
    main()
