package vega_test

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"testing"
)

// ownSpecs reads our own specifications: one for each property that is
// supported, and more where its values are of many kinds.
func ownSpecs(t testing.TB) map[string]json.RawMessage {
	t.Helper()
	var file struct {
		Data  json.RawMessage
		Specs map[string]map[string]json.RawMessage
	}
	readInto(t, filepath.Join("testdata", "own", "specs.json"), &file)
	all := map[string]json.RawMessage{}
	for name, spec := range file.Specs {
		if spec["data"] == nil {
			spec["data"] = file.Data
		}
		text, err := json.Marshal(spec)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = text
	}
	return all
}

// The facts are what Vega computed of the same specifications; README.md says
// with which command.
func TestEachPropertyIsVegas(t *testing.T) {
	specs, facts := ownSpecs(t), examples(t, filepath.Join("testdata", "own", "facts.json.gz"))
	if len(specs) < 1000 || !slices.Equal(slices.Sorted(maps.Keys(specs)), slices.Sorted(maps.Keys(facts))) {
		t.Fatalf("%d specifications, %d facts, of the same names both", len(specs), len(facts))
	}
	for name, spec := range specs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if found := judged(spec, facts[name], nil); found != "" {
				t.Error(found)
			}
		})
	}
}
