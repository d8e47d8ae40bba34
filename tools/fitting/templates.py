"""What scores may ask together, and where the ranges of an axis begin."""

# Where the ranges of an axis begin behind the first, which begins at 0.
FINE = [1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 30, 45, 80]
MIDDLE = [3, 6, 12, 25]
COARSE = [4, 10, 20]
DISTANCE = [2, 3, 4, 6, 9, 14, 22, 40, 80]
FAR = [2, 3, 6, 14]
INDEX = [1, 2, 3, 5, 8, 12, 18, 27, 40, 60, 100, 200]
SHARE = [1, 2, 5, 10, 20, 35, 50, 65, 80, 90, 95, 98, 100]
DENSITY = [1, 10, 20, 35, 50, 65, 80, 90, 97]
RUN = [1, 2, 3, 5, 8, 13, 25, 50, 100]
NEAR = [1, 2, 3, 5, 10, 25]
FLAG = [1]
LINES = [5, 10, 20, 40, 80, 160, 320, 640]


def own(axis, edges):
    return (axis, 0, tuple(edges))


def templates():
    """Which axes are asked together, and cut where."""
    words, flags = own("words", FINE), own("sentence", FLAG)
    out = [
        [words, flags],
        [words, own("list_item", FLAG)],
        [own("words", [1, 2, 3, 4, 5, 6, 7, 8, 13]), own("capitals", [1, 30, 60, 100])],
        [own("words", [3, 6, 10, 20, 40]), own("function", [1, 10, 20, 30, 40, 50])],
        [own("upper", [1, 5, 10, 20, 40, 70, 100])],
        [own("digits", [1, 5, 10, 20, 40, 70])],
        [own("letters", [10, 40, 60, 75, 85, 92, 97])],
        [own("commas", [1, 2, 3, 4]), own("words", [8, 16, 32])],
        [own("word_length", [2, 3, 4, 5, 6, 7, 9])],
        [own("ending", range(1, 11))],
        [own("separators", [1, 2, 3, 4, 5, 6])],
        [own("columns", [1, 2, 3, 4])],
        [own("block_lines", [2, 3, 4, 6, 9, 15, 30]), own("block_place", [1, 2, 3])],
        [own("block_words", [2, 3, 5, 8, 12, 20, 40]), flags],
        [own("times", [1, 2, 3, 4]), own("nth", [2]), own("words", [3, 6, 12])],
        [own("head", INDEX), own("words", COARSE)],
        [own("tail", INDEX), own("words", COARSE)],
        [own("place", range(10, 100, 10)), own("document_lines", LINES)],
        [own("document_words", [50, 100, 200, 400, 800, 1600, 3200])],
        [own("document_prose", [2, 10, 25, 40, 55, 70, 80, 90]), own("words", [3, 6, 10, 20]), flags],
        [own("document_lines", LINES), own("words", [3, 6, 10, 20]), flags],
        [own("prose_before", SHARE)],
        [own("prose_after", SHARE)],
        [own("prose_before", [1, 10, 50, 90, 100]), own("words", COARSE), flags],
        [own("text_before", SHARE)],
        [own("since_prose", DISTANCE)],
        [own("until_prose", DISTANCE)],
        [own("since_prose", FAR), own("until_prose", FAR)],
        [own("since_prose", FAR), own("until_prose", FAR), own("words", MIDDLE), flags],
        [own("short_run", RUN), own("words", [3, 6, 12])],
        [own("run", [1, 2, 3]), own("run_distance", NEAR)],
        [own("run", [1, 2, 3]), own("run_distance", NEAR), own("words", MIDDLE), flags],
        [own("run", [1, 2, 3]), own("list_item", FLAG), own("run_lines", [1, 3, 6, 11, 21, 51])],
        [own("run_place", range(10, 100, 10))],
        [own("said", FLAG), own("words", MIDDLE)],
    ]
    for flag in ("indented", "link", "lower_start", "year"):
        out.append([own(flag, FLAG), own("words", [4, 8, 16])])
    for offset in (-3, -2, -1, 1, 2, 3):
        out.append([("words", offset, tuple(FINE)), ("sentence", offset, (1,))])
    for offset in (-1, 1):
        out.append([own("words", MIDDLE), flags, ("words", offset, (1, 3, 6, 12, 25)), ("sentence", offset, (1,))])
        out.append([own("list_item", FLAG), ("list_item", offset, (1,))])
    for reach in (3, 8, 25):
        out.append([own(f"before{reach}", DENSITY), own(f"after{reach}", DENSITY)])
    return out


# What the trees may ask together. A tree asks for one of these only, so that its leaves are scores of few tables.
DRAFT_GROUPS = [group.split() for group in """
    draft draft@-1 draft@+1
    draft draft@-2 draft@+2
    draft mean_evidence drop_run_words
    draft mean_evidence keep_run_words
    draft keep_run keep_run_words
    draft drop_run drop_run_words
    mean_evidence keep_run keep_share
    mean_evidence drop_run keep_share
    draft keep_share keep_words
    draft keep_share document_words
    draft main_share main_distance
    draft since_keep until_keep
    draft kept_before8 kept_after8
    draft kept_before25 kept_after25
    draft keep_before keep_after
    draft words ending
    draft words short_run
    draft words block_lines
    draft block_lines block_words
    draft document_words document_prose
    draft document_lines document_prose
    draft run_lines main_share
    mean_evidence words short_run
    draft function words
    draft times words
    draft head main_distance
    keep_run keep_run_words document_words
    drop_run drop_run_words short_run
    mean_evidence keep_words document_prose
    draft list_item words
    drop_run_words keep_words keep_share
    keep_run_words keep_words main_share
""".strip().split("\n")]
