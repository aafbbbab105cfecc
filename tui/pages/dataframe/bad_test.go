package dataframe_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/pages/dataframe"
)

// own is the page of a file of one's own.
type own struct {
	page.Page
	t   testing.TB
	env page.Env
}

func openOwnPage(t testing.TB, path string) *own {
	t.Helper()
	env := pagetest.Env(t)
	p := &own{dataframe.New(env, nil, dataframe.Options{File: path}), t, env}
	pagetest.Open(t, p, 100, 30)
	return p
}

func (p *own) view(w, h int) string {
	p.t.Helper()
	p.SetSize(w, h)
	text := pagetest.View(p.env, p, w, h)
	pagetest.Fits(p.t, text, w, h)
	return text
}

func (p *own) press(keys ...string) []tea.Msg {
	p.t.Helper()
	_, msgs := pagetest.Press(p.t, p.Page, keys...)
	return msgs
}

func saved(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func squeezed(t testing.TB, text string) string {
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

// Every file with little or odd in it is shown, at every size and whatever is
// asked of it.
func TestFilesWithLittleOrOddInThem(t *testing.T) {
	tests := map[string]struct{ text, shows, sum, csv string }{
		"a heading alone": {"a,b\n", "0 rows × 2", "", "a,b\n"},
		"one row":         {"a,b\n1,x\n", "1 rows × 2", "a: min 1 · max 1 · mean 1 · sum 1 · 1 values", "a,b\n1,x\n"},
		"one value":       {"5", "column1", "column1: min 5", "column1\n5\n"},
		"all equal":       {"a\n5\n5\n5\n", "3 rows", "a: min 5 · max 5 · mean 5 · sum 15", "a\n5\n5\n5\n"},
		"all null":        {"a,b\n,\n,\n", "2 rows", "a: 0 values · 2 missing", "a,b\n,\n,\n"},
		"negative":        {"a\n-5\n-0.5\n", "-0.5", "a: min -5 · max -0.5 · mean -2.75 · sum -5.5", "a\n-5\n-0.5\n"},
		"great and small": {"a\n1e308\n1e-300\n-1e308\nNaN\n", "1e-300", "a: min -1e+308 · max 1e+308 · mean 0 · sum 0 · 3 values · 1 missing", "a\n1e+308\n1e-300\n-1e+308\n\"\"\n"},
		"a sum too great": {"a\n1.5e308\n1.5e308\n", "1.5e+308", "a: min 1.5e+308 · max 1.5e+308 · sum out of range", "a\n1.5e+308\n1.5e+308\n"},
		"64 bits":         {"a\n9223372036854775807\n9007199254740993\n", "9007199254740993", "sum 9,232,379,236,109,516,800", "a\n9223372036854775807\n9007199254740993\n"},
		"far below zero":  {"a\n-9223372036854775808\n-9223372036854775807\n", "-9223372036854775807", "sum -18,446,744,073,709,551,615", "a\n-9223372036854775808\n-9223372036854775807\n"},
		"beyond 64 bits":  {"a\n9223372036854775808\n1\n", "9223372036854775808", "a: 2 values", "a\n9223372036854775808\n1\n"},
		"dates":           {"d\n05/01/2024\n31/12/2023\n", "2023-12-31", "d: first 2023-12-31 · last 2024-01-05 · 2 values", "d\n2024-01-05\n2023-12-31\n"},
		"truths":          {"ok\ntrue\nFALSE\n\ntrue\n", "true", "ok: 2 true · 66.7% · 3 values · 1 missing", "ok\ntrue\nfalse\n\"\"\ntrue\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := openOwnPage(t, saved(t, "own.csv", tt.text))
			if text := p.view(100, 30); !strings.Contains(text, tt.shows) {
				t.Errorf("there is no %q in\n%s", tt.shows, text)
			}
			if p.press("i"); !strings.Contains(p.view(100, 30), tt.sum) {
				t.Errorf("there is no %q in\n%s", tt.sum, p.view(100, 30))
			}
			p.press("esc", " ", "s", "s", "enter", "down", "esc", "G", "right", "/", "5", "enter", "n", "y", "Y", "f")
			for w := 1; w <= 200; w += 1 + w/2 {
				for h := 1; h <= 60; h += 1 + h/2 {
					p.view(w, h)
				}
			}
			var out bytes.Buffer
			if err := p.Page.(page.Exporter).Export("csv", &out); err != nil || out.String() != tt.csv {
				t.Errorf("exported %q, want %q: %v", out.String(), tt.csv, err)
			}
		})
	}
}

// What cannot be read is said in the place of the figures, in one line with
// what to do, and there is nothing to export.
func TestFilesThatAreRefused(t *testing.T) {
	whole := squeezed(t, "a,b\n"+strings.Repeat("1,some text\n", 100_000))
	tests := map[string]struct{ name, text, says string }{
		"empty":                            {"own.csv", "", "it is empty: a table has a heading or a row"},
		"white space":                      {"own.csv", " \n\n", "it is empty"},
		"too many columns":                 {"own.csv", strings.Repeat("a,", 16_384) + "a\n" + strings.Repeat("1,", 16_384) + "1\n", "16384 columns: keep fewer"},
		"a record that is too long":        {"own.csv", "a,b\n" + strings.Repeat("1,2\n", 300_000) + "1,\"" + strings.Repeat("x", 17<<20) + "\"\n", "line 300002: the record is longer than 16 MiB: split it"},
		"an archive that ends early":       {"own.csv.gz", whole[:len(whole)/2], "the gzip file is cut short: fetch or make it again"},
		"an archive that unpacks for ever": {"own.csv.gz", squeezed(t, "a,b\n"+strings.Repeat("x", 64<<20)), "the record is longer than 16 MiB"},
		"a list that ends early":           {"own.json", `[{"a":1},{"a":2}`, "the JSON list ends early, behind line 1"},
		"a workbook":                       {"own.xlsx", "PK\x03\x04..........xl/workbook.xml", "save the sheet as CSV UTF-8"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := openOwnPage(t, saved(t, tt.name, tt.text))
			refused(t, p, tt.says)
		})
	}
	t.Run("a file that is not there", func(t *testing.T) {
		refused(t, openOwnPage(t, filepath.Join(t.TempDir(), "own.csv")), "there is no such file")
	})
	t.Run("a directory", func(t *testing.T) {
		refused(t, openOwnPage(t, t.TempDir()), "it is a directory: name a file in it")
	})
	t.Run("a device", func(t *testing.T) {
		refused(t, openOwnPage(t, os.DevNull), "it is no regular file")
	})
}

func refused(t *testing.T, p *own, says string) {
	t.Helper()
	text := strings.Join(strings.Fields(p.view(100, 30)), " ")
	if !strings.Contains(text, says) || !strings.Contains(text, "cannot be read") || !strings.Contains(text, "try again") {
		t.Errorf("%q does not say %q", text, says)
	}
	var out bytes.Buffer
	if err := p.Page.(page.Exporter).Export("csv", &out); err == nil || !strings.Contains(err.Error(), says) || out.Len() > 0 {
		t.Errorf("exported %q: %v", out.String(), err)
	}
	p.press("s", "enter", "i", " ", "e", "G", "r")
	p.view(40, 12)
}

// A file that grows, goes or is replaced while it is shown gives an error at
// most; loading it again shows what is there now.
func TestAFileThatChangesWhileItIsShown(t *testing.T) {
	const rows = 20_000
	text := "a,b\n" + strings.Repeat("1,some text\n", rows)
	tests := map[string]struct {
		change func(path string) error
		fails  bool
		then   string // after it was loaded again
	}{
		"it grows": {func(path string) error {
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = f.WriteString("2,more\n")
			return err
		}, false, "20,001 rows"},
		"it is cut":          {func(path string) error { return os.Truncate(path, 100) }, true, "rows × 2"},
		"it is written over": {func(path string) error { return os.WriteFile(path, []byte("x,y,z\n1,2,3\n"), 0o600) }, true, "1 rows × 3"},
		"it is gone":         {os.Remove, false, "there is no such file"},
		"another is put in its place": {func(path string) error {
			if err := os.WriteFile(path+"2", []byte("x,y,z\n1,2,3\n"), 0o600); err != nil {
				return err
			}
			return os.Rename(path+"2", path)
		}, false, "1 rows × 3"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			path := saved(t, "own.csv", text)
			p := openOwnPage(t, path)
			if err := tt.change(path); err != nil {
				t.Skip("an open file cannot be changed so here: " + err.Error())
			}
			failed := 0
			for _, key := range []string{"G", "s", "i", "esc", "enter", "esc", "y", "g"} {
				for _, msg := range p.press(key) {
					if m, ok := msg.(page.Failed); ok && strings.Contains(m.Err.Error(), "own.csv") {
						failed++
					}
				}
				p.view(100, 30)
			}
			if (failed > 0) != tt.fails {
				t.Errorf("%d errors were told", failed)
			}
			p.press("r")
			if got := strings.Join(strings.Fields(p.view(100, 30)), " "); !strings.Contains(got, tt.then) {
				t.Errorf("there is no %q in\n%s", tt.then, got)
			}
		})
	}
}

// The whole file decides: a type that its head suggests is taken back, with a
// note, and so are lines that turn out to be footnotes.
func TestTheRestOfAFileMayChangeItsHead(t *testing.T) {
	p := openOwnPage(t, saved(t, "own.csv", "n,when\n"+strings.Repeat("1,2024-01-05\n", 5000)+"closed,2024-01-06\n"))
	p.press("G")
	text := p.view(100, 30)
	if !strings.Contains(text, "closed") || !strings.Contains(text, "5,001 rows") || !strings.Contains(text, "1 note") {
		t.Errorf("the end of the file is missing in\n%s", text)
	}
	p.press("i")
	if text := p.view(100, 30); !strings.Contains(text, "column n: text") || !strings.Contains(text, `line 5002`) {
		t.Errorf("no note says what broke the type:\n%s", text)
	}
	if notes := p.Page.(page.Noter).Notes(); len(notes) != 1 {
		t.Errorf("the notes are %q", notes)
	}
}

// Files in other formats are shown as well.
func TestFilesOfOtherFormats(t *testing.T) {
	made := filepath.Join("..", "..", "..", "data", "textfile", "testdata", "made")
	for name, shows := range map[string]string{
		"arrow-zstd.parquet": "rows ×", "feather-lz4.feather": "rows ×", "two-types.sqlite": "rows ×",
	} {
		t.Run(name, func(t *testing.T) {
			p := openOwnPage(t, filepath.Join(made, name))
			if text := p.view(100, 30); !strings.Contains(text, shows) || strings.Contains(text, "cannot be read") {
				t.Errorf("it is not shown:\n%s", text)
			}
			p.press("s", "G", "enter", "esc", "i", "esc", "/", "a", "enter")
			p.view(100, 30)
			var out bytes.Buffer
			if err := p.Page.(page.Exporter).Export("text", &out); err != nil || strings.Count(out.String(), "\n") < 3 {
				t.Errorf("as text it is %q: %v", out.String(), err)
			}
		})
	}
}
