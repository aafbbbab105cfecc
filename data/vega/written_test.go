package vega_test

import (
	"os"
	"path/filepath"
	"testing"
)

// The files are what Altair 5 and 6 save and what Streamlit sends, as they are:
// .ci/readings/charts.py made them.
func TestFilesOfAltairAndStreamlit(t *testing.T) {
	folder := filepath.Join("testdata", "written")
	facts := examples(t, filepath.Join(folder, "facts.json.gz"))
	names, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(names) != len(facts) || len(names) < 20 {
		t.Fatalf("%v: %d files, %d facts", err, len(names), len(facts))
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			spec, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if found := judged(spec, facts[filepath.Base(name)], nil); found != "" {
				t.Error(found)
			}
		})
	}
}
