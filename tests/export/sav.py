"""Reads an SPSS file with pyreadstat and prints what stands in it as JSON."""

import json
import sys

try:
    import pyreadstat
except ImportError as error:
    print(json.dumps({"lacks": error.name}))
    sys.exit()

values, meta = pyreadstat.read_sav(sys.argv[1], output_format="dict", user_missing=True)
rows = [dict(zip(values, row)) for row in zip(*values.values())]
for row in rows:
    for name, value in row.items():
        if value != value:
            row[name] = None
print(json.dumps({
    "rows": rows,
    "labels": meta.column_names_to_labels,
    "values": meta.variable_value_labels,
    "missing": meta.missing_ranges,
    "measure": meta.variable_measure,
    "encoding": meta.file_encoding,
}))
