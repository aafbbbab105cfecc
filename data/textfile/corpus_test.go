package textfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// expectation is what NAME.expect.json says of the file NAME.*: whatever it
// names is compared.
type expectation struct {
	Args    []string
	Refused *struct{ Stderr []string }
	Format  *string
	Rows    *int
	Dialect json.RawMessage
	Columns []map[string]any
	Skipped []map[string]any
	Notes   []string
	Head    [][]any
	Tail    [][]any
}

// The corpus is files as people have them; "made" is files that pandas,
// pyarrow, DuckDB and SQLite wrote: testdata/make.py makes them again.
func TestCorpus(t *testing.T) { testFolder(t, "corpus", 50) }
func TestMade(t *testing.T)   { testFolder(t, "made", 33) }

func testFolder(t *testing.T, folder string, least int) {
	cases, err := filepath.Glob("testdata/" + folder + "/*.expect.json")
	if err != nil || len(cases) < least {
		t.Fatalf("%d cases were found: %v", len(cases), err)
	}
	for _, path := range cases {
		name := strings.TrimSuffix(filepath.Base(path), ".expect.json")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var want expectation
			if err := decode(text, &want); err != nil {
				t.Fatal(err)
			}
			check(t, dataFile(t, folder, name), want)
		})
	}
}

func decode(text []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return d.Decode(v)
}

// dataFile is the file that an expectation is about.
func dataFile(t *testing.T, folder, name string) string {
	t.Helper()
	files, err := filepath.Glob("testdata/" + folder + "/" + name + ".*")
	if err != nil {
		t.Fatal(err)
	}
	files = slices.DeleteFunc(files, func(f string) bool { return strings.HasSuffix(f, ".expect.json") })
	if len(files) != 1 {
		t.Fatalf("%d files belong to %s", len(files), name)
	}
	return files[0]
}

// options reads flags as the command does.
func options(t *testing.T, args []string) Options {
	t.Helper()
	var o Options
	for i := 0; i+1 < len(args); i += 2 {
		if err := o.Set(strings.TrimPrefix(args[i], "--"), args[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	return o
}

func check(t *testing.T, path string, want expectation) {
	t.Helper()
	r, err := Read(t.Context(), path, options(t, want.Args))
	if want.Refused != nil {
		if err == nil {
			r.Close()
			t.Fatal("it is read, and must be refused")
		}
		for _, p := range want.Refused.Stderr {
			if !regexp.MustCompile(p).MatchString(err.Error()) {
				t.Errorf("the refusal %q lacks /%s/", err, p)
			}
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	checkResult(t, r)
	var text bytes.Buffer
	if err := r.WriteJSON(t.Context(), &text); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Format  string
		Rows    int
		Dialect json.RawMessage
		Columns []map[string]any
		Skipped []map[string]any
		Notes   []string
		Head    [][]any
		Tail    [][]any
	}
	if err := decode(text.Bytes(), &got); err != nil {
		t.Fatalf("%v in %s", err, text.Bytes())
	}
	if want.Format != nil && *want.Format != got.Format {
		t.Errorf("format: want %s, got %s", *want.Format, got.Format)
	}
	if want.Rows != nil && *want.Rows != got.Rows {
		t.Errorf("rows: want %d, got %d", *want.Rows, got.Rows)
	}
	checkDialect(t, want.Dialect, got.Dialect)
	checkFields(t, "columns", want.Columns, got.Columns)
	checkFields(t, "skipped", want.Skipped, got.Skipped)
	checkNotes(t, want.Notes, got.Notes)
	checkRows(t, "head", want.Head, got.Head)
	checkRows(t, "tail", want.Tail, got.Tail)
}

func checkDialect(t *testing.T, want, got json.RawMessage) {
	t.Helper()
	if want == nil {
		return
	}
	var w, g map[string]any
	if err := decode(want, &w); err != nil {
		t.Fatal(err)
	}
	if err := decode(got, &g); err != nil {
		t.Fatal(err)
	}
	if (w == nil) != (g == nil) {
		t.Errorf("dialect: want %s, got %s", want, got)
	}
	for k, v := range w {
		if v != g[k] {
			t.Errorf("dialect.%s: want %q, got %q", k, v, g[k])
		}
	}
}

func checkFields(t *testing.T, what string, want, got []map[string]any) {
	t.Helper()
	if want == nil {
		return
	}
	if len(want) != len(got) {
		t.Errorf("%s: want %v, got %v", what, want, got)
		return
	}
	for i, w := range want {
		for k, v := range w {
			if v != got[i][k] {
				t.Errorf("%s[%d].%s: want %v, got %v", what, i, k, v, got[i][k])
			}
		}
	}
}

func checkNotes(t *testing.T, want, got []string) {
	t.Helper()
	if want != nil && len(want) == 0 && len(got) > 0 {
		t.Errorf("notes: want none, got %q", got)
	}
	for _, p := range want {
		re := regexp.MustCompile("(?i)" + p)
		if !slices.ContainsFunc(got, re.MatchString) {
			t.Errorf("no note matches /%s/ in %q", p, got)
		}
	}
}

func checkRows(t *testing.T, what string, want, got [][]any) {
	t.Helper()
	if want == nil {
		return
	}
	if len(want) != len(got) {
		t.Errorf("%s: want %d rows, got %d", what, len(want), len(got))
		return
	}
	for i := range want {
		if len(want[i]) != len(got[i]) {
			t.Errorf("%s[%d]: want %v, got %v", what, i, want[i], got[i])
			continue
		}
		for k := range want[i] {
			if !sameCell(want[i][k], got[i][k]) {
				t.Errorf("%s[%d][%d]: want %#v, got %#v", what, i, k, want[i][k], got[i][k])
			}
		}
	}
}

func sameCell(want, got any) bool {
	if of, ok := want.(map[string]any); ok {
		text, ok := got.(string)
		return ok && fmt.Sprint(of["len"]) == fmt.Sprint(len([]rune(text)))
	}
	w, isNumber := want.(json.Number)
	g, alsoNumber := got.(json.Number)
	if isNumber && alsoNumber {
		a, errA := w.Float64()
		b, errB := g.Float64()
		return errA == nil && errB == nil && a == b
	}
	return want == got
}
