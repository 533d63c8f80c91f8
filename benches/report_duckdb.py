"""Computes with DuckDB what a report tells of the submissions of the bench; prints the best of three, in seconds."""

import sys
import time

try:
    import duckdb
except ImportError:
    print("there is no duckdb")
    sys.exit()

ratings = [f"q{n:02}" for n in range(24)]
numbers = ["recommend", "effort", *ratings]
answers = {name: "TINYINT" for name in numbers} | {"customer": "VARCHAR", "mode": "VARCHAR", "issues": "VARCHAR[]", "why": "VARCHAR"}
fields = ", ".join(f"{name} {kind}" for name, kind in answers.items())
columns = {
    "submissionId": "VARCHAR", "status": "VARCHAR", "channel": "VARCHAR", "completedAt": "VARCHAR",
    "durationMs": "BIGINT", "answers": f"STRUCT({fields})", "context": "STRUCT(branch VARCHAR)",
}
scored = """
    100.0 * (count(*) filter (a.recommend >= 9) - count(*) filter (a.recommend <= 6)) / count(a.recommend),
    avg((a.q00 >= 4)::INT), avg(a.effort), var_samp(a.effort), avg({service}), var_samp({service})
""".format(service="(" + " + ".join(f"a.{name}" for name in ratings) + ") / 24.0")
means = ", ".join(f"avg(a.{name}), var_samp(a.{name})" for name in numbers)
pairs = ["recommend", *ratings[1:13]]
moments = ", ".join(f"covar_samp(a.{x}, a.{y})" for i, x in enumerate(pairs) for y in pairs[: i + 1])


def run(file):
    session = duckdb.connect()
    read = f"read_json('{file}', format='newline_delimited', columns={columns!r})"
    # Read once, as a report does; what follows asks the table.
    session.execute(
        f"create temp table s as select distinct on (submissionId) answers as a, channel, durationMs,"
        f" completedAt[:7] as month, context.branch as branch from {read} where status = 'complete'"
    )
    session.execute(f"select count(*), {scored}, {means}, {moments}, quantile_disc(durationMs, [0.25, 0.5, 0.75]) from s").fetchall()
    for name in numbers:
        session.execute(f"select a.{name}, count(*) from s group by 1").fetchall()
    for group in ["channel", "month", "branch", "a.mode", "a.customer"]:
        session.execute(f"select {group}, count(*), {scored}, {means} from s group by 1").fetchall()
    session.execute("select issue, count(*) from (select unnest(a.issues) as issue from s) group by 1").fetchall()
    session.close()


best = float("inf")
for _ in range(3):
    start = time.monotonic()
    run(sys.argv[1])
    best = min(best, time.monotonic() - start)
print(best)
