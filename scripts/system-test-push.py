"""What hostile and clumsy senders do to a running daemon; others must be served meanwhile, and memory stay bounded.

Usage: system-test-push.py PORT TOKEN OTHER PID CONNECTIONS, where OTHER is the token of a second sender
"""

import gzip
import http.client
import json
import resource
import socket
import ssl
import sys
import time

PORT, TOKEN, OTHER, PID, CONNECTIONS = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
CONTEXT = ssl._create_unverified_context()
HEAD = f"POST /v1/observations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\nContent-Type: application/json\r\n"


def resident():
    """The daemon's memory in MB."""
    with open(f"/proc/{PID}/status") as status:
        for line in status:
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1000


def push(body, token=TOKEN, **headers):
    """One push; the status and the answer."""
    connection = http.client.HTTPSConnection("127.0.0.1", PORT, context=CONTEXT, timeout=60)
    sent = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    sent.update({name.replace("_", "-"): value for name, value in headers.items()})
    connection.request("POST", "/v1/observations", body, sent)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def observation(**change):
    fields = {"agency": "H52.07", "measure": "mail.accounts.active", "from": "2026-11-01", "value": 1}
    fields.update(change)
    return json.dumps({"observations": [fields]})


def expect(what, found, wanted):
    ok = found == wanted or (isinstance(wanted, (tuple, list, set)) and found in wanted)
    print(f"{'ok' if ok else 'FAILED'}: {what}" + ("" if ok else f": found {found}, expected {wanted}"))
    if not ok:
        sys.exit(1)


def good(what):
    started = time.monotonic()
    status, _ = push(observation(), OTHER)
    expect(f"{what}, others are served (in {time.monotonic() - started:.2f} s)", status, 200)


good("before everything")

print("bodies that are wrong")
for name, body, wanted in [
    ("garbage", b"\x00\xff\x13garbage", 400),
    ("deep nesting", b"[" * 3_000_000, 400),
    ("deep nesting in a field", b'{"observations":' + b'{"a":' * 500_000, 400),
    ("wrong UTF-8", b'{"observations":[{"agency":"\xff\xfe"}]}', 400),
    ("NaN", b'{"observations":[{"agency":"H52.07","measure":"mail.accounts.active","from":"2026-11-01","value":NaN}]}', (200, 400)),
    ("1e400", observation().replace(": 1}", ": 1e400}").encode(), 200),
    ("a key twice", b'{"observations":[{"agency":"H52.07","agency":"H52.07","measure":"m","from":"2026-11-01","value":1}]}', 200),
    ("the year 292277026596", observation(**{"from": "292277026596-12-04"}).encode(), 200),
    ("too large", b" " * 4_000_001, 413),
]:
    status, text = push(body)
    expect(name, status, wanted)
    if status == 200:
        expect(f"{name} is refused and nothing stored", (json.loads(text)["stored"], len(json.loads(text)["refused"])), (0, 1))

before = resident()
bomb = gzip.compress(b"0" * 1_000_000_000, 9)
for _ in range(5):
    status, _ = push(bomb, Content_Encoding="gzip")
    expect(f"a bomb of {len(bomb)} bytes for 1 GB", status, 413)
expect("its memory is bounded", resident() - before < 150, True)
good("after the bombs")

print("slow senders")
slow = []
for _ in range(200):
    sender = CONTEXT.wrap_socket(socket.create_connection(("127.0.0.1", PORT)))
    sender.sendall((HEAD + "Content-Length: 1000000\r\n\r\n").encode() + b"{")
    slow.append(sender)
good("with 200 slow bodies")
deadline = time.monotonic() + 30
slow[0].settimeout(30)
expect("a slow body is ended by 408", slow[0].recv(4096)[:12], b"HTTP/1.1 408")
for sender in slow:
    sender.close()

print(f"{CONNECTIONS} idle connections")
_, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
before = resident()
idle = []
for number in range(CONNECTIONS):
    # Many addresses of loopback, as many senders would have.
    connection = socket.socket()
    connection.bind((f"127.0.{number // 200 % 250}.{number % 200 + 1}", 0))
    connection.connect(("127.0.0.1", PORT))
    idle.append(connection)
    if number % 2500 == 2499:
        good(f"with {number + 1} idle connections")
held = resident()
print(f"memory: {before:.1f} MB before, {held:.1f} MB with them; {(held - before) * 1000 / min(CONNECTIONS, 4096):.1f} kB each of the 4096 that are kept")
expect("memory is bounded", held - before < 200, True)
for connection in idle:
    connection.close()

idle = []
before = resident()
for number in range(2000):
    idle.append(CONTEXT.wrap_socket(socket.create_connection(("127.0.0.1", PORT))))
held = resident()
print(f"after the TLS handshake: {(held - before) * 1000 / 2000:.1f} kB each")
good("with 2000 idle TLS connections")
for connection in idle:
    connection.close()
good("after everything")
