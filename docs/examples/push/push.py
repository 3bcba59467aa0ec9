"""Pushes counts with nothing but Python 3's standard library. Repeats it while the network or the server is in trouble: a push that arrives
twice changes nothing."""

import json
import os
import ssl
import sys
import time
import urllib.error
import urllib.request

url = os.environ["DONDOC_URL"] + "/v1/observations"
token = open(os.environ["DONDOC_TOKEN_FILE"], encoding="ascii").readline().strip()

# Replace these lines by your own query. `to` is the last day, inclusive; leave it out for one day. None means: known to be unknown.
observations = [
    {"agency": "H52.07", "measure": "mail.accounts.active", "from": "2026-10-01", "to": "2026-10-31", "value": 123},
    {"agency": "H52.07", "measure": "dossiers.received", "from": "2026-11-02", "value": 17},
]

request = urllib.request.Request(
    url,
    data=json.dumps({"observations": observations}).encode(),
    headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}", "Accept-Language": "vi"},
)
context = ssl.create_default_context(cafile=os.environ.get("DONDOC_CA_FILE"))
for attempt in range(5):
    try:
        with urllib.request.urlopen(request, timeout=60, context=context) as answer:
            receipt = json.load(answer)
        break
    except urllib.error.HTTPError as error:
        if error.code not in (408, 429, 500, 502, 503, 504, 507):
            sys.exit(f"{error.code}: {error.read().decode()}")
        time.sleep(int(error.headers.get("Retry-After") or 10))
    except OSError as error:
        print(f"{error}; tried again", file=sys.stderr)
        time.sleep(10)
else:
    sys.exit("given up; try again later")

print(receipt)
for refusal in receipt["refused"]:
    print(f"observation {refusal['index']}: {refusal['message']}", file=sys.stderr)
sys.exit(1 if receipt["refused"] else 0)
