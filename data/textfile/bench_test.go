package textfile

import (
	"bufio"
	"context"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"testing"

	"github.com/authtabs/tabgate/data/frame"
)

// loans writes a file of eight columns, as people have them.
func loans(b *testing.B, rows int) (path string, size int64) {
	b.Helper()
	path = filepath.Join(b.TempDir(), "loans.csv")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w, r := bufio.NewWriter(f), rand.New(rand.NewSource(1))
	sectors := []string{"Energy", "Retail", "Banks", "Tech", "Health", "Metals", "Media", "Food"}
	fmt.Fprintln(w, "id,day,sector,region,amount,count,ratio,name")
	for i := range rows {
		fmt.Fprintf(w, "%d,2024-%02d-%02d,%s,R%d,%.2f,%d,%.4f,name %d\n", i+1, r.Intn(12)+1, r.Intn(28)+1,
			sectors[r.Intn(len(sectors))], r.Intn(20), r.Float64()*10000, r.Intn(500), r.Float64(), r.Intn(100000))
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path, info.Size()
}

// BenchmarkRead counts and types all of a million rows.
func BenchmarkRead(b *testing.B) {
	path, size := loans(b, 1_000_000)
	b.SetBytes(size)
	for b.Loop() {
		r, err := Read(context.Background(), path, Options{})
		if err != nil {
			b.Fatal(err)
		}
		r.Close()
	}
}

// BenchmarkScan parses two columns of a million rows.
func BenchmarkScan(b *testing.B) {
	path, size := loans(b, 1_000_000)
	r, err := Read(context.Background(), path, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	b.SetBytes(size)
	for b.Loop() {
		sum := 0.0
		err := r.Scan(context.Background(), []int{1, 4}, 0, r.Len(), func(batch *frame.Batch) error {
			for _, f := range batch.Columns[1].Floats {
				sum += f
			}
			return nil
		})
		if err != nil || sum == 0 {
			b.Fatal(sum, err)
		}
	}
}

// broad writes a file of many columns.
func broad(b *testing.B, rows, columns int) (path string) {
	b.Helper()
	path = filepath.Join(b.TempDir(), "wide.csv")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w, r := bufio.NewWriter(f), rand.New(rand.NewSource(1))
	for i := range rows + 1 {
		for c := range columns {
			switch {
			case i == 0:
				fmt.Fprintf(w, "c%d", c)
			case c%3 == 0:
				fmt.Fprintf(w, "%.2f", r.Float64()*100)
			default:
				fmt.Fprint(w, r.Intn(1000))
			}
			if c < columns-1 {
				w.WriteByte(',')
			}
		}
		w.WriteByte('\n')
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// first reads what the first screen shows: forty rows of twelve columns.
func first(b *testing.B, path string) {
	b.Helper()
	f, err := Open(context.Background(), path, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	head, err := f.Head(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	columns := frame.All(head)
	if _, err := frame.Rows(context.Background(), head, columns[:min(12, len(columns))], 0, 40); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkFirstScreen(b *testing.B) {
	path, _ := loans(b, 1_000_000)
	for b.Loop() {
		first(b, path)
	}
}

func BenchmarkFirstScreenOfManyColumns(b *testing.B) {
	path := broad(b, 200, 10_000)
	for b.Loop() {
		first(b, path)
	}
}
