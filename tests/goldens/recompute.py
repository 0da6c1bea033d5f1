#!/usr/bin/env python3
"""Recomputes golden vectors: canonical bytes and their hashes, from the inputs alone.

A second implementation of ledger/log/canonical_entry.md and ledger/log/trial_balance.md, written
from those pages and from nothing else, with the standard library only. An auditor can check the
ledger's hashes with it.

Usage: recompute.py VECTORS.json ...
Prints one line for each vector: its name, the bytes in hexadecimal, the hash in hexadecimal,
separated by tabs.
"""
import calendar
import hashlib
import json
import re
import sys

VERSION = 1
KINDS = {"standard": 1, "opening": 2, "adjusting": 3, "reversal": 4, "closing": 5}


def unsigned(value, bits):
    return int(value).to_bytes(bits // 8, "big", signed=False)


def text(value):
    encoded = value.encode("utf-8")
    return unsigned(len(encoded), 32) + encoded


def amount(value, scale):
    """The decimal text `value`, at the scale of its currency."""
    sign, whole, fraction = re.fullmatch(r"(-?)(\d+)(?:\.(\d+))?", value).groups(default="")
    assert len(fraction) <= scale, f"{value} is finer than its currency"
    units = int(sign + whole + fraction.ljust(scale, "0"))
    return units.to_bytes(16, "big", signed=True) + unsigned(scale, 8)


def salted_hash(salt, value):
    if value == "":
        return bytes(32)
    return hashlib.sha256(salt + value.encode("utf-8")).digest()


def microseconds(instant):
    """Of an instant such as 2026-01-31T08:00:00.123456Z."""
    fields = re.fullmatch(r"(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)\.(\d{6})Z", instant).groups()
    *civil, fraction = map(int, fields)
    return calendar.timegm(tuple(civil)) * 1_000_000 + fraction


def dimensions(book, named):
    order = [dimension["id"] for dimension in book["dimensions"]]
    pairs = sorted(named.items(), key=lambda pair: order.index(pair[0]))
    return unsigned(len(pairs), 16) + b"".join(text(key) + text(value) for key, value in pairs)


def posting(book, salt, line):
    return b"".join([
        text(line["account"]),
        text(line["fund"]),
        dimensions(book, line["dimensions"]),
        text(line["currency"]),
        amount(line["amount"], book["currencies"][line["currency"]]),
        text(line["functional_currency"]),
        amount(line["functional_amount"], book["currencies"][line["functional_currency"]]),
        salted_hash(salt, line["memo"]),
    ])


def canonical_entry(book, entry):
    salt = bytes.fromhex(entry["salt"])
    tags = sorted(entry["tags"].items(), key=lambda tag: tag[0].encode("utf-8"))
    # A vector with very many postings repeats those that it lists.
    postings = entry["postings"] * entry.get("copies", 1)
    return b"".join([
        unsigned(VERSION, 8),
        text(book["uid"]),
        unsigned(entry["sequence"], 64),
        text(entry["series"]),
        unsigned(entry["fiscal_year"], 16),
        unsigned(entry["number"], 64),
        text(entry["effective_date"]),
        unsigned(microseconds(entry["recorded_at"]), 64),
        unsigned(KINDS[entry["kind"]], 8),
        unsigned(entry["reverses"], 64),
        text(entry["request_id"]),
        text(entry["reference"]),
        text(entry["source"]),
        salted_hash(salt, entry["description"]),
        unsigned(len(tags), 16),
        *[text(key) + salted_hash(salt, value) for key, value in tags],
        unsigned(len(postings), 32),
        *[posting(book, salt, line) for line in postings],
    ])


def leaf_hash(canonical):
    return hashlib.sha256(b"\0" + canonical).digest()


def balance_row(book, row):
    scale = book["currencies"][row["currency"]]
    functional_scale = book["currencies"][row["functional_currency"]]
    return b"".join([
        text(row["account"]),
        text(row["fund"]),
        dimensions(book, row["dimensions"]),
        text(row["currency"]),
        text(row["functional_currency"]),
        amount(row["debit"], scale),
        amount(row["credit"], scale),
        amount(row["functional_debit"], functional_scale),
        amount(row["functional_credit"], functional_scale),
    ])


def canonical_trial_balance(book, trial_balance):
    rows = sorted(balance_row(book, row) for row in trial_balance["rows"])
    return b"".join([
        unsigned(VERSION, 8),
        text(book["uid"]),
        text(trial_balance["last_day"]),
        unsigned(len(rows), 32),
        *rows,
    ])


def recompute(book, vector):
    """Canonical bytes and hash of one vector."""
    if "entry" in vector:
        canonical = canonical_entry(book, vector["entry"])
        return canonical, leaf_hash(canonical)
    canonical = canonical_trial_balance(book, vector["trial_balance"])
    return canonical, hashlib.sha256(canonical).digest()


def main(paths):
    for path in paths:
        with open(path, encoding="utf-8") as file:
            golden = json.load(file)
        for vector in golden["vectors"]:
            canonical, digest = recompute(golden["book"], vector)
            print(vector["name"], canonical.hex(), digest.hex(), sep="\t")


if __name__ == "__main__":
    main(sys.argv[1:])
