#!/usr/bin/env python3
"""The figures of scripts/system-test-metrics, and what must be read back of them; knows nothing of how dondoc works."""

import csv
import datetime
import json
import os
import sys
import urllib.parse
import urllib.request

AGENCIES = ["H52.01", "H52.02", "H52.03"]
VIET_NAM = datetime.timezone(datetime.timedelta(hours=7))


def months():
    """The last five closed months, oldest first, as (year, month, first day of the next)."""
    first = datetime.datetime.now(VIET_NAM).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    found = []
    for _ in range(5):
        end = first
        first = (first - datetime.timedelta(days=1)).replace(day=1)
        found.append((first.year, first.month, end))
    return found[::-1]


def counts(index, agency):
    return 100 + 10 * index + agency, 37 + index * agency


def expected_of(index, month, agency, received, online):
    """Series without the labels that all share, the end of the period in milliseconds, the value."""
    _, _, end = month
    at = int(end.timestamp() * 1000)
    code = AGENCIES[agency]
    yield [f"dondoc_measure {code} dossiers.received", at, received]
    yield [f"dondoc_measure {code} dossiers.received.online", at, online]
    if end + datetime.timedelta(days=3) <= datetime.datetime.now(VIET_NAM):
        yield [f"dondoc_period_numerator {code} dossier.online", at, online]
        yield [f"dondoc_period_denominator {code} dossier.online", at, received]
        yield [f"dondoc_period_ratio {code} dossier.online", at, online / received]


def write(directory, month, rows):
    with open(f"{directory}/{month[0]}-{month[1]}.json", "w") as file:
        json.dump({"data": [{"code": code, "received": r, "online": o} for code, r, o in rows]}, file)


def figures(directory, expected):
    os.makedirs(directory)
    samples = []
    for index, month in enumerate(months()):
        rows = [(code, *counts(index, number)) for number, code in enumerate(AGENCIES)]
        write(directory, month, rows)
        for number, (_, received, online) in enumerate(rows):
            samples += expected_of(index, month, number, received, online)
    with open(expected, "w") as file:
        json.dump({"samples": samples, "restated": []}, file)


def restate(directory, expected):
    """Two counts of the oldest month change, one up and one down; its readings have settled on every day of a year."""
    with open(expected) as file:
        known = json.load(file)
    month = months()[0]
    rows = [(code, *counts(0, number)) for number, code in enumerate(AGENCIES)]
    rows[1] = (rows[1][0], rows[1][1], 99)
    rows[2] = (rows[2][0], rows[2][1], 11)
    write(directory, month, rows)
    before = {(series, at): value for series, at, value in known["samples"]}
    after = [s for number in (1, 2) for s in expected_of(0, month, number, rows[number][1], rows[number][2])]
    known["restated"] = [s for s in after if before[(s[0], s[1])] != s[2]]
    assert len(known["restated"]) == 6
    with open(expected, "w") as file:
        json.dump(known, file)


def get(port, path, **query):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}?{urllib.parse.urlencode(query)}") as answer:
        return answer.read().decode()


def name(labels):
    if labels["__name__"].startswith(("dondoc_measure", "dondoc_period")):
        assert labels["province"] == 'Sơn La "thử"' and labels["interval"] == "month", labels
    return f'{labels["__name__"]} {labels["agency"]} {labels.get("measure") or labels["indicator"]}'


SENT = '{__name__=~"dondoc_measure|dondoc_period_(numerator|denominator|ratio)",indicator=~"|dossier.online"}'


def newest(samples):
    """The last sample of each series in the last minute before each period's end; VictoriaMetrics keeps about twelve digits of what is no whole
    number."""
    last = {}
    for series, at, value in sorted(samples):
        last[(series, (at // 60000 + 1) * 60000)] = value
    return [[*key, shortened(value)] for key, value in last.items()]


def shortened(value):
    return value if float(value).is_integer() else float(f"{value:.10g}")


def in_victoria(port):
    get(port, "/internal/force_flush")
    series = [json.loads(line) for line in get(port, "/api/v1/export", **{"match[]": SENT}).splitlines()]
    return [[name(s["metric"]), at, value] for s in series for at, value in zip(s["timestamps"], s["values"])]


def in_prometheus(port):
    answer = json.loads(get(port, "/api/v1/query", query=SENT + "[400d]"))
    return [[name(s["metric"]), round(at * 1000), float(value)] for s in answer["data"]["result"] for at, value in s["values"]]


def compare(found, wanted):
    found, wanted = [tuple(s) for s in sorted(found)], [tuple(s) for s in sorted(wanted)]
    assert found == wanted, f"not there: {sorted(set(wanted) - set(found))[:5]}, not expected: {sorted(set(found) - set(wanted))[:5]}"


def check(kind, port, expected):
    with open(expected) as file:
        known = json.load(file)
    if kind == "scraped":
        compare_scraped(port)
    else:
        store, *restated = kind.split("-")
        samples = {"victoria": in_victoria, "prometheus": in_prometheus}[store](port)
        wanted = {(series, end): value for series, end, value in known["samples"] + (known["restated"] if restated else [])}
        compare(newest(samples), [[*key, shortened(value)] for key, value in wanted.items()])
        if restated:
            compare_asked(port, known["samples"], wanted)
        if store == "victoria":
            assert len(samples) == len(wanted), "with -dedup.minScrapeInterval=1m one sample of each day must remain"
    print(f"{kind}: as expected")


def compare_asked(port, samples, wanted):
    """The two questions of docs/metrics.md, for a figure that was restated."""
    series = 'dondoc_measure{measure="dossiers.received.online",agency="H52.03"}'
    values = [wanted[(name, end)] for name, end, _ in samples if name == "dondoc_measure H52.03 dossiers.received.online"]
    end = min(end for _, end, _ in samples) // 1000

    def ask(query, at):
        (result,) = json.loads(get(port, "/api/v1/query", query=query, time=at))["data"]["result"]
        return float(result["value"][1])

    assert ask(f"last_over_time({series}[1d])", end - 1) == values[0] == 11
    total = ask(f"sum_over_time(last_over_time({series}[1d])[200d:1d])", int(datetime.datetime.now().timestamp()))
    assert total == sum(values), f"{total} instead of {sum(values)}"


def compare_scraped(port):
    answer = json.loads(get(port, "/api/v1/query", query='dondoc_reading_ratio{job="dondoc",indicator="dossier.online"}'))
    year, month, _ = months()[-1]
    wanted = [counts(4, number) for number in range(3)]
    found = [(r["metric"]["agency"], r["metric"]["period"], float(r["value"][1])) for r in answer["data"]["result"]]
    compare(found, [(AGENCIES[n], f"{year}-{month:02}", o / r) for n, (r, o) in enumerate(wanted)])


def column(target, wanted_column, wanted):
    for row in csv.DictReader(sys.stdin):
        if row["target"] == target:
            assert row[wanted_column] == wanted, row
            return
    raise AssertionError(f"no target {target}")


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    if command in ("figures", "restate", "column"):
        globals()[command](*arguments)
    else:
        check(command, *arguments)
