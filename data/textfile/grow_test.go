package textfile_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/textfile"
)

// grown is a file that is appended to while it is open.
type grown struct {
	t    *testing.T
	path string
	f    *textfile.File
	last *textfile.Result
}

func growing(t *testing.T, name, text string) *grown {
	t.Helper()
	g := &grown{t: t, path: filepath.Join(t.TempDir(), name)}
	g.append(text)
	open, err := os.Open(g.path)
	if err != nil {
		t.Fatal(err)
	}
	if g.f, err = textfile.OpenFile(t.Context(), open, name, textfile.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.f.Close() })
	if g.last, err = g.f.Finish(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return g
}

func (g *grown) append(text string) {
	g.t.Helper()
	f, err := os.OpenFile(g.path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err == nil {
		_, err = f.WriteString(text)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		g.t.Fatal(err)
	}
}

func (g *grown) grow(text string) *textfile.Growth {
	g.t.Helper()
	g.append(text)
	all, err := g.f.Grow(g.t.Context())
	if err != nil {
		g.t.Fatal(err)
	}
	return all
}

// cells is a frame as lines: names and types, then rows.
func cells(t *testing.T, f frame.Frame) string {
	t.Helper()
	var b strings.Builder
	for _, c := range f.Columns() {
		fmt.Fprintf(&b, "%s:%s:%d ", c.Name, c.Type, c.Nulls)
	}
	err := f.Scan(t.Context(), frame.All(f), 0, f.Len(), func(batch *frame.Batch) error {
		for i := range batch.Len {
			b.WriteByte('\n')
			b.Write(batch.AppendJSON(nil, i))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// anew is what a file reads as that is opened now.
func (g *grown) anew() *textfile.Result {
	g.t.Helper()
	r, err := textfile.Read(g.t.Context(), g.path, textfile.Options{})
	if err != nil {
		g.t.Fatal(err)
	}
	g.t.Cleanup(func() { _ = r.Close() })
	return r
}

func report(r textfile.Report) string {
	if r.Dialect == nil {
		r.Dialect = &textfile.Dialect{}
	}
	return fmt.Sprintf("%s %+v %+v %q", r.Format, *r.Dialect, r.Skipped, r.Notes)
}

func (g *grown) same(got *textfile.Growth) {
	g.t.Helper()
	want := g.anew()
	if a, b := cells(g.t, got), cells(g.t, want); a != b {
		g.t.Errorf("it grew to\n%s\nread anew it is\n%s", a, b)
	}
	if a, b := report(got.Report), report(want.Report); a != b {
		g.t.Errorf("it grew to\n%s\nread anew it is\n%s", a, b)
	}
}

func TestAFileThatGrows(t *testing.T) {
	t.Run("reads as it does anew", func(t *testing.T) {
		for name, parts := range map[string][]string{
			"plain.csv":   {"day,amount\n2024-01-01,1\n", "2024-01-02,2\n", "2024-01-03,3\n2024-01-04,\n"},
			"quoted.csv":  {"a,b\n\"x, y\",1\n", "\"two\nlines\",2\n", "z,\"3\"\n"},
			"wider.csv":   {"a,b\n1,2\n", "3,4,5\n"},
			"one.csv":     {"a\n1\n", "\n", "2\n\n"},
			"foot.csv":    {"a,b,c\n1,2,3\n4,5,6\n", "\nsource: somebody\n", "7,8,9\n"},
			"lines.jsonl": {"{\"a\":1}\n{\"a\":2,\"b\":\"x\"}\n", "{\"a\":3,\"c\":true}\n", "no json\n{\"a\":4}\n"},
		} {
			t.Run(name, func(t *testing.T) {
				g := growing(t, name, parts[0])
				for _, p := range parts[1:] {
					got := g.grow(p)
					g.same(got)
					if got.Rest {
						t.Error("something is left")
					}
				}
			})
		}
	})
	t.Run("keeps its types", func(t *testing.T) {
		got := growing(t, "x.csv", "day,amount\n2024-01-01,1\n").grow("2024-01-02,2\n")
		if !got.Kept {
			t.Error("it is told that rows or columns have changed")
		}
	})
	t.Run("tells when a type no longer holds", func(t *testing.T) {
		g := growing(t, "x.csv", "amount,name\n1,a\n2,b\n3,c\n4,d\n")
		got := g.grow("many,e\n")
		if a, b := cells(t, got), cells(t, g.anew()); a != b {
			t.Errorf("it grew to\n%s\nread anew it is\n%s", a, b)
		}
		if got.Kept || got.Columns()[0].Type != frame.Text {
			t.Errorf("kept %t, of type %s", got.Kept, got.Columns()[0].Type)
		}
	})
	t.Run("leaves half a line for later", func(t *testing.T) {
		for name, parts := range map[string][4]string{
			"x.csv":    {"a,b\n1,2\n", "3,4\n5,12", "34\n", "a,b\n1,2\n3,4\n"},
			"q.csv":    {"a,b\n1,2\n", "3,4\n5,\"x\ny", "\"\n", "a,b\n1,2\n3,4\n"},
			"x.ndjson": {"{\"a\":1}\n{\"a\":2}\n", "{\"a\":3}\n{\"a\":12", "34}\n", "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n"},
		} {
			t.Run(name, func(t *testing.T) {
				g := growing(t, name, parts[0])
				half := g.grow(parts[1])
				if !half.Rest || !strings.Contains(strings.Join(half.Notes, "\n"), "no line end yet") {
					t.Errorf("it is not told: %q", half.Notes)
				}
				if want := growing(t, name, parts[3]); cells(t, half) != cells(t, want.last) {
					t.Errorf("got\n%s", cells(t, half))
				}
				g.same(g.grow(parts[2]))
			})
		}
	})
	t.Run("that ended in half a line is counted from its start", func(t *testing.T) {
		g := growing(t, "x.csv", "a,b\n1,2\n3,4")
		got := g.grow("5\n6,7\n")
		g.same(got)
		if got.Kept {
			t.Error("the last row is another, and that is not told")
		}
	})
	t.Run("leaves the frames from before as they were", func(t *testing.T) {
		g := growing(t, "x.csv", "a,b\n1,2\n")
		before := cells(t, g.last)
		g.grow("3,4\n")
		if after := cells(t, g.last); after != before {
			t.Errorf("got\n%s", after)
		}
	})
	t.Run("is read anew when it was cut or written again", func(t *testing.T) {
		for name, text := range map[string]string{"cut": "a,b\n", "written again": "a,c\n1,2\n3,4\n"} {
			t.Run(name, func(t *testing.T) {
				g := growing(t, "x.csv", "a,b\n1,2\n")
				if err := os.WriteFile(g.path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				if _, err := g.f.Grow(t.Context()); !errors.Is(err, textfile.ErrAnew) {
					t.Errorf("got %v", err)
				}
			})
		}
	})
	t.Run("in many small steps reads as it does anew", func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 2))
		g := growing(t, "x.csv", "id,when,note\n")
		rest := ""
		for i := range 400 {
			row := rest + fmt.Sprintf("%d,2024-01-%02d,\"a %d\"\n", i, 1+i%28, r.IntN(1000))
			cut := r.IntN(len(row)) + 1
			g.grow(row[:cut])
			rest = row[cut:]
		}
		g.same(g.grow(rest))
	})
}

func BenchmarkGrow(b *testing.B) {
	path := filepath.Join(b.TempDir(), "x.csv")
	var text strings.Builder
	text.WriteString("id,amount,name\n")
	for i := range 1_000_000 {
		fmt.Fprintf(&text, "%d,%d.5,name %d\n", i, i, i%7)
	}
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	f, err := textfile.Open(b.Context(), path, textfile.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Finish(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		b.Fatal(err)
	}
	defer out.Close()
	for b.Loop() {
		if _, err := out.WriteString("1,2.5,name\n"); err != nil {
			b.Fatal(err)
		}
		if _, err := f.Grow(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
