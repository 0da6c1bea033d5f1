#!/usr/bin/env python3
"""Verifies a Lumbung audit pack, without the server that made it and without a network.

What a pack holds and what each part proves is written in pack_format.md; this program was written
from that page and shares no code with what makes packs. It uses Python's standard library alone.

It says in plain words what it has proved and what it cannot prove, names every fault with its file
and place, and ends with 0 when all was proved, 1 when something is wrong, 2 when there is no pack
to read.

Examples:
  python3 verify.py                          the folder that this file lies in
  python3 verify.py paket-2025.zip --key 'lumbung/...+1a2b3c4d+...'
  python3 verify.py paket-2026.zip --checkpoint checkpoint-2025.note
"""
import argparse
import base64
import binascii
import csv
import datetime
import decimal
import hashlib
import io
import json
import os
import re
import sys
import xml.parsers.expat
import zipfile
from collections import defaultdict
from decimal import Decimal

MAX_LINE = 64 << 20
MAX_FILE = 256 << 20
MAX_SHOWN = 50
ZERO_HASH = bytes(32)
KINDS = {1: "standard", 2: "opening", 3: "adjusting", 4: "reversal", 5: "closing"}
HIDDEN = "other"
decimal.getcontext().prec = 100


class Fault(Exception):
    """Something is wrong: a stable reason, where, and what was found."""

    def __init__(self, reason, place, message):
        super().__init__(message)
        self.reason, self.place, self.message = reason, str(place), message


class Unreadable(Exception):
    """There is no pack to verify."""


# ---- Ed25519 (RFC 8032, section 5.1.7) ----

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_ONE = pow(2, (P - 1) // 4, P)


def point_add(a, b):
    x = (a[1] - a[0]) * (b[1] - b[0]) % P
    y = (a[1] + a[0]) * (b[1] + b[0]) % P
    t = 2 * a[3] * b[3] * D % P
    z = 2 * a[2] * b[2] % P
    e, f, g, h = y - x, z - t, z + t, y + x
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point_multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = point_add(result, point)
        point = point_add(point, point)
        scalar >>= 1
    return result


def point_decode(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point_decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_verifies(public_key, message, signature):
    if len(public_key) != 32 or len(signature) != 64:
        return False
    a, r = point_decode(public_key), point_decode(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    k = int.from_bytes(digest, "little") % ORDER
    left, right = point_multiply(s, BASE), point_add(r, point_multiply(k, a))
    return ((left[0] * right[2] - right[0] * left[2]) % P == 0
            and (left[1] * right[2] - right[1] * left[2]) % P == 0)


# ---- Signed notes (C2SP signed-note, tlog-checkpoint, tlog-cosignature) ----

LOG_KEY, WITNESS_KEY = 1, 4


def strict_base64(text, place):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError, TypeError):
        raise Fault("BASE64_MALFORMED", place, "not base64") from None
    if base64.b64encode(data).decode() != text:
        raise Fault("BASE64_MALFORMED", place, "base64 with another spelling")
    return data


class Key:
    """A verifier key: name+id+base64 of its type and public key."""

    def __init__(self, text, place="key"):
        parts = text.split("+", 2)
        if len(parts) != 3 or not re.fullmatch(r"[0-9a-f]{8}", parts[1]):
            raise Fault("KEY_MALFORMED", place, "a key is written name+id+base64")
        data = strict_base64(parts[2], place)
        if len(data) != 33:
            raise Fault("KEY_MALFORMED", place, "a key has one byte of type and 32 of key")
        self.text, self.name, self.type, self.public = text, parts[0], data[0], data[1:]
        self.id = hashlib.sha256(self.name.encode() + b"\n" + data).digest()[:4]
        if self.id.hex() != parts[1]:
            raise Fault("KEY_MALFORMED", place, "the key's id is not that of its bytes")


class Note:
    """A text, and signatures below it that say nothing until a known key is found good."""

    def __init__(self, data, place):
        try:
            text = data.decode("utf-8") if isinstance(data, bytes) else data
        except UnicodeDecodeError:
            raise Fault("NOTE_MALFORMED", place, "not UTF-8") from None
        head, separator, tail = text.rpartition("\n\n")
        if not separator or not tail.endswith("\n"):
            raise Fault("NOTE_MALFORMED", place, "no signatures below an empty line")
        self.place, self.text, self.signatures = place, head + "\n", []
        for line in tail[:-1].split("\n"):
            match = re.fullmatch("\u2014 (\\S+) (\\S+)", line)
            if not match:
                raise Fault("NOTE_MALFORMED", place, "a line below the text is no signature")
            data = strict_base64(match[2], place)
            self.signatures.append((match[1], data[:4], data[4:]))

    def lines(self):
        return self.text[:-1].split("\n")

    def check(self, key):
        """Every signature of the key must be good, and there must be one."""
        mine = [s for name, key_id, s in self.signatures if (name, key_id) == (key.name, key.id)]
        if not mine:
            raise Fault("NOTE_UNSIGNED", self.place, f"not signed by {key.text}")
        for signature in mine:
            if key.type == WITNESS_KEY:
                stamp = int.from_bytes(signature[:8], "big")
                message = f"cosignature/v1\ntime {stamp}\n{self.text}".encode()
                good = len(signature) == 72 and ed25519_verifies(key.public, message, signature[8:])
            else:
                good = ed25519_verifies(key.public, self.text.encode(), signature)
            if not good:
                raise Fault("NOTE_SIGNATURE_WRONG", self.place,
                            f"the signature of {key.text} does not fit the text")


def read_checkpoint(note):
    lines = note.lines()
    if len(lines) < 3 or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]):
        raise Fault("CHECKPOINT_MALFORMED", note.place, "a checkpoint is origin, size and root")
    root = strict_base64(lines[2], note.place)
    if len(root) != 32:
        raise Fault("CHECKPOINT_MALFORMED", note.place, "a root has 32 bytes")
    return lines[0], int(lines[1]), root


def follow_key_records(notes, origin, place):
    """The keys of the log, the first one first; each record hands over to the next."""
    keys = []
    for number, text in enumerate(notes, 1):
        here = f"{place} {number}"
        note = Note(text, here)
        lines = note.lines()
        words = [line.split(" ", 1) for line in lines[2:]]
        names = [word[0] for word in words]
        wanted = ["time", "key"] if not keys else ["time", "key", "replaces"]
        if lines[:2] != ["lumbung key record v1", origin] or names != wanted:
            raise Fault("KEY_RECORD_MALFORMED", here, "not a key record of this log")
        key = Key(words[1][1], here)
        if key.name != origin or key.type != LOG_KEY:
            raise Fault("KEY_RECORD_MALFORMED", here, "the key is not one of this log")
        note.check(key)
        if keys:
            if words[2][1] != keys[-1].text:
                raise Fault("KEY_RECORD_OUT_OF_ORDER", here, "it does not replace the key before")
            note.check(keys[-1])
        keys.append(key)
    if not keys:
        raise Fault("KEY_UNKNOWN", place, "the log shows no key")
    return keys


# ---- The Merkle tree (RFC 6962, section 2.1) ----


def leaf_hash(data):
    return hashlib.sha256(b"\0" + data).digest()


def merkle_roots(hashes, sizes):
    """The roots over the first n hashes, for each n of `sizes`, in one pass."""
    wanted, roots, edge = set(sizes), {}, []

    def root():
        if not edge:
            return hashlib.sha256(b"").digest()
        result = edge[-1][1]
        for _, left in reversed(edge[:-1]):
            result = hashlib.sha256(b"\1" + left + result).digest()
        return result

    for count in range(len(hashes) // 32 + 1):
        if count:
            level, node = 0, bytes(hashes[32 * count - 32:32 * count])
            while edge and edge[-1][0] == level:
                node = hashlib.sha256(b"\1" + edge.pop()[1] + node).digest()
                level += 1
            edge.append((level, node))
        if count in wanted:
            roots[count] = root()
    return roots


# ---- Canonical bytes ----


class Bytes:
    """Reads canonical bytes strictly: no field may reach past the end."""

    def __init__(self, data, place):
        self.data, self.at, self.place = data, 0, place

    def take(self, count):
        if self.at + count > len(self.data):
            raise Fault("CANONICAL_MALFORMED", self.place, "the bytes end too early")
        self.at += count
        return self.data[self.at - count:self.at]

    def unsigned(self, bits):
        return int.from_bytes(self.take(bits // 8), "big")

    def text(self):
        try:
            return self.take(self.unsigned(32)).decode("utf-8")
        except UnicodeDecodeError:
            raise Fault("CANONICAL_MALFORMED", self.place, "a text is not UTF-8") from None

    def amount(self):
        units, scale = int.from_bytes(self.take(16), "big", signed=True), self.unsigned(8)
        return Decimal(units).scaleb(-scale), scale

    def end(self):
        if self.at != len(self.data):
            raise Fault("CANONICAL_MALFORMED", self.place, "bytes behind the last field")


def text_bytes(text):
    data = text.encode()
    return len(data).to_bytes(4, "big") + data


def amount_bytes(amount, scale):
    return int(amount.scaleb(scale)).to_bytes(16, "big", signed=True) + bytes([scale])


def last_day_of(month):
    year, number = int(month[:4]), int(month[5:])
    first_of_next = datetime.date(year + number // 12, number % 12 + 1, 1)
    return (first_of_next - datetime.timedelta(days=1)).isoformat()


def decode_posting(read):
    posting = {"account": read.text(), "fund": read.text()}
    posting["dimensions"] = [(read.text(), read.text()) for _ in range(read.unsigned(16))]
    posting["currency"] = read.text()
    posting["amount"], posting["scale"] = read.amount()
    posting["functional_currency"] = read.text()
    posting["functional"], posting["functional_scale"] = read.amount()
    posting["memo"] = read.take(32)
    return posting


def decode_entry(data, place):
    read = Bytes(data, place)
    if read.unsigned(8) != 1:
        raise Fault("CANONICAL_MALFORMED", place, "not canonical bytes of an entry, version 1")
    entry = {"book": read.text(), "sequence": read.unsigned(64), "series": read.text(),
             "fiscal_year": read.unsigned(16), "number": read.unsigned(64), "date": read.text(),
             "recorded_at": read.unsigned(64), "kind": KINDS.get(read.unsigned(8)),
             "reverses": read.unsigned(64), "request_id": read.text(), "reference": read.text(),
             "source": read.text(), "description": read.take(32)}
    entry["tags"] = [(read.text(), read.take(32)) for _ in range(read.unsigned(16))]
    entry["postings"] = [decode_posting(read) for _ in range(read.unsigned(32))]
    read.end()
    if entry["kind"] is None or not is_date(entry["date"]):
        raise Fault("CANONICAL_MALFORMED", place, "unknown kind or date")
    keys = [key.encode() for key, _ in entry["tags"]]
    if keys != sorted(set(keys)):
        raise Fault("CANONICAL_MALFORMED", place, "tags are not in order")
    return entry


def decode_event(data, place):
    read = Bytes(data, place)
    if read.unsigned(8) != 65 or read.unsigned(8) != 1:
        raise Fault("CANONICAL_MALFORMED", place, "not canonical bytes of an event, version 1")
    event = {"origin": read.text(), "event_id": read.unsigned(64),
             "recorded_at": read.unsigned(64), "person": read.unsigned(64),
             "method": read.text(), "action": read.text(), "request_id": read.text(),
             "reason": read.text()}
    for name in EVENT_TEXTS:
        event[name] = read.take(32)
    read.end()
    return event


EVENT_TEXTS = ("user_name", "display_name", "from_address", "resource", "before", "after")


def is_date(text):
    return isinstance(text, str) and bool(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-[0-3]\d", text))


def fits_hash(text, salt, digest):
    """Whether a text is the one that the salted hash was made of."""
    if text == "":
        return digest == ZERO_HASH
    return hashlib.sha256(salt + text.encode()).digest() == digest


# ---- Reading the pack ----


def unique_members(pairs):
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a member stands twice")
    return result


def no_floats(text):
    raise ValueError(f"a number that is no integer: {text[:40]}")


def parse_json(data, place):
    try:
        return json.loads(data.decode("utf-8") if isinstance(data, bytes) else data,
                          object_pairs_hook=unique_members, parse_float=no_floats,
                          parse_constant=no_floats)
    except (ValueError, RecursionError) as error:
        raise Fault("JSON_MALFORMED", place, str(error)[:200]) from None


class Pack:
    """The files of a zip or of a folder. Names are checked before anything is opened."""

    def __init__(self, path):
        self.zip = None
        try:
            if os.path.isdir(path):
                self.sizes = dict(self._walk(path))
                self.folder = path
            else:
                self.zip = zipfile.ZipFile(path)
                members = self.zip.infolist()
                self.sizes = {member.filename: member.file_size for member in members}
                if len(self.sizes) != len(members):
                    raise Unreadable("the zip has two files of one name")
        except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise Unreadable(f"{path}: {error}") from None
        for name in self.sizes:
            if (name.startswith("/") or "\\" in name or ":" in name or "\0" in name
                    or any(part in ("", ".", "..") for part in name.split("/"))):
                raise Unreadable(f"the pack has a file of the name {name[:100]!r}")

    @staticmethod
    def _walk(root):
        for folder, folders, files in os.walk(root):
            folders[:] = [name for name in folders if name != "__pycache__"]
            for name in files:
                path = os.path.join(folder, name)
                if os.path.islink(path) or not os.path.isfile(path):
                    raise Unreadable(f"{path} is not an ordinary file")
                yield os.path.relpath(path, root).replace(os.sep, "/"), os.path.getsize(path)

    def has(self, name):
        return name in self.sizes

    def open(self, name):
        if name not in self.sizes:
            raise Fault("FILE_MISSING", name, "the pack has no such file")
        try:
            if self.zip is not None:
                return self.zip.open(name)
            return open(os.path.join(self.folder, *name.split("/")), "rb")
        except (OSError, RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
            raise Fault("FILE_UNREADABLE", name, str(error)[:200]) from None

    def pieces(self, name):
        """The file piece by piece; no more than it claims, whatever a zip unpacks to."""
        limit, count = self.sizes.get(name, 0), 0
        with self.open(name) as file:
            while True:
                try:
                    piece = file.read(1 << 20)
                except Exception as error:  # Damaged compression fails in many ways.
                    raise Fault("FILE_UNREADABLE", name, str(error)[:200]) from None
                if not piece:
                    return
                count += len(piece)
                if count > limit:
                    raise Fault("FILE_TOO_LARGE", name, f"more than the {limit} bytes it claims")
                yield piece

    def read(self, name):
        if self.sizes.get(name, 0) > MAX_FILE:
            raise Fault("FILE_TOO_LARGE", name, f"more than {MAX_FILE} bytes")
        return b"".join(self.pieces(name))

    def lines(self, name):
        """The objects of a .jsonl file with their line numbers."""
        rest, number = b"", 0
        for piece in self.pieces(name):
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                number += 1
                yield number, parse_json(line, f"{name} line {number}")
            if len(rest) > MAX_LINE:
                raise Fault("LINE_TOO_LONG", f"{name} line {number + 1}", "too long")
        if rest:
            raise Fault("JSON_MALFORMED", f"{name} line {number + 1}", "the last line has no end")

    def json(self, name):
        return parse_json(self.read(name), name)


# ---- What was found ----


class Report:
    def __init__(self, language):
        self.language, self.proved, self.remarks, self.faults = language, [], [], []
        self.fault_count, self.counts = 0, {}

    def say(self, indonesian, english):
        return indonesian if self.language == "id" else english

    def prove(self, indonesian, english):
        self.proved.append(self.say(indonesian, english))

    def remark(self, indonesian, english):
        self.remarks.append(self.say(indonesian, english))

    def fault(self, reason, place, message):
        self.fault_count += 1
        if len(self.faults) < MAX_SHOWN:
            self.faults.append({"reason": reason, "place": str(place), "message": message})


def exact(text, place):
    if not isinstance(text, str) or not re.fullmatch(r"-?[0-9]{1,60}(\.[0-9]{1,30})?", text):
        raise Fault("AMOUNT_MALFORMED", place, "not a decimal number")
    return Decimal(text)


def member(thing, name, kind, place):
    value = thing.get(name) if isinstance(thing, dict) else None
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise Fault("MEMBER_MISSING", place, f"no {name} of the right kind")
    return value


class Verification:
    """Goes through a pack from the manifest to the statements, and goes on after a fault."""

    def __init__(self, pack, options, report):
        self.pack, self.options, self.report = pack, options, report
        self.origin, self.keys, self.size = "", [], 0
        self.hashes, self.kinds = bytearray(), {}
        # (account, fund) -> sums by what a statement may ask for.
        self.daily = defaultdict(lambda: defaultdict(Decimal))
        self.closings, self.monthly = {}, defaultdict(dict)
        self.vouchers_of_entries, self.gl_lines = {}, {}
        self.entries = self.postings = 0
        self.totals = [Decimal(0), Decimal(0)]

    def run(self):
        steps = [self.check_manifest, self.check_manifest_digest, self.check_log, self.read_leaves,
                 self.check_events, self.read_book, self.check_entries, self.check_leaves_used,
                 self.check_closed_months, self.check_trial_balance, self.check_statements,
                 self.check_vouchers, self.check_audit_files]
        for step in steps:
            try:
                step()
            except Fault as fault:
                self.report.fault(fault.reason, fault.place, fault.message)
            except (KeyError, TypeError, ValueError, AttributeError, IndexError,
                    decimal.DecimalException, RecursionError, OverflowError) as error:
                self.report.fault("MALFORMED", step.__name__[6:],
                                  f"something is not of the form it must have: {error!r}"[:200])
            if self.fatal():
                return

    def fatal(self):
        """Without these there is nothing to go on with."""
        needed = ("manifest.json", "log/checkpoint.note", "book/book.json")
        return any(fault["reason"] == "FILE_MISSING" and fault["place"] in needed
                   for fault in self.report.faults)

    def each(self, thing, check):
        """One thing's faults do not hide those of the next."""
        try:
            check(thing)
        except Fault as fault:
            self.report.fault(fault.reason, fault.place, fault.message)

    # -- The files --

    def check_manifest(self):
        pack, report = self.pack, self.report
        self.manifest = pack.json("manifest.json")
        place = "manifest.json"
        if (self.manifest.get("format"), self.manifest.get("version")) != ("lumbung-audit-pack", 1):
            raise Fault("MANIFEST_UNKNOWN", place, "not an audit pack of version 1")
        self.origin = member(self.manifest, "origin", str, place)
        self.size = member(self.manifest, "checkpoint_size", int, place)
        self.first_day = member(self.manifest, "from_date", str, place)
        self.last_day = member(self.manifest, "to_date", str, place)
        if not is_date(self.first_day) or not is_date(self.last_day):
            raise Fault("MANIFEST_UNKNOWN", place, "no period")
        files = member(self.manifest, "files", list, place)
        listed = [member(file, "path", str, place) for file in files]
        if listed != sorted(set(listed), key=lambda path: path.encode()):
            report.fault("MANIFEST_ORDER", place, "files are not in order, or stand twice")
        for name in sorted(set(pack.sizes) - set(listed) - {"manifest.json", "manifest.note"}):
            report.fault("FILE_UNLISTED", name, "the manifest does not list this file")
        for file in files:
            self.each(file, self.check_file)
        report.counts["files"] = len(files)
        if not report.fault_count:
            report.prove(f"{len(files)} berkas persis seperti dalam daftar isi paket",
                         f"{len(files)} files are exactly those that the manifest lists")

    def check_file(self, file):
        name = file["path"]
        size, digest = member(file, "bytes", int, name), member(file, "sha256", str, name)
        if not self.pack.has(name):
            raise Fault("FILE_MISSING", name, "the manifest lists a file that is not there")
        if self.pack.sizes[name] != size:
            raise Fault("FILE_CHANGED", name,
                        f"it has {self.pack.sizes[name]} bytes, the manifest says {size}")
        found = hashlib.sha256()
        for piece in self.pack.pieces(name):
            found.update(piece)
        if found.hexdigest() != digest:
            raise Fault("FILE_CHANGED", name, "its SHA-256 is not the manifest's")

    # -- The log --

    def check_log(self):
        report, place = self.report, "log/key-records.json"
        notes = member(self.pack.json(place), "notes", list, place)
        self.key_records = [note for note in notes if isinstance(note, str)]
        self.keys = follow_key_records(self.key_records, self.origin, place)
        if self.options.key:
            if self.options.key != self.keys[0].text:
                report.fault("KEY_NOT_TRUSTED", place,
                             f"the log begins with {self.keys[0].text}, not with the key given")
            else:
                report.prove("Log dimulai dengan kunci yang Anda percayai",
                             "The log begins with the key that you trust")
        else:
            report.remark(f"Cocokkan kunci pertama log ini dengan sumber lain: {self.keys[0].text}",
                          "Compare the log's first key with what you were given elsewhere: "
                          f"{self.keys[0].text}")
        self.checkpoint = Note(self.pack.read("log/checkpoint.note"), "log/checkpoint.note")
        origin, size, self.root = read_checkpoint(self.checkpoint)
        self.checkpoint.check(self.keys[-1])
        if (origin, size) != (self.origin, self.size):
            raise Fault("CHECKPOINT_OTHER", "log/checkpoint.note",
                        "origin or size is not the manifest's")
        for text in self.options.witness:
            self.check_witness(text)
        self.check_manifest_note()

    def check_witness(self, text):
        try:
            key = Key(text, "--witness")
            if key.type != WITNESS_KEY:
                raise Fault("KEY_MALFORMED", "--witness", "not the key of a witness")
            self.checkpoint.check(key)
            self.report.prove(f"Saksi {key.name} menandatangani titik periksa ini",
                              f"The witness {key.name} signed this checkpoint")
        except Fault as fault:
            self.report.fault("WITNESS_" + fault.reason, fault.place, fault.message)

    def check_manifest_digest(self):
        """Whoever signed it: a changed manifest is told before what follows from it goes wrong."""
        lines = Note(self.pack.read("manifest.note"), "manifest.note").lines()
        digest = hashlib.sha256(self.pack.read("manifest.json")).hexdigest()
        if f"manifest {digest}" not in lines:
            raise Fault("MANIFEST_CHANGED", "manifest.json", "manifest.note is of another manifest")

    def check_manifest_note(self):
        note = Note(self.pack.read("manifest.note"), "manifest.note")
        digest = hashlib.sha256(self.pack.read("manifest.json")).hexdigest()
        wanted = ["lumbung audit pack v1", self.origin, f"manifest {digest}",
                  f"checkpoint {self.size}"]
        if note.lines() != wanted:
            raise Fault("MANIFEST_CHANGED", "manifest.note", "it signs another manifest")
        note.check(self.keys[-1])
        self.report.prove("Daftar isi paket ditandatangani dengan kunci log",
                          "The manifest is signed with the log's key")

    def read_leaves(self):
        for number, leaf in self.pack.lines("log/leaves.jsonl"):
            place = f"log/leaves.jsonl line {number}"
            index = member(leaf, "index", int, place)
            if index != number - 1:
                raise Fault("LEAF_OUT_OF_ORDER", place, f"index {index} instead of {number - 1}")
            digest = member(leaf, "hash", str, place)
            if not re.fullmatch(r"[0-9a-f]{64}", digest):
                raise Fault("LEAF_MALFORMED", place, "a hash has 64 hexadecimal digits")
            self.hashes += bytes.fromhex(digest)
            kind = member(leaf, "kind", str, place)
            subject = {"entry": "sequence", "event": "event_id", "key-record": "number"}.get(kind)
            if subject:
                self.kinds[index] = (kind, member(leaf, subject, int, place))
            elif kind != HIDDEN:
                raise Fault("LEAF_MALFORMED", place, f"unknown kind {kind[:40]!r}")
        count = len(self.hashes) // 32
        sizes = [self.size]
        earlier = [self.read_earlier(path) for path in self.options.checkpoint]
        sizes += [size for _, size, _ in filter(None, earlier)]
        self.closings = self.read_closings()
        sizes += [size for _, size, _ in self.closings.values() if size <= self.size]
        roots = merkle_roots(self.hashes, sizes)
        if count != self.size or roots.get(self.size) != self.root:
            raise Fault("ROOT_WRONG", "log/leaves.jsonl",
                        f"{count} leaves do not give the root of the checkpoint of {self.size}")
        self.report.counts["leaves"] = count
        self.report.prove(f"{count} daun log menghasilkan akar titik periksa yang ditandatangani: "
                          "tidak ada yang diubah, dihapus, disisipkan, atau ditukar",
                          f"{count} leaves give the root of the signed checkpoint: nothing was "
                          "changed, dropped, inserted or swapped")
        for found in filter(None, earlier):
            self.check_earlier(found, roots)
        for month, (_, size, root) in self.closings.items():
            if root is not None and roots.get(size) != root:
                self.report.fault("LOG_FORKED", f"book/book.json period {month}",
                                  "the checkpoint of its close is not of this log")
        for number, note in enumerate(self.key_records, 1):
            self.use_leaf_of(("key-record", number), note.encode(), f"key record {number}")

    def read_earlier(self, path):
        try:
            with open(path, "rb") as file:
                note = Note(file.read(1 << 20), path)
            origin, size, root = read_checkpoint(note)
            if origin != self.origin:
                raise Fault("CHECKPOINT_OTHER", path, f"a checkpoint of the log {origin}")
            signers = {(name, key_id) for name, key_id, _ in note.signatures}
            known = [key for key in self.keys if (key.name, key.id) in signers]
            if not known:
                raise Fault("NOTE_UNSIGNED", path, "no key of this log signed it")
            note.check(known[-1])
            return path, size, root
        except OSError as error:
            raise Unreadable(f"{path}: {error}") from None
        except Fault as fault:
            self.report.fault(fault.reason, fault.place, fault.message)
            return None

    def read_closings(self):
        """Month -> (hash of its trial balance, size and root of the checkpoint of its close)."""
        closings = {}
        for period in self.pack.json("book/book.json").get("periods", ()):
            month, note = member(period, "month", str, "book/book.json periods"), None
            place = f"book/book.json period {month}"
            if not is_date(month + "-01"):
                raise Fault("BOOK_MALFORMED", place, "not a month")
            if "trial_balance_sha256" not in period:
                continue
            digest = member(period, "trial_balance_sha256", str, place)
            size, root = self.size, None
            if "checkpoint" in period:
                note = Note(member(period, "checkpoint", str, place).encode(), place)
                origin, size, root = read_checkpoint(note)
                signers = {(name, key_id) for name, key_id, _ in note.signatures}
                known = [key for key in self.keys if (key.name, key.id) in signers]
                if origin != self.origin or not known:
                    raise Fault("CHECKPOINT_OTHER", place, "not a checkpoint of this log")
                note.check(known[-1])
                if size > self.size:
                    raise Fault("LOG_ROLLED_BACK", place,
                                f"it was closed under {size} leaves, the log has {self.size} only")
            closings[month] = (digest, size, root)
        return closings

    def check_earlier(self, found, roots):
        path, size, root = found
        if size > self.size:
            self.report.fault("LOG_ROLLED_BACK", path,
                              f"it covers {size} leaves, this pack's log has {self.size} only")
        elif roots[size] != root:
            self.report.fault("LOG_FORKED", path,
                              f"the first {size} leaves are not those it was signed for")
        else:
            self.report.prove(f"Sejak titik periksa {path} ({size} daun) hanya ada penambahan",
                              f"Since the checkpoint {path} ({size} leaves) things were only added")

    def use_leaf_of(self, what, content, place, index=None):
        """The leaf says that it is of this content, and has its hash."""
        if index is None:
            index = next((i for i, subject in self.kinds.items() if subject == what), None)
        if self.kinds.get(index) != what:
            raise Fault("LEAF_MISSING", place, "the log has no leaf of it where it should be")
        if bytes(self.hashes[32 * index:32 * index + 32]) != leaf_hash(content):
            raise Fault("CONTENT_CHANGED", place, f"its bytes have not the hash of leaf {index}")
        del self.kinds[index]

    def check_events(self):
        last, count = -1, 0
        for number, row in self.pack.lines("log/events.jsonl"):
            place = f"log/events.jsonl line {number}"
            index, event_id = member(row, "index", int, place), member(row, "event_id", int, place)
            if index <= last:
                raise Fault("EVENT_OUT_OF_ORDER", place, "events are not in the order of leaves")
            last, count = index, count + 1
            self.each(row, lambda row: self.check_event(row, index, event_id, place))
        self.report.counts["events"] = count
        if count:
            self.report.prove(f"{count} peristiwa jejak audit adalah yang tersegel dalam log",
                              f"{count} events of the audit trail are those sealed in the log")

    def check_event(self, row, index, event_id, place):
        content = strict_base64(row["canonical"], place)
        salt = strict_base64(row["salt"], place)
        self.use_leaf_of(("event", event_id), content, place, index)
        event = decode_event(content, place)
        if (event["event_id"], event["origin"]) != (event_id, self.origin):
            raise Fault("EVENT_OTHER", place, "the bytes are of another event")
        for name in EVENT_TEXTS:
            self.check_text(row.get(name), salt, event[name], f"{place} {name}", name in row)

    def check_text(self, text, salt, digest, place, is_there):
        if not is_there or text is None:
            self.report.counts["erased"] = self.report.counts.get("erased", 0) + 1
        elif not isinstance(text, str) or not fits_hash(text, salt, digest):
            raise Fault("TEXT_CHANGED", place, "not the text that was hashed")

    # -- The book --

    def read_book(self):
        book = self.pack.json("book/book.json")
        place = "book/book.json"
        self.book_uid = member(member(book, "book", dict, place), "uid", str, place)
        self.currency = member(book["book"], "functional_currency", str, place)
        if self.book_uid != self.manifest.get("book", {}).get("uid"):
            raise Fault("BOOK_OTHER", place, "not the manifest's book")
        self.scales = {row["code"]: row["scale"] for row in book["currencies"]}
        self.accounts = {row["account"]: row for row in book["accounts"]}
        self.funds = {row["fund"]: row["restriction"] for row in book["funds"]}
        self.dimensions = {row["dimension"]: {value["value"] for value in row["values"]}
                           for row in book["dimensions"]}
        if len(self.accounts) != len(book["accounts"]) or len(self.funds) != len(book["funds"]):
            raise Fault("BOOK_MALFORMED", place, "an account or a fund stands twice")
        self.report.counts["people"] = self.count_people()

    def count_people(self):
        """Nothing in the log says who they are now; their history is among the events."""
        place = "book/people.json"
        if not self.pack.has(place):
            return 0
        people = member(self.pack.json(place), "people", list, place)
        names = {member(person, "user_name", str, place) for person in people}
        if len(names) != len(people):
            raise Fault("PEOPLE_MALFORMED", place, "somebody stands twice")
        return len(names)

    def check_entries(self):
        self.kinds_of, self.reversed, self.numbers = {}, set(), defaultdict(int)
        self.cash = self.all_cash_accounts()
        last_leaf, expected = -1, 1
        for number, row in self.pack.lines("book/entries.jsonl"):
            place = f"book/entries.jsonl line {number}"
            sequence, leaf = member(row, "sequence", int, place), member(row, "leaf", int, place)
            place = f"book/entries.jsonl entry {sequence}"
            if sequence != expected:
                raise Fault("SEQUENCE_GAP", place, f"entry {expected} should stand here")
            if leaf <= last_leaf:
                raise Fault("SEQUENCE_GAP", place, "its leaf is not behind that of the one before")
            expected, last_leaf = expected + 1, leaf
            self.each(row, lambda row: self.check_entry(row, sequence, leaf, place))
        if expected - 1 != self.manifest.get("last_sequence"):
            raise Fault("ENTRIES_MISSING", "book/entries.jsonl",
                        f"{expected - 1} entries, the manifest says "
                        f"{self.manifest.get('last_sequence')}")
        self.report.counts.update(entries=self.entries, postings=self.postings)
        self.report.prove(f"{self.entries} jurnal ({self.postings} ayat) adalah yang dibukukan: "
                          "urut tanpa celah, seimbang seluruhnya dan per dana",
                          f"{self.entries} entries ({self.postings} postings) are what was posted: "
                          "in order without a gap, balanced in total and by fund")

    def check_entry(self, row, sequence, leaf, place):
        content = strict_base64(member(row, "canonical", str, place), place)
        salt = strict_base64(member(row, "salt", str, place), place)
        self.use_leaf_of(("entry", sequence), content, place, leaf)
        entry = decode_entry(content, place)
        if (entry["sequence"], entry["book"]) != (sequence, self.book_uid):
            raise Fault("ENTRY_OTHER", place, "the bytes are of another entry or book")
        self.check_text(row.get("description"), salt, entry["description"],
                        f"{place} description", "description" in row)
        tags = member(row, "tags", dict, place)
        if set(tags) - {key for key, _ in entry["tags"]}:
            raise Fault("TEXT_CHANGED", f"{place} tags", "a tag that was not posted")
        for key, digest in entry["tags"]:
            self.check_text(tags.get(key), salt, digest, f"{place} tag {key}", key in tags)
        memos = member(row, "memos", list, place)
        if len(memos) != len(entry["postings"]):
            raise Fault("TEXT_CHANGED", f"{place} memos", "not one memo per posting")
        for line, (memo, posting) in enumerate(zip(memos, entry["postings"]), 1):
            self.check_text(memo, salt, posting["memo"], f"{place} memo {line}", True)
        self.check_rules(entry, place)
        self.add_to_balances(entry)
        self.add_to_months(entry, leaf, place)
        self.entries += 1
        self.postings += len(entry["postings"])
        if self.first_day <= entry["date"] <= self.last_day:
            self.remember_for_audit_files(entry, row)

    def check_rules(self, entry, place):
        by_fund = defaultdict(Decimal)
        for line, posting in enumerate(entry["postings"], 1):
            here = f"{place} posting {line}"
            account = self.accounts.get(posting["account"])
            if account is None or not account["postable"]:
                raise Fault("ACCOUNT_UNKNOWN", here, f"no such account {posting['account']!r}")
            if posting["fund"] not in self.funds:
                raise Fault("FUND_UNKNOWN", here, f"no such fund {posting['fund']!r}")
            if any(value not in self.dimensions.get(name, ())
                   for name, value in posting["dimensions"]):
                raise Fault("DIMENSION_UNKNOWN", here, "a dimension or value is not in the book")
            if (self.scales.get(posting["currency"]) != posting["scale"]
                    or self.scales.get(posting["functional_currency"])
                    != posting["functional_scale"]):
                raise Fault("CURRENCY_UNKNOWN", here, "no such currency at this scale")
            by_fund[(posting["functional_currency"], posting["fund"])] += posting["functional"]
        unbalanced = [fund for (_, fund), amount in by_fund.items() if amount]
        if unbalanced:
            raise Fault("UNBALANCED", place, f"fund {unbalanced[0]!r} is not balanced")
        series = (entry["series"], entry["fiscal_year"])
        expected = self.numbers[series] + 1
        # The next one follows this one, so that a gap is told once.
        self.numbers[series] = entry["number"]
        if entry["number"] != expected:
            self.report.fault("NUMBER_GAP", place,
                              f"number {entry['number']} of {entry['series']} "
                              f"{entry['fiscal_year']} instead of {expected}")
        self.check_reversal(entry, place)

    def check_reversal(self, entry, place):
        target = entry["reverses"]
        kind = entry["kind"]
        if (kind == "reversal") != (target != 0) or target >= entry["sequence"]:
            raise Fault("REVERSAL_WRONG", place, "it does not point at an earlier entry")
        if target in self.reversed:
            raise Fault("REVERSAL_WRONG", place, f"entry {target} was reversed before")
        if target:
            self.reversed.add(target)
            if target in self.kinds_of:
                kind = "closing"
        # Of later entries only this is asked: which were closings, or reversals of such.
        if kind == "closing":
            self.kinds_of[entry["sequence"]] = kind

    # -- Months that were closed for good --

    def add_to_months(self, entry, leaf, place):
        month = entry["date"][:7]
        for closed, (_, size, root) in self.closings.items():
            if root is not None and month <= closed and leaf >= size:
                self.report.fault("POSTED_AFTER_CLOSE", place,
                                  f"dated {entry['date']}, but {closed} was closed under the first "
                                  f"{size} leaves, and it is leaf {leaf}")
                break
        if not self.closings:
            return
        sums = self.monthly[month]
        for posting in entry["postings"]:
            key = (text_bytes(posting["account"]) + text_bytes(posting["fund"])
                   + len(posting["dimensions"]).to_bytes(2, "big")
                   + b"".join(text_bytes(name) + text_bytes(value)
                              for name, value in posting["dimensions"])
                   + text_bytes(posting["currency"])
                   + text_bytes(posting["functional_currency"]))
            row = sums.setdefault(key, [Decimal(0)] * 4 + [posting["scale"],
                                                           posting["functional_scale"]])
            for place_of, amount in ((0, posting["amount"]), (2, posting["functional"])):
                row[place_of + (amount < 0)] += abs(amount)

    def check_closed_months(self):
        """The hash that each close kept is that of the trial balance which the entries give."""
        balance, months, proved, sealed = {}, sorted(self.monthly), 0, 0
        for month, (digest, size, root) in sorted(self.closings.items()):
            while months and months[0] <= month:
                for key, row in self.monthly[months.pop(0)].items():
                    total = balance.setdefault(key, [Decimal(0)] * 4 + row[4:])
                    for column in range(4):
                        total[column] += row[column]
            rows = sorted(key + amount_bytes(row[0], row[4]) + amount_bytes(row[1], row[4])
                          + amount_bytes(row[2], row[5]) + amount_bytes(row[3], row[5])
                          for key, row in balance.items())
            content = (b"\x01" + text_bytes(self.book_uid) + text_bytes(last_day_of(month))
                       + len(rows).to_bytes(4, "big") + b"".join(rows))
            if hashlib.sha256(content).hexdigest() != digest:
                self.report.fault("CLOSED_BALANCE_WRONG", f"book/book.json period {month}",
                                  "the entries do not give the trial balance it was closed with")
            else:
                proved += 1
                sealed += root is not None
        if proved:
            self.report.prove(f"{proved} bulan yang ditutup final memiliki neraca saldo yang sama "
                              f"seperti saat ditutup; {sealed} di antaranya terikat pada titik "
                              "periksa",
                              f"{proved} months that were closed for good have the trial balance "
                              f"they were closed with; {sealed} of them are bound to a checkpoint")

    # -- Balances --

    def all_cash_accounts(self):
        """Of each statement, so that one pass over the entries serves all of them."""
        cash = {}
        for name in self.statement_names():
            try:
                statement = self.pack.json(name)
                cash[name] = frozenset(statement.get("cash_accounts", ()))
            except (Fault, AttributeError, TypeError):
                continue  # Told when the statement itself is checked.
        return cash

    def statement_names(self):
        return sorted(name for name in self.pack.sizes
                      if name.startswith("statements/") and name.endswith(".json"))

    def add_to_balances(self, entry):
        closing = entry["sequence"] in self.kinds_of
        touched = {posting["account"] for posting in entry["postings"]}
        cash_sets = [cash for cash in set(self.cash.values()) if cash & touched]
        for posting in entry["postings"]:
            if posting["functional_currency"] != self.currency:
                raise Fault("CURRENCY_CHANGED", f"entry {entry['sequence']}",
                            "another functional currency than the book's")
            sums = self.daily[(posting["account"], posting["fund"])]
            day, amount = entry["date"], posting["functional"]
            sums[(day, "all")] += amount
            sums[(day, "debit" if amount > 0 else "credit")] += abs(amount)
            if entry["kind"] == "opening":
                sums[(day, "opening")] += amount
            elif not closing:
                sums[(day, "movement")] += amount
                for cash in cash_sets:
                    if posting["account"] not in cash:
                        sums[(day, cash)] += amount

    def total(self, key, what, first, last):
        """A sum over the days from `first` (None: the beginning) to `last`."""
        return sum((amount for (day, kind), amount in self.daily.get(key, {}).items()
                    if kind == what and (first is None or day >= first) and day <= last),
                   Decimal(0))

    def before(self, key, first):
        return sum((amount for (day, kind), amount in self.daily.get(key, {}).items()
                    if kind == "all" and day < first), Decimal(0))

    def measure(self, key, name, first, last, cash):
        if name == "opening":
            return self.before(key, first) + self.total(key, "opening", first, last)
        if name == "closing":
            return self.total(key, "all", None, last)
        if name == "movement":
            return self.total(key, "movement", first, last)
        if name == "cash":
            return self.total(key, cash, first, last)
        if name == "noncash":
            return (self.total(key, "movement", first, last) - self.total(key, cash, first, last))
        raise Fault("MEASURE_UNKNOWN", name, "no such measure")

    def check_leaves_used(self):
        for index, (kind, subject) in sorted(self.kinds.items()):
            self.report.fault("CONTENT_MISSING", f"log/leaves.jsonl line {index + 1}",
                              f"the content of {kind} {subject} is not in the pack")
        shown = (self.report.counts.get("events", 0) + self.entries + len(self.keys))
        hidden = len(self.hashes) // 32 - shown - len(self.kinds)
        if hidden > 0:
            self.report.remark(
                f"{hidden} daun log milik buku lain atau jejak audit yang tidak ditampilkan; "
                "hanya hash-nya yang diperiksa",
                f"{hidden} leaves belong to other books or to an audit trail that is not shown; "
                "only their hashes were checked")
        if self.report.counts.get("erased"):
            self.report.remark(f"{self.report.counts['erased']} teks telah dihapus",
                               f"{self.report.counts['erased']} texts were erased")

    def check_trial_balance(self):
        place = "balances/trial-balance.json"
        balance = self.pack.json(place)
        first, last = balance["from_date"], balance["to_date"]
        if (first, last, balance["currency"]) != (self.first_day, self.last_day, self.currency):
            raise Fault("TRIAL_BALANCE_OTHER", place, "of another period or currency")
        seen, sums = set(), [Decimal(0), Decimal(0)]
        for row in balance["rows"]:
            key = (row["account"], row["fund"])
            here = f"{place} account {key[0]} fund {key[1]}"
            if key in seen:
                raise Fault("TRIAL_BALANCE_WRONG", here, "stands twice")
            seen.add(key)
            wanted = [self.before(key, first), self.total(key, "debit", first, last),
                      self.total(key, "credit", first, last), self.total(key, "all", None, last)]
            for name, amount in zip(("opening", "debit", "credit", "closing"), wanted):
                if exact(row[name], here) != amount:
                    self.report.fault("TRIAL_BALANCE_WRONG", here,
                                      f"{name} is {row[name]}, the entries give {amount}")
            sums[0] += wanted[1]
            sums[1] += wanted[2]
        for key in set(self.daily) - seen:
            if (self.before(key, first) or self.total(key, "debit", first, last)
                    or self.total(key, "credit", first, last)):
                self.report.fault("TRIAL_BALANCE_WRONG", f"{place} account {key[0]} fund {key[1]}",
                                  "the row is missing")
        self.totals = sums
        self.report.prove(f"Neraca saldo {first} s.d. {last} dihitung ulang dari jurnal: "
                          f"{len(seen)} baris, debit {sums[0]} = kredit {sums[1]}",
                          f"The trial balance of {first} to {last} was computed again from the "
                          f"entries: {len(seen)} rows, debits {sums[0]} = credits {sums[1]}")

    # -- Statements --

    def check_statements(self):
        figures = 0
        for name in self.statement_names():
            try:
                figures += self.check_statement(name, self.pack.json(name))
            except Fault as fault:
                self.report.fault(fault.reason, fault.place, fault.message)
        if self.statement_names():
            self.report.prove(
                f"{len(self.statement_names())} laporan ({figures} angka) dihitung ulang dari "
                "jurnal",
                f"{len(self.statement_names())} statements ({figures} figures) were computed "
                "again from the entries")
        else:
            self.report.remark("Paket ini tidak memuat laporan", "This pack has no statements")

    def check_statement(self, name, statement):
        columns, figures = statement["columns"], 0
        cash = self.cash.get(name, frozenset())
        used = [defaultdict(int) for _ in columns]
        for row in statement["rows"]:
            if row["kind"] in ("heading", "text"):
                continue
            if not len(row["amounts"]) == len(row["parts"]) == len(columns):
                raise Fault("STATEMENT_MALFORMED", f"{name} row {row['row']}",
                            "not one figure per column")
            for i, column in enumerate(columns):
                self.check_figure(f"{name} row {row['row']} column {column['column']}", column,
                                  row["amounts"][i], row["parts"][i], cash)
                figures += 1
                if row["kind"] == "line":
                    for part in row["parts"][i]:
                        used[i][(part["account"], part["fund"], part["measure"])] += 1
        for i, column in enumerate(columns):
            for rule in statement["complete"]:
                self.check_complete(name, column, rule, used[i], cash)
        self.check_ties(name, statement)
        return figures

    def in_column(self, fund, column):
        with_restriction = self.funds.get(fund) in ("purpose", "time", "endowment")
        return {"all": True, "with": with_restriction,
                "without": not with_restriction}[column["funds"]]

    def check_figure(self, place, column, amount, parts, cash):
        total = Decimal(0)
        for part in parts:
            key, measure = (part["account"], part["fund"]), part["measure"]
            here = f"{place} account {key[0]} fund {key[1]}"
            if not self.in_column(key[1], column):
                raise Fault("FIGURE_WRONG", here, "the fund does not belong into the column")
            wanted = self.measure(key, measure, column["from_date"], column["to_date"], cash)
            balance, counted = exact(part["balance"], here), exact(part["amount"], here)
            if balance != wanted:
                raise Fault("FIGURE_WRONG", here, f"{measure} is {balance}, the entries give "
                            f"{wanted}")
            if counted not in (balance, -balance):
                raise Fault("FIGURE_WRONG", here, "it counts with another amount than it has")
            total += counted
        if total != exact(amount, place):
            raise Fault("FIGURE_WRONG", place, f"printed {amount}, its parts give {total}")

    def check_complete(self, name, column, rule, used, cash):
        for (account, fund) in list(self.daily):
            if (self.accounts[account]["type"] not in rule["types"]
                    or not self.in_column(fund, column)):
                continue
            amount = self.measure((account, fund), rule["measure"], column["from_date"],
                                  column["to_date"], cash)
            count = used[(account, fund, rule["measure"])]
            if amount and count != 1:
                self.report.fault(
                    "STATEMENT_INCOMPLETE",
                    f"{name} column {column['column']} account {account} fund {fund}",
                    f"{rule['measure']} {amount} is in {count} lines instead of one")

    def check_ties(self, name, statement):
        broken = 0
        for check in statement["checks"]:
            holds = exact(check["left"], name) == exact(check["right"], name)
            if holds != check["holds"]:
                raise Fault("CHECK_WRONG", f"{name} check {check['label']['en']}",
                            "it says of itself what is not so")
            broken += not holds
        sound = not broken and not statement["misplaced"]
        if sound != statement["sound"]:
            raise Fault("CHECK_WRONG", name, "it says of itself that it is sound, or not")
        if not sound:
            self.report.remark(f"{name}: {broken} pemeriksaan laporan ini sendiri tidak cocok",
                               f"{name}: {broken} of the statement's own checks do not hold")

    # -- Vouchers and files for audit software --

    def check_vouchers(self):
        place, count, files = "vouchers/vouchers.jsonl", 0, set()
        if not self.pack.has(place):
            self.report.remark("Paket ini tidak memuat bukti", "This pack has no vouchers")
            return
        posted = set()
        for number, row in self.pack.lines(place):
            here = f"{place} line {number}"
            count += 1
            entry = member(row, "entry", int, here)
            for attachment in member(row, "attachments", list, here):
                files.add("vouchers/attachments/" + member(attachment, "sha256", str, here))
            if not entry:
                continue
            if entry in posted or self.vouchers_of_entries.get(entry) != row["number"]:
                self.report.fault("VOUCHER_WRONG", here,
                                  f"entry {entry} was not posted from {row['number']!r}")
            posted.add(entry)
        for sequence in sorted(set(self.vouchers_of_entries) - posted):
            self.report.fault("VOUCHER_MISSING", place,
                              f"entry {sequence} came from {self.vouchers_of_entries[sequence]!r}")
        there = {name for name in self.pack.sizes if name.startswith("vouchers/attachments/")}
        for name in sorted(there ^ files):
            self.report.fault("ATTACHMENT_WRONG", name, "not one of the vouchers' attachments"
                              if name in there else "the attachment is missing")
        for name in sorted(there & files):
            digest = hashlib.sha256()
            for piece in self.pack.pieces(name):
                digest.update(piece)
            if not name.endswith("/" + digest.hexdigest()):
                self.report.fault("ATTACHMENT_WRONG", name, "its name is not its SHA-256")
        self.report.counts.update(vouchers=count, attachments=len(there))
        self.report.prove(f"{count} bukti dan {len(there)} lampiran cocok dengan jurnalnya",
                          f"{count} vouchers and {len(there)} attachments fit their entries")

    def remember_for_audit_files(self, entry, row):
        if entry["source"] == "voucher":
            self.vouchers_of_entries[entry["sequence"]] = entry["reference"]
        for line, posting in enumerate(entry["postings"], 1):
            self.gl_lines[(entry["sequence"], line)] = (
                guarded(posting["account"]),
                guarded(self.accounts[posting["account"]]["code"]), guarded(posting["fund"]),
                entry["date"], posting["functional"], posting["currency"], posting["amount"])

    def check_audit_files(self):
        if self.pack.has("ads/gl_detail.csv"):
            self.check_gl_detail()
        else:
            self.report.remark("Paket ini tidak memuat ads/", "This pack has no ads/")
        if self.pack.has("saft/saf-t.xml"):
            self.check_saft()
        else:
            self.report.remark("Paket ini tidak memuat saft/", "This pack has no saft/")

    def check_gl_detail(self):
        place = "ads/gl_detail.csv"
        lines = dict(self.gl_lines)
        text = io.StringIO(self.pack.read(place).decode("utf-8"), newline="")
        for number, row in enumerate(csv.DictReader(text, strict=True), 2):
            here = f"{place} line {number}"
            key = (int(row["Journal_ID"]), int(row["Journal_ID_Line_Number"]))
            wanted = lines.pop(key, None)
            if wanted is None:
                raise Fault("GL_DETAIL_WRONG", here, "no such posting, or it stands twice")
            found = (row["Account_ID"], row["GL_Account_Number"], row["Fund"],
                     row["Effective_Date"], exact(row["Amount"], here),
                     row["Transaction_Currency"], exact(row["Transaction_Amount"], here))
            if found != wanted:
                raise Fault("GL_DETAIL_WRONG", here, f"it says {found}, posted was {wanted}")
        if lines:
            raise Fault("GL_DETAIL_WRONG", place, f"posting {min(lines)} is missing")
        count = len(self.gl_lines)
        self.report.prove(f"{count} baris ads/gl_detail.csv adalah ayat jurnal periode",
                          f"{count} lines of ads/gl_detail.csv are the period's postings")

    def check_saft(self):
        place, path, found = "saft/saf-t.xml", [], defaultdict(str)
        parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")

        def refuse(*_):
            raise Fault("XML_REFUSED", place, "it declares a document type")

        def start(name, _):
            path.append(name.rpartition(" ")[2])

        def text(data):
            if len(path) == 3 and path[1] == "GeneralLedgerEntries":
                found[path[2]] += data

        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler = start
        parser.EndElementHandler = lambda _: path.pop()
        parser.CharacterDataHandler = text
        try:
            for piece in self.pack.pieces(place):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except xml.parsers.expat.ExpatError as error:
            raise Fault("XML_MALFORMED", place, str(error)) from None
        entries = len({sequence for sequence, _ in self.gl_lines})
        wanted = [Decimal(entries), *self.totals]
        names = ("NumberOfEntries", "TotalDebit", "TotalCredit")
        for name, amount in zip(names, wanted):
            if exact(found[name].strip(), f"{place} {name}") != amount:
                raise Fault("SAFT_WRONG", f"{place} {name}",
                            f"{found[name].strip()}, the entries give {amount}")
        self.report.prove("Jumlah jurnal, debit, dan kredit saft/saf-t.xml cocok",
                          "Entries, debits and credits of saft/saf-t.xml agree")


def guarded(text):
    """With the apostrophe that keeps spreadsheets from taking a text for a formula."""
    return "'" + text if text[:1] in tuple("=+-@\t\r") else text


# ---- The command ----


def print_report(report):
    heading = report.say("TERBUKTI", "PROVED")
    print(heading)
    for line in report.proved:
        print(f"  + {line}")
    if report.remarks:
        print(report.say("PERLU DIKETAHUI", "TO KNOW"))
        for line in report.remarks:
            print(f"  ! {line}")
    if report.faults:
        print(report.say("SALAH", "WRONG"))
        for fault in report.faults:
            print(f"  x {fault['reason']} {printable(fault['place'])}: "
                  f"{printable(fault['message'])}")
        if report.fault_count > len(report.faults):
            more = report.fault_count - len(report.faults)
            print(report.say(f"  ... dan {more} lagi", f"  ... and {more} more"))
    if report.fault_count:
        print(report.say("GAGAL: paket ini tidak boleh dipercaya",
                         "FAILED: this pack is not to be trusted"))
    else:
        print(report.say("BERHASIL", "OK"))


def printable(text):
    """A forged pack must not write to the terminal what it likes."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    here = os.path.dirname(os.path.abspath(__file__))
    parser.add_argument("pack", nargs="?", default=here, help="a zip or a folder")
    parser.add_argument("--key", help="the log's first key, as its owner handed it out")
    parser.add_argument("--checkpoint", action="append", default=[], metavar="FILE",
                        help="an earlier checkpoint of this log that you kept")
    parser.add_argument("--witness", action="append", default=[], metavar="KEY",
                        help="the key of a witness who must have signed")
    parser.add_argument("--language", choices=("id", "en"), default="id")
    parser.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args(arguments)
    report = Report(options.language)
    try:
        Verification(Pack(options.pack), options, report).run()
    except Unreadable as error:
        print(f"verify.py: {printable(str(error))}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps({"ok": not report.fault_count, "proved": report.proved,
                          "remarks": report.remarks, "findings": report.faults,
                          "finding_count": report.fault_count, "counts": report.counts}))
    else:
        print_report(report)
    return 1 if report.fault_count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
