"""A load generator for interfaces that take observations over HTTP/1.1, seen from outside: bodies are made beforehand, and each connection is a
thread that only sends bytes and reads answers, so that the generator costs a few per cent of a core. What it spent is printed beside the result.

The observations are those of AGENCIES agencies and MEASURES measures, day by day, each once. Prints one line of JSON."""

import argparse
import gzip
import json
import random
import socket
import ssl
import sys
import threading
import time
import urllib.parse
from datetime import date, timedelta

# Flows that no indicator divides by another over a single day, so that invented values contradict nothing.
MEASURES = [
    "dossiers.received", "dossiers.received.online", "dossiers.received.direct", "dossiers.received.postal",
    "dossiers.resolved", "documents.issued", "documents.signed", "mail.sent",
]
VIET_NAM = 7 * 3600
EPOCH = date(1970, 1, 1)


def noon(day: date) -> int:
    """Seconds since 1970 of a day's noon by Viet Nam's clocks."""
    return (day - EPOCH).days * 86400 + 12 * 3600 - VIET_NAM


def observations(agencies: int, measures: int, first: date, days: int):
    draw = random.Random(1)
    for day in range(days):
        when = first + timedelta(days=day)
        for agency in range(agencies):
            for measure in MEASURES[:measures]:
                yield f"H52.{agency // 100}{agency % 100:02d}" if agencies > 999 else f"H52.{agency:03d}", measure, when, draw.randrange(1000)


def encode(batch: list, form: str) -> bytes:
    if form == "json":
        rows = [{"agency": a, "measure": m, "from": d.isoformat(), "value": v} for a, m, d, v in batch]
        return json.dumps({"observations": rows}, separators=(",", ":")).encode()
    if form == "ndjson":
        rows = ({"agency": a, "measure": m, "from": d.isoformat(), "value": v} for a, m, d, v in batch)
        return "".join(json.dumps(row, separators=(",", ":")) + "\n" for row in rows).encode()
    if form == "csv":
        return ("agency,measure,from,to,value\n" + "".join(f"{a},{m},{d},{d},{v}\n" for a, m, d, v in batch)).encode()
    if form == "line":
        return "".join(f"{m},agency={a} value={v}i {noon(d)}000000000\n" for a, m, d, v in batch).encode()
    sys.exit(f"no such form: {form}")


class Answer:
    """Reads answers of HTTP/1.1 with a Content-Length, without a body, or in chunks."""

    def __init__(self, connection: socket.socket):
        self.stream = connection.makefile("rb", buffering=65536)

    def read(self) -> tuple[int, bytes]:
        status = int(self.stream.readline().split()[1])
        length, chunked = 0, False
        while (line := self.stream.readline().strip()):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            if name.lower() == b"transfer-encoding" and b"chunked" in value:
                chunked = True
        if not chunked:
            return status, self.stream.read(length)
        body = b""
        while (size := int(self.stream.readline(), 16)):
            body += self.stream.read(size)
            self.stream.readline()
        self.stream.readline()
        return status, body


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--form", required=True, choices=["json", "ndjson", "csv", "line"])
    parser.add_argument("--token-file")
    parser.add_argument("--ca-file")
    parser.add_argument("--agencies", type=int, default=300)
    parser.add_argument("--measures", type=int, default=8)
    parser.add_argument("--first", type=date.fromisoformat, default=date(2025, 1, 1))
    parser.add_argument("--days", type=int, default=417)
    parser.add_argument("--batch", type=int, default=1000)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--rate", type=float, help="observations a second, evenly; without it as fast as answers come")
    parser.add_argument("--gzip", action="store_true")
    options = parser.parse_args()

    url = urllib.parse.urlsplit(options.url)
    types = {"json": "application/json", "ndjson": "application/x-ndjson", "csv": "text/csv", "line": "text/plain; charset=utf-8"}
    head = f"POST {url.path}{'?' + url.query if url.query else ''} HTTP/1.1\r\nHost: {url.netloc}\r\nContent-Type: {types[options.form]}\r\n"
    if options.token_file:
        head += f"Authorization: Bearer {open(options.token_file).readline().strip()}\r\n"
    if options.gzip:
        head += "Content-Encoding: gzip\r\n"

    requests: list[bytes] = []
    sizes: list[int] = []
    batch: list = []

    def close_batch() -> None:
        body = encode(batch, options.form)
        if options.gzip:
            body = gzip.compress(body, 1)
        requests.append(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        sizes.append(len(batch))

    for observation in observations(options.agencies, options.measures, options.first, options.days):
        batch.append(observation)
        if len(batch) == options.batch:
            close_batch()
            batch = []
    if batch:
        close_batch()

    lock = threading.Lock()
    following = iter(range(len(requests)))
    delays: list[float] = []
    troubles: dict[str, int] = {}
    context = ssl.create_default_context(cafile=options.ca_file) if url.scheme == "https" else None
    ready = threading.Barrier(options.connections + 1)
    interval = options.batch / options.rate if options.rate else 0.0

    def send(own: list[float]) -> None:
        connection = socket.create_connection((url.hostname, url.port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if context:
            connection = context.wrap_socket(connection, server_hostname=url.hostname)
        answers = Answer(connection)
        ready.wait()
        while True:
            with lock:
                index = next(following, None)
            if index is None:
                return
            # With a rate a request counts from the moment it was to be sent, so that waiting behind a slow answer is part of the delay.
            due = start + index * interval if interval else time.perf_counter()
            if (pause := due - time.perf_counter()) > 0:
                time.sleep(pause)
            connection.sendall(requests[index])
            status, body = answers.read()
            own.append(time.perf_counter() - due)
            refused = status == 200 and options.form != "line" and b'"refused":[]' not in body.replace(b" ", b"")
            if status not in (200, 204) or refused:
                with lock:
                    key = f"{status} {body[:160].decode(errors='replace')}"
                    troubles[key] = troubles.get(key, 0) + 1

    shares: list[list[float]] = [[] for _ in range(options.connections)]
    threads = [threading.Thread(target=send, args=(share,)) for share in shares]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    ready.wait()
    start = time.perf_counter()
    cpu = time.process_time()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - start
    cpu = time.process_time() - cpu
    for share in shares:
        delays += share
    delays.sort()
    total = sum(sizes)
    print(json.dumps({
        "form": options.form, "requests": len(delays), "observations": total, "seconds": round(spent, 3),
        "requests_per_second": round(len(delays) / spent, 1), "observations_per_second": round(total / spent),
        "p50_ms": round(delays[len(delays) // 2] * 1000, 2), "p99_ms": round(delays[int(len(delays) * 0.99)] * 1000, 2),
        "max_ms": round(delays[-1] * 1000, 2), "generator_cpu_share": round(cpu / spent, 3), "troubles": troubles,
    }))
    if troubles:
        sys.exit(1)


main()
