#!/usr/bin/env python3
"""Writes a WET file: what a crawl's pages say, as WARC 1.1 records (ISO 28500:2017).

    make_wet.py N SEED OUT

OUT begins with a warcinfo record and holds N conversion records, some of them behind the request, response and metadata
records that they come from. Texts are of several languages, with chaff, from nothing to some 100 KiB. If OUT ends in
.gz, each record is a gzip member of its own. The same N and SEED give the same records.
"""
import argparse
import base64
import hashlib
import pathlib
import random
import uuid
import zlib

SENTENCES = {
    "eng": ["The harbour froze over in the second week of January.", "Nobody had told the baker.",
            "She counted the boats twice and wrote down a different number each time.",
            "By noon the road along the coast was open again, but few people used it."],
    "deu": ["Im Herbst riecht das ganze Dorf nach Most.", "Der Zug nach Görlitz fährt erst um zehn.",
            "Niemand wusste, wem der Schlüssel gehörte, und so blieb er am Haken.",
            "Die Brücke wurde im Jahr darauf aus Stein gebaut."],
    "fra": ["Le marché ouvre à six heures, même en hiver.", "Personne n’a revu le chat depuis dimanche.",
            "La rivière avait emporté le vieux moulin et la moitié du verger."],
    "spa": ["El tren llegó tarde, como todos los lunes.", "¿Quién cerró la puerta del molino?",
            "En la plaza quedaban tres bancos y una fuente sin agua."],
    "rus": ["Зимой по реке ходили пешком.", "Мастер чинил часы и никогда не спешил.",
            "Письмо пришло через месяц, когда его уже никто не ждал."],
    "zho": ["冬天的湖面结了厚厚的冰。", "他每天早上六点起床读书。", "村口的老树已经有三百多年了。"],
    "ara": ["وصل القطار متأخراً كعادته كل يوم.", "كانت السوق مزدحمة في ذلك الصباح."],
    "tha": ["ตลาดเปิดตั้งแต่เช้ามืดทุกวัน", "ฝนตกหนักเมื่อคืนนี้จนน้ำท่วมถนน"],
}
CHAFF = ["Loading...", "We use cookies to improve your visit.", "Accept all", "Share on Facebook",
         "Skip to main content", "Please enable JavaScript to view the comments.", "Home | About | Contact",
         "© 2024 All rights reserved.", "Oops! Something went wrong.", "Subscribe to our newsletter"]


def labelled_digest(data, spelling):
    name, _, form = spelling.partition(" ")
    digest = hashlib.new(name, data)
    return f"{name}:" + (base64.b32encode(digest.digest()).decode() if form == "base32" else digest.hexdigest())


def record(fields, block):
    """The bytes of a record; Content-Length comes last."""
    lines = ["WARC/1.1", *(f"{name}: {value}" for name, value in fields), f"Content-Length: {len(block)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


class Crawl:
    """Makes the records of page after page."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.seconds = 0

    def record_id(self):
        return f"<urn:uuid:{uuid.UUID(int=self.random.getrandbits(128), version=4)}>"

    def date(self):
        self.seconds += self.random.randrange(3)
        return f"2024-02-{1 + self.seconds // 86400:02}T{self.seconds // 3600 % 24:02}:" \
               f"{self.seconds // 60 % 60:02}:{self.seconds % 60:02}Z"

    def head(self, kind, record_id, date):
        return [("WARC-Type", kind), ("WARC-Record-ID", record_id), ("WARC-Date", date)]

    def warcinfo(self):
        block = "software: make_wet\r\nformat: WARC File Format 1.1\r\ndescription: Möhren & Rüben\r\n".encode()
        fields = self.head("warcinfo", self.record_id(), self.date())
        return record([*fields, ("WARC-Filename", "made.warc.wet"), ("Content-Type", "application/warc-fields"),
                       ("WARC-Block-Digest", labelled_digest(block, "sha1 base32"))], block)

    def text(self, language):
        """Lines of chaff and paragraphs; most are some KiB long."""
        if self.random.random() < 0.05:
            return ""
        size = self.random.choice([40, 400, 2000, 2000, 8000, 8000, 30000, 100 * 1024]) * self.random.uniform(0.5, 1)
        lines, length = [], 0
        while length < size:
            if self.random.random() < 0.4:
                lines.append(self.random.choice(CHAFF))
            else:
                lines.append(" ".join(self.random.choices(SENTENCES[language], k=self.random.randint(1, 8))))
            length += len(lines[-1].encode()) + 1
        return "\n".join(lines) + self.random.choice(["", "\n"])

    def capture(self, uri, date, text):
        """The request and the response of a page, and at times what is known of it; the response's id, too."""
        request_id, response_id = self.record_id(), self.record_id()
        request = f"GET / HTTP/1.1\r\nHost: {uri.split('/')[2]}\r\n\r\n".encode()
        body = f"<!DOCTYPE html>\n<pre>{text}</pre>\nWARC/1.0\r\n\r\nWARC/1.1\r\n".encode()
        response = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        target = ("WARC-Target-URI", uri)
        yield record([*self.head("request", request_id, date), target, ("WARC-Concurrent-To", response_id),
                      ("Content-Type", "application/http; msgtype=request")], request)
        yield record([*self.head("response", response_id, date), target,
                      ("Content-Type", "application/http; msgtype=response"),
                      ("WARC-Block-Digest", labelled_digest(response, "sha1 base32")),
                      ("WARC-Payload-Digest", labelled_digest(body, "sha1 base32"))], response)
        if self.random.random() < 0.5:
            known = b"fetchTimeMs: 120\r\ncharset-detected: UTF-8\r\n"
            yield record([*self.head("metadata", self.record_id(), date), target, ("WARC-Refers-To", response_id),
                          ("Content-Type", "application/warc-fields")], known)

    def page(self, number):
        """The records of a page; the conversion is the last."""
        language = self.random.choice(sorted(SENTENCES))
        text, uri, date = self.text(language), f"https://site{number % 7}.example/{language}/{number}", self.date()
        if self.random.random() < 0.2:
            yield from self.capture(uri, date, text[:4000])
        block = text.encode()
        spelling = self.random.choice(["sha1 base32"] * 3 + ["sha1 hex", "sha256 hex", "sha256 base32", "sha512 hex"])
        fields = [*self.head("conversion", self.record_id(), date), ("WARC-Target-URI", uri),
                  ("WARC-Refers-To", self.record_id()), ("WARC-Block-Digest", labelled_digest(block, spelling))]
        if self.random.random() < 0.3:
            fields.append(("WARC-Payload-Digest", labelled_digest(block, "sha1 base32")))
        fields.append(("WARC-Identified-Content-Language", language + self.random.choice(["", ",eng"])))
        fields.append(("Content-Type", self.random.choice(["text/plain", "text/plain; charset=utf-8"])))
        yield record(fields, block)


def records(count, seed):
    crawl = Crawl(seed)
    yield crawl.warcinfo()
    for number in range(count):
        yield from crawl.page(number)


def member(data):
    """`data` as a gzip member that names no time and no file."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, metavar="N")
    parser.add_argument("seed", type=int, metavar="SEED")
    parser.add_argument("out", type=pathlib.Path, metavar="OUT")
    options = parser.parse_args()
    with options.out.open("wb") as out:
        for data in records(options.count, options.seed):
            out.write(member(data) if options.out.suffix == ".gz" else data)


if __name__ == "__main__":
    main()
