package textfile

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"math/rand"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
)

// refused reads a file that must be refused, and checks the one line.
func refused(t *testing.T, path string, patterns ...string) {
	t.Helper()
	r, err := Read(t.Context(), path, Options{})
	if err == nil {
		r.Close()
		t.Fatalf("it is read: %d rows", r.Len())
	}
	text := err.Error()
	if strings.Contains(text, "\n") || !strings.Contains(text, filepath.Base(path)) {
		t.Errorf("%q is not one line that names the file", text)
	}
	for _, p := range patterns {
		if !regexp.MustCompile(p).MatchString(text) {
			t.Errorf("%q lacks /%s/", text, p)
		}
	}
}

func zipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWhatIsNoTableIsRefusedByName(t *testing.T) {
	var book bytes.Buffer
	z := zip.NewWriter(&book)
	if _, err := z.Create("notes.txt"); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	gz := zipped(t, "a,b\n1,2\n")
	tests := map[string]struct {
		text string
		says []string
	}{
		"empty.csv":            {"", []string{"empty"}},
		"white.csv":            {" \n\t\n  \r\n", []string{"empty"}},
		"bom.csv":              {"\xef\xbb\xbf", []string{"empty"}},
		"cut.csv.gz":           {gz[:len(gz)-6], []string{"gzip", "cut short"}},
		"damaged.csv.gz":       {gz[:12] + "\xff\xff" + gz[14:], []string{"gzip", "damaged|cut"}},
		"cut.csv.zst":          {"\x28\xb5\x2f\xfd\x04\x58\x91\x00", []string{"zstd", "cut short"}},
		"cut.parquet":          {"PAR1 and then nothing more of it", []string{"Parquet", "cut short"}},
		"damaged.parquet":      {"PAR1\xff\xff\xff\xff\xff\xff\x04\x00\x00\x00PAR1", []string{"Parquet", "damaged"}},
		"cut.arrow":            {"ARROW1\x00\x00\xff\xff\xff\xff\x10\x00", []string{"Arrow", "cut short"}},
		"cut.sqlite":           {"SQLite format 3\x00\x10\x00", []string{"SQLite"}},
		"book.zip":             {book.String(), []string{"zip", "unzip"}},
		"x.xz":                 {"\xfd7zXZ\x00rest", []string{"xz -d"}},
		"x.bz2":                {"BZh91AY&SYrest", []string{"bunzip2"}},
		"x.lz4":                {"\x04\x22\x4d\x18rest", []string{"lz4"}},
		"x.7z":                 {"7z\xbc\xaf\x27\x1crest", []string{"7z"}},
		"x.rar":                {"Rar!\x1a\x07rest", []string{"rar"}},
		"old.xls":              {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", []string{"Excel", "CSV"}},
		"x.pdf":                {"%PDF-1.7", []string{"PDF"}},
		"x.png":                {"\x89PNG\r\n\x1a\n", []string{"picture"}},
		"x.h5":                 {"\x89HDF\r\n\x1a\n", []string{"HDF5"}},
		"old.feather":          {"FEA1rest", []string{"Feather"}},
		"sign-in.csv":          {"\n<!-- x -->\n<!doctype HTML><html>", []string{"HTML", "sign-in"}},
		"feed.csv":             {"<?xml version=\"1.0\"?><feed/>", []string{"XML"}},
		"noise.csv":            {strings.Repeat("a\x02\x03,b\n", 100), []string{"no text"}},
		"cut.json":             {"[{\"a\":1},\n{\"a\":", []string{"JSON", "ends early", "line 2"}},
		"broken.json":          {"[{\"a\":1},\n{a:2}]", []string{"JSON", "line 2"}},
		"cut object.json":      {"{\"a\":1,\n\"b\":", []string{"JSON", "line 2"}},
		"list and more.json":   {"[1]\n{\"a\":2}", []string{"list"}},
		"too deep.json":        {strings.Repeat("[", 600) + strings.Repeat("]", 600), []string{"512"}},
		"no JSON.ndjson":       {"{a:1}\n", []string{"JSON", "line 1"}},
		"16385 columns.csv":    {strings.Repeat("a,", 16_384) + "a\n" + strings.Repeat("1,", 16_384) + "1\n", []string{"line [12]", "16384 columns", "keep fewer"}},
		"a record of 17 M":     {"a,b\n1,2\n3,\"" + strings.Repeat("x", 17<<20) + "\"\n4,5\n", []string{"line 3", "16 MiB"}},
		"a line of 17 M":       {"a,b\n1,2\n3," + strings.Repeat("x", 17<<20) + "\n4,5\n", []string{"line 3", "16 MiB"}},
		"a value of 17 M.json": {"[{\"a\":\"" + strings.Repeat("x", 17<<20) + "\"}]", []string{"line 1", "16 MiB"}},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused(t, save(t, strings.ReplaceAll(name, " ", "-"), c.text), c.says...)
		})
	}
}

func TestWhatIsNoRegularFileIsRefusedAtOnce(t *testing.T) {
	dir := t.TempDir()
	refused(t, dir, "directory")
	refused(t, filepath.Join(dir, "gone.csv"), "no such file|cannot find")
	if runtime.GOOS == "windows" {
		t.Skip("no pipes and devices with names here")
	}
	refused(t, os.DevNull, "no regular file")
	pipe := filepath.Join(dir, "pipe.csv")
	if err := makePipe(pipe); err != nil {
		t.Fatal(err)
	}
	refused(t, pipe, "no regular file")
}

// One row, one value, extreme values: all of it is read.
func TestSmallAndExtremeFilesAreRead(t *testing.T) {
	tests := map[string]struct{ text, types, rows string }{
		"a heading alone": {"a,b\n", "text text", ""},
		"one row":         {"a,b\n1,x\n", "integer text", "[1,\"x\"]"},
		"one value":       {"5", "integer", "[5]"},
		"all equal":       {"a\n5\n5\n5\n", "integer", "[5][5][5]"},
		"all null":        {"a,b\n,\n,\n", "text text", "[null,null][null,null]"},
		"all markers":     {"a,b\n1,NA\n2,NA\n", "integer text", "[1,\"NA\"][2,\"NA\"]"},
		"negative":        {"a\n-5\n-0.5\n", "number", "[-5][-0.5]"},
		"great and small": {"a\n1e308\n1e-300\n-1e308\n", "number", "[1e+308][1e-300][-1e+308]"},
		"NaN":             {"a\nNaN\n1.5\n", "number", "[null][1.5]"},
		"beyond a double": {"a\n1e309\n2\n", "text", `["1e309"]["2"]`},
		"below a double":  {"a\n1e-400\n2\n", "text", `["1e-400"]["2"]`},
		"no last newline": {"a,b\n1,2", "integer integer", "[1,2]"},
		"CR at the end":   {"a,b\r\n1,2\r", "integer integer", "[1,2]"},
	}
	for name, c := range tests {
		t.Run(name, func(t *testing.T) {
			r := open(t, "a.csv", c.text)
			types, rows := "", ""
			for _, col := range r.Columns() {
				types += " " + col.Type.String()
			}
			b, err := frame.Rows(t.Context(), r, frame.All(r), 0, r.Len())
			if err != nil {
				t.Fatal(err)
			}
			for i := range b.Len {
				rows += string(b.AppendJSON(nil, i))
			}
			if types[1:] != c.types || rows != c.rows {
				t.Errorf("got%s and %s, want %s and %s (%q)", types, rows, c.types, c.rows, r.Notes)
			}
		})
	}
}

// A long cell is cut at a character, an unclosed quote swallows nothing, and
// the rest is read.
func TestWhatIsTooLongIsCutAndTold(t *testing.T) {
	long := strings.Repeat("é", 600_000)
	r := open(t, "a.csv", "a,b\n1,"+long+"\n2,x\n")
	b, err := frame.Rows(t.Context(), r, []int{1}, 0, 2)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.Columns[0].String(0); got != long[:maxCell] || b.Columns[0].String(1) != "x" {
		t.Errorf("%d bytes, then %q", len(got), b.Columns[0].String(1))
	}
	if !strings.Contains(strings.Join(r.Notes, "\n"), "cells: 1 cell is longer than 1 MiB and cut there, first on line 2") {
		t.Errorf("it is not told: %q", r.Notes)
	}
}

func TestAFirstColumnOfNullsIsAColumn(t *testing.T) {
	for name, text := range map[string]string{"a.json": `[{"a":null,"b":1},{"a":null,"b":2}]`, "a.ndjson": "{\"a\":null,\"b\":1}\n{\"b\":2}\n"} {
		r := open(t, name, text)
		if cols := r.Columns(); len(cols) != 2 || cols[0].Name != "a" || cols[0].Nulls != 2 {
			t.Errorf("%s has the columns %v", name, cols)
		}
	}
}

func TestAHeadingOfTooManyColumnsIsRefusedWithoutRows(t *testing.T) {
	refused(t, save(t, "a.csv", strings.Repeat("a,", maxColumns)+"a\n"), "more than 16384 columns")
}

// A quote that is never closed, in a file that is longer than a record may be.
func TestAnUnclosedQuoteSwallowsNothing(t *testing.T) {
	rows := 5_000_000
	r := open(t, "a.csv", "a,b\n1,\"open\n"+strings.Repeat("2,wxyz\n", rows))
	if r.Len() != rows+1 {
		t.Errorf("%d rows, want %d", r.Len(), rows+1)
	}
	if !strings.Contains(strings.Join(r.Notes, "\n"), "line 2") {
		t.Errorf("it is not told: %q", r.Notes)
	}
	b, err := frame.Rows(t.Context(), r, []int{0, 1}, 0, 2)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(b.AppendJSON(nil, 0)) + string(b.AppendJSON(nil, 1)); got != `[1,"\"open"][2,"wxyz"]` {
		t.Errorf("the first rows are %s", got)
	}
}

// What tells of a quote may stand in the next record, and so behind the block
// that is counted.
func TestAQuoteOnEveryLineLosesNoRow(t *testing.T) {
	r := open(t, "a.csv", "a,b\n"+strings.Repeat("1,\"open\n", 400_000)+"2,x\n")
	n := 0
	err := r.Scan(t.Context(), []int{0, 1}, 0, r.Len(), func(b *frame.Batch) error {
		for i := range b.Len {
			if b.Columns[1].String(i) == "\"open" {
				n++
			}
		}
		return nil
	})
	if err != nil || r.Len() != 400_001 || n != 400_000 {
		t.Errorf("%d rows, %d with the quote: %v", r.Len(), n, err)
	}
}

func TestAFileThatChangesWhileItIsShown(t *testing.T) {
	for _, name := range []string{"a.csv", "a.ndjson"} {
		t.Run(name, func(t *testing.T) {
			line := map[string]string{"a.csv": "1,abcdefgh\n", "a.ndjson": "{\"a\":\"abcd\"}\n"}[name]
			path := save(t, name, strings.Repeat(line, 20_000))
			r, err := Read(t.Context(), path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			last := func() error {
				b, err := frame.Rows(t.Context(), r, frame.All(r), r.Len()-1, 1)
				if err == nil && b.Len != 1 {
					err = errors.New("no row")
				}
				return err
			}
			f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if _, err := f.WriteString("2,more\n"); err != nil {
				t.Fatal(err)
			}
			if err := last(); err != nil {
				t.Errorf("after it grew: %v", err)
			}
			if err := f.Truncate(1000); err != nil {
				t.Fatal(err)
			}
			if err := last(); err == nil || !strings.Contains(err.Error(), "changed") {
				t.Errorf("after it was cut: %v", err)
			}
		})
	}
}

// A gzip bomb is given up at its first record that is too long, long before
// all of it is unpacked.
func TestAZipBombIsGivenUpEarly(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	block := bytes.Repeat([]byte("x"), 1<<20)
	for range 512 {
		if _, err := z.Write(block); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	refused(t, save(t, "bomb.csv.gz", b.String()), "16 MiB")
	runtime.ReadMemStats(&after)
	if grown := (after.TotalAlloc - before.TotalAlloc) >> 20; grown > 600 {
		t.Errorf("%d MiB were allocated", grown)
	}
}

// A byte that is wrong anywhere in a typed or a packed file ends in an error,
// or in figures, and in nothing worse.
func TestDamagedFilesAreErrorsAtMost(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for _, name := range []string{"made/arrow-lz4.parquet", "made/arrow-zstd.parquet", "made/nested.parquet", "made/feather-lz4.feather", "made/stream.arrow", "made/nested-arrow.arrow", "made/two-types.sqlite", "corpus/tides.csv.zst"} {
		data, err := os.ReadFile(filepath.Join("testdata", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			for range 150 {
				broken := bytes.Clone(data)
				for range 1 + r.Intn(3) {
					broken[r.Intn(len(broken))] ^= byte(1 + r.Intn(255))
				}
				fuzzFile(t, filepath.Base(name), broken, Options{})
				fuzzFile(t, filepath.Base(name), data[:r.Intn(len(data))], Options{})
			}
		})
	}
}
