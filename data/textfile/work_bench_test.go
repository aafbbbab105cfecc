package textfile

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
)

// withNotes is a file of eight columns, the last one quoted.
func withNotes(b *testing.B, rows int) *Result {
	b.Helper()
	path := filepath.Join(b.TempDir(), "quoted.csv")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "id,name,a,b,c,d,e,note")
	for i := range rows {
		fmt.Fprintf(w, "%d,name %d,%d,%d.25,%d,%d,%d,\"note, of %d\"\n", i, i%977, i*7%1000, i%13, i%17, rows-i, i%2, i)
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	r, err := Read(context.Background(), path, Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { r.Close() })
	return r
}

func BenchmarkSort(b *testing.B) {
	r := withNotes(b, 1_000_000)
	for _, column := range []int{2, 7} {
		b.Run(r.Columns()[column].Name, func(b *testing.B) {
			for b.Loop() {
				if order, err := frame.Sort(b.Context(), r, []frame.Key{{Column: column, Descending: true}}, nil); err != nil || len(order) != r.Len() {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkSortThreeMillion sorts numbers that are all different.
func BenchmarkSortThreeMillion(b *testing.B) {
	path, _ := loans(b, 3_000_000)
	r, err := Read(context.Background(), path, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	for b.Loop() {
		if _, err := frame.Sort(b.Context(), r, []frame.Key{{Column: 6}}, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	r := withNotes(b, 1_000_000)
	for b.Loop() {
		if h, err := r.Search(b.Context(), "of 99999", nil); err != nil || h.Count != 11 {
			b.Fatal(h.Count, err)
		}
	}
}

// BenchmarkPageFarDown reads what one screen shows.
func BenchmarkPageFarDown(b *testing.B) {
	r := withNotes(b, 1_000_000)
	for b.Loop() {
		if _, err := frame.Rows(b.Context(), r, frame.All(r), 777_777, 60); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPageOfSorted reads what one screen shows of rows that stand all over
// the file.
func BenchmarkPageOfSorted(b *testing.B) {
	r := withNotes(b, 1_000_000)
	order, err := frame.Sort(b.Context(), r, []frame.Key{{Column: 1}}, nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := frame.Gather(b.Context(), r, frame.All(r), order[500_000:500_128]); err != nil {
			b.Fatal(err)
		}
	}
}
