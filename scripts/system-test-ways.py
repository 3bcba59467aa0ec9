#!/usr/bin/env python3
"""The receivers of scripts/system-test-ways, and what they must have heard; knows nothing of how dondoc works but docs/ways-out.md."""

import hashlib
import hmac
import http.server
import json
import sys
import time
import urllib.request


def verified(headers, body, secret):
    """Whether a request is from who holds the secret, and of now."""
    parts = dict(part.split("=", 1) for part in headers["X-Dondoc-Signature"].split(","))
    wanted = hmac.new(secret, parts["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted, parts["v1"]) and abs(time.time() - int(parts["t"])) < 300


def receive(port, secret_file, log):
    with open(secret_file, "rb") as file:
        secret = file.readline().rstrip(b"\n")
    state = {"mood": 200, "online": 40}

    class Handler(http.server.BaseHTTPRequestHandler):
        def answer(self, status, body=b""):
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):
            rows = [{"code": "H52.01", "received": 100, "online": state["online"]}]
            self.answer(200, json.dumps({"data": rows}).encode())

        def do_PUT(self):
            _, key, value = self.path.split("/")
            state[key] = int(value)
            self.answer(200)

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            event = json.loads(body)
            good = verified(self.headers, body, secret) and self.headers["X-Dondoc-Event"] == event["id"] and event["version"] == 1
            with open(log, "a") as file:
                file.write(json.dumps({"good": good, "status": state["mood"], "event": event}) + "\n")
            self.answer(state["mood"] if good else 400, b"")

    http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), Handler).serve_forever()


def events(log, *states):
    with open(log) as file:
        heard = [json.loads(line) for line in file]
    assert all(entry["good"] for entry in heard), "a signature or an id is wrong"
    taken = [entry["event"] for entry in heard if entry["status"] == 200]
    assert [event["alert"]["state"] for event in taken] == list(states), taken
    assert len({event["id"] for event in taken}) == len(states), "an event was taken twice"
    refused = {entry["event"]["id"] for entry in heard if entry["status"] == 503}
    assert refused == {taken[0]["id"]}, "what was refused first is taken later with the same id"
    assert taken[0]["alert"]["key"] == "online/dossier.online/H52.01" and taken[0]["alert"]["value"] == "40.00", taken[0]
    print(f"events: {', '.join(states)}, signed, each once")


def alertmanager(port, wanted):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v2/alerts") as answer:
        alerts = json.load(answer)
    if wanted == "over":
        assert alerts == [], alerts
    else:
        (alert,) = alerts
        expected = {"alertname": "online", "rule": "online", "subject": "dossier.online", "agency": "H52.01", "severity": "warning", "province": "H52"}
        assert alert["labels"] == expected, alert["labels"]
        assert alert["status"]["state"] == "active" and alert["annotations"]["value"] == "40.00", alert
        assert "thấp hơn ngưỡng 80%" in alert["annotations"]["summary"], alert
    print(f"Alertmanager: {wanted}")


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    {"receive": receive, "events": events, "alertmanager": alertmanager}[command](*arguments)
