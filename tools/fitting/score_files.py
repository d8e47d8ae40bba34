"""Writes what was fitted as pattern files."""


HEADERS = {
    "layout": "Scores for how a line looks and where it stands: below zero speaks for chaff, above for text.",
    "words": "Scores for words and short runs of words: below zero speaks for chaff, above for text.",
    "draft": "Scores for what the draft makes of a line and the text around it: below zero speaks for chaff, above for text.",
    "hits": "Scores for hits of rules that the profile does not trust: below zero speaks for chaff.",
}


def write(folder, conditions, fitted, trees):
    """The pattern files of these scores; returns what to say of them."""
    said = []
    for kind, header in HEADERS.items():
        rows = [(name, score) for name, score, k in zip(conditions.names, fitted.scores, conditions.kinds) if k == kind and score]
        if kind == "draft":
            rows = [(" ".join(asked), score) for asked, score in trees.items()]
        path = folder / f"{kind}.scores"
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"# {header}\n# Fitted by tools/fit.py, which writes this file anew; docs/rules.md says how to read it.\n")
            if kind == "layout":
                file.write(f"{fitted.base:+.2f} words=0..\n")
            if kind == "draft":
                file.write(f"draft_cost {fitted.cost:.2f}\n")
            for name, score in sorted(rows):
                file.write(f"{score:+.2f} {name}\n")
        said.append(f"{path.name}: {len(rows)} scores, {path.stat().st_size} bytes")
    return said
