package dataframe

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

// BenchmarkFirstScreen opens a file and draws what is known of it at once.
func BenchmarkFirstScreen(b *testing.B) {
	for name, size := range map[string][2]int{"1,000,000 x 8": {1_000_000, 8}, "10,000 x 2,000": {10_000, 2_000}, "200 x 10,000": {200, 10_000}} {
		b.Run(name, func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "own.csv")
			numbers(b, path, size[0], size[1])
			for b.Loop() {
				p := newPage(pagetest.Env(b), fake{}, Options{File: path})
				p.SetSize(160, 45)
				p.reload()
				msg := openFile(b.Context(), p.o, p.load.seq)().(opened)
				if msg.err != nil {
					b.Fatal(msg.err)
				}
				msg.take(p) // without reading on
				p.layOut()
				pagetest.Settle(b, p.Update, p.act(p.table.Need()))
				p.Draw(cell.NewGrid(160, 45))
				if text, ok := p.table.Cell(5, 1); !ok || text == "" {
					b.Fatal("the cells are not there")
				}
				b.StopTimer()
				_ = msg.from.src.Close()
				b.StartTimer()
			}
		})
	}
}

// numbers writes a file of numbers.
func numbers(b *testing.B, path string, rows, cols int) {
	b.Helper()
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
}
