import hashlib
import sys


def record(kind, text, *more):
    block = text.encode()
    digest = "sha1:" + hashlib.sha1(block).hexdigest()
    fields = ["WARC/1.1", f"WARC-Type: {kind}", *more, f"WARC-Block-Digest: {digest}", f"Content-Length: {len(block)}"]
    sys.stdout.buffer.write("\r\n".join([*fields, "", ""]).encode() + block + b"\r\n\r\n")


record("warcinfo", "Loading...\n")
record("conversion", "Soup\nLoading...\n", "WARC-Target-URI: http://a.example/", "content-type:text/plain")
record("conversion", "Bread\n", "WARC-Target-URI: http://b.example/")
record("conversion", "Loading...\n", "Content-Type: application/json")
