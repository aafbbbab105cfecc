package textfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
)

// checkResult checks what holds for every file that is read: what was counted
// is what is there, each cell has its column's type, names differ, notes are
// lines.
func checkResult(t *testing.T, r *Result) {
	t.Helper()
	columns := r.Columns()
	nulls, rows := make([]int, len(columns)), 0
	err := r.Scan(t.Context(), frame.All(r), 0, r.Len(), func(b *frame.Batch) error {
		if b.First != rows {
			t.Fatalf("a batch begins at row %d, want %d", b.First, rows)
		}
		rows += b.Len
		for c := range b.Columns {
			v := &b.Columns[c]
			if v.Len() != b.Len || v.Type != columns[c].Type {
				t.Fatalf("column %q: %d cells of type %s in a batch of %d, want %s", columns[c].Name, v.Len(), v.Type, b.Len, columns[c].Type)
			}
			for i := range b.Len {
				if v.IsNull(i) {
					nulls[c]++
				}
			}
		}
		return nil
	})
	if err != nil && r.Dialect == nil && strings.Contains(err.Error(), "damaged") {
		return // what a typed container holds inside is looked at when it is read
	}
	if err != nil || rows != r.Len() {
		t.Fatalf("%d rows, want %d: %v", rows, r.Len(), err)
	}
	names := map[string]bool{}
	for c, col := range columns {
		if nulls[c] != col.Nulls {
			t.Errorf("column %q (%s) has %d nulls, counted %d: %q", col.Name, col.Type, nulls[c], col.Nulls, r.Notes)
		}
		if names[col.Name] {
			t.Errorf("two columns are %q", col.Name)
		}
		names[col.Name] = true
	}
	for _, n := range r.Notes {
		if strings.ContainsAny(n, "\n\r") || !strings.Contains(n, ": ") {
			t.Errorf("the note %q is no line with a subject", n)
		}
	}
	if !slices.IsSortedFunc(r.Skipped, func(a, b Skipped) int { return a.Line - b.Line }) {
		t.Errorf("the lines left out are not in order: %v", r.Skipped)
	}
	var b bytes.Buffer
	if err := r.WriteJSON(t.Context(), &b); err != nil || !json.Valid(b.Bytes()) {
		t.Errorf("the report is no JSON (%v): %s", err, b.Bytes())
	}
}

// fuzzFile reads any bytes as a file of a name.
func fuzzFile(t *testing.T, name string, data []byte, o Options) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(t.Context(), path, o)
	if err != nil {
		checkError(t, err)
		return
	}
	defer f.Close()
	head, err := f.Head(t.Context())
	if err != nil {
		checkError(t, err)
	} else if head.Len() > sampleRecords && f.src.kind == textual {
		t.Errorf("the head has %d rows", head.Len())
	}
	r, err := f.Finish(t.Context(), nil)
	if err != nil {
		checkError(t, err)
		return
	}
	defer r.Close()
	checkResult(t, r)
}

func checkError(t *testing.T, err error) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) || strings.ContainsAny(err.Error(), "\n\r") {
		t.Errorf("%q (%T) is not one line of an *Error", err, err)
	}
}

// addFiles adds the files of the tests as seeds.
func addFiles(f *testing.F, add func(data []byte), kinds ...string) {
	for _, folder := range []string{"corpus", "made"} {
		for _, kind := range kinds {
			files, err := filepath.Glob("testdata/" + folder + "/*." + kind)
			if err != nil {
				f.Fatal(err)
			}
			for _, path := range files {
				data, err := os.ReadFile(path)
				if err != nil {
					f.Fatal(err)
				}
				if len(data) < 20_000 && !strings.HasSuffix(path, ".expect.json") {
					add(data)
				}
			}
		}
	}
}

func FuzzDelimited(f *testing.F) {
	addFiles(f, func(data []byte) { f.Add(data, uint8(0)) }, "csv", "tsv", "psv", "txt")
	options := [][]string{
		{}, {"header", "no"}, {"header", "yes"}, {"delimiter", "tab"}, {"delimiter", "space"}, {"skip", "2"}, {"dates", "dmy"},
		{"decimal", ","}, {"thousands", "."}, {"na", ""}, {"na", "1,x"}, {"comment", "1"}, {"encoding", "shift-jis"}, {"format", "tsv"},
	}
	f.Fuzz(func(t *testing.T, data []byte, how uint8) {
		var o Options
		if set := options[int(how)%len(options)]; len(set) > 0 {
			if err := o.Set(set[0], set[1]); err != nil {
				t.Fatal(err)
			}
		}
		fuzzFile(t, "a.csv", data, o)
	})
}

func FuzzJSON(f *testing.F) {
	addFiles(f, func(data []byte) { f.Add(data) }, "json", "jsonl", "ndjson", "geojson")
	for _, text := range []string{`{"a.b":1,"a":{"b":2}}`, `[{"a":NaN},{"a":-Infinity}]`, `{"a":{"x":1},"b":{"x":"y"}}`, "[1]\n[2,3]", `[["a"],[1]]`, `["\ud83d\ude00\u12"]`, `{"columns":["a"],"data":[1,[2]],"index":[5]}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { fuzzFile(t, "a.json", data, Options{}) })
}

// Whatever is packed, typed or no table at all.
func FuzzContainer(f *testing.F) {
	addFiles(f, func(data []byte) { f.Add(data) }, "gz", "zst", "parquet", "arrow", "feather", "xlsx")
	f.Fuzz(func(t *testing.T, data []byte) { fuzzFile(t, "a", data, Options{}) })
}

func FuzzSQLite(f *testing.F) {
	addFiles(f, func(data []byte) { f.Add(data) }, "sqlite")
	f.Fuzz(func(t *testing.T, data []byte) {
		copy(data, "SQLite format 3\x00")
		fuzzFile(t, "a.sqlite", data, Options{})
	})
}

// A column of one cell, or of two, is read as its class says.
func FuzzCells(f *testing.F) {
	for _, cell := range []string{"1,234.5", "(5)", "-$3", "5 €", "1e5", "2024-02-29T12:30:00.5+02:00", "Jan 5, 2024", "5/6/24", "1'000", "12,34,567", "+4712345678", "0.1e-400", "9223372036854775808", "inf", "8:15 PM", "2009-10"} {
		f.Add(cell, "1")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		quote := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
		fuzzFile(t, "a.csv", []byte("k,v\nx,"+quote(a)+"\ny,"+quote(b)+"\n"), Options{})
	})
}
