#!/usr/bin/env python3
"""make.py [DIR]: files as pandas, pyarrow, DuckDB and SQLite write them, each with what it holds.

    python3 -m venv v && v/bin/pip install pandas pyarrow duckdb && v/bin/python make.py made

For every NAME.EXT an expectation NAME.expect.json is written beside it, in the form of the corpus. What is
expected is what went in, in the words of tabgate; the library that wrote the file is only asked to write.
"""
import datetime as dt, decimal, json, os, sqlite3, sys
import duckdb, pandas as pd, pyarrow as pa, pyarrow.feather as feather, pyarrow.ipc as ipc, pyarrow.parquet as pq

out = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "made")
os.makedirs(out, exist_ok=True)
UTC = dt.timezone.utc
D = decimal.Decimal


def cell(v):
    if isinstance(v, bool) or v is None: return v
    if isinstance(v, int): return v if abs(v) < 2**53 else str(v)
    if isinstance(v, float): return {float("inf"): "Infinity", float("-inf"): "-Infinity"}.get(v, v) if v == v else None
    if isinstance(v, D): return float(v)
    if isinstance(v, dt.datetime):
        t = v.astimezone(UTC).replace(tzinfo=None) if v.tzinfo else v
        s = t.isoformat()
        if "." in s: s = s.rstrip("0")
        return s + ("Z" if v.tzinfo else "")
    if isinstance(v, dt.date): return v.isoformat()
    if isinstance(v, dt.time):
        s = v.isoformat()
        return s.rstrip("0") if "." in s else s
    if isinstance(v, bytes): return v.hex()
    if isinstance(v, (list, dict)): return json.dumps(v, separators=(",", ":"), ensure_ascii=False, default=cell)
    return v


def expect(name, fmt, columns, rows, notes=None, why=""):
    e = {"why": why, "format": fmt, "columns": [], "rows": len(rows)}
    if fmt not in ("csv", "tsv"): e["dialect"] = None
    table = [[cell(v) for v in r] for r in rows]
    for i, (n, t) in enumerate(columns):
        e["columns"].append({"name": n, "type": t, "nulls": sum(r[i] is None for r in table)})
    e["notes"] = notes if notes is not None else []
    e["head"], e["tail"] = table[:5], table[-5:]
    with open(os.path.join(out, name + ".expect.json"), "w", encoding="utf-8") as f:
        json.dump(e, f, ensure_ascii=False, indent=1)
        f.write("\n")


def path(name): return os.path.join(out, name)


COLUMNS = [
    ("i8", pa.int8(), "integer", [1, None, -128, 127, 0, 5, 6]),
    ("u32", pa.uint32(), "integer", [4294967295, 0, None, 3, 4, 5, 6]),
    ("i64", pa.int64(), "integer", [9007199254740993, -9223372036854775808, 9223372036854775807, None, 0, 1, 2]),
    ("f32", pa.float32(), "number", [0.5, -1.25, None, 1e10, 0, 2, 3]),
    ("f64", pa.float64(), "number", [0.1, 1e308, 1e-300, float("inf"), None, -0.5, 3]),
    ("ok", pa.bool_(), "boolean", [True, False, None, True, True, False, False]),
    ("s", pa.string(), "text", ["007", "", None, "a,\"b\"", "Zoë", "NA", "1,5"]),
    ("ls", pa.large_string(), "text", ["x", None, "y", "z", "", "q", "r"]),
    ("bin", pa.binary(), "text", [b"\x00\xff", None, b"", b"ab", b"c", b"d", b"e"]),
    ("d", pa.date32(), "date", [dt.date(2024, 2, 29), None, dt.date(1969, 7, 20), dt.date(1, 1, 1), dt.date(9999, 12, 31), dt.date(2000, 1, 1), dt.date(1970, 1, 1)]),
    ("ts_s", pa.timestamp("ms"), "datetime", [dt.datetime(2024, 2, 29, 12, 30), None, dt.datetime(1969, 7, 20, 20, 17, 40, 500000), dt.datetime(1970, 1, 1), dt.datetime(2038, 1, 19, 3, 14, 8), dt.datetime(2000, 1, 1), dt.datetime(2001, 1, 1)]),
    ("ts_us_utc", pa.timestamp("us", "Europe/Berlin"), "datetime", [dt.datetime(2024, 3, 31, 1, 0, tzinfo=UTC), None, dt.datetime(1960, 1, 1, 0, 0, 0, 1, tzinfo=UTC), dt.datetime(2024, 1, 1, tzinfo=UTC)] + [dt.datetime(2024, 1, i, tzinfo=UTC) for i in (2, 3, 4)]),
    ("tm", pa.time64("us"), "time", [dt.time(8, 15), None, dt.time(23, 59, 59, 999999), dt.time(0, 0), dt.time(1), dt.time(2), dt.time(3)]),
    ("dec", pa.decimal128(20, 2), "number", [D("12345678901234567.89"), None, D("-0.01"), D("0.00"), D("1.10"), D("2.00"), D("3.00")]),
    ("cat", pa.dictionary(pa.int8(), pa.string()), "text", ["a", "b", None, "a", "c", "c", "b"]),
    ("list", pa.list_(pa.int32()), "text", [[1, 2], [], None, [None, 3], [4], [5], [6]]),
    ("st", pa.struct([("x", pa.int32()), ("y", pa.struct([("z", pa.string())]))]), None,
     [{"x": 1, "y": {"z": "p"}}, None, {"x": None, "y": None}, {"x": 4, "y": {"z": None}}, {"x": 5, "y": {"z": "q"}}, {"x": 6, "y": {"z": "r"}}, {"x": 7, "y": {"z": "s"}}]),
]


def table():
    return pa.table({n: pa.array(v, t) for n, t, _, v in COLUMNS})


def flat():
    cols = [(n, t) for n, _, t, _ in COLUMNS if t] + [("st.x", "integer"), ("st.y.z", "text")]
    rows = []
    for i in range(7):
        r = [v[i] for n, _, t, v in COLUMNS if t]
        st = COLUMNS[-1][3][i] or {}
        rows.append(r + [st.get("x"), (st.get("y") or {}).get("z")])
    return cols, rows


def typed():
    t, (cols, rows) = table(), flat()
    for codec in ("snappy", "zstd", "gzip", "brotli", "lz4", "none"):
        pq.write_table(t, path("arrow-%s.parquet" % codec), compression=codec, row_group_size=3, version="2.6", data_page_version="2.0" if codec in ("zstd", "none") else "1.0")
        expect("arrow-" + codec, "parquet", cols, rows, why="pyarrow, row groups of three, %s" % codec)
    pq.write_table(t, path("arrow-plain.parquet"), use_dictionary=False, column_encoding=None, store_schema=False)
    expect("arrow-plain", "parquet", cols, rows, why="pyarrow without dictionaries and Arrow's own schema")
    for codec in ("lz4", "zstd", "uncompressed"):
        feather.write_feather(t, path("feather-%s.feather" % codec), compression=codec, chunksize=3)
        expect("feather-" + codec, "arrow", cols, rows, why="Feather 2, %s, batches of three" % codec)
    with ipc.new_stream(path("stream.arrow"), t.schema) as w:
        for b in t.to_batches(max_chunksize=2): w.write_batch(b)
    expect("stream", "arrow", cols, rows, why="an IPC stream, batches of two")
    delta = pa.table({"n": pa.array(range(100, 200)), "s": pa.array(["row %d" % i for i in range(100)])})
    pq.write_table(delta, path("delta.parquet"), use_dictionary=False, column_encoding={"n": "DELTA_BINARY_PACKED", "s": "DELTA_BYTE_ARRAY"}, version="2.6")
    expect("delta", "parquet", [("n", "integer"), ("s", "text")], [[100 + i, "row %d" % i] for i in range(100)], why="delta encodings")
    split = pa.table({"x": pa.array([i / 4 for i in range(50)])})
    pq.write_table(split, path("split-stream.parquet"), use_dictionary=False, column_encoding={"x": "BYTE_STREAM_SPLIT"}, version="2.6")
    expect("split-stream", "parquet", [("x", "number")], [[i / 4] for i in range(50)], why="byte stream split")
    big = pa.table({"u": pa.array([2**64 - 1, 1, None], pa.uint64()), "f": pa.array([float("nan"), 1.5, None])})
    for ext, fmt in (("parquet", "parquet"), ("arrow", "arrow")):
        name = "beyond-" + ext
        if ext == "parquet": pq.write_table(big, path(name + ".parquet"))
        else: feather.write_feather(big, path(name + ".arrow"), compression="uncompressed")
        expect(name, fmt, [("u", "text"), ("f", "number")], [["18446744073709551615", None], ["1", 1.5], [None, None]], notes=["^column u: text", "^column f: 1 NaN"], why="unsigned beyond 64 bits signed is text, NaN is null")
    nested = pa.table({"m": pa.array([[("a", 1), ("b", None)], [], None], pa.map_(pa.string(), pa.int32())),
                       "ll": pa.array([[[1], [2, 3]], [[]], None], pa.list_(pa.list_(pa.int32()))),
                       "ls": pa.array([[{"x": 1, "y": "p"}], [None], []], pa.list_(pa.struct([("x", pa.int32()), ("y", pa.string())])))})
    rows = [['[{"key":"a","value":1},{"key":"b","value":null}]', "[[1],[2,3]]", '[{"x":1,"y":"p"}]'], ["[]", "[[]]", "[null]"], [None, None, "[]"]]
    pq.write_table(nested, path("nested.parquet"))
    expect("nested", "parquet", [("m", "text"), ("ll", "text"), ("ls", "text")], rows, why="maps, lists of lists, lists of structs are JSON text")
    feather.write_feather(nested, path("nested-arrow.arrow"), compression="uncompressed")
    expect("nested-arrow", "arrow", [("m", "text"), ("ll", "text"), ("ls", "text")], rows, why="the same in Arrow")


def encodings():
    some = pa.table({"h": pa.array([0.5, None, float("inf"), -2.0] * 5, pa.float32()).cast(pa.float16()),
                     "ok": pa.array([True, True, False, None] * 5),
                     "at": pa.array([dt.datetime(2024, 2, 29, 12, 30), dt.datetime(1969, 7, 20, 20, 17, 40, 500000), None, dt.datetime(1970, 1, 1)] * 5, pa.timestamp("ns")),
                     "s": pa.array(["", "a", None, "abc"] * 5), "i": pa.array([-1, 2**31 - 1, None, -2**31] * 5, pa.int32()),
                     "fix": pa.array([b"abc", b"abd", None, b"b\x00c"] * 5, pa.binary(3)), "same": pa.array([7, 7, 7, 7] * 5), "dec": pa.array([D("1.05"), D("-0.01"), None, D("99.99")] * 5, pa.decimal128(4, 2))})
    cols = [("h", "number"), ("ok", "boolean"), ("at", "datetime"), ("s", "text"), ("i", "integer"), ("fix", "text"), ("same", "integer"), ("dec", "number")]
    rows = [list(r) for r in zip(*(c.to_pylist() for c in some.columns))]
    for r in rows:
        if r[2] is not None: r[2] = r[2].to_pydatetime() if hasattr(r[2], "to_pydatetime") else r[2]
    how = {"ok": "RLE", "s": "DELTA_LENGTH_BYTE_ARRAY", "i": "DELTA_BINARY_PACKED", "fix": "BYTE_STREAM_SPLIT", "h": "BYTE_STREAM_SPLIT", "same": "DELTA_BINARY_PACKED"}
    for name, more in (("encodings-1", {"use_dictionary": False, "column_encoding": how, "use_deprecated_int96_timestamps": True}),
                       ("encodings-2", {"use_dictionary": False, "column_encoding": {**how, "i": "BYTE_STREAM_SPLIT", "fix": "DELTA_BYTE_ARRAY", "s": "DELTA_BYTE_ARRAY"}, "data_page_version": "2.0", "compression": "zstd", "write_page_checksum": True}),
                       ("encodings-3", {"data_page_version": "2.0", "write_batch_size": 3, "data_page_size": 1, "write_page_checksum": True})):
        pq.write_table(some, path(name + ".parquet"), version="2.6", store_schema=False, **more)
        expect(name, "parquet", cols, rows, why="encodings, half floats, Int96, small pages, checksums")


def duck():
    c = duckdb.connect()
    c.execute("set TimeZone='UTC'")
    c.execute("create table t as select * from (values (1, 1.5, 'a', date '2024-02-29', timestamp '2024-02-29 12:30:00.25', timestamptz '2024-03-31 01:00:00+00', time '08:15:00', 12.34::decimal(10,2), true, [1,2], {'x': 1}, uuid '12345678-1234-5678-1234-567812345678'), (null, null, null, null, null, null, null, null, null, null, null, null)) v(i, x, s, d, ts, tz, tm, dc, ok, l, st, u)")
    cols = [("i", "integer"), ("x", "number"), ("s", "text"), ("d", "date"), ("ts", "datetime"), ("tz", "datetime"), ("tm", "time"), ("dc", "number"), ("ok", "boolean"), ("l", "text"), ("st.x", "integer"), ("u", "text")]
    rows = [[1, 1.5, "a", "2024-02-29", "2024-02-29T12:30:00.25", "2024-03-31T01:00:00Z", "08:15:00", 12.34, True, "[1,2]", 1, "12345678-1234-5678-1234-567812345678"], [None] * 12]
    c.execute("copy t to '%s' (format parquet)" % path("duckdb.parquet"))
    expect("duckdb", "parquet", cols, rows, why="DuckDB's Parquet")
    c.execute("copy (select * exclude (l, st, u) from t) to '%s' (format csv, header)" % path("duckdb-csv.csv"))
    expect("duckdb-csv", "csv", cols[:9], [r[:9] for r in rows], notes=["^rows: 1 row of empty cells"], why="DuckDB's CSV; +00 is a zone as written")
    e = json.load(open(path("duckdb-csv.expect.json")))
    for k in ("head", "tail"): e[k][0][5] = "2024-03-31T01:00:00+00:00"
    json.dump(e, open(path("duckdb-csv.expect.json"), "w"), indent=1)
    c.execute("copy (select i, x, s, d, ts, ok, l, st from t) to '%s' (format json)" % path("duckdb-json.json"))
    expect("duckdb-json", "ndjson", [("i", "integer"), ("x", "number"), ("s", "text"), ("d", "date"), ("ts", "datetime"), ("ok", "boolean"), ("l", "text"), ("st.x", "integer")],
           [[1, 1.5, "a", "2024-02-29", "2024-02-29T12:30:00.25", True, "[1,2]", 1], [None] * 8], why="DuckDB's JSON: a record a line, named .json")


def pandas():
    df = pd.DataFrame({"n": [1, 2, 3], "x": [0.5, None, 2.0], "s": ["a", "b", None]}, index=["r1", "r2", "r3"])
    cols, rows = [("n", "integer"), ("x", "number"), ("s", "text")], [[1, 0.5, "a"], [2, None, "b"], [3, 2.0, None]]
    keyed = [("index", "text")] + cols
    with_keys = [[k] + r for k, r in zip(df.index, rows)]
    plain = df.reset_index(drop=True)
    for orient in ("records", "split", "table", "columns", "index", "values"):
        df.to_json(path("pandas-%s.json" % orient), orient=orient)
    plain.to_json(path("pandas-columns-plain.json"), orient="columns")
    plain.to_json(path("pandas-index-plain.json"), orient="index")
    df.to_json(path("pandas-lines.jsonl"), orient="records", lines=True)
    expect("pandas-records", "json", cols, rows, why="pandas, orient records")
    expect("pandas-split", "json", keyed, with_keys, notes=["^json:"], why="pandas, orient split")
    expect("pandas-table", "json", keyed, with_keys, notes=["^json:"], why="pandas, orient table")
    expect("pandas-columns", "json", keyed, with_keys, notes=["^json:"], why="pandas, orient columns with labels: each column has one kind of value")
    expect("pandas-index", "json", keyed, with_keys, notes=["^json:"], why="pandas, orient index with labels")
    expect("pandas-values", "json", [("column1", "integer"), ("column2", "number"), ("column3", "text")], rows, notes=["^json:", "^heading:"], why="pandas, orient values")
    expect("pandas-columns-plain", "json", cols, rows, notes=["^json:"], why="pandas' default without labels")
    expect("pandas-index-plain", "json", cols, rows, notes=["^json:"], why="pandas, orient index without labels")
    expect("pandas-lines", "ndjson", cols, rows, why="pandas, a record a line")
    df.to_csv(path("pandas-csv.csv"))
    expect("pandas-csv", "csv", [("column1", "text")] + cols, with_keys, notes=["^heading:.*column1"], why="pandas' CSV with its index, which has no name")
    plain.to_csv(path("pandas-gz.csv.gz"), index=False, compression={"method": "gzip", "mtime": 0})
    expect("pandas-gz", "csv", cols, rows, why="pandas' CSV, gzip")
    df.to_parquet(path("pandas.parquet"))
    expect("pandas", "parquet", cols + [("__index_level_0__", "text")], [r + [k] for k, r in zip(df.index, rows)], why="pandas' Parquet: the index is a column")


def sqlite():
    p = path("two-types.sqlite")
    if os.path.exists(p): os.remove(p)
    c = sqlite3.connect(p)
    c.execute("create table t (id integer primary key, d date, ts datetime, b blob, r real, flag boolean)")
    c.executemany("insert into t values (?,?,?,?,?,?)", [(1, "2024-02-29", "2024-02-29 12:30:00", b"\x01\xff", 1.5, 1), (2, None, "2024-03-01T00:00:00.5", None, 2, 0), (9007199254740993, "1969-07-20", None, b"", None, None)])
    c.commit()
    c.execute("vacuum")
    c.close()
    expect("two-types", "sqlite", [("id", "integer"), ("d", "date"), ("ts", "datetime"), ("b", "text"), ("r", "number"), ("flag", "integer")],
           [[1, "2024-02-29", "2024-02-29T12:30:00", "01ff", 1.5, 1], [2, None, "2024-03-01T00:00:00.5", None, 2.0, 0], [9007199254740993, "1969-07-20", None, "", None, None]], why="declared types do not count: the stored values do")


def tables():
    p = path("two-tables.sqlite")
    if os.path.exists(p): os.remove(p)
    c = sqlite3.connect(p)
    c.executescript("pragma page_size = 512; vacuum; create table a (x); create table b (y); insert into b values (9007199254740993); vacuum;")
    c.close()
    refused = {"why": "of several tables one is named", "refused": {"stderr": ["several tables", "sqlite:TABLE", '"a", "b"']}}
    with open(path("two-tables.expect.json"), "w") as f:
        json.dump(refused, f, indent=1)
        f.write("\n")


typed(); encodings(); duck(); pandas(); sqlite(); tables()
print("%d files in %s" % (len(os.listdir(out)), out))
