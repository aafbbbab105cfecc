package data

import (
	"runtime"
	"testing"
)

func million(b *testing.B) string { return writeFile(b, "m.csv", bigText(1_000_000)) }

func BenchmarkSheetFirstRows(b *testing.B) {
	path := million(b)
	for b.Loop() {
		s := openSheet(b, path)
		if rows, err := s.Rows(0, 100); err != nil || len(rows) != 100 {
			b.Fatal(err)
		}
		s.Close()
	}
}

func BenchmarkSheetCountMillion(b *testing.B) {
	path := million(b)
	for b.Loop() {
		s := openSheet(b, path)
		for !s.Progress().Done {
			if err := s.Index(b.Context(), 16<<20); err != nil {
				b.Fatal(err)
			}
		}
		s.Close()
	}
}

func BenchmarkSheetSortMillion(b *testing.B) {
	s := openSheet(b, million(b))
	finish(b, s)
	for name, column := range map[string]int{"numbers": 2, "texts": 7} {
		b.Run(name, func(b *testing.B) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			for b.Loop() {
				order, err := s.Sort(b.Context(), column, true)
				if err != nil || len(order) != 1_000_000 {
					b.Fatal(err)
				}
			}
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(b.N)/(1<<20), "MiB/op")
		})
	}
}

func BenchmarkSheetSearchMillion(b *testing.B) {
	s := openSheet(b, million(b))
	finish(b, s)
	for b.Loop() {
		if h, err := s.Search(b.Context(), "of 99999"); err != nil || h.Count != 11 {
			b.Fatal(h.Count, err)
		}
	}
}

func BenchmarkSheetPageFarDown(b *testing.B) {
	s := openSheet(b, million(b))
	finish(b, s)
	for b.Loop() {
		if _, err := s.Rows(777_777, 60); err != nil {
			b.Fatal(err)
		}
	}
}
