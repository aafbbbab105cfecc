package vega_test

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/vega"
)

// examples reads the facts of a compressed file, by the specification's name.
func examples(t *testing.T, name string) map[string]json.RawMessage {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]json.RawMessage{}
	if err := json.NewDecoder(z).Decode(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

// tiersOf reads which tier each specification is of.
func tiersOf(t *testing.T, name string) map[string]string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, row := range rows[1:] {
		all[row[0]] = row[1]
	}
	return all
}

// BenchmarkTheExamples compiles all examples of Vega-Lite that are drawn, one
// after the other in one process, and tells how long the middle one and the
// slowest of a hundred take.
func BenchmarkTheExamples(b *testing.B) {
	shared, data := examplesBeside(b)
	load := func(address string) ([]byte, error) {
		return os.ReadFile(filepath.Join(data, filepath.FromSlash(address)))
	}
	names, err := filepath.Glob(filepath.Join(shared, "specs", "*.json"))
	if err != nil || len(names) == 0 {
		b.Fatal(err, len(names))
	}
	var times []time.Duration
	for b.Loop() {
		for _, name := range names {
			spec, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			begun := time.Now()
			if _, err := vega.Compile(spec, vega.Options{Zone: time.UTC, Load: load}); err == nil {
				times = append(times, time.Since(begun))
			}
		}
	}
	slices.Sort(times)
	b.ReportMetric(times[len(times)/2].Seconds()*1000, "median-ms")
	b.ReportMetric(times[len(times)*99/100].Seconds()*1000, "p99-ms")
}

// examplesBeside returns where the examples lie and where their data do; the
// test is skipped where they do not.
func examplesBeside(t testing.TB) (shared, data string) {
	t.Helper()
	shared, data = filepath.Join("..", "..", "..", "shared", "vega"), os.Getenv("TABGATE_VEGA_DATASETS")
	if _, err := os.Stat(filepath.Join(shared, "specs")); err != nil || data == "" {
		t.Skip("the examples are not beside the project, or TABGATE_VEGA_DATASETS names no data for them")
	}
	return shared, data
}
