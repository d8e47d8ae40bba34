"""Records of JSON Lines with all that such files hold, each with what it has to become under the small rules.

What is expected is written beside what is given, by hand.
"""
import random

# (record, its clean form); %d is its number. Nothing but the chaff may change.
KINDS = [
    (rb'{"id":%d,"text":"Soup.\nLoading...\nStir.","n":1e3}', rb'{"id":%d,"text":"Soup.\nStir.","n":1e3}'),
    (rb'{"id":%d , "text" :"Only \u00e9, \/ and ' + "é".encode() + rb' stay" ,"x":[1, 2.50,-0.0e+00]}', None),
    (rb'{"text":"Caf\u00e9\nTitle [edit] %d","url":"https:\/\/a.example\/"}',
     rb'{"text":"Caf\u00e9\nTitle %d","url":"https:\/\/a.example\/"}'),
    (rb'{"id":%d,"text":"broken', None),
    (rb'no JSON %d', None),
    (rb'{"text":"Loading...\nmore follows"} %d', None),
    (b"", None),
    (b" \t ", None),
    (b"\r", None),
    (b'{"id":%d,"text":"CR LF\\nLoading...\\nends it"}\r', b'{"id":%d,"text":"CR LF\\nends it"}\r'),
    (rb'{"text":"Loading...\nfirst %d","text":"second\nLoading...\nlast"}',
     rb'{"text":"Loading...\nfirst %d","text":"second\nlast"}'),
    (rb'{"id":%d,"title":"Loading..."}', None),
    (rb'{"id":%d,"text":null}', None),
    (rb'{"id":%d,"text":["Loading..."]}', None),
    (rb'{"id":%d,"text":{"text":"Loading..."}}', None),
    (rb'["Loading...", %d]', None),
    (rb'%d', None),
    (rb'{"id":%d,"other":"\ud83d\udd25 \ud800","text":"a\u0000b\nLoading...\nc\u2028d\ud83d\udd25"}',
     rb'{"id":%d,"other":"\ud83d\udd25 \ud800","text":"a\u0000b\nc\u2028d\ud83d\udd25"}'),
    ('{"id":%d,"text":"a\u2028b\\nLoading...\\n\u0085c"}'.encode(), '{"id":%d,"text":"a\u2028b\\n\u0085c"}'.encode()),
    (rb'{"id":%d,"text":""}', None),
    (rb'{"id":%d,"text":"Loading..."}', rb'{"id":%d,"text":""}'),
    (rb'{"\u0074ext":"an escaped key %d\nLoading...\nx"}', rb'{"\u0074ext":"an escaped key %d\nx"}'),
    (rb'{"big":123456789012345678901234567890%d,"text":"kept"}', None),
    (b'\xef\xbb\xbf{"id":%d,"text":"behind a mark\\nLoading...\\nx"}',
     b'\xef\xbb\xbf{"id":%d,"text":"behind a mark\\nx"}'),
    (b'{"id":%d,"text":"no UTF-8 \xff"}', None),
]


def pairs(count, seed=1):
    """`count` lines and their clean forms, without line feeds."""
    rng = random.Random(seed)
    for number in range(count):
        given, clean = rng.choice(KINDS)
        filled = given.replace(b"%d", b"%d" % number)
        yield filled, filled if clean is None else clean.replace(b"%d", b"%d" % number)


def jsonl(count, seed=1, large=0, final_newline=True):
    """A file and its clean form; `large` is the size of a text in the midst of it."""
    given, clean = (list(side) for side in zip(*pairs(count, seed)))
    if large:
        text = rb"A line that stays.\n" * (large // 20)
        given.insert(count // 2, b'{"text":"' + text + rb'Loading...\nend","id":0}')
        clean.insert(count // 2, b'{"text":"' + text + b'end","id":0}')
    if not final_newline:
        given.append(b'{"text":"Loading...\\nno line feed"}')
        clean.append(b'{"text":"no line feed"}')
    end = b"\n" if final_newline else b""
    return b"\n".join(given) + end, b"\n".join(clean) + end
