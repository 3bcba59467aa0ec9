#!/usr/bin/env python3
"""What scripts/system-test-mail does once its servers run: writes configurations, runs dondocd past a hostile relay, and counts what lies in the mailboxes.

It knows dondoc as its operators do: configuration files, the two programs, and what arrives.
"""

import argparse
import base64
import collections
import concurrent.futures
import contextlib
import csv
import email.message
import email.policy
import email.utils
import hashlib
import hmac
import http.server
import imaplib
import io
import json
import os
import pathlib
import re
import shutil
import signal
import smtplib
import ssl
import subprocess
import sys
import threading
import time

import letter_form
import letter_rendering

SCRIPTS = pathlib.Path(__file__).resolve().parent
BOUNCES = "bounces@sonla.example"
ANSWERS = "answers@sonla.example"


def check(condition, *said):
    if not condition:
        raise AssertionError(" ".join(str(word) for word in said))


def wait_for(what, condition, seconds=60):
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        check(time.monotonic() < deadline, f"waited {seconds} s for {what} in vain")
        time.sleep(0.2)


class Place:
    """The machine of the test: programs, servers, certificates."""

    def __init__(self, arguments):
        self.work = pathlib.Path(arguments.work)
        self.binaries = pathlib.Path(arguments.binaries).resolve()
        self.mail_port = arguments.mail_port
        self.imap_port = arguments.imap_port
        self.trust = ssl.create_default_context(cafile=self.work / "ca.pem")
        self.figures_port = self.serve_figures()

    def serve_figures(self):
        """The agency system: last month's counts, the same for every month, and nobody but H52.09 does well."""
        figures = [{"code": f"H52.0{n}", "received": 200, "online": 60 - n} for n in (1, 2)] + [{"code": "H52.09", "received": 100, "online": 95}]
        body = json.dumps({"data": figures}).encode()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server.server_address[1]

    def mailbox(self, user):
        """All letters of a mailbox as its owner's mail program gets them."""
        with imaplib.IMAP4_SSL("localhost", self.imap_port, ssl_context=self.trust) as imap:
            imap.login(user, f"secret-{user}")
            imap.select("INBOX")
            numbers = imap.search(None, "ALL")[1][0].split()
            return [imap.fetch(number, "(BODY.PEEK[])")[1][0][1] for number in numbers]

    def token(self, user):
        """An access token as the province's identity provider would give out."""
        def part(value):
            return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=")

        now = int(time.time())
        signed = part({"alg": "HS256", "typ": "JWT"}) + b"." + part({"sub": user, "iat": now - 60, "exp": now + 3600})
        key = (self.work / "token.key").read_bytes()
        return (signed + b"." + base64.urlsafe_b64encode(hmac.new(key, signed, hashlib.sha256).digest()).rstrip(b"=")).decode()

    def own_relay(self, **how):
        return {"host": "localhost", "port": self.mail_port, "security": "starttls", "ca_file": str(self.work / "ca.pem"), "timeout": "20s",
                "username": "dondoc", **how}


class HostileRelay:
    def __init__(self, place, directory, fault="none", times=1, certificate="server", port=0):
        self.log = directory / f"relay-{len(list(directory.glob('relay-*')))}.log"
        self.log.touch()
        self.process = subprocess.Popen(
            [sys.executable, SCRIPTS / "hostile-relay.py", "--next", str(place.mail_port), "--certificate", place.work / f"{certificate}.pem",
             "--key", place.work / f"{certificate}.key", "--ca", place.work / "ca.pem", "--log", self.log, "--fault", fault, "--times", str(times),
             "--port", str(port)],
            stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def events(self):
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def visits(self):
        return sum("begin" in event for event in self.events())

    def letters(self):
        return [event for event in self.events() if "letter" in event]

    def end(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


class Scenario:
    """One daemon with its own database, agencies and mailboxes."""

    def __init__(self, place, number, name):
        self.place = place
        self.number = number
        self.name = name
        self.directory = place.work / f"scenario-{number}"
        self.config = self.directory / "config"
        (self.config / "sources.d").mkdir(parents=True)
        self.daemon = None
        self.relays = []
        self.agencies = {"H52.01": ("Sở Thử Nghiệm", "abc", ""), "H52.02": ("Sở Bưu Chính", "b", "")}
        self.password = self.config / "password"
        self.set_password("secret-dondoc")

    def box(self, clerk):
        return f"s{self.number}{clerk}" if len(clerk) == 1 else clerk

    def address(self, clerk):
        return clerk if "@" in clerk else f"{self.box(clerk)}@sonla.example"

    def set_password(self, password):
        self.password.write_text(password + "\n")
        self.password.chmod(0o600)

    def hostile(self, fault="none", times=1, **how):
        relay = HostileRelay(self.place, self.directory, fault, times, **how)
        self.relays.append(relay)
        return relay

    def through(self, relay, **how):
        return self.place.own_relay(port=relay.port, password_file=str(self.password), **how)

    def configure(self, relays, steps=None, templates=None, **mail):
        shipped = SCRIPTS.parent / "config"
        for name in ("measures.yaml", "indicators.yaml", "calendar.yaml"):
            shutil.copy(shipped / name, self.config)
        shutil.copytree(shipped / "templates", self.config / "templates")
        for name, text in (templates or {}).items():
            (self.config / "templates" / "vi" / name).write_text(text)
        self.write("dondoc.yaml", {
            "language": "vi", "zone": "Asia/Ho_Chi_Minh", "province": {"code": "H52", "name": "Tỉnh Sơn La"}, "store": {"path": "dondoc.db"},
            "listen": {"control": "control.sock"}, "judge": "* * * * *", "urging": {"steps": steps or [{"after": 0, "to": "agency"}]},
            "mail": {"relays": relays, "from": {"name": "Sở Nội vụ tỉnh Sơn La", "address": "dondoc@sonla.example"}, "reply_to": ANSWERS,
                     "envelope_from": BOUNCES, "operators": ["operator@sonla.example"],
                     "retry": {"first": "1s", "longest": "2s", "give_up": "10m"}, **mail}})
        self.write("targets.yaml", {"targets": [{
            "indicator": "dossier.online", "warning": 80, "critical": 50, "from": "2020-01-01", "legal_basis": "Ngưỡng thử nghiệm"}]})
        self.write("rules.yaml", {"rules": [{"id": "online", "kind": "threshold", "indicators": ["dossier.online"]}]})
        self.write("sources.d/one-stop.yaml", {
            "id": "one-stop", "kind": "http", "schedule": "15 2 * * *", "lookback": 400,
            "request": {"each": "month", "url": f"http://127.0.0.1:{self.place.figures_port}/counts.json?month=${{month}}"},
            "answer": {"rows": "data", "agency": {"code": "code"},
                       "measures": {"dossiers.received": "received", "dossiers.received.online": "online"}}})
        with open(self.config / "agencies.csv", "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow("code,name,level,parent,valid_from,valid_to,contacts,head_contacts,aliases".split(","))
            writer.writerow(["H52", "UBND tỉnh Sơn La", "province", "", "2000-01-01", "", "", "", ""])
            for code, (name, clerks, heads) in self.agencies.items():
                contacts = "|".join(map(self.address, clerks))
                writer.writerow([code, name, "department", "H52", "2000-01-01", "", contacts, heads, ""])
        (self.config / "successions.csv").write_text("predecessor,successor,effective,measures,note\n")

    def write(self, name, value):
        # JSON is YAML.
        (self.config / name).write_text(json.dumps(value, ensure_ascii=False, indent=1))

    def start(self, ahead=0):
        environment = os.environ | ({"LD_PRELOAD": str(self.place.work / "shifted-clock.so"), "SHIFTED_CLOCK_SECONDS": str(ahead)} if ahead else {})
        self.daemon = subprocess.Popen(
            [self.place.binaries / "dondocd", "--config", self.config], stderr=open(self.directory / "daemon.log", "a"), env=environment)
        wait_for("the daemon", lambda: self.ask("status", check=False) is not None, 30)

    def stop(self, how=signal.SIGTERM):
        if self.daemon:
            self.daemon.send_signal(how)
            code = self.daemon.wait(60)
            self.daemon = None
            check(how != signal.SIGTERM or code == 0, "the daemon did not stop cleanly:", code)

    def dondoc(self, *words, check=True, language="en"):
        return subprocess.run(
            [self.place.binaries / "dondoc", *words, "--config", self.config, "--lang", language], capture_output=True, text=True, check=check)

    def ask(self, *words, check=True):
        done = self.dondoc(*words, "--output", "csv", check=check)
        return list(csv.DictReader(io.StringIO(done.stdout))) if done.returncode == 0 else None

    def outbox(self, undelivered=False):
        """The letters; the operators' words about addresses that a letter did not reach only if asked for, because a judging between two looks may write one."""
        return [letter for letter in self.ask("outbox", "list") if (".undelivered." in letter["message_id"]) == undelivered]

    def told(self, letters=2):
        """Waits until so many letters are written and none is on its way any more."""
        def settled():
            outbox = self.outbox()
            return outbox if len(outbox) >= letters and all(letter["state"] != "queued" for letter in outbox) else None
        return wait_for("the letters to go out", settled, 90)

    def unsent(self, text, letters=2):
        """Waits until every letter waits because of what a text says."""
        def waiting():
            outbox = self.outbox()
            return outbox if len(outbox) == letters and all(re.search(text, letter["last_error"]) for letter in outbox) else None
        try:
            return wait_for(f"'{text}' in the outbox", waiting, 40)
        except AssertionError as error:
            raise AssertionError(f"{error}; there is {[letter['last_error'] for letter in self.outbox()]}") from None

    def findings(self, kind):
        return [finding for finding in self.ask("findings", "list") if finding["kind"] == kind]

    def found(self, boxes="abc"):
        """How often each Message-ID lies in which mailbox."""
        counted = collections.Counter()
        for clerk in boxes:
            for raw in self.place.mailbox(self.box(clerk)):
                counted[letter_form.message_id(raw), clerk] += 1
        return counted

    def expect_delivered(self, doubled=False, missing=()):
        """Every letter of the outbox once at each of its addresses; with `doubled` those that the relay passed on and kept silent about, twice."""
        expected = collections.Counter()
        for letter in self.outbox():
            for address in letter["recipients"].split("|"):
                clerk = address.split("@")[0].removeprefix(f"s{self.number}")
                if (letter["message_id"], clerk) not in missing and clerk not in missing:
                    expected[letter["message_id"], clerk] += 1
        if doubled:
            silent = [letter for relay in self.relays for letter in relay.letters() if letter["passed"] and not letter["answer"]]
            check(silent, "the relay has kept silent about no letter")
            for letter in silent:
                for address in letter["to"]:
                    expected[letter["letter"], address.split("@")[0].removeprefix(f"s{self.number}")] += 1
        wanted = sum(expected.values())
        found = wait_for_mail(lambda: self.found(), wanted)
        check(found == expected, "in the mailboxes:", dict(found), "expected:", dict(expected))
        for relay in self.relays:
            same = collections.defaultdict(set)
            for letter in relay.letters():
                if "sha256" in letter:
                    same[letter["letter"]].add(letter["sha256"])
                    check(letter["longest"] <= 998 and letter["bare"] == 0, "long or broken lines:", letter)
            check(all(len(hashes) == 1 for hashes in same.values()), "a repeated letter differs from its first", same)

    @contextlib.contextmanager
    def over(self):
        try:
            yield self
        except BaseException:
            log = self.directory / "daemon.log"
            if log.exists():
                print(f"--- {self.name}: the daemon's log ends with", *log.read_text().splitlines()[-12:], sep="\n", file=sys.stderr)
            raise
        finally:
            if self.daemon:
                self.daemon.kill()
                self.daemon.wait()
            for relay in self.relays:
                relay.end()


def wait_for_mail(count, wanted):
    """What has arrived once it is enough; Postfix takes a moment between its word and the mailbox. A little longer for what should not come."""
    deadline = time.monotonic() + 20
    while sum((found := count()).values()) < wanted and time.monotonic() < deadline:
        time.sleep(0.2)
    return found


SCENARIOS = {}


def scenario(name):
    def enter(run):
        SCENARIOS[name] = run
        return run
    return enter


def by_login(login, method):
    def run(s):
        s.configure([s.place.own_relay(password_file=str(s.password), **({"auth": login} if login else {}))])
        s.start()
        s.told()
        s.expect_delivered()
        for raw in s.place.mailbox(s.box("a")):
            check(b"(Authenticated sender: dondoc)" in raw and b"with ESMTPSA" in raw, "not over TLS with a login")
        if method:
            check(f"sasl_method={method}, sasl_username=dondoc" in (s.place.work / "mail.log").read_text(), f"nobody logged in by {method}")
    return run


for login, method in (("plain", "PLAIN"), ("login", "LOGIN"), (None, None)):
    scenario(f"login: {login or 'what the relay offers'}")(by_login(login, method))


@scenario("login: xoauth2")
def xoauth2(s):
    token = s.config / "token"
    token.write_text("stale\n")
    token.chmod(0o600)
    s.configure([s.place.own_relay(auth="xoauth2", token_file=str(token))])
    s.start()
    s.unsent('would not talk to us: 334 .*"status":"40.".*token file')
    token.write_text(s.place.token("dondoc") + "\n")
    s.told()
    s.expect_delivered()
    check("sasl_method=XOAUTH2, sasl_username=dondoc" in (s.place.work / "mail.log").read_text(), "nobody logged in by XOAUTH2")


@scenario("login: wrong password, then the right one")
def wrong_password(s):
    s.set_password("wrong")
    s.configure([s.place.own_relay(password_file=str(s.password))])
    s.start()
    letters = s.unsent("the relay would not talk to us: 535 .*check the user name, the password or token file, and whether the relay accepts this machine")
    check(not any("wrong" in letter["last_error"] for letter in letters), "the password is printed")
    check(not s.found(), "something was handed over")
    s.set_password("secret-dondoc")
    s.told()
    s.expect_delivered()


def certificate(name, text):
    def run(s):
        relay = s.hostile(certificate=name)
        s.configure([s.through(relay)])
        s.start()
        s.unsent(text)
        said = [event["said"] for event in relay.events() if "said" in event]
        check(all(word.startswith(("EHLO", "STARTTLS", "QUIT")) for word in said), "said to an impostor:", said)
        check(not s.found(), "something was handed over")
        relay.end()
        s.hostile(port=relay.port)
        s.told()
        s.expect_delivered()
    return run


scenario("certificate of another name")(certificate("renamed", "the certificate is not trusted.*check the host name"))
scenario("certificate of a stranger")(certificate("unknown", "the certificate is not trusted.*name the authority's PEM file as ca_file"))
scenario("certificate run out")(certificate("expired", "the certificate is outside its period of validity.*ask who runs the server to renew it"))


def in_the_clear(fault):
    def run(s):
        relay = s.hostile(fault, times=1_000)
        s.configure([s.through(relay)])
        s.start()
        s.unsent("the relay offers no STARTTLS, which the settings demand.*nothing was sent")
        relay.end()
        s.hostile(port=relay.port)
        s.told()
        said = [event["said"] for event in relay.events() if "said" in event and not event["secure"]]
        check(said and all(word.startswith(("EHLO", "HELO", "STARTTLS", "QUIT")) for word in said), "said in the clear:", said)
        s.expect_delivered()
    return run


scenario("STARTTLS stripped")(in_the_clear("stripped"))
scenario("STARTTLS refused")(in_the_clear("starttls-refused"))


def passing(fault, times=1, doubled=False, timeout="20s"):
    """A fault that passes: everything arrives in the end."""
    def run(s):
        relay = s.hostile(fault, times)
        s.configure([s.through(relay, timeout=timeout)])
        s.start()
        letters = s.told()
        check(all(letter["state"] == "sent" for letter in letters), letters)
        check(any(event.get("begin") == fault.split(":")[0] for event in relay.events()), "the fault never struck")
        s.expect_delivered(doubled=doubled)
        check(not s.findings("letter-refused"), "a finding on a letter that arrived")
    return run


scenario("greylisted")(passing("greylist", times=3))
scenario("busy at the greeting")(passing("busy", times=2))
scenario("no mail server")(passing("babble"))
scenario("dropped after MAIL FROM")(passing("drop:MAIL"))
scenario("dropped in the middle of DATA")(passing("drop:DATA", times=2))
scenario("answer lost after the dot")(passing("drop:DOT", doubled=True))
scenario("silent after the dot")(passing("silent:DOT", doubled=True, timeout="2s"))
scenario("451 after the dot")(passing("say:451"))
scenario("slow by the byte, in time")(passing("slow:2"))
scenario("slow by the byte, beyond the time-out")(passing("slow:150", timeout="3s"))


@scenario("554 after the dot")
def refused_letter(s):
    s.configure([s.through(s.hostile("say:554"))])
    s.start()
    letters = s.told()
    refused = [letter for letter in letters if letter["state"] == "failed"]
    check(len(refused) == 1, "one letter was refused for good:", letters)
    check(re.search("554 5.7.1 not this letter", refused[0]["last_error"]), refused)
    findings = s.findings("letter-refused")
    check(len(findings) == 1 and "554 5.7.1 not this letter" in str(findings), findings)
    s.expect_delivered(missing={(refused[0]["message_id"], clerk) for clerk in "abc"})


def one_of_three(fault, missing):
    def run(s):
        relay = s.hostile(f"{fault}:{s.address('b')}", times=9 if missing else 1)
        s.agencies = {"H52.01": ("Sở Thử Nghiệm", "abc", "")}
        s.configure([s.through(relay)])
        s.start()
        letter, = s.told(1)
        check(letter["taken"] == ("2/3" if missing else "3/3"), letter)
        shown = s.dondoc("outbox", "show", letter["letter"]).stdout
        check(s.address("b") in shown and (not missing or "550 5.1.1 nobody of this name here" in shown), shown)
        check(len(s.findings("letter-refused")) == (1 if missing else 0), s.findings("letter-refused"))
        s.expect_delivered(missing=missing)
        asked = collections.Counter(event["recipient"] for event in relay.events() if "recipient" in event)
        check(asked[s.address("a")] == 1 and asked[s.address("c")] == 1, "who has the letter was offered it again:", asked)
    return run


scenario("5xx for one of three")(one_of_three("refuse", {"b"}))
scenario("4xx for one of three")(one_of_three("defer", set()))


@scenario("a mailbox that is not there")
def nobody(s):
    s.agencies = {"H52.01": ("Sở Thử Nghiệm", ["a", "nobody@sonla.example", "c"], "")}
    s.configure([s.place.own_relay(password_file=str(s.password))])
    s.start()
    letter, = s.told(1)
    check(letter["taken"] == "2/3" and "550 5.1.1" in letter["last_error"], letter)
    check("nobody@sonla.example" in str(s.findings("letter-refused")), "no finding names the address")
    s.expect_delivered(missing={"nobody"})


@scenario("given up, and sent again by hand")
def given_up(s):
    relay = s.hostile("greylist", times=1_000)
    s.configure([s.through(relay)], retry={"first": "1s", "longest": "1s", "give_up": "3s"})
    s.start()
    letters = s.told()
    check(all(letter["state"] == "failed" and "451 4.7.1" in letter["last_error"] for letter in letters), letters)
    check(len(s.findings("letter-refused")) == 2, s.findings("letter-refused"))
    check(not s.found(), "something was handed over")
    relay.end()
    s.hostile(port=relay.port)
    for letter in letters:
        s.dondoc("outbox", "retry", letter["letter"])
    wait_for("the letters to be sent", lambda: all(letter["state"] == "sent" for letter in s.outbox()))
    s.expect_delivered()


@scenario("several relays in order")
def several_relays(s):
    first, second, third = s.hostile("none"), s.hostile("busy", times=1_000), s.hostile("none")
    first.end()
    s.configure([s.through(relay) for relay in (first, second, third)])
    s.start()
    s.told()
    s.expect_delivered()
    check(len(third.letters()) == 2 and second.visits() >= 1, "not by the third relay:", third.events())


@scenario("what a relay says of a letter holds")
def no_shopping_around(s):
    first, second = s.hostile("greylist", times=2), s.hostile("none")
    s.configure([s.through(first), s.through(second)])
    s.start()
    s.told()
    s.expect_delivered()
    check(second.visits() == 0, "a relay was asked because of what another said of a letter")


@scenario("killed while the relay is silent")
def killed(s):
    relay = s.hostile("silent:DOT")
    s.configure([s.through(relay)])
    s.start()
    wait_for("the letter at the relay", relay.letters)
    s.stop(signal.SIGKILL)
    s.start()
    s.told()
    s.expect_delivered(doubled=True)


@scenario("a relay that is down for hours")
def down_for_hours(s):
    relay = s.hostile("none")
    relay.end()
    s.configure([s.through(relay)])
    s.start()
    s.unsent("the connection was refused.*check the port in the settings and whether the server runs")
    s.stop()
    s.hostile(port=relay.port)
    s.start()
    s.told()
    s.expect_delivered()

SENDER = "Sở Nội vụ tỉnh Sơn La <dondoc@sonla.example>"
KINDS = ["letter", "not-reported", "reminder", "escalation", "resolved", "operators", "digest", "summary", "rejection", "undelivered"]
# Lines that begin with a dot end a letter, or lose it, when a sender does not stuff them.
DOTS = "\n.\n..\n.dấu chấm ở đầu dòng\n"
DAY = 86_400


def good(raw, is_signed=False):
    return letter_form.read(raw, SENDER, ANSWERS, BOUNCES, is_signed)


def arrived(s, clerk, number):
    """The letters of a mailbox in the order in which they were written, once there are so many."""
    raws = wait_for(f"{number} letters for {s.address(clerk)}", lambda: len(found := s.place.mailbox(s.box(clerk))) >= number and found)
    check(len(raws) == number, f"{len(raws)} letters for {s.address(clerk)} instead of {number}")
    return [good(raw) for raw in sorted(raws, key=lambda raw: int(letter_form.message_id(raw).split(".")[1], 36))]


@scenario("a matter from its first letter to the Chairman")
def whole_matter(s):
    s.agencies = {"H52.01": ('Sở "Thử; Nghiệm" <&> Bưu chính', "ab", s.address("c")), "H52.02": ("Xã không có địa chỉ", "", "")}
    foot = (SCRIPTS.parent / "config/templates/vi/_foot.mustache").read_text()
    s.configure(
        [s.place.own_relay(password_file=str(s.password))], templates={"_foot.mustache": foot + DOTS}, attach_figures=True,
        operators=[s.address("d")], digest="0 8 * * *", summary={"schedule": "0 8 * * *", "to": [s.address("e")]},
        steps=[{"after": 0, "to": "agency"}, {"after": 1, "to": "agency"}, {"after": 12, "to": "head"}, {"after": 30, "to": "summary"}])
    # Eleven days hold a working day whatever holidays there are, and fewer than twelve of them; and so on.
    for days, letters in ((0, 2), (11, 6), (35, 10), (90, 12)):
        s.start(ahead=days * DAY)
        s.told(letters)
        s.stop()
    first, reminder, escalation = arrived(s, "a", 3)
    ids = [letter["Message-ID"] for letter in (first, reminder, escalation)]
    check(first["In-Reply-To"] is None and first["References"] is None, "the first letter answers another")
    check(reminder.references() == ids[:1] and escalation.references() == ids[:2], "not a thread:", ids, escalation.references())
    check([letter["Message-ID"] for letter in arrived(s, "b", 3)] == ids, "the second clerk got others")
    head, = arrived(s, "c", 1)
    check(head["Message-ID"] == ids[2], "the head got another letter")
    for letter in (first, reminder, escalation):
        check("Sở \"Thử; Nghiệm\" <&> Bưu chính" in letter.text and "29,50% (59/200)" in letter.text, letter.text)
        check(letter.text.endswith(DOTS), "lines that begin with a dot:", letter.text[-60:])
        check(len(letter.pictures) == 1 and len(letter.files) == 1, letter.pictures.keys(), letter.files.keys())
        check([address.addr_spec for address in letter["To"].addresses][-2:] == [s.address("a"), s.address("b")], letter["To"])
        check("59" in next(iter(letter.files.values())), letter.files)
    check("thư thứ 2" in reminder.text and "chưa nhận được" in reminder.text and "Thủ trưởng" in escalation.text, reminder.text)
    others = arrived(s, "d", 6)
    forwarded = [letter for letter in others if "LƯU Ý" in letter.text]
    check(len(forwarded) == 3 and all("Xã không có địa chỉ" in letter.text for letter in forwarded), [letter["Subject"] for letter in others])
    digest = [letter for letter in others if "Bộ phận vận hành" in letter.text and letter not in forwarded][0]
    summaries = arrived(s, "e", 3)
    check("Không có." in summaries[0].text and "đề nghị Chủ tịch" in summaries[-1].text, summaries[-1].text)
    check("online/dossier.online/H52.01" in summaries[-1].text, summaries[-1].text)
    seen = ["Kính gửi", "29,50% (59/200)", "không thấp hơn 80%", "Ngưỡng thử nghiệm", ANSWERS]
    letters = {"first": first, "reminder": reminder, "escalation": escalation, "digest": digest, "summary": summaries[-1]}
    words = {"first": seen, "reminder": seen + ["Đây là thư thứ 2"], "escalation": seen + ["Thủ trưởng"],
             "digest": ["Bộ phận vận hành", "29,50% (59/200)"], "summary": ["Chủ tịch Ủy ban nhân dân tỉnh", "29,50% (59/200)"]}
    heights = letter_rendering.check_views(letters, words, s.directory)
    for name, letter in letters.items():
        letter_rendering.draw(name, letter, heights[name], s.directory, os.environ.get("PICTURES"))


def samples(is_signed):
    def run(s):
        s.agencies = {"H52.09": ("Sở Gương Mẫu", "b", "")}
        mail = {"smime": {"certificate": str(s.place.work / "letters.pem"), "key": str(s.place.work / "letters.key")}} if is_signed else {}
        s.configure([s.place.own_relay(password_file=str(s.password))], **mail)
        s.start()
        for kind in KINDS:
            s.dondoc("letters", "send-test", s.address("a"), "--kind", kind)
        raws = wait_for(f"{len(KINDS)} sample letters", lambda: len(found := s.place.mailbox(s.box("a"))) >= len(KINDS) and found)
        check(len(raws) == len(KINDS), len(raws), "letters of", len(KINDS))
        letters = {}
        for raw in raws:
            letter = good(raw, is_signed)
            letters[letter["Message-ID"].split("@")[0].split("sample.")[1].split(".")[0]] = letter
            if is_signed:
                letter_form.verify_signature(raw, s.place.work / "ca.pem", s.directory)
        check(sorted(letters) == sorted(KINDS), sorted(letters))
        if not is_signed:
            letter_rendering.check_views(letters, {kind: ["Kính gửi"] for kind in KINDS}, s.directory)
        check(not s.found("b"), "somebody else got a letter")
    return run


scenario("every kind of letter, drawn")(samples(False))
scenario("every kind of letter, signed")(samples(True))


def with_mailbox(s, **mail):
    """A configuration whose bounces and answers arrive in the scenario's own mailbox d."""
    secret = s.config / "mailbox.password"
    secret.write_text(f"secret-{s.box('d')}\n")
    secret.chmod(0o600)
    s.configure(
        [s.place.own_relay(password_file=str(s.password))], steps=[{"after": 0, "to": "agency"}, {"after": 1, "to": "agency"}],
        envelope_from=s.address("d"), reply_to=s.address("d"),
        mailbox={"host": "localhost", "port": s.place.imap_port, "ca_file": str(s.place.work / "ca.pem"), "username": s.box("d"),
                 "password_file": str(secret), "processed": "Processed", "check": "10s", **mail})


def write_back(s, clerk, letter, text, **headers):
    """A mail to where the letter's answers go, by the real relay, as the clerk's mail program would write it."""
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["From"] = f"Văn thư <{s.address(clerk)}>"
    message["To"] = letter["Reply-To"]
    message["Subject"] = f"Re: {letter['Subject']}"
    message["Message-ID"] = email.utils.make_msgid(domain="sonla.example")
    message["Date"] = email.utils.localtime()
    message["In-Reply-To"] = letter["Message-ID"]
    message["References"] = " ".join([*letter.references(), letter["Message-ID"]])
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(f"{text}\n\nVào ngày {letter['Date']}, {letter['From']} đã viết:\n" + "".join(f"> {line}\n" for line in letter.text.splitlines()))
    if not headers:
        message.add_attachment(b"%PDF-1.4 giai trinh", maintype="application", subtype="pdf", filename="Giải trình.pdf")
    with smtplib.SMTP("localhost", s.place.mail_port) as relay:
        relay.starttls(context=s.place.trust)
        relay.login(s.box(clerk), f"secret-{s.box(clerk)}")
        relay.send_message(message)


@scenario("a bounce marks its address")
def bounced(s):
    gone = f"s{s.number}gone@moved.example"
    s.agencies = {"H52.01": ("Sở Thử Nghiệm", ["a", gone], "")}
    with_mailbox(s)
    s.start()
    s.told(1)
    marked, = wait_for("the bounce", lambda: s.ask("contacts", "list"), 60)
    check(gone in str(marked), marked)
    check(any(gone in str(finding) for finding in s.findings("contact-bounced")), s.ask("findings", "list"))
    shown = s.dondoc("outbox", "show", s.outbox()[0]["letter"]).stdout
    check("550 5.1.1" in shown, shown)
    wait_for("the mailbox to be emptied", lambda: not s.place.mailbox(s.box("d")))
    s.stop()
    s.start(ahead=11 * DAY)
    reminder = s.told(2)[0]
    check(reminder["recipients"] == s.address("a"), "the reminder goes to", reminder)
    word, = wait_for("the word to the operators", lambda: s.outbox(undelivered=True), 60)
    check(word["recipients"] == "operator@sonla.example", word)
    check(len(s.place.mailbox(s.box("a"))) == 2, "the other clerk did not get it")


@scenario("an answer stops the next reminder, an automatic one does not")
def answered(s):
    s.agencies = {"H52.01": ("Sở Thử Nghiệm", "a", ""), "H52.02": ("Sở Bưu Chính", "b", "")}
    with_mailbox(s)
    s.start()
    s.told(2)
    letters = {clerk: letter_form.Letter(wait_for("the letter", lambda: s.place.mailbox(s.box(clerk)))[0]) for clerk in "ab"}
    write_back(s, "a", letters["a"], "Kính gửi Sở Nội vụ,\n\nNguyên nhân: thiếu máy quét.\nBiện pháp: đã mua, lắp đặt trong tuần này.")
    write_back(s, "b", letters["b"], "Tôi nghỉ phép đến hết tuần.", Auto_Submitted="auto-replied")
    wait_for("both mails to be read", lambda: len(s.ask("answers", "list", "--all")) == 2 and not s.place.mailbox(s.box("d")), 60)
    answer, = s.ask("remediation", "list")
    check("H52.01" in str(answer) and "thiếu máy quét" in str(answer) and "đã mua" in str(answer), answer)
    kinds = sorted(mail["kind"] for mail in s.ask("answers", "list", "--all"))
    check(kinds == ["automatic", "reply"], kinds)
    s.stop()
    s.start(ahead=11 * DAY)
    s.told(3)
    s.stop()
    s.start(ahead=12 * DAY)
    s.stop()
    check([len(s.place.mailbox(s.box(clerk))) for clerk in "ab"] == [1, 2], "letters after an answer and after none")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", required=True)
    parser.add_argument("--binaries", required=True)
    parser.add_argument("--mail-port", type=int, required=True)
    parser.add_argument("--imap-port", type=int, required=True)
    parser.add_argument("--only", default="", help="run the scenarios whose names hold this")
    arguments = parser.parse_args()
    place = Place(arguments)

    def run(number, name):
        began = time.monotonic()
        with Scenario(place, number, name).over() as s:
            SCENARIOS[name](s)
            s.stop()
        return f"{name}: as it must be ({time.monotonic() - began:.0f} s)"

    failures = 0
    chosen = [(number, name) for number, name in enumerate(SCENARIOS, start=10) if arguments.only in name]
    check(chosen, "no scenario is called", arguments.only)
    # Mostly they wait: three at once take a third of the time.
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        for (_, name), done in [(pair, pool.submit(run, *pair)) for pair in chosen]:
            try:
                print(done.result(), flush=True)
            except Exception as error:
                failures += 1
                print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
