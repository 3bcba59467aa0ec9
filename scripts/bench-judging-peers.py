#!/usr/bin/env python3
"""Starts and ends Prometheus, VictoriaMetrics and vmalert on loopback and reads how long they say that they evaluate; beside it dondoc-bench judge."""

import http.server
import json
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

AGENCIES, INDICATORS, SAMPLES = 300, 8, 12
BOUND = 0.5


def value(agency, indicator):
    return (agency * 37 + indicator * 11) % 100 / 100


def page():
    lines = [f'bench_ratio{{indicator="i{i}",agency="H52.{a}"}} {value(a, i)}' for i in range(INDICATORS) for a in range(AGENCIES)]
    return ("\n".join(lines) + "\n").encode()


def rules(each_agency):
    chosen = [(i, a) for i in range(INDICATORS) for a in (range(AGENCIES) if each_agency else [None])]
    entries = []
    for i, a in chosen:
        selector = f'indicator="i{i}"' + ("" if a is None else f',agency="H52.{a}"')
        name = f"i{i}" if a is None else f"i{i}_{a}"
        entries.append({"alert": name, "expr": f"bench_ratio{{{selector}}} < {BOUND}", "labels": {"severity": "warning"}})
    return json.dumps({"groups": [{"name": "bench", "interval": "2s", "rules": entries}]})


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(port, path, body=None):
    with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=body), timeout=60) as answer:
        return answer.read().decode()


def wait_for(port, path):
    for _ in range(300):
        try:
            get(port, path)
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"nothing answers on port {port}")


def metric(port, name):
    found = [float(line.rsplit(" ", 1)[1]) for line in get(port, "/metrics").splitlines() if re.match(name, line)]
    return found[0] if found else 0.0


def prometheus(directory, figures_port, each_agency):
    """The duration of the last evaluation, looked at until some have been seen: the median of them, in milliseconds."""
    port = free_port()
    with open(f"{directory}/rules.json", "w") as file:
        file.write(rules(each_agency))
    with open(f"{directory}/prometheus.json", "w") as file:
        json.dump(
            {
                "rule_files": [f"{directory}/rules.json"],
                "scrape_configs": [{"job_name": "b", "scrape_interval": "2s", "static_configs": [{"targets": [f"127.0.0.1:{figures_port}"]}]}],
            },
            file,
        )
    data = tempfile.mkdtemp(dir=directory)
    server = subprocess.Popen(
        ["prometheus", f"--config.file={directory}/prometheus.json", f"--storage.tsdb.path={data}", f"--web.listen-address=127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, "/-/ready")
        return observed(port, r"prometheus_rule_group_last_duration_seconds", r"prometheus_rule_group_iterations_total", 'ALERTS{alertstate="firing"}')
    finally:
        server.terminate()
        server.wait()


def observed(port, duration, iterations, firing):
    times, seen = [], 0.0
    deadline = time.monotonic() + 120
    while len(times) < SAMPLES and time.monotonic() < deadline:
        now = metric(port, iterations)
        if now > seen:
            seen = now
            times.append(metric(port, duration) * 1000)
        time.sleep(0.3)
    answer = json.loads(get(port, "/api/v1/query?query=" + urllib.request.quote(f"count({firing})")))
    check(int(answer["data"]["result"][0]["value"][1]))
    # The first evaluations meet an empty store.
    return statistics.median(times[4:])


def check(firing):
    wanted = sum(value(a, i) < BOUND for i in range(INDICATORS) for a in range(AGENCIES))
    if firing != wanted:
        sys.exit(f"{firing} alerts fire, {wanted} expected: nothing is compared")


def vmalert(directory, notified_port, each_agency):
    """The mean duration of the evaluations after the first four, from the sum and count that vmalert keeps."""
    store_port, port = free_port(), free_port()
    with open(f"{directory}/rules.json", "w") as file:
        file.write(rules(each_agency))
    data = tempfile.mkdtemp(dir=directory)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    store = subprocess.Popen(["victoria-metrics", f"-storageDataPath={data}", f"-httpListenAddr=127.0.0.1:{store_port}", "-search.latencyOffset=1s"], **quiet)
    judge = None
    stop = threading.Event()
    try:
        wait_for(store_port, "/health")

        def feed():
            while not stop.is_set():
                get(store_port, "/api/v1/import/prometheus", page())
                stop.wait(2)

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        time.sleep(3)
        get(store_port, "/internal/force_flush")
        judge = subprocess.Popen(
            [
                "vmalert",
                f"-datasource.url=http://127.0.0.1:{store_port}",
                f"-rule={directory}/rules.json",
                f"-httpListenAddr=127.0.0.1:{port}",
                f"-notifier.url=http://127.0.0.1:{notified_port}",
            ],
            **quiet,
        )
        wait_for(port, "/health")
        names = [r"vmalert_iteration_duration_seconds_sum", r"vmalert_iteration_duration_seconds_count"]
        deadline = time.monotonic() + 120
        while metric(port, names[1]) < 4 and time.monotonic() < deadline:
            time.sleep(0.3)
        before = [metric(port, name) for name in names]
        while metric(port, names[1]) < before[1] + SAMPLES - 4 and time.monotonic() < deadline:
            time.sleep(0.3)
        after = [metric(port, name) for name in names]
        groups = json.loads(get(port, "/api/v1/alerts"))["data"]["alerts"] or []
        check(len([alert for alert in groups if alert["state"] == "firing"]))
        return (after[0] - before[0]) / max(1, after[1] - before[1]) * 1000
    finally:
        stop.set()
        for program in (judge, store):
            if program:
                program.terminate()
                program.wait()


def own(bench):
    """The medians that dondoc-bench prints of its full judging, everybody beyond the bound, and the same with the figures read from the store."""
    table = subprocess.run([bench, "judge"], check=True, capture_output=True, text=True).stdout
    found = {}
    for line in table.splitlines():
        match = re.match(r"(.+?)\s{2,}([\d.]+)\s", line)
        if match:
            found[match.group(1).strip()] = float(match.group(2))
    return found[f"judging {AGENCIES} × {INDICATORS}, everybody beyond the bound"], found["the same, cells read from the store"]


class Figures(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = page()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; version=0.0.4")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        """What vmalert tells a notifier, which it does not start without."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def main():
    judging, reading = own(sys.argv[1])
    print(f"dondoc: {judging:.1f} ms; with the daily counts of a month read from the store and added up: {reading:.1f} ms")
    figures = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Figures)
    threading.Thread(target=figures.serve_forever, daemon=True).start()
    directory = tempfile.mkdtemp(prefix="dondoc-bench-peers-")
    peers = {
        "Prometheus": (["prometheus"], lambda each: prometheus(directory, figures.server_port, each)),
        "vmalert and VictoriaMetrics": (["vmalert", "victoria-metrics"], lambda each: vmalert(directory, figures.server_port, each)),
    }
    try:
        for name, (programs, measure) in peers.items():
            if not all(shutil.which(program) for program in programs):
                print(f"{name}: not installed (apt-get install prometheus victoria-metrics)")
                continue
            for each, words in ((False, f"{INDICATORS} rules"), (True, f"{AGENCIES * INDICATORS} rules")):
                took = measure(each)
                print(f"{name}, {words}: {took:.1f} ms; dondoc takes {judging / took:.2f} of it, with reading {reading / took:.2f}")
    finally:
        shutil.rmtree(directory, ignore_errors=True)


main()
