"""Scores that ask for the draft: the leaves of small boosted trees."""
import itertools

import lightgbm
import numpy

from fitting.drafts import SOMETIMES_NONE
from fitting.templates import DRAFT_GROUPS

ROUNDS = 200  # number of trees
RATE = 0.15  # by how much each tree changes the evidence
BINS = 20  # ranges that an axis of the draft is cut into at most
LEAST_LEAF = 0.005  # leaves nearer to zero are left out


def fit_trees(drafts, rows, endings):
    """Scores by what they ask for, fitted to the lines `rows`: {("draft=..40", "words=3.."): -0.2}."""
    settings = {
        "objective": "binary", "learning_rate": RATE, "num_leaves": 8, "max_depth": 3, "max_bin": BINS,
        "min_data_in_bin": 100, "min_data_in_leaf": 500, "feature_fraction": 0.7, "lambda_l2": 10, "seed": 1,
        "deterministic": True, "force_col_wise": True, "num_threads": 1, "verbosity": -1,
        "interaction_constraints": [[drafts.names.index(name) for name in group] for group in DRAFT_GROUPS],
    }
    weights = drafts.weights[rows] / drafts.weights[rows].mean()
    data = lightgbm.Dataset(drafts.values[rows], drafts.labels[rows], weight=weights, init_score=drafts.hits[rows])
    out = {}

    def walk(node, box):
        if "leaf_value" in node:
            for asked in itertools.product(*(spelled_box(name, *box[name], endings) for name in sorted(box))):
                out[asked] = out.get(asked, 0) + node["leaf_value"]
            return
        name, edge = drafts.names[node["split_feature"]], int(numpy.floor(node["threshold"]))
        low, high = box.get(name, (None, None))
        walk(node["left_child"], {**box, name: (low, edge)})
        walk(node["right_child"], {**box, name: (edge, high)})

    for tree in lightgbm.train(settings, data, ROUNDS).dump_model()["tree_info"]:
        walk(tree["tree_structure"], {})
    return {asked: round(score, 2) for asked, score in out.items() if abs(score) >= LEAST_LEAF}


def spelled_box(name, low, high, endings):
    """What asks for values above `low` and up to `high`: a range, and what is no number."""
    least = max(0, -2 if low is None else low + 1)
    out = []
    if low is None and "@" in name:
        out.append(f"{name}=edge")
    if (low is None or low < -1) and (high is None or high >= -1) and name.partition("@")[0] in SOMETIMES_NONE:
        out.append(f"{name}=none")
    if name == "ending":
        return out + [f"{name}={ending}" for ending in endings[least : None if high is None else high + 1]]
    if high is None:
        out.append(f"{name}={least}..")
    elif high >= least:
        out.append(f"{name}={least}" if high == least else f"{name}={least}..{high}")
    return out
