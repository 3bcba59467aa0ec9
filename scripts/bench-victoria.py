"""The questions of `dondoc-bench scale`, put to a VictoriaMetrics that is started and ended here, on loopback and in a temporary directory."""

import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

AGENCIES, MEASURES, YEARS = (int(text) for text in sys.argv[1:4])
FIRST = 16436 * 86400  # 2015-01-01, as in dondoc-bench
DAYS = YEARS * 365


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(base: str, path: str, body: bytes | None = None) -> bytes:
    with urllib.request.urlopen(urllib.request.Request(base + path, data=body), timeout=600) as answer:
        return answer.read()


def wait_until_ready(base: str) -> None:
    for _ in range(600):
        try:
            ask(base, "/health")
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("VictoriaMetrics did not start")


def fill(base: str) -> float:
    """Month by month, all series of a month in requests of 500 series; the clock runs over the requests alone."""
    random.seed(1)
    spent = 0.0
    for first in range(0, DAYS, 30):
        days = range(first, min(first + 30, DAYS))
        stamps = [(FIRST + day * 86400) * 1000 for day in days]
        lines: list[bytes] = []
        for agency in range(AGENCIES):
            for measure in range(MEASURES):
                values = [random.randrange(100) if random.random() < 0.875 else random.randrange(1000) for _ in days]
                series = {"__name__": f"bench_measure{measure}", "agency": f"H52.{agency}"}
                lines.append(json.dumps({"metric": series, "values": values, "timestamps": stamps}).encode())
        for start in range(0, len(lines), 500):
            body = b"\n".join(lines[start : start + 500])
            began = time.monotonic()
            ask(base, "/api/v1/import", body)
            spent += time.monotonic() - began
    return spent


def month_totals(base: str, count: int, end_day: int) -> float:
    """Sums of 31 days for all agencies: a query a measure, as one query over all names would merge them. Median milliseconds of 5."""
    times = []
    for _ in range(5):
        began = time.monotonic()
        for measure in range(count):
            query = urllib.parse.urlencode({"query": f"sum_over_time(bench_measure{measure}[31d])", "time": FIRST + end_day * 86400, "nocache": 1})
            found = json.loads(ask(base, "/api/v1/query?" + query))["data"]["result"]
            if len(found) != AGENCIES:
                sys.exit(f"{len(found)} agencies answered, {AGENCIES} expected")
        times.append((time.monotonic() - began) * 1000)
    return statistics.median(times)


def one_series(base: str) -> float:
    times = []
    match = urllib.parse.urlencode({"match[]": f'bench_measure0{{agency="H52.{AGENCIES // 2}"}}'})
    for _ in range(5):
        began = time.monotonic()
        line = json.loads(ask(base, "/api/v1/export?" + match))
        if len(line["values"]) != DAYS:
            sys.exit(f"{len(line['values'])} days came, {DAYS} expected")
        times.append((time.monotonic() - began) * 1000)
    return statistics.median(times)


def size_of(directory: str) -> int:
    return sum(os.path.getsize(os.path.join(root, name)) for root, _, names in os.walk(directory) for name in names)


def peak_megabytes(pid: int) -> float:
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) / 1000 for line in status if line.startswith("VmHWM"))


def main() -> None:
    directory = tempfile.mkdtemp(prefix="dondoc-bench-victoria-")
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    program = ["victoria-metrics", f"-storageDataPath={directory}", f"-httpListenAddr=127.0.0.1:{port}", "-retentionPeriod=30y", "-search.maxQueryDuration=10m"]
    server = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_ready(base)
        rows = AGENCIES * MEASURES * DAYS
        spent = fill(base)
        ask(base, "/internal/force_flush")
        ask(base, "/internal/force_merge")
        print(f"VictoriaMetrics: {rows} figures, {rows / spent:,.0f} rows/s, {size_of(directory) / rows:.2f} bytes/row")
        for count in sorted({1, min(8, MEASURES), MEASURES}):
            for name, day in (("first year", 71), ("middle", DAYS // 2 + 31), ("newest", DAYS - 1)):
                print(f"VictoriaMetrics: a month of all agencies, {count} measures, {name}: {month_totals(base, count, day):.2f} ms")
        print(f"VictoriaMetrics: one agency, one measure, {YEARS} years: {one_series(base):.2f} ms")
        print(f"VictoriaMetrics: resident at its highest: {peak_megabytes(server.pid):.0f} MB")
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(directory)


main()
