"""Random data and what Python packages say about them, as JSON: a check of `askwell stats` from outside.

Prints {"missing": name} where a package is not installed.
"""

import json
import sys
from itertools import permutations

try:
    import numpy as np
    import pandas as pd
    import krippendorff
    import pingouin
    import sklearn.decomposition
    import sklearn.linear_model
    import sklearn.metrics
    from scipy import stats
    from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa
    from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest
    from statsmodels.stats.weightstats import DescrStatsW, ttest_ind
except ImportError as error:
    print(json.dumps({"missing": error.name}))
    sys.exit()

random = np.random.default_rng(20240501)
cases = []


def case(statistic, data, expected, **settings):
    rows = [[None if np.isnan(x) else float(x) for x in row] for row in np.asarray(data, float)]
    cases.append({"statistic": statistic, "settings": settings, "rows": rows, "expected": expected})


def one_factor(rows, items):
    loadings = random.uniform(0.45, 0.85, items)
    factor = random.normal(size=(rows, 1))
    noise = random.normal(size=(rows, items)) * np.sqrt(1 - loadings**2)
    return (factor * loadings + noise) * random.uniform(0.5, 3, items) + random.uniform(-2, 5, items)


def names(columns):
    return [chr(ord("a") + at) for at in range(columns)]


def alpha(data):
    return float(pingouin.cronbach_alpha(data=pd.DataFrame(data))[0])


for rows, items in [(20, 3), (60, 5), (400, 9)]:
    data = one_factor(rows, items)
    rest = [np.delete(data, item, axis=1) for item in range(items)]
    total = {n: float(np.corrcoef(data[:, i], rest[i].sum(axis=1))[0, 1]) for i, n in enumerate(names(items))}
    expected = {"value": alpha(data), "standardized": alpha(stats.zscore(data)), "itemTotal": total, "n": rows, "k": items}
    if items > 2:
        expected["alphaIfDeleted"] = {n: alpha(rest[i]) for i, n in enumerate(names(items))}
    case("alpha", data, expected)

# Who left something out counts nowhere in these.
data = one_factor(80, 4)
data[random.random(size=data.shape) < 0.1] = np.nan
value = float(pingouin.cronbach_alpha(data=pd.DataFrame(data), nan_policy="listwise")[0])
case("alpha", data, {"value": value, "n": int((~np.isnan(data)).all(axis=1).sum()), "k": 4})
long = pd.DataFrame(data).reset_index().melt(id_vars="index")
table = pingouin.intraclass_corr(long, targets="index", raters="variable", ratings="value", nan_policy="omit")
forms = ["icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k"]
case("icc", data, {form: {"value": float(value)} for form, value in zip(forms, table["ICC"])})

for rows, items in [(300, 3), (300, 5), (500, 10)]:
    data = one_factor(rows, items)
    deviations = data.std(axis=0, ddof=1)
    standard = (data - data.mean(axis=0)) / data.std(axis=0)
    analysis = sklearn.decomposition.FactorAnalysis(1, tol=1e-15, max_iter=100000, svd_method="lapack")
    analysis.fit(standard)
    common = (analysis.components_[0] * deviations).sum() ** 2
    unique = (analysis.noise_variance_ * deviations**2).sum()
    case("omega", data, {"value": float(common / (common + unique))})

for rows, raters in [(3, 2), (8, 2), (15, 4), (40, 6), (700, 25)]:
    data = random.normal(size=(rows, 1)) + 0.6 * random.normal(size=(1, raters)) + 0.8 * random.normal(size=(rows, raters))
    long = pd.DataFrame(data).reset_index().melt(id_vars="index")
    table = pingouin.intraclass_corr(long, targets="index", raters="variable", ratings="value")
    forms = ["icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k"]
    case("icc", data, {form: {"value": float(value)} for form, value in zip(forms, table["ICC"])})
    # The package rounds its intervals, so these are the formulas of McGraw and Wong by scipy's F.
    n, k = rows, raters
    targets, judges, grand = data.mean(axis=1), data.mean(axis=0), data.mean()
    between = k * ((targets - grand) ** 2).sum() / (n - 1)
    judged = n * ((judges - grand) ** 2).sum() / (k - 1)
    within = ((data - targets[:, None]) ** 2).sum() / (n * (k - 1))
    error = ((data - targets[:, None] - judges + grand) ** 2).sum() / ((n - 1) * (k - 1))
    expected = {}
    for form, noise, freedom in [("icc1", within, n * (k - 1)), ("icc3", error, (n - 1) * (k - 1))]:
        low = between / noise / stats.f.ppf(0.975, n - 1, freedom)
        high = between / noise * stats.f.ppf(0.975, freedom, n - 1)
        expected[form] = {"ci95": [(f - 1) / (f + k - 1) for f in (low, high)]}
        expected[form + "k"] = {"ci95": [1 - 1 / f for f in (low, high)]}
    single = (between - error) / (between + (k - 1) * error + k * (judged - error) / n)
    a, b = k * single / (n * (1 - single)), 1 + k * single * (n - 1) / (n * (1 - single))
    freedom = (a * judged + b * error) ** 2 / ((a * judged) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1)))
    strict, lenient = stats.f.ppf(0.975, n - 1, freedom), stats.f.ppf(0.975, freedom, n - 1)
    noise = k * judged + (k * n - k - n) * error
    ends = [
        n * (between - strict * error) / (strict * noise + n * between),
        n * (lenient * between - error) / (noise + n * lenient * between),
    ]
    expected["icc2"] = {"ci95": ends}
    expected["icc2k"] = {"ci95": [k * end / (1 + (k - 1) * end) for end in ends]}
    case("icc", data, expected)

for units, raters in [(12, 3), (40, 5)]:
    data = random.integers(1, 6, size=(units, 1)) + random.integers(-1, 2, size=(units, raters))
    data = np.abs(data).astype(float)
    data[random.random(size=data.shape) < 0.2] = np.nan
    for level in ["nominal", "ordinal", "interval", "ratio"]:
        value = krippendorff.alpha(reliability_data=data.T, level_of_measurement=level)
        case("krippendorff", data, {"value": float(value)}, level=level)

for rows in [15, 200]:
    first = random.integers(1, 6, rows)
    second = np.clip(first + random.integers(-1, 2, rows), 1, 5)
    data = np.column_stack([first, second])
    for weights in [None, "linear", "quadratic"]:
        value = sklearn.metrics.cohen_kappa_score(first, second, weights=weights)
        case("kappa", data, {"value": float(value)}, **({"weights": weights} if weights else {}))

for subjects, raters in [(10, 3), (60, 7)]:
    data = np.clip(random.integers(1, 5, (subjects, 1)) + random.integers(0, 2, (subjects, raters)), 1, 5)
    case("fleiss", data, {"value": float(fleiss_kappa(aggregate_raters(data)[0]))})

for rows, drivers in [(30, 2), (100, 5)]:
    x = random.normal(size=(rows, drivers)) @ random.normal(size=(drivers, drivers)) + random.normal(size=(rows, drivers))
    y = x @ random.normal(size=drivers) + 2 * random.normal(size=rows)

    def r2(subset):
        if not subset:
            return 0.0
        part = x[:, list(subset)]
        return sklearn.linear_model.LinearRegression().fit(part, y).score(part, y)

    shares = dict.fromkeys(names(drivers), 0.0)
    orders = list(permutations(range(drivers)))
    for order in orders:
        for place, driver in enumerate(order):
            shares[names(drivers)[driver]] += (r2(order[: place + 1]) - r2(order[:place])) / len(orders)
    beta = sklearn.linear_model.LinearRegression().fit(stats.zscore(x), stats.zscore(y)).coef_
    expected = {
        "r2": r2(range(drivers)),
        "shapley": shares,
        "beta": dict(zip(names(drivers), map(float, beta))),
        "pearson": {n: float(stats.pearsonr(x[:, i], y)[0]) for i, n in enumerate(names(drivers))},
    }
    case("drivers", np.column_stack([x, y]), expected, outcome=names(drivers + 1)[-1])

for n in [1, 17, 250]:
    data = random.integers(1, 6, (n, 1))
    k = int((data > 3).sum())
    low, high = proportion_confint(k, n, method="wilson")
    case("top-box", data, {"n": n, "value": k / n, "ci95": [low, high]}, boxes=2, max=5)

# An adjusted Wald interval is the plain one of three more respondents, spread 1 : 2 : 1 (Rocks 2016).
for n in [3, 40, 900]:
    data = random.integers(0, 11, (n, 1))
    data[0] = 10
    kinds = np.select([data[:, 0] >= 9, data[:, 0] >= 7], [1, 0], -1)
    counts = np.array([(kinds == kind).sum() for kind in (1, 0, -1)])
    described = DescrStatsW([1, 0, -1], weights=counts + [0.75, 1.5, 0.75], ddof=0)
    ends = stats.norm.interval(0.95, described.mean, np.sqrt(described.var / described.sum_weights))
    ends = [float(100 * np.clip(end, -1, 1)) for end in ends]
    expected = {"n": n, "promoters": int(counts[0]), "passives": int(counts[1]), "detractors": int(counts[2])}
    case("nps", data, {**expected, "value": float(100 * kinds.mean()), "ci95": ends}, max=10)

# No package has these two; the variance is numpy's, the rest as James, Demaree and Wolf 1984 write it.
for raters, items in [(4, 1), (12, 5), (60, 3)]:
    data = np.clip(random.integers(2, 5, (1, items)) + random.integers(-1, 2, (raters, items)), 1, 5)
    shares = data.var(axis=0, ddof=1) / ((5**2 - 1) / 12)
    share = min(shares.mean(), 1)
    expected = {n: float(max(0, 1 - s)) for n, s in zip(names(items), shares)}
    case("rwg", data, {"value": float(items * (1 - share) / (items * (1 - share) + share)), "items": expected}, points=5)

for rows in [1, 30]:
    data = random.integers(1, 6, (rows, 10))
    scores = 2.5 * ((data[:, 0::2] - 1).sum(axis=1) + (5 - data[:, 1::2]).sum(axis=1))
    case("sus", data, {"n": rows, "mean": float(scores.mean()), "scores": scores.tolist()})

waves = []
for before, now in [(20, 30), (90, 60)]:
    k1, k2 = int(random.integers(1, before)), int(random.integers(1, now))
    z, p = proportions_ztest([k2, k1], [now, before])
    ends = confint_proportions_2indep(k2, now, k1, before, compare="diff", method="newcomb")
    waves.append({"share": [k1, before, k2, now], "statistic": float(z), "p": float(p), "ci95": [float(x) for x in ends]})
    one, two = random.normal(3, 1, before), random.normal(3.4, 2, now)
    t, p, _ = ttest_ind(two, one, usevar="unequal")
    ends = stats.ttest_ind(two, one, equal_var=False).confidence_interval(0.95)
    waves.append({"means": [one.tolist(), two.tolist()], "statistic": float(t), "p": float(p), "ci95": [float(x) for x in ends]})

for before, now in [(12, 25), (400, 150)]:
    counts = [random.multinomial(n - 3, [0.5, 0.3, 0.2]) + 1 for n in (before, now)]
    one, two = (np.repeat([100, 0, -100], count) for count in counts)
    error = float(np.hypot(stats.sem(one, ddof=0), stats.sem(two, ddof=0)))
    difference = float(two.mean() - one.mean())
    ends = stats.norm.interval(0.95, difference, error)
    waves.append({
        "nps": [count.tolist() for count in counts], "statistic": difference / error,
        "p": float(2 * stats.norm.sf(abs(difference / error))), "ci95": [float(x) for x in ends],
    })

# No package has the reliable change of Jacobson and Truax 1991: alpha is pingouin's, the deviation numpy's.
changes = []
for rows, items in [(25, 4), (300, 7)]:
    data = one_factor(rows, items)
    reliability, deviation = alpha(data), float(data.sum(axis=1).std(ddof=1))
    earlier, later = (float(x) for x in random.normal(10, 4, 2))
    error = deviation * np.sqrt(1 - reliability)
    changes.append({
        "reliability": reliability, "deviation": deviation, "earlier": earlier, "later": later,
        "error": float(error), "change": float((later - earlier) / (error * np.sqrt(2))),
        "smallest": float(stats.norm.ppf(0.975) * error * np.sqrt(2)),
    })

print(json.dumps({"cases": cases, "waves": waves, "changes": changes}))
