"""The chain of two states as a conditional random field: its scores and the cost of a change together."""
import numba
import numpy
import scipy.optimize

from fitting.conditions import rows_of

STEPS = 80  # of L-BFGS; more fit the pages and not the next ones


@numba.njit(cache=True)
def chain_loss(evidence, labels, weights, starts, cost, gradient):
    """Minus the log-likelihood of the labels, and its derivative by `cost`; by evidence, into `gradient`."""
    loss, by_cost = 0.0, 0.0
    for page in range(len(starts) - 1):
        begin, size = starts[page], starts[page + 1] - starts[page]
        if size == 0:
            continue
        ahead, behind = numpy.zeros((size, 2)), numpy.zeros((size, 2))
        for t in range(size):
            keep = evidence[begin + t] / 2
            if t == 0:
                ahead[t, 0], ahead[t, 1] = keep, -keep
            else:
                ahead[t, 0] = numpy.logaddexp(ahead[t - 1, 0], ahead[t - 1, 1] - cost) + keep
                ahead[t, 1] = numpy.logaddexp(ahead[t - 1, 1], ahead[t - 1, 0] - cost) - keep
        for t in range(size - 2, -1, -1):
            keep = evidence[begin + t + 1] / 2
            behind[t, 0] = numpy.logaddexp(behind[t + 1, 0] + keep, behind[t + 1, 1] - keep - cost)
            behind[t, 1] = numpy.logaddexp(behind[t + 1, 1] - keep, behind[t + 1, 0] + keep - cost)
        all_paths = numpy.logaddexp(ahead[size - 1, 0], ahead[size - 1, 1])
        path = 0.0
        for t in range(size):
            label, keep = labels[begin + t], evidence[begin + t] / 2
            path += keep * (2 * label - 1)
            gradient[begin + t] = weights[page] * (numpy.exp(ahead[t, 0] + behind[t, 0] - all_paths) - label)
            if t == 0:
                continue
            if label != labels[begin + t - 1]:
                path -= cost
                by_cost += weights[page]
            changes = numpy.exp(ahead[t - 1, 0] - cost - keep + behind[t, 1] - all_paths)
            changes += numpy.exp(ahead[t - 1, 1] - cost + keep + behind[t, 0] - all_paths)
            by_cost -= weights[page] * changes
        loss += weights[page] * (all_paths - path)
    return loss, by_cost


@numba.njit(cache=True)
def sums(indptr, indices, rows, scores, out):
    for k in range(len(rows)):
        total = 0.0
        for at in range(indptr[rows[k]], indptr[rows[k] + 1]):
            total += scores[indices[at]]
        out[k] = total


@numba.njit(cache=True)
def spread(indptr, indices, rows, values, out):
    for k in range(len(rows)):
        for at in range(indptr[rows[k]], indptr[rows[k] + 1]):
            out[indices[at]] += values[k]


class Fitted:
    def __init__(self, scores, base, cost):
        self.scores, self.base, self.cost = scores, base, cost

    def evidence(self, conditions, met, rows, kinds):
        """What the conditions of these kinds say of the lines `rows`; the base counts with the layout."""
        out = numpy.zeros(len(rows))
        chosen = numpy.array([kind in kinds for kind in conditions.kinds])
        sums(met.matrix.indptr, met.matrix.indices, rows, numpy.where(chosen, self.scores, 0), out)
        return out + self.base if "layout" in kinds else out


def fit(conditions, met, pages, chosen):
    """Scores, base and cost for the pages whose numbers are `chosen`."""
    rows = rows_of(met, chosen)
    indptr, indices = met.matrix.indptr, met.matrix.indices
    sizes = numpy.array([len(pages[i].units) for i in chosen])
    starts = numpy.concatenate([[0], numpy.cumsum(sizes)])
    # Long pages have more lines and no more to say.
    weights = 1 / numpy.sqrt(numpy.maximum(sizes, 1))
    weights /= weights.mean()
    labels = numpy.concatenate([pages[i].labels for i in chosen])
    by_evidence, evidence = numpy.zeros(len(rows)), numpy.zeros(len(rows))
    penalty = conditions.penalty

    def objective(point):
        scores, base, cost = point[:-2], point[-2], point[-1]
        sums(indptr, indices, rows, scores, evidence)
        loss, by_cost = chain_loss(evidence + base, labels, weights, starts, cost, by_evidence)
        by_score = penalty * scores
        spread(indptr, indices, rows, by_evidence, by_score)
        return loss + 0.5 * float((penalty * scores) @ scores), numpy.concatenate([by_score, [by_evidence.sum(), by_cost]])

    start = numpy.zeros(len(penalty) + 2)
    start[-1] = 2
    found = scipy.optimize.minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    scores = numpy.where(numpy.abs(found[:-2]) < conditions.smallest, 0, found[:-2])
    return Fitted(numpy.round(scores, 2), round(found[-2], 2), round(found[-1], 2))
