#!/usr/bin/env python3
"""Attacks a real audit pack in every way we could think of, and expects verify.py to notice each.

Usage: attack_pack.py VERIFY.PY PACK.ZIP LOG.KEY [--seed N] [--flips N]

LOG.KEY is the server's private key: some of the attackers here own it.
"""
import argparse
import base64
import contextlib
import hashlib
import io
import json
import os
import random
import shutil
import sys
import tempfile
import types
import unittest
import zipfile

OPTIONS = argparse.Namespace()
sys.dont_write_bytecode = True


def load(path):
    module = types.ModuleType("verify")
    module.__file__ = path
    with open(path, encoding="utf-8") as file:
        exec(compile(file.read(), path, "exec"), module.__dict__)
    return module


# ---- Signing, which the verifier cannot do ----


def encode_point(point):
    inverse = pow(point[2], verify.P - 2, verify.P)
    x, y = point[0] * inverse % verify.P, point[1] * inverse % verify.P
    return (y | (x & 1) << 255).to_bytes(32, "little")


class Signer:
    def __init__(self, seed, name):
        digest = bytearray(hashlib.sha512(seed).digest())
        digest[0] &= 248
        digest[31] = digest[31] & 127 | 64
        self.scalar, self.prefix = int.from_bytes(digest[:32], "little"), bytes(digest[32:])
        self.public = encode_point(verify.point_multiply(self.scalar, verify.BASE))
        self.name = name
        self.id = hashlib.sha256(name.encode() + b"\n\1" + self.public).digest()[:4]
        encoded = base64.b64encode(b"\1" + self.public).decode()
        self.text = f"{name}+{self.id.hex()}+{encoded}"

    def sign(self, message):
        nonce = hashlib.sha512(self.prefix + message).digest()
        r = int.from_bytes(nonce, "little") % verify.ORDER
        point = encode_point(verify.point_multiply(r, verify.BASE))
        k = int.from_bytes(hashlib.sha512(point + self.public + message).digest(), "little")
        s = (r + k * self.scalar) % verify.ORDER
        return point + s.to_bytes(32, "little")

    def note(self, text):
        signature = base64.b64encode(self.id + self.sign(text.encode())).decode()
        return f"{text}\n\u2014 {self.name} {signature}\n"


# ---- Packs in memory ----


def read_zip(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lines_of(files, name):
    return [json.loads(line) for line in files[name].decode().splitlines()]


def set_lines(files, name, rows):
    files[name] = "".join(json.dumps(row) + "\n" for row in rows).encode()


def change_json(files, name, change):
    thing = json.loads(files[name])
    change(thing)
    files[name] = json.dumps(thing).encode()


def sign_manifest(files, signer):
    """A manifest of what is there now, signed: what the owner of the key can do."""
    manifest = json.loads(files["manifest.json"])
    names = sorted(set(files) - {"manifest.json", "manifest.note"}, key=str.encode)
    manifest["files"] = [{"path": name, "bytes": len(files[name]),
                          "sha256": hashlib.sha256(files[name]).hexdigest()} for name in names]
    files["manifest.json"] = json.dumps(manifest).encode()
    digest = hashlib.sha256(files["manifest.json"]).hexdigest()
    files["manifest.note"] = signer.note(
        f"lumbung audit pack v1\n{manifest['origin']}\nmanifest {digest}\n"
        f"checkpoint {manifest['checkpoint_size']}\n").encode()


def seal_again(files, signer):
    """Leaf hashes, root and checkpoint of what the contents are now."""
    contents = {}
    for row in lines_of(files, "book/entries.jsonl"):
        contents[row["leaf"]] = base64.b64decode(row["canonical"])
    for row in lines_of(files, "log/events.jsonl"):
        contents[row["index"]] = base64.b64decode(row["canonical"])
    records = json.loads(files["log/key-records.json"])["notes"]
    leaves = lines_of(files, "log/leaves.jsonl")
    for leaf in leaves:
        if leaf["kind"] == "key-record":
            contents[leaf["index"]] = records[leaf["number"] - 1].encode()
        if leaf["index"] in contents:
            leaf["hash"] = verify.leaf_hash(contents[leaf["index"]]).hex()
    set_lines(files, "log/leaves.jsonl", leaves)
    hashes = b"".join(bytes.fromhex(leaf["hash"]) for leaf in leaves)
    root = verify.merkle_roots(hashes, [len(leaves)])[len(leaves)]
    files["log/checkpoint.note"] = signer.note(
        f"{signer.name}\n{len(leaves)}\n{base64.b64encode(root).decode()}\n").encode()


class PackTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files = read_zip(OPTIONS.pack)
        cls.origin = json.loads(cls.files["manifest.json"])["origin"]
        with open(OPTIONS.key, encoding="ascii") as file:
            last = file.read().split("\n")[-2]
        cls.owner = Signer(base64.b64decode(last.split("+", 1)[1]), cls.origin)
        record = json.loads(cls.files["log/key-records.json"])["notes"][0]
        cls.first_key = record.split("\n")[3].split(" ", 1)[1]

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, data):
        with open(self.path(name), "wb") as file:
            file.write(data)
        return self.path(name)

    def run_verify(self, path, *arguments):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = verify.main([path, "--json", *arguments])
        self.assertNotIn("Traceback", err.getvalue())
        return code, json.loads(out.getvalue()) if code != 2 else {"findings": []}

    def verify_files(self, files, *arguments):
        folder = self.path("pack")
        shutil.rmtree(folder, ignore_errors=True)
        for name, data in files.items():
            target = os.path.join(folder, *name.split("/"))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as file:
                file.write(data)
        return self.run_verify(folder, *arguments)

    def expect(self, reason, files, *arguments, place=""):
        code, answer = self.verify_files(files, *arguments)
        self.assertEqual(code, 1, f"nothing was noticed; expected {reason}")
        found = [(fault["reason"], fault["place"]) for fault in answer["findings"]]
        self.assertTrue(any(r == reason and place in p for r, p in found),
                        f"expected {reason} at {place!r}, found {found[:5]}")

    def attack(self, change):
        """A copy that was changed and signed again by whoever owns the key."""
        files = dict(self.files)
        change(files)
        sign_manifest(files, self.owner)
        return files


class GoodPack(PackTest):
    def test_is_proved_as_zip_and_as_folder(self):
        for code, answer in (self.run_verify(OPTIONS.pack, "--key", self.first_key),
                             self.verify_files(self.files)):
            self.assertEqual((code, answer["findings"]), (0, []))
            self.assertGreaterEqual(len(answer["proved"]), 7)
            self.assertGreater(answer["counts"]["entries"], 0)
            self.assertGreater(answer["counts"]["attachments"], 0)
            self.assertGreater(answer["counts"]["events"], 0)

    def test_signed_again_by_the_owner_is_proved(self):
        self.assertEqual(self.verify_files(self.attack(lambda files: None))[0], 0)

    def test_speaks_both_languages(self):
        for language, word in (("id", "BERHASIL"), ("en", "OK")):
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                self.assertEqual(verify.main([OPTIONS.pack, "--language", language]), 0)
            self.assertEqual(out.getvalue().splitlines()[-1], word)


class Outsider(PackTest):
    """Changes files, and has no key."""

    def test_any_flipped_bit_is_noticed(self):
        names = sorted(name for name in self.files if self.files[name])
        for _ in range(OPTIONS.flips):
            name = OPTIONS.random.choice(names)
            bit = OPTIONS.random.randrange(8 * len(self.files[name]))
            data = bytearray(self.files[name])
            data[bit // 8] ^= 1 << bit % 8
            code, answer = self.verify_files({**self.files, name: bytes(data)})
            self.assertEqual(code, 1, f"bit {bit} of {name} was flipped")
            self.assertTrue(any(fault["place"].startswith((name, "manifest"))
                                for fault in answer["findings"]), (name, answer["findings"]))

    def test_any_missing_file_is_noticed(self):
        for name in self.files:
            files = {other: data for other, data in self.files.items() if other != name}
            self.expect("FILE_MISSING", files, place=name)

    def test_an_added_file_is_noticed(self):
        self.expect("FILE_UNLISTED", {**self.files, "notes/extra.txt": b"x"}, place="extra.txt")

    def test_a_new_key_is_noticed(self):
        stranger = Signer(hashlib.sha256(b"stranger").digest(), self.origin)
        files = dict(self.files)
        text = json.loads(files["log/key-records.json"])["notes"][0].split("\n\n")[0] + "\n"
        record = stranger.note(text.replace(self.first_key, stranger.text))
        files["log/key-records.json"] = json.dumps({"notes": [record]}).encode()
        seal_again(files, stranger)
        sign_manifest(files, stranger)
        self.expect("KEY_NOT_TRUSTED", files, "--key", self.first_key)
        checkpoint = self.write("kept.note", self.files["log/checkpoint.note"])
        self.expect("NOTE_UNSIGNED", files, "--checkpoint", checkpoint)


class Insider(PackTest):
    """Owns the key, and signs what was changed."""

    def test_entries(self):
        name = "book/entries.jsonl"
        rows = lines_of(self.files, name)
        some = OPTIONS.random.randrange(1, len(rows) - 1)

        def with_rows(changed):
            return self.attack(lambda files: set_lines(files, name, changed))

        self.expect("ENTRIES_MISSING", with_rows(rows[:-1]))
        self.expect("SEQUENCE_GAP", with_rows(rows[:some] + rows[some + 1:]))
        self.expect("SEQUENCE_GAP", with_rows(rows[:some + 1] + rows[some:]))
        swapped = rows[:some] + [rows[some + 1], rows[some]] + rows[some + 2:]
        self.expect("SEQUENCE_GAP", with_rows(swapped))
        text = {**rows[some], "description": "Something else"}
        self.expect("TEXT_CHANGED", with_rows(rows[:some] + [text] + rows[some + 1:]),
                    place=f"entry {some + 1} description")
        data = bytearray(base64.b64decode(rows[some]["canonical"]))
        data[-40] ^= 1
        changed = {**rows[some], "canonical": base64.b64encode(data).decode()}
        self.expect("CONTENT_CHANGED", with_rows(rows[:some] + [changed] + rows[some + 1:]),
                    place=f"entry {some + 1}")

    def test_an_amount_that_is_sealed_anew(self):
        """The whole log is made again: only what somebody outside kept can show that."""
        kept = self.write("kept.note", self.files["log/checkpoint.note"])
        rows = lines_of(self.files, "book/entries.jsonl")
        at = OPTIONS.random.randrange(len(rows))
        data = base64.b64decode(rows[at]["canonical"])
        entry = verify.decode_entry(data, "")
        # Two postings of opposite amounts, each ten times what it was.
        for posting in entry["postings"]:
            for field in ("amount", "functional"):
                scale = posting["scale" if field == "amount" else "functional_scale"]
                units = int(posting[field].scaleb(scale))
                data = data.replace(units.to_bytes(16, "big", signed=True) + bytes([scale]),
                                    (units * 10).to_bytes(16, "big", signed=True) + bytes([scale]))
        files = dict(self.files)
        rows[at]["canonical"] = base64.b64encode(data).decode()
        set_lines(files, "book/entries.jsonl", rows)
        seal_again(files, self.owner)
        sign_manifest(files, self.owner)
        self.expect("LOG_FORKED", files, "--checkpoint", kept)
        witness = Signer(hashlib.sha256(b"witness").digest(), "kap.example.id")
        key_id = hashlib.sha256(b"kap.example.id\n\4" + witness.public).digest()[:4]
        encoded = base64.b64encode(b"\4" + witness.public).decode()
        key = f"kap.example.id+{key_id.hex()}+{encoded}"
        self.expect("WITNESS_NOTE_UNSIGNED", files, "--witness", key)
        # And the figures that were printed before do not follow from it.
        self.expect("TRIAL_BALANCE_WRONG", files)

    def test_a_log_that_was_set_back(self):
        size = json.loads(self.files["manifest.json"])["checkpoint_size"] + 7
        root = base64.b64encode(bytes(32)).decode()
        newer = self.owner.note(f"{self.origin}\n{size}\n{root}\n").encode()
        self.expect("LOG_ROLLED_BACK", dict(self.files), "--checkpoint",
                    self.write("newer.note", newer))

    def test_leaves(self):
        name = "log/leaves.jsonl"
        rows = lines_of(self.files, name)

        def with_rows(changed):
            return self.attack(lambda files: set_lines(files, name, changed))

        self.expect("LEAF_OUT_OF_ORDER", with_rows(rows[:5] + rows[6:]))
        self.expect("ROOT_WRONG", with_rows(rows[:-1]))
        swapped = [dict(row) for row in rows]
        swapped[3]["hash"], swapped[4]["hash"] = rows[4]["hash"], rows[3]["hash"]
        self.expect("ROOT_WRONG", with_rows(swapped))
        hidden = [dict(row) for row in rows]
        hidden[-1] = {"index": len(rows) - 1, "hash": rows[-1]["hash"], "kind": "other"}
        self.expect("LEAF_MISSING", with_rows(hidden))

    def test_audit_events(self):
        name = "log/events.jsonl"
        rows = lines_of(self.files, name)
        self.expect("CONTENT_MISSING", self.attack(lambda f: set_lines(f, name, rows[1:])))
        changed = [{**rows[0], "user_name": "somebody.else"}] + rows[1:]
        self.expect("TEXT_CHANGED", self.attack(lambda f: set_lines(f, name, changed)),
                    place="line 1 user_name")

    def test_trial_balance(self):
        name = "balances/trial-balance.json"

        def raise_closing(balance):
            balance["rows"][0]["closing"] += "1" if "." in balance["rows"][0]["closing"] else ".01"

        files = self.attack(lambda f: change_json(f, name, raise_closing))
        row = json.loads(self.files[name])["rows"][0]
        self.expect("TRIAL_BALANCE_WRONG", files, place=f"account {row['account']}")
        files = self.attack(lambda f: change_json(f, name, lambda b: b["rows"].pop()))
        self.expect("TRIAL_BALANCE_WRONG", files)

    def test_closed_months(self):
        name = "book/book.json"
        periods = json.loads(self.files[name])["periods"]
        at = next(i for i, period in enumerate(periods) if "checkpoint" in period)
        month = periods[at]["month"]
        hashes = b"".join(bytes.fromhex(leaf["hash"])
                          for leaf in lines_of(self.files, "log/leaves.jsonl"))
        frozen = next(row["leaf"] for row in lines_of(self.files, "book/entries.jsonl")
                      if verify.decode_entry(base64.b64decode(row["canonical"]),
                                             "")["date"][:7] <= month)

        def with_period(**members):
            return self.attack(lambda files: change_json(
                files, name, lambda book: book["periods"][at].update(members)))

        def checkpoint(size, root):
            return self.owner.note(f"{self.origin}\n{size}\n{base64.b64encode(root).decode()}\n")

        self.expect("CLOSED_BALANCE_WRONG", with_period(trial_balance_sha256="0" * 64),
                    place=month)
        before = verify.merkle_roots(hashes, [frozen])[frozen]
        self.expect("POSTED_AFTER_CLOSE", with_period(checkpoint=checkpoint(frozen, before)))
        self.expect("LOG_FORKED", with_period(checkpoint=checkpoint(frozen, bytes(32))),
                    place=month)
        self.expect("LOG_ROLLED_BACK",
                    with_period(checkpoint=checkpoint(len(hashes) // 32 + 1, bytes(32))),
                    place=month)
        stranger = Signer(hashlib.sha256(b"stranger").digest(), self.origin)
        note = stranger.note(f"{self.origin}\n1\n{base64.b64encode(bytes(32)).decode()}\n")
        self.expect("CHECKPOINT_OTHER", with_period(checkpoint=note), place=month)

    def test_statements(self):
        names = [name for name in self.files if name.startswith("statements/")
                 and name.endswith(".json")]
        self.assertGreaterEqual(len(names), 5)
        for name in names:
            statement = json.loads(self.files[name])
            at, column = next(((i, j) for i, row in enumerate(statement["rows"])
                               for j, parts in enumerate(row["parts"])
                               if row["kind"] == "line" and parts), (None, None))
            if at is None:
                continue

            def figure(thing, at=at, column=column):
                thing["rows"][at]["amounts"][column] = "123456789"

            def part(thing, at=at, column=column):
                part = thing["rows"][at]["parts"][column][0]
                part["balance"] = part["amount"] = "123456789"

            def no_rows(thing):
                thing["rows"] = [row for row in thing["rows"] if row["kind"] != "line"]

            self.expect("FIGURE_WRONG", self.attack(lambda f: change_json(f, name, figure)),
                        place=f"{name} row {statement['rows'][at]['row']}")
            self.expect("FIGURE_WRONG", self.attack(lambda f: change_json(f, name, part)))
            if statement["complete"]:
                self.expect("STATEMENT_INCOMPLETE",
                            self.attack(lambda f: change_json(f, name, no_rows)), place=name)
            if statement["checks"]:
                def lie(thing):
                    thing["checks"][0]["left"] = "1"
                    thing["checks"][0]["right"] = "2"
                self.expect("CHECK_WRONG", self.attack(lambda f: change_json(f, name, lie)))

    def test_vouchers_and_attachments(self):
        name = "vouchers/vouchers.jsonl"
        rows = lines_of(self.files, name)
        posted = next(i for i, row in enumerate(rows) if row["entry"])
        other = [dict(row) for row in rows]
        other[posted]["number"] = "BKK.9999/I/2020"
        self.expect("VOUCHER_WRONG", self.attack(lambda f: set_lines(f, name, other)))
        without = rows[:posted] + rows[posted + 1:]
        self.expect("VOUCHER_MISSING", self.attack(lambda f: set_lines(f, name, without)))
        file = next(path for path in self.files if path.startswith("vouchers/attachments/"))
        self.expect("ATTACHMENT_WRONG",
                    self.attack(lambda f: f.update({file: f[file] + b"x"})), place=file)
        self.expect("ATTACHMENT_WRONG", self.attack(lambda f: f.pop(file)), place=file)


    def test_files_for_audit_software(self):
        name = "ads/gl_detail.csv"
        lines = self.files[name].split(b"\r\n")

        def with_lines(changed):
            return self.attack(lambda files: files.update({name: b"\r\n".join(changed)}))

        self.expect("GL_DETAIL_WRONG", with_lines(lines[:1] + lines[2:]), place=name)
        self.expect("GL_DETAIL_WRONG", with_lines(lines[:2] + lines[1:]), place="line 3")
        date = lines[1].replace(b"-0", b"-1", 1)
        self.expect("GL_DETAIL_WRONG", with_lines([lines[0], date] + lines[2:]), place="line 2")
        name = "saft/saf-t.xml"
        for old, new, reason in ((b"<TotalDebit>", b"<TotalDebit>1", "SAFT_WRONG"),
                                 (b"<NumberOfEntries>", b"<NumberOfEntries>1", "SAFT_WRONG"),
                                 (b"<AuditFile ", b"<!DOCTYPE x><AuditFile ", "XML_REFUSED"),
                                 (b"</Journal>", b"", "XML_MALFORMED")):
            files = self.attack(lambda f: f.update({name: f[name].replace(old, new, 1)}))
            self.expect(reason, files, place=name)


class Hostile(PackTest):
    """Whatever the bytes, an answer and no traceback."""

    def test_zips(self):
        def zipped(*members):
            path = self.path("hostile.zip")
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, data in members:
                    archive.writestr(name, data)
            return path

        for name in ("../up", "/root", "a/../b", "a\\b", "a//b", "c:evil"):
            self.assertEqual(self.run_verify(zipped((name, b"x")))[0], 2, name)
        with self.assertWarns(UserWarning):
            path = zipped(("a", b"1"), ("a", b"2"))
        self.assertEqual(self.run_verify(path)[0], 2)
        self.assertEqual(self.run_verify(self.write("x.zip", b"PK not a zip"))[0], 2)
        self.assertEqual(self.run_verify(self.path("nowhere.zip"))[0], 2)

    def test_a_member_that_claims_less_than_it_unpacks_to(self):
        path = self.path("bomb.zip")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("manifest.json", b" " * 5_000_000)
        with open(path, "rb") as file:
            data = file.read()
        size = (5_000_000).to_bytes(4, "little")
        self.assertIn(size, data)
        bomb = self.write("bomb2.zip", data.replace(size, (100).to_bytes(4, "little")))
        self.assertIn(self.run_verify(bomb)[0], (1, 2))

    def test_broken_contents(self):
        deep = b"[" * 100_000
        for data in (b"", b"\xff\xfe", deep, b'{"a": 1, "a": 2}', b'{"a": 1.5}', b"NaN", b"null",
                     b'{"notes": [1, null]}', b"\n\n\n", b'{"index": true}\n'):
            for name in self.files:
                unread = ("verify", "README", "statements/statements", "vouchers/a", "ads/",
                          "tests/")
                if name.startswith(unread) and name != "ads/gl_detail.csv":
                    continue
                files = {**self.files, name: data}
                if not name.startswith("manifest"):
                    sign_manifest(files, self.owner)
                self.assertEqual(self.verify_files(files)[0], 1, (name, data[:20]))

    def test_a_name_that_writes_to_the_terminal(self):
        files = {**self.files, "x\x1b[2J": b""}
        out = io.StringIO()
        self.verify_files(files)
        with contextlib.redirect_stdout(out):
            verify.main([self.path("pack")])
        self.assertNotIn("\x1b", out.getvalue())


class Primitives(unittest.TestCase):
    def test_ed25519(self):
        # RFC 8032, section 7.1, tests 1 to 3.
        for public, message, signature in (
                ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                 "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
                 "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
                ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                 "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
                 "458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
                ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                 "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290"
                 "ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")):
            key, text = bytes.fromhex(public), bytes.fromhex(message)
            good = bytes.fromhex(signature)
            self.assertTrue(verify.ed25519_verifies(key, text, good))
            self.assertFalse(verify.ed25519_verifies(key, text + b"x", good))
            # The same signature with a larger s is refused: there is one spelling.
            s = int.from_bytes(good[32:], "little") + verify.ORDER
            other = good[:32] + s.to_bytes(32, "little")
            self.assertFalse(verify.ed25519_verifies(key, text, other))

    def test_merkle_roots(self):
        # The tree of certificate transparency's own tests: eight leaves of known contents.
        leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                  "606162636465666768696a6b6c6d6e6f"]
        hashes = b"".join(verify.leaf_hash(bytes.fromhex(leaf)) for leaf in leaves)
        roots = verify.merkle_roots(hashes, [0, 1, 3, 8])
        self.assertEqual({size: root.hex()[:16] for size, root in roots.items()},
                         {0: "e3b0c44298fc1c14", 1: "6e340b9cffb37a98", 3: "aeb6bcfe274b70a1",
                          8: "5dc9da79a70659a9"})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verify")
    parser.add_argument("pack")
    parser.add_argument("key")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--flips", type=int, default=300)
    parser.parse_args(namespace=OPTIONS)
    verify = load(OPTIONS.verify)
    OPTIONS.random = random.Random(OPTIONS.seed)
    print(f"seed {OPTIONS.seed}", file=sys.stderr)
    unittest.main(argv=sys.argv[:1])
