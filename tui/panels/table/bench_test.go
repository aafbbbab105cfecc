package table_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/textfile"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

// numbers writes a file of numbers.
func numbers(b *testing.B, rows, cols int) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "own.csv")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	for c := range cols {
		fmt.Fprintf(w, "column %d,", c)
	}
	fmt.Fprintln(w, "name")
	for r := range rows {
		for c := range cols {
			fmt.Fprintf(w, "%d.%d,", r+c, c%10)
		}
		fmt.Fprintf(w, "name %d\n", r)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// file opens a file to its end.
func file(b *testing.B, rows, cols int) *textfile.Result {
	b.Helper()
	r, err := textfile.Read(b.Context(), numbers(b, rows, cols), textfile.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = r.Close() })
	return r
}

// BenchmarkFrame draws a table whose cursor goes down, with and without what
// its columns are like.
func BenchmarkFrame(b *testing.B) {
	for name, o := range map[string]options{"a panel": {w: 160, h: 45}, "a file alone": {own: true, w: 160, h: 45}} {
		for size, n := range map[string][2]int{"100,000 x 8": {100_000, 8}, "2,000 x 2,000": {2_000, 2_000}} {
			b.Run(name+", "+size, func(b *testing.B) {
				d := open(b, file(b, n[0], n[1]), o)
				g := cell.NewGrid(o.w, o.h)
				keys := []tea.KeyMsg{{Type: tea.KeyDown}, {Type: tea.KeyUp}}
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					d.Update(keys[i%2])
					d.Draw(g)
				}
			})
		}
	}
}

// BenchmarkFirstScreen shows what is known of a file at once.
func BenchmarkFirstScreen(b *testing.B) {
	for size, n := range map[string][2]int{"1,000,000 x 8": {1_000_000, 8}, "10,000 x 2,000": {10_000, 2_000}} {
		b.Run(size, func(b *testing.B) {
			path := numbers(b, n[0], n[1])
			for b.Loop() {
				f, err := textfile.Open(b.Context(), path, textfile.Options{})
				if err != nil {
					b.Fatal(err)
				}
				head, err := f.Head(b.Context())
				if err != nil {
					b.Fatal(err)
				}
				rows, err := frame.Rows(b.Context(), head, frame.All(head), 0, min(1000, max(250_000/len(head.Columns()), 40)))
				if err != nil {
					b.Fatal(err)
				}
				d := open(b, nil, options{own: true, w: 160, h: 45})
				d.give(source.Snapshot{Frame: frame.New(head.Origin(), slices.Clone(head.Columns()), rows.Columns), Report: head.Report})
				d.Draw(cell.NewGrid(160, 45))
				b.StopTimer()
				_ = f.Close()
				b.StartTimer()
			}
		})
	}
}

// BenchmarkSort sorts a million rows from the key to the frame.
func BenchmarkSort(b *testing.B) {
	d := open(b, file(b, 1_000_000, 8), options{w: 160, h: 45})
	for b.Loop() {
		d.press("s")
		_ = pagetest.View(d.env.Env, d.Panel, d.w, d.h)
	}
}
