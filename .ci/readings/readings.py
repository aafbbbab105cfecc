#!/usr/bin/env python3
"""readings.py BIN: does BIN read files as their makers do?

pandas, pyarrow, DuckDB and SQLite write files of many types of columns, the same each time, and read them
back; BIN reads them as `inspect FILE --json` and `show dataframe --data FILE --format json`. Compared are
names, types, counts of missing values, the head and the tail, and every cell. One line for each file that
is read otherwise, then the totals. Exit 0 only if all agree.
"""
import datetime as dt, decimal, json, os, random, sqlite3, string, subprocess, sys, tempfile
import duckdb, pandas as pd, pyarrow as pa, pyarrow.feather as feather, pyarrow.ipc as ipc, pyarrow.json as pj, pyarrow.parquet as pq

BIN = os.path.abspath(sys.argv[1])
ROWS = 3000  # more than the head that types are first guessed from
UTC = dt.timezone.utc
failed, compared, cells = [], 0, 0


def cell(v):
    """A value as BIN writes it in JSON."""
    if v is None or v is pd.NaT or v is pd.NA: return None
    if hasattr(v, "item"): v = v.item()
    if isinstance(v, bool): return v
    if isinstance(v, int): return v if abs(v) < 2**53 else str(v)
    if isinstance(v, float): return None if v != v else {float("inf"): "Infinity", float("-inf"): "-Infinity"}.get(v, v)
    if isinstance(v, decimal.Decimal): return float(v)
    if isinstance(v, dt.datetime):
        s = (v.astimezone(UTC).replace(tzinfo=None) if v.tzinfo else v).isoformat()
        return (s.rstrip("0").rstrip(".") if "." in s else s) + ("Z" if v.tzinfo else "")
    if isinstance(v, dt.date): return v.isoformat()
    if isinstance(v, dt.time):
        s = v.isoformat()
        return s.rstrip("0").rstrip(".") if "." in s else s
    if isinstance(v, bytes): return v.hex()
    if isinstance(v, (list, dict)): return json.dumps(v, separators=(",", ":"), ensure_ascii=False)
    return v


def run(*args):
    p = subprocess.run([BIN, *args], capture_output=True, text=True, timeout=60)
    if p.returncode: raise RuntimeError("%s: exit %d: %s" % (" ".join(args), p.returncode, p.stderr.strip()))
    return json.loads(p.stdout)


def compare(path, reader, columns, rows):
    """columns: pairs of name and type; rows: lists of values, as reader reads them."""
    global compared, cells
    name, wrong = os.path.basename(path), []
    try:
        told = run("inspect", path, "--json")
        records = run("show", "dataframe", "--data", path, "--format", "json")
        want = [[cell(v) for v in r] for r in rows]
        names = [n for n, _ in columns]
        if [c["name"] for c in told["columns"]] != names: wrong.append("columns %s, not %s" % ([c["name"] for c in told["columns"]], names))
        for (n, t), c in zip(columns, told["columns"]):
            if c["type"] != t: wrong.append("%s is %s, not %s" % (n, c["type"], t))
        if told["rows"] != len(want) or len(records) != len(want): wrong.append("%d and %d rows, not %d" % (told["rows"], len(records), len(want)))
        numbers = {n for n, t in columns if t == "number"}
        read = [[float(v) if n in numbers and isinstance(v, int) else v for n, v in r.items()] for r in records]
        for i, c in enumerate(told["columns"][:len(names)]):
            missing = sum(r[i] is None for r in want)
            if c["nulls"] != missing: wrong.append("%s: %d missing, not %d" % (c["name"], c["nulls"], missing))
        for i, (a, b) in enumerate(zip(read, want)):
            for n, x, y in zip(names, a, b):
                cells += 1
                if x != y or isinstance(x, bool) != isinstance(y, bool): wrong.append("row %d, %s: %r, not %r" % (i, n, x, y))
        for part, some in (("head", records[:5]), ("tail", records[-5:])):
            if told[part] != [list(r.values()) for r in some]: wrong.append("the %s is not that of all rows" % part)
    except (RuntimeError, ValueError, KeyError) as e:
        wrong.append(str(e))
    compared += 1
    if wrong:
        failed.append(name)
        print("%s, by %s: %s%s" % (name, reader, "; ".join(wrong[:4]), "; %d more" % (len(wrong) - 4) if len(wrong) > 4 else ""))


r = random.Random(19)


def some(make, missing=0.1):
    return [None if r.random() < missing else make() for _ in range(ROWS)]


def word(): return "".join(r.choice(string.ascii_letters + " äßéЖ日,;'\"\t|#") for _ in range(r.randint(0, 12))).strip() + r.choice("xyz")


def moment(unit): return dt.datetime(1950, 1, 1) + dt.timedelta(seconds=r.randrange(3 * 10**9), microseconds=r.randrange(0, 10**6, unit))


# name, Arrow type, type here, values
BASE = [
    ("id", pa.int64(), "integer", list(range(ROWS))),
    ("small", pa.int16(), "integer", some(lambda: r.randint(-2**15, 2**15 - 1))),
    ("large", pa.int64(), "integer", some(lambda: r.choice([-1, 1]) * (2**53 + r.randrange(2**62)))),
    ("x", pa.float64(), "number", some(lambda: r.choice([r.gauss(0, 1e3), r.random() * 10.0**r.randint(-300, 300), round(r.uniform(-9, 9), 2)]))),
    ("ok", pa.bool_(), "boolean", some(lambda: r.random() < 0.3)),
    ("word", pa.string(), "text", some(word)),
    ("kind", pa.string(), "text", some(lambda: r.choice(["alpha", "beta", "gamma delta"]))),
    ("day", pa.date32(), "date", some(lambda: dt.date(1800, 1, 1) + dt.timedelta(days=r.randrange(120000)))),
    ("at", pa.timestamp("us"), "datetime", some(lambda: moment(1000))),
    ("clock", pa.time64("us"), "time", some(lambda: moment(10**6).time())),
]
TYPED = BASE + [
    ("f32", pa.float32(), "number", some(lambda: r.randrange(-2**20, 2**20) / 256)),
    ("u8", pa.uint8(), "integer", some(lambda: r.randrange(256))),
    ("inf", pa.float64(), "number", some(lambda: r.choice([float("inf"), float("-inf"), 1.5]))),
    ("bytes", pa.binary(), "text", some(lambda: r.randbytes(r.randrange(6)))),
    ("berlin", pa.timestamp("ms", "Europe/Berlin"), "datetime", some(lambda: moment(1000).replace(tzinfo=UTC))),
    ("nano", pa.timestamp("ns"), "datetime", some(lambda: moment(1))),
    ("money", pa.decimal128(14, 2), "number", some(lambda: decimal.Decimal(r.randrange(-10**11, 10**11)).scaleb(-2))),
    ("label", pa.dictionary(pa.int8(), pa.string()), "text", some(lambda: r.choice("abcdef"))),
    ("list", pa.list_(pa.int32()), "text", some(lambda: [r.choice([None, r.randrange(99)]) for _ in range(r.randrange(4))])),
    ("none", pa.string(), "text", [None] * ROWS),
]
KINDS = {"BIGINT": "integer", "HUGEINT": "integer", "INTEGER": "integer", "SMALLINT": "integer", "UTINYINT": "integer", "TINYINT": "integer", "DOUBLE": "number", "FLOAT": "number",
         "BOOLEAN": "boolean", "VARCHAR": "text", "DATE": "date", "TIMESTAMP": "datetime", "TIMESTAMP_NS": "datetime", "TIMESTAMP WITH TIME ZONE": "datetime", "TIME": "time"}


def arrow(spec): return pa.table({n: pa.array(v, t) for n, t, _, v in spec})


def columns(spec): return [(n, t) for n, _, t, _ in spec]


def plain(v):
    """A value of pyarrow without nanoseconds, of which the files have none."""
    return v.to_pydatetime() if hasattr(v, "to_pydatetime") else v


def of_arrow(t): return [[plain(v) for v in row] for row in zip(*(c.to_pylist() for c in t.columns))]


def of_duckdb(c, query):
    """Names and types as DuckDB has them, and its rows."""
    q = c.sql(query)
    return [(n, KINDS.get(str(t), "number" if str(t).startswith("DECIMAL") else "text")) for n, t in zip(q.columns, q.types)], [list(x) for x in q.fetchall()]


def typed(at):
    t = arrow(TYPED)
    for codec, more in (("snappy", {}), ("zstd", {"data_page_version": "2.0", "row_group_size": 700}), ("none", {"use_dictionary": False, "row_group_size": 999})):
        pq.write_table(t, at("arrow-%s.parquet" % codec), compression=codec, **more)
        compare(at("arrow-%s.parquet" % codec), "pyarrow", columns(TYPED), of_arrow(pq.read_table(at("arrow-%s.parquet" % codec))))
    for codec in ("lz4", "zstd", "uncompressed"):
        feather.write_feather(t, at("%s.feather" % codec), compression=codec, chunksize=800)
        compare(at("%s.feather" % codec), "pyarrow", columns(TYPED), of_arrow(feather.read_table(at("%s.feather" % codec))))
    with ipc.new_stream(at("stream.arrows"), t.schema) as w:
        for b in t.to_batches(max_chunksize=640): w.write_batch(b)
    compare(at("stream.arrows"), "pyarrow", columns(TYPED), of_arrow(ipc.open_stream(at("stream.arrows")).read_all()))
    df = arrow(BASE).to_pandas(types_mapper=pd.ArrowDtype)
    df.to_parquet(at("pandas.parquet"), index=False)
    compare(at("pandas.parquet"), "pandas", columns(BASE), of_arrow(pa.Table.from_pandas(pd.read_parquet(at("pandas.parquet"), dtype_backend="pyarrow"))))
    df.to_feather(at("pandas.feather"))
    compare(at("pandas.feather"), "pandas", columns(BASE), of_arrow(pa.Table.from_pandas(pd.read_feather(at("pandas.feather"), dtype_backend="pyarrow"))))


def duck(at):
    c = duckdb.connect()
    c.execute("set TimeZone='UTC'")
    c.register("t", arrow([x for x in TYPED if x[0] not in ("bytes", "list", "berlin", "none")]))
    c.execute("copy t to '%s' (format parquet)" % at("duckdb.parquet"))
    compare(at("duckdb.parquet"), "DuckDB", *of_duckdb(c, "select * from '%s'" % at("duckdb.parquet")))
    c.register("b", arrow(BASE))
    for name, how, read in (("comma.csv", "header", "read_csv('%s')"), ("semicolon.csv", "header, delimiter ';'", "read_csv('%s')"), ("tab.tsv", "header, delimiter '\t'", "read_csv('%s')"),
                            ("bar.csv.gz", "header, delimiter '|', compression gzip", "read_csv('%s')"), ("zstd.csv.zst", "header, compression zstd", "read_csv('%s')")):
        c.execute("copy b to '%s' (format csv, %s)" % (at("duckdb-" + name), how))
        compare(at("duckdb-" + name), "DuckDB", *of_duckdb(c, "select * from " + read % at("duckdb-" + name)))
    for name, how in (("lines.ndjson", ""), ("array.json", ", array true")):
        c.execute("copy b to '%s' (format json%s)" % (at("duckdb-" + name), how))
        compare(at("duckdb-" + name), "DuckDB", *of_duckdb(c, "select * replace (cast(\"at\" as timestamp) as \"at\") from read_json('%s')" % at("duckdb-" + name)))  # fractions of several lengths are text there


def frames(at):
    spec = [x for x in BASE if x[0] != "clock"]
    df = arrow(spec).to_pandas(types_mapper=pd.ArrowDtype)
    typed = {n: pd.ArrowDtype(t) for n, t, _, _ in spec if n not in ("day", "at")}
    def back(**how):
        read = pd.read_csv(how.pop("path"), dtype=typed, keep_default_na=False, na_values=[""], **how)
        for n in ("day", "at"): read[n] = pd.to_datetime(read[n], format="ISO8601")
        return [[v.date() if n == "day" and not pd.isna(v) else plain(v) for n, v in zip(read.columns, row)] for row in read.itertuples(index=False)]
    for name, how in (("pandas.csv", {}), ("pandas-semicolon.csv", {"sep": ";"}), ("pandas-tab.tsv", {"sep": "\t"}), ("pandas-quoted.csv.gz", {"quoting": 1}), ("pandas-utf16.csv", {"encoding": "utf-16"}), ("pandas-crlf.csv", {"lineterminator": "\r\n"})):
        df.to_csv(at(name), index=False, **how)
        compare(at(name), "pandas", columns(spec), back(path=at(name), **{k: v for k, v in how.items() if k != "lineterminator"}))
    spec = [x for x in spec if x[0] not in ("day", "at")]
    df = arrow(spec).to_pandas(types_mapper=pd.ArrowDtype)
    for name, how in (("records.json", {"orient": "records"}), ("lines.jsonl", {"orient": "records", "lines": True}), ("split.json", {"orient": "split"}), ("columns.json", {"orient": "columns"})):
        df.to_json(at("pandas-" + name), double_precision=15, **how)
        parsed = json.loads("[%s]" % ",".join(open(at("pandas-" + name), encoding="utf-8")) if "lines" in how else open(at("pandas-" + name), encoding="utf-8").read())
        rows = parsed["data"] if name == "split.json" else list(zip(*(c.values() for c in parsed.values()))) if name == "columns.json" else [list(x.values()) for x in parsed]
        compare(at("pandas-" + name), "Python", columns(spec), rows)


def databases(at):
    spec = [x for x in BASE if x[0] not in ("ok", "clock")]
    df = arrow(spec).to_pandas(types_mapper=pd.ArrowDtype)
    for n in ("day", "at"): df[n] = df[n].map(lambda v: None if pd.isna(v) else v.isoformat())
    c = sqlite3.connect(at("pandas.sqlite"))
    df.astype(object).where(df.notna(), None).to_sql("t", c, index=False)
    rows = [list(x) for x in c.execute("select * from t")]
    c.commit()
    c.close()
    trimmed = [[v.rstrip("0").rstrip(".") if n == "at" and v and "." in v else v for (n, _), v in zip(columns(spec), row)] for row in rows]
    compare(at("pandas.sqlite"), "SQLite", columns(spec), trimmed)


def lines(at):
    """A list of records with nested objects and lists, as pyarrow reads it."""
    path = at("nested.ndjson")
    with open(path, "w", encoding="utf-8") as f:
        for i in range(ROWS):
            f.write(json.dumps({"n": i, "who": {"name": r.choice("abc"), "age": r.choice([None, r.randrange(90)])}, "tags": [r.randrange(9) for _ in range(r.randrange(3))]}) + "\n")
    rows = [[x["n"], x["who"]["name"], x["who"]["age"], x["tags"]] for x in pj.read_json(path).to_pylist()]
    compare(path, "pyarrow", [("n", "integer"), ("who.name", "text"), ("who.age", "integer"), ("tags", "text")], rows)


with tempfile.TemporaryDirectory() as folder:
    for step in (typed, duck, frames, databases, lines): step(lambda name: os.path.join(folder, name))
print("%d files of pandas, pyarrow, DuckDB and SQLite, %s cells: %d read otherwise" % (compared, "{:,}".format(cells), len(failed)))
sys.exit(1 if failed else 0)
