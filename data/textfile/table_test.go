package textfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/authtabs/tabgate/data/frame"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// save writes a file for a test.
func save(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t testing.TB, name, text string, args ...string) *Result {
	t.Helper()
	var o Options
	for i := 0; i+1 < len(args); i += 2 {
		if err := o.Set(args[i], args[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	r, err := Read(context.Background(), save(t, name, text), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

// large is a text of many rows in all the ways that rows are written.
func large(rows int) string {
	r := rand.New(rand.NewSource(3))
	var b strings.Builder
	b.WriteString("id,day,note,amount,rest\n")
	for i := range rows {
		note := "plain"
		switch r.Intn(7) {
		case 0:
			note = "\"quoted, with \"\"quotes\"\" and\na line\""
		case 1:
			note = ""
		case 2:
			note = "12\" pipe"
		case 3:
			note = "Straße"
		}
		fmt.Fprintf(&b, "%d,%02d/%02d/2023,%s,\"%d,%03d.5\",", i, i%28+1, i%12+1, note, i%900+1, i%1000)
		if r.Intn(50) == 0 {
			b.WriteString("\"open\n")
		} else {
			b.WriteString("x\n")
		}
		if r.Intn(1000) == 0 {
			b.WriteString("\n")
		}
	}
	return b.String()
}

// Rows are the same read in one go by several goroutines, and one by one.
func TestScanGivesTheSameRowsHoweverTheyAreRead(t *testing.T) {
	f := open(t, "large.csv", large(30_000))
	if f.Len() != 30_000 {
		t.Fatalf("%d rows: %q", f.Len(), f.Notes)
	}
	columns := []int{3, 0, 2, 1}
	var all [][]byte
	err := f.Scan(t.Context(), columns, 0, f.Len(), func(b *frame.Batch) error {
		if b.First != len(all) {
			t.Fatalf("a batch begins at %d, want %d", b.First, len(all))
		}
		for i := range b.Len {
			all = append(all, b.AppendJSON(nil, i))
		}
		return nil
	})
	if err != nil || len(all) != f.Len() {
		t.Fatalf("%d rows: %v", len(all), err)
	}
	for i := range all {
		if want := fmt.Sprintf("[%d%03d.5,%d,", i%900+1, i%1000, i); !strings.HasPrefix(string(all[i]), want) {
			t.Fatalf("row %d is %s, want %s…", i, all[i], want)
		}
	}
	r := rand.New(rand.NewSource(1))
	for range 300 {
		from, n := r.Intn(f.Len()), r.Intn(200)+1
		b, err := frame.Rows(t.Context(), f, columns, from, n)
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.Len {
			if got := b.AppendJSON(nil, i); !bytes.Equal(got, all[from+i]) {
				t.Fatalf("row %d is %s, in one go it was %s", from+i, got, all[from+i])
			}
		}
	}
}

func TestSearchFindsCellsAsTheyStandAndAsTheyAreShown(t *testing.T) {
	f := open(t, "large.csv", large(20_000))
	for text, want := range map[string]func(i int) bool{
		"2023-03-":    func(i int) bool { return i%12 == 2 },
		"/03/2023":    func(i int) bool { return i%12 == 2 },
		"\"id\"":      func(int) bool { return false },
		"id,day":      func(int) bool { return false },
		"200,199.5":   func(i int) bool { return i%900 == 199 && i%1000 == 199 },
		"200199.5":    func(i int) bool { return i%900 == 199 && i%1000 == 199 },
		"STRASSE":     func(int) bool { return false },
		"with \"qUot": nil,
		"straße":      nil,
	} {
		h, err := frame.Search(t.Context(), f, text, nil)
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			if h.Count == 0 {
				t.Errorf("%q is not found", text)
			}
			continue
		}
		var rows []int
		for i := range f.Len() {
			if want(i) {
				rows = append(rows, i)
			}
		}
		var got []int
		for i := h.Next(0); i >= 0; i = h.Next(i + 1) {
			got = append(got, i)
		}
		if !slices.Equal(got, rows) {
			t.Errorf("%q: %d rows, want %d", text, len(got), len(rows))
		}
	}
}

func TestWorkEndsWithItsContext(t *testing.T) {
	path := save(t, "large.csv", large(50_000))
	ctx, stop := context.WithCancel(t.Context())
	file, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	stop()
	if _, err := file.Finish(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("finish: %v", err)
	}
	r, err := file.Finish(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop = context.WithCancel(t.Context())
	err = r.Scan(ctx, []int{0}, 0, r.Len(), func(*frame.Batch) error { stop(); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("scan: %v", err)
	}
	wrong := errors.New("wrong")
	if err = r.Scan(t.Context(), []int{0}, 0, r.Len(), func(*frame.Batch) error { return wrong }); err != wrong {
		t.Errorf("scan with an error: %v", err)
	}
	if err = r.Scan(t.Context(), []int{0}, 0, r.Len(), func(*frame.Batch) error { return frame.ErrStop }); err != nil {
		t.Errorf("scan that stops: %v", err)
	}
}

func TestTheHeadIsThereBeforeTheRestIsRead(t *testing.T) {
	text := "n,t\n" + strings.Repeat("1,a\n", 5000) + "closed,b\n"
	file, err := Open(t.Context(), save(t, "a.csv", text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	head, err := file.Head(t.Context())
	if err != nil || head.Len() != 1000 || head.Columns()[0].Type != frame.Integer {
		t.Fatalf("%d rows, %v: %v", head.Len(), head.Columns(), err)
	}
	last := 0
	all, err := file.Finish(t.Context(), func(p Progress) {
		if p.Rows < last {
			t.Errorf("progress went from %d to %d", last, p.Rows)
		}
		last = p.Rows
	})
	if err != nil || all.Len() != 5001 || all.Columns()[0].Type != frame.Text || last != 5001 {
		t.Fatalf("%d rows (progress %d), %v: %v", all.Len(), last, all.Columns(), err)
	}
	if !slices.ContainsFunc(all.Notes, func(n string) bool {
		return strings.Contains(n, "line 5002") && strings.Contains(n, "closed")
	}) {
		t.Errorf("no note says what broke the type: %q", all.Notes)
	}
}
