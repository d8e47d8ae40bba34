#!/usr/bin/env python3
"""Reads a WARC file as strictly as ISO 28500:2017 is written, and names its records.

    read_warc.py FILE              a line for each record: type, id, SHA-1 of all its bytes
    read_warc.py --compare A B     whether B is A with other texts

Lengths, digests and borders must hold, and in a FILE.gz each record must be a gzip member of its own. Where the warcio
package is there, it must see the same records and digests. --compare asks that B has the records of A in their order,
bit for bit; a conversion record of text/plain may have another block, with the length and digests that go with it.
Status 1 and a message where something does not hold.
"""
import argparse
import base64
import hashlib
import itertools
import re
import sys
import zlib

VERSION = re.compile(rb"WARC/1\.[01]\r\n")
FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*((?:[^\x00-\x08\x0a-\x1f\x7f]|\r\n[ \t]+)*)\r\n")
MANDATORY = ("warc-type", "warc-record-id", "warc-date", "content-length")
MAY_REPEAT = ("warc-concurrent-to",)
OF_THE_BLOCK = ("content-length", "warc-block-digest", "warc-payload-digest")


class Damage(Exception):
    """What does not hold, in a sentence that begins with the place."""


class Record:
    """A record and the offset behind it. Fields are kept as (name in lower case, value, raw bytes)."""

    def __init__(self, data, start):
        version = VERSION.match(data, start)
        if not version:
            raise Damage("no version line")
        at, self.fields = version.end(), []
        while not data.startswith(b"\r\n", at):
            field = FIELD.match(data, at)
            if not field:
                raise Damage(f"no field: {data[at:at + 40]!r}")
            self.fields.append((field[1].decode().lower(), field[2].decode().strip(), field[0]))
            at = field.end()
        self.check_names()
        if not re.fullmatch("[0-9]+", self["content-length"]):
            raise Damage("Content-Length is no number")
        begin = at + 2
        stop = begin + int(self["content-length"])
        self.block, self.end = data[begin:stop], stop + 4
        if data[stop:self.end] != b"\r\n\r\n":
            raise Damage("no CR LF CR LF behind the block")
        self.raw = data[start:self.end]
        self.check_digests()

    def __getitem__(self, name):
        return next((value for key, value, _ in self.fields if key == name), None)

    def check_names(self):
        names = [name for name, _, _ in self.fields]
        for name in MANDATORY:
            if name not in names:
                raise Damage(f"no {name}")
        for name in set(names):
            if names.count(name) > 1 and name not in MAY_REPEAT:
                raise Damage(f"more than one {name}")

    def is_segment(self):
        return self["warc-segment-number"] is not None

    def payload(self):
        """The block, without the header if it is an HTTP message."""
        if (self["content-type"] or "").startswith("application/http"):
            head, end, body = self.block.partition(b"\r\n\r\n")
            if not end:
                raise Damage("an HTTP message without an end of its header")
            return body
        return self.block

    def check_digests(self):
        if self["warc-block-digest"] is not None:
            check_digest(self["warc-block-digest"], self.block, "block")
        if self["warc-payload-digest"] is not None and not self.is_segment():  # else it is that of the whole
            if self["warc-type"] in ("warcinfo", "metadata", "revisit"):
                raise Damage("a payload digest without a payload")
            check_digest(self["warc-payload-digest"], self.payload(), "payload")

    def is_text(self):
        media = (self["content-type"] or "text/plain").partition(";")[0].strip().lower()
        return self["warc-type"] == "conversion" and media == "text/plain" and not self.is_segment()

    def kept(self):
        """What stays when the text changes."""
        return [raw for name, _, raw in self.fields if name not in OF_THE_BLOCK]

    def order(self):
        return [name for name, _, _ in self.fields]


def check_digest(labelled, data, what):
    label, _, value = labelled.partition(":")
    name = label.lower().replace("-", "")
    if name not in ("md5", "sha1", "sha256", "sha512"):
        raise Damage(f"a {what} digest of unknown algorithm: {labelled}")
    digest = hashlib.new(name, data).digest()
    padded = base64.b32encode(digest).decode()
    if value.lower() not in (digest.hex(), padded.lower(), padded.rstrip("=").lower()):
        raise Damage(f"the {what} digest is not {labelled}")


def members(data):
    """The contents of the gzip members."""
    at = 0
    while at < len(data):
        unpacker, content = zlib.decompressobj(31), []
        while not unpacker.eof:
            piece = data[at:at + 64 * 1024]
            if not piece:
                raise Damage("the file ends inside a gzip member")
            try:
                content.append(unpacker.decompress(piece))
            except zlib.error as error:
                raise Damage(f"no gzip member: {error}") from error
            at += len(piece) - len(unpacker.unused_data)
        yield b"".join(content)


def packed_records(data):
    for content in members(data):
        record = Record(content, 0)
        if record.end != len(content):
            raise Damage("more than one record in a gzip member")
        yield record


def plain_records(data):
    at = 0
    while at < len(data):
        record = Record(data, at)
        at = record.end
        yield record


def read(path):
    """The records of a file, in order; Damage names the file and the record."""
    with open(path, "rb") as file:
        data = file.read()
    out = []
    try:
        for record in packed_records(data) if path.endswith(".gz") else plain_records(data):
            out.append(record)
    except Damage as damage:
        raise Damage(f"{path}: record {len(out) + 1}: {damage}") from damage
    check_with_warcio(path, out)
    return out


def check_with_warcio(path, records):
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError:
        return
    seen = []
    with open(path, "rb") as file:
        for record in ArchiveIterator(file, check_digests=True):
            payload = record.raw_stream.read()
            # It takes MD5 in hex for base32: both have 32 characters.
            if record.digest_checker.passed is False and "md5:" not in str(record.rec_headers).lower():
                raise Damage(f"{path}: record {len(seen) + 1}: warcio: {record.digest_checker.problems}")
            seen.append((record.rec_type, record.rec_headers.get_header("WARC-Record-ID"), payload))
    if seen != [(record["warc-type"], record["warc-record-id"], record.payload()) for record in records]:
        raise Damage(f"{path}: warcio sees other records")


def compare(before, after):
    for number, (a, b) in enumerate(itertools.zip_longest(before, after), 1):
        if a is None or b is None:
            raise Damage(f"record {number}: only {'the second' if a is None else 'the first'} file has it")
        if a["warc-record-id"] != b["warc-record-id"]:
            raise Damage(f"record {number}: another id: {a['warc-record-id']} and {b['warc-record-id']}")
        if a.is_text() != b.is_text() or (not a.is_text() and a.raw != b.raw):
            raise Damage(f"record {number}: other bytes, and it is no text: {a['warc-record-id']}")
        if a.kept() != b.kept() or a.order() != b.order():
            raise Damage(f"record {number}: another header: {a['warc-record-id']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compare", action="store_true")
    parser.add_argument("files", nargs="+", metavar="FILE")
    options = parser.parse_args()
    if len(options.files) != 1 + options.compare:
        parser.error("one FILE, or --compare and two")
    try:
        files = [read(path) for path in options.files]
        if options.compare:
            compare(*files)
    except (Damage, OSError) as error:
        sys.exit(str(error))
    for record in [] if options.compare else files[0]:
        print(record["warc-type"], record["warc-record-id"], hashlib.sha1(record.raw).hexdigest())


if __name__ == "__main__":
    main()
