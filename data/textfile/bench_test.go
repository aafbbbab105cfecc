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
