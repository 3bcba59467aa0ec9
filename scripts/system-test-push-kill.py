"""An answer of 200 means that the figures are on disk: four connections push while dondocd is killed with SIGKILL at a random instant, again and
again on one database, and each time every figure that was acknowledged must be there, once, with the value that was acknowledged last.

Each request is one transaction. One whose answer never came is therefore wholly there or not at all; sent again under its Idempotency-Key it is
answered with 200, and is there once. Connection 3 sends no keys, and what it never heard of is not sent again.

A process that is killed leaves what it wrote with the kernel; what a power cut leaves is the business of the store's own tests.

Usage: system-test-push-kill.py BINARIES DIRECTORY [SEED [ROUNDS]]; the directory must be empty.
"""

import base64
import csv
import hashlib
import http.client
import io
import json
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

BINARIES, DIRECTORY = Path(sys.argv[1]), Path(sys.argv[2])
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.SystemRandom().randrange(1_000_000)
ROUNDS = int(sys.argv[4]) if len(sys.argv) > 4 else 12
CONNECTIONS, AGENCIES, DAYS, FIRST = 4, 100, 100, date(2025, 1, 1)
# Flows that no indicator divides by another over a single day, so that invented values contradict nothing.
MEASURES = ["dossiers.received", "dossiers.resolved", "documents.issued", "documents.signed", "mail.sent"]
SETTINGS = """language: en
zone: Asia/Ho_Chi_Minh
province: {{code: H52, name: Tỉnh Sơn La}}
store: {{path: dondoc.sqlite}}
listen: {{control: control.sock}}
push:
  address: 127.0.0.1:{port}
  limits: {{requests_per_minute: 1000000, requests_per_minute_per_address: 1000000}}
"""


def fail(what):
    sys.exit(f"system test of pushing: seed {SEED}: {what}")


@dataclass
class Push:
    """One request, and what is known of it."""

    cells: dict  # (measure, agency, day): value
    key: str | None
    body: bytes = b""
    receipt: dict | None = None  # once a 200 has come whole
    delivery: int | None = None  # once it is known to be in the store

    def __post_init__(self):
        rows = [{"agency": agency, "measure": measure, "from": day, "value": value} for (measure, agency, day), value in self.cells.items()]
        self.body = json.dumps({"observations": rows}).encode()

    @property
    def sha256(self):
        return base64.b64encode(hashlib.sha256(self.body).digest()).decode()

    def acknowledge(self, receipt):
        self.receipt = receipt
        self.delivery = int(receipt["delivery"].removeprefix("D"))


@dataclass
class Sender:
    """A connection's cells are its own, so that the order in which it is answered is the order of their values."""

    number: int
    draw: random.Random
    pushes: list = field(default_factory=list)  # acknowledged, or found in the store, in order
    pending: Push | None = None  # sent, and never answered
    trouble: str | None = None

    def next_push(self, label):
        # One push speaks of two measures on neighbouring days: what the export looks through grows with the measures and days of a delivery.
        chosen, count, first, measures = {}, self.draw.randint(20, 60), self.draw.randrange(DAYS), self.draw.sample(MEASURES, 2)
        while len(chosen) < count:
            agency = self.draw.randrange(self.number, AGENCIES, CONNECTIONS)
            day = FIRST + timedelta(days=first + self.draw.randrange(2))
            chosen[self.draw.choice(measures), f"H52.{agency:03d}", day.isoformat()] = self.draw.randrange(1000)
        return Push(chosen, None if self.number == 3 else label)

    def run(self, port, token, round_number):
        """Pushes until the daemon is gone."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for number in range(1_000_000):
            self.pending = self.next_push(f"round-{round_number}-connection-{self.number}-{number}")
            try:
                status, receipt, _ = send(connection, token, self.pending)
            except (OSError, http.client.HTTPException):
                return
            if status != 200 or receipt["refused"]:
                self.trouble = f"a push was answered {status}: {receipt}"
                return
            self.pending.acknowledge(receipt)
            self.pushes.append(self.pending)
            self.pending = None


def send(connection, token, push):
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    if push.key:
        headers["Idempotency-Key"] = push.key
    connection.request("POST", "/v1/observations", push.body, headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read()), answer.headers.get("Idempotent-Replayed")


class Daemon:
    """dondocd on one configuration and one database, started again and again."""

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = None
        (DIRECTORY / "sources.d").mkdir()
        for name in ["measures.yaml", "indicators.yaml", "calendar.yaml"]:
            (DIRECTORY / name).write_text(Path("config", name).read_text())
        (DIRECTORY / "dondoc.yaml").write_text(SETTINGS.format(port=self.port))
        agencies = "".join(f"H52.{number:03d},Cơ quan {number},commune,H52,2000-01-01,,,\n" for number in range(AGENCIES))
        (DIRECTORY / "agencies.csv").write_text(
            "code,name,level,parent,valid_from,valid_to,contacts,aliases\nH52,UBND tỉnh Sơn La,province,,2000-01-01,,,\n" + agencies)
        (DIRECTORY / "successions.csv").write_text("predecessor,successor,effective,measures,note\n")
        (DIRECTORY / "targets.yaml").write_text("targets: []\n")
        (DIRECTORY / "rules.yaml").write_text("rules: []\n")

    def start(self):
        with open(DIRECTORY / "daemon.log", "ab") as log:
            self.process = subprocess.Popen([BINARIES / "dondocd", "--config", DIRECTORY], stderr=log)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        fail(f"the daemon does not become ready:\n{self.log()}")

    def log(self):
        return (DIRECTORY / "daemon.log").read_text()[-3000:]

    def end(self, how):
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(30) if self.process else None


def dondoc(*arguments):
    return subprocess.run([BINARIES / "dondoc", *arguments, "--config", DIRECTORY, "--lang", "en"], capture_output=True, text=True)


def export():
    """Every delivery with its values, by number, as `dondoc export` writes them."""
    answer = dondoc("export", "-", "--without-raw")
    if answer.returncode != 0:
        fail(f"the export failed: {answer.stderr}")
    deliveries = {}
    for line in answer.stdout.splitlines():
        entry = json.loads(line)
        if "delivery" in entry:
            deliveries[entry["delivery"]["id"]] = {**entry["delivery"], "values": []}
        elif "values" in entry:
            values = entry["values"]
            deliveries[values["delivery"]]["values"] += [((values["measure"], agency, day), value) for agency, day, value in values["cells"]]
        elif "removed" in entry:
            fail(f"nobody took figures back: {entry}")
    return deliveries


def check(senders, deliveries):
    """Holds the store against what was acknowledged, and finds out which of the pushes without an answer are there; returns their number."""
    numbers = {}
    for number, delivery in deliveries.items():
        numbers.setdefault(delivery["sha256"]["base64"], []).append(number)
    found = 0
    for sender in senders:
        if (push := sender.pending) and push.sha256 in numbers:
            push.delivery = numbers[push.sha256][0]
            sender.pushes.append(push)
            found += 1
    expected = {push.delivery: push for sender in senders for push in sender.pushes}
    for sender in senders:
        for push in sender.pushes:
            if numbers.get(push.sha256, []) != [push.delivery]:
                fail(f"push D{push.delivery} ({push.receipt}) is in the store as {numbers.get(push.sha256, 'nothing')}")
    if others := sorted(set(deliveries) - set(expected)):
        fail(f"deliveries that nobody sent: {others}")

    state, newest = {}, {}
    for number in sorted(deliveries):
        push, delivery = expected[number], deliveries[number]
        changed = {cell: value for cell, value in push.cells.items() if state.get(cell) != value}
        if sorted(delivery["values"]) != sorted(changed.items()):
            wrong = sorted(set(delivery["values"]) ^ set(changed.items()))
            fail(f"D{number} holds {len(delivery['values'])} values in place of {len(changed)}; those of one side alone: {wrong[:10]}")
        counts = {
            "stored": sum(cell not in state for cell in changed), "restated": sum(cell in state for cell in changed),
            "unchanged": len(push.cells) - len(changed), "refused": 0,
        }
        receipt = push.receipt and {**push.receipt, "refused": len(push.receipt["refused"])}
        for name, count in counts.items():
            if delivery[name] != count or receipt and receipt[name] != count:
                fail(f"{name} of D{number} should be {count}: {receipt}, {delivery}")
        state.update(push.cells)
        newest.update(delivery["values"])
    acknowledged = {cell: value for sender in senders for push in sender.pushes for cell, value in push.cells.items()}
    if newest != acknowledged:
        wrong = [(cell, newest.get(cell), value) for cell, value in acknowledged.items() if newest.get(cell) != value]
        fail(f"{len(wrong)} figures differ (cell, stored, acknowledged): {wrong[:10]}")
    return found


def repeat(senders, port, token):
    """Sends what was never answered again under its key, and the last push that was answered too; returns how many were there already."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    replayed = 0
    for sender in senders:
        pending, sender.pending = sender.pending, None
        again = [pending] if pending else []
        again += [push for push in reversed(sender.pushes) if push.receipt][:1]
        for push in again:
            if not push.key:
                continue
            status, receipt, mark = send(connection, token, push)
            there = push.delivery is not None
            if status != 200 or receipt["refused"] or (mark == "true") != there:
                fail(f"a repeat of {push.key} was answered {status} {receipt}, replayed {mark}, although it was{'' if there else ' not'} there")
            if push.receipt and receipt != push.receipt or there and receipt["delivery"] != f"D{push.delivery}":
                fail(f"a repeat of {push.key} got the receipt {receipt} in place of {push.receipt} of D{push.delivery}")
            if not there:
                sender.pushes.append(push)
            push.acknowledge(receipt)
            replayed += there and push is pending
    return replayed


def main(daemon):
    print(f"seed {SEED}")
    draw = random.Random(SEED)
    senders = [Sender(number, random.Random(f"{SEED} {number}")) for number in range(CONNECTIONS)]
    daemon.start()
    made = dondoc("tokens", "create", "--name", "kill", "--agency", "H52", "--below", "--by", "system-test", "--output", "csv")
    token = next(csv.DictReader(io.StringIO(made.stdout)))["token"]
    unanswered = there = replayed = 0
    for number in range(1, ROUNDS + 1):
        pause = draw.uniform(0.1, 0.6)
        threads = [threading.Thread(target=sender.run, args=(daemon.port, token, number)) for sender in senders]
        for thread in threads:
            thread.start()
        time.sleep(pause)
        broken = sum(not thread.is_alive() for thread in threads)
        if daemon.end(signal.SIGKILL) != -signal.SIGKILL:
            fail(f"the daemon ended by itself:\n{daemon.log()}")
        for thread in threads:
            thread.join()
        if trouble := next((sender.trouble for sender in senders if sender.trouble), None):
            fail(trouble)
        if broken:
            fail(f"{broken} connections broke before the daemon was killed")
        pending = sum(sender.pending is not None for sender in senders)
        daemon.start()
        found = check(senders, export())
        replayed += repeat(senders, daemon.port, token)
        unanswered, there = unanswered + pending, there + found
        pushes = sum(len(sender.pushes) for sender in senders)
        print(f"round {number}: killed after {pause:.3f} s; {pushes} pushes so far, {pending} not answered, {found} of them in the store", flush=True)
    check(senders, export())
    verified = dondoc("verify")
    if verified.returncode != 0:
        fail(f"the database is damaged: {verified.stdout}{verified.stderr}")
    figures = len({cell for sender in senders for push in sender.pushes for cell in push.cells})
    values = sum(len(push.cells) for sender in senders for push in sender.pushes)
    print(f"{values} acknowledged values of {figures} figures are there, the database is sound")
    print(f"of {unanswered} pushes without an answer {there} were there, {replayed} of them told so when they were repeated")
    if daemon.end(signal.SIGTERM) != 0:
        fail("the daemon did not stop cleanly")


daemon = Daemon()
try:
    main(daemon)
finally:
    daemon.end(signal.SIGKILL)
