package vega_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/vega"
)

// readMap reads a JSON object of a file.
func readMap(t testing.TB, name string) map[string]json.RawMessage {
	t.Helper()
	all := map[string]json.RawMessage{}
	readInto(t, name, &all)
	return all
}

func readInto(t testing.TB, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

// compared are the facts that decide whether a picture is the same; styles
// are not among them.
var compared = map[string][]string{
	"scene":  {"title", "cells", "legends"},
	"cell":   {"view", "facet", "empty", "title", "width", "height", "scales", "axes", "marks"},
	"scale":  {"channel", "type", "domain", "thresholds"},
	"axis":   {"channel", "orient", "title", "ticks", "labels"},
	"legend": {"title", "labels", "type"},
	"mark":   {"type", "n", "items", "paths", "sum"},
	"item":   {"x", "y", "w", "h", "x2", "y2", "size", "startAngle", "endAngle", "innerRadius", "outerRadius", "text", "fill", "stroke"},
	"path":   {"fill", "stroke", "n", "points"},
}

// inside says which kind the objects of a list are.
var inside = map[string]string{
	"cells": "cell", "legends": "legend", "scales": "scale", "axes": "axis", "marks": "mark", "items": "item", "paths": "path",
}

// differ returns where two facts differ, "" if nowhere.
func differ(where, kind string, ours, theirs any) string {
	switch theirs := theirs.(type) {
	case map[string]any:
		o, ok := ours.(map[string]any)
		if !ok {
			return fmt.Sprintf("%s: %v, not an object", where, ours)
		}
		names := compared[kind]
		if names == nil {
			names = slices.Sorted(maps.Keys(theirs))
		}
		for _, name := range names {
			if _, given := theirs[name]; !given {
				continue
			}
			next := inside[name]
			if found := differ(where+"."+name, next, o[name], theirs[name]); found != "" {
				return found
			}
		}
		return ""
	case []any:
		o, ok := ours.([]any)
		if !ok || len(o) != len(theirs) {
			return fmt.Sprintf("%s: %.200v, not %.200v", where, ours, theirs)
		}
		for i := range theirs {
			if found := differ(fmt.Sprintf("%s[%d]", where, i), kind, o[i], theirs[i]); found != "" {
				return found
			}
		}
		return ""
	case float64:
		if f, ok := ours.(float64); ok && math.Abs(f-theirs) <= 0.01+0.001*math.Abs(theirs) {
			return ""
		}
	case string:
		if ours == any(theirs) || sameColor(ours, theirs) || sameTime(ours, theirs) {
			return ""
		}
	default:
		if ours == theirs {
			return ""
		}
	}
	return fmt.Sprintf("%s: %v, not %v", where, ours, theirs)
}

// sameColor reports whether two colours differ by one step of 255 at most.
func sameColor(a any, b string) bool {
	s, ok := a.(string)
	if !ok || len(s) != 7 || len(b) != 7 || s[0] != '#' || b[0] != '#' {
		return false
	}
	var p, q [3]int
	if _, err := fmt.Sscanf(s+" "+b, "#%02x%02x%02x #%02x%02x%02x", &p[0], &p[1], &p[2], &q[0], &q[1], &q[2]); err != nil {
		return false
	}
	for i := range p {
		if d := p[i] - q[i]; d < -1 || d > 1 {
			return false
		}
	}
	return true
}

func sameTime(a any, b string) bool {
	s, ok := a.(string)
	x, err1 := time.Parse(time.RFC3339, s)
	y, err2 := time.Parse(time.RFC3339, b)
	return ok && err1 == nil && err2 == nil && x.Sub(y).Abs() <= time.Millisecond
}

// The facts are what Vega computed of the same specifications; README.md says
// with which command.
func TestScenesAreVegas(t *testing.T) {
	specs, facts := readMap(t, "testdata/specs.json"), readMap(t, "testdata/facts.json")
	if len(specs) < 70 || len(facts) != len(specs) {
		t.Fatalf("%d specifications, %d facts", len(specs), len(facts))
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

// judged compiles a specification and compares it with the facts.
func judged(spec, facts []byte, load func(string) ([]byte, error)) string {
	scene, err := vega.Compile(spec, vega.Options{Zone: time.UTC, Load: load})
	if err != nil {
		return err.Error()
	}
	text, err := scene.Facts("")
	if err != nil {
		return err.Error()
	}
	var ours, theirs any
	if err := json.Unmarshal(text, &ours); err != nil {
		return err.Error()
	}
	if err := json.Unmarshal(facts, &theirs); err != nil {
		return err.Error()
	}
	return differ("scene", "scene", ours, theirs)
}

func TestCompile_RefusesByName(t *testing.T) {
	data := `"data": {"values": [{"a": 1, "b": "x"}]}, `
	for name, c := range map[string]struct{ spec, want string }{
		"a mark that is not drawn":      {`{` + data + `"mark": "geoshape", "encoding": {}}`, `mark "geoshape" is not supported`},
		"a channel that is not drawn":   {`{` + data + `"mark": "point", "encoding": {"longitude": {"field": "a"}}}`, "encoding.longitude is not supported"},
		"a property that changes it":    {`{` + data + `"mark": {"type": "line", "tension": 0.3}, "encoding": {"x": {"field": "a", "type": "quantitative"}}}`, "mark.tension is not supported"},
		"a deep property":               {`{` + data + `"mark": "bar", "encoding": {"x": {"field": "a", "type": "quantitative", "scale": {"bins": [1, 2]}}}}`, "encoding.x.scale.bins is not supported"},
		"a transform that is not known": {`{` + data + `"transform": [{"sample": 10}], "mark": "point", "encoding": {}}`, "transform[0].sample is not supported"},
		"a function of an expression":   {`{` + data + `"transform": [{"filter": "fetch(1)"}], "mark": "point", "encoding": {}}`, `transform[0].filter is no expression that is supported: the function fetch is not supported at "1)"`},
		"a name of an expression":       {`{` + data + `"transform": [{"filter": "window.x"}], "mark": "point", "encoding": {}}`, "transform[0].filter uses the name window, which is not supported"},
		"a scheme that is not known":    {`{` + data + `"mark": "point", "encoding": {"color": {"field": "a", "type": "quantitative", "scale": {"scheme": "nope"}}}}`, `encoding.color.scale.scheme "nope" is no scheme that is known`},
		"data that are elsewhere":       {`{"data": {"url": "x.csv"}, "mark": "point", "encoding": {}}`, "data.url cannot be read: no data but the specification's own are read here"},
		"no view at all":                {`{}`, "the specification has no mark, layer, facet, concat or repeat"},
		"too many views":                {`{` + data + `"repeat": [` + strings.Repeat(`"a",`, 2000) + `"a"], "spec": {"mark": "point", "encoding": {}}}`, "repeat makes more than 1000 views"},
		"too many bins":                 {`{"data": {"values": [{"a": 0}, {"a": 1e9}]}, "mark": "bar", "encoding": {"x": {"field": "a", "bin": {"step": 1}}, "y": {"aggregate": "count"}}}`, "encoding.x.bin asks for more than a million bins"},
		"no JSON":                       {`{"mark": `, "no valid JSON in line 1: it ends early"},
		"a list":                        {`[]`, "a specification is a JSON object"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := vega.Compile([]byte(c.spec), vega.Options{}); err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

// The examples of the Vega-Lite project are not part of this one: they and
// what Vega computes of them lie beside it where it is developed.
func TestTheExamplesOfVegaLite(t *testing.T) {
	shared, data := examplesBeside(t)
	facts := examples(t, filepath.Join(shared, "facts.json.gz"))
	tiers := tiersOf(t, filepath.Join(shared, "features.tsv"))
	load := func(address string) ([]byte, error) {
		return os.ReadFile(filepath.Join(data, filepath.FromSlash(address)))
	}
	equal, all := map[string]int{}, map[string]int{}
	for name, want := range facts {
		spec, err := os.ReadFile(filepath.Join(shared, "specs", name))
		if err != nil {
			t.Fatal(err)
		}
		all[tiers[name]]++
		if found := judged(spec, want, load); found == "" {
			equal[tiers[name]]++
		} else {
			t.Logf("%s (tier %s): %.150s", name, tiers[name], found)
		}
	}
	t.Logf("equal: tier 1 %d of %d, tier 2 %d of %d", equal["1"], all["1"], equal["2"], all["2"])
	if 10*equal["1"] < 9*all["1"] || 10*equal["2"] < 6*all["2"] {
		t.Errorf("tier 1 %d of %d, tier 2 %d of %d", equal["1"], all["1"], equal["2"], all["2"])
	}
}

func FuzzCompile(f *testing.F) {
	for _, spec := range readSeeds(f) {
		f.Add(spec)
	}
	f.Fuzz(func(t *testing.T, spec []byte) {
		scene, err := vega.Compile(spec, vega.Options{Zone: time.UTC})
		if err != nil {
			return
		}
		if _, err := scene.Facts(""); err != nil {
			t.Error(err)
		}
	})
}

func readSeeds(f *testing.F) (out [][]byte) {
	f.Helper()
	all := readMap(f, "testdata/specs.json")
	for _, name := range slices.Sorted(maps.Keys(all)) {
		out = append(out, all[name])
	}
	return out
}

func Example() {
	scene, err := vega.Compile([]byte(`{
		"data": {"values": [{"city": "Lyon", "rain": 3}, {"city": "Porto", "rain": 9}]},
		"mark": "bar",
		"encoding": {"x": {"field": "rain", "type": "quantitative"}, "y": {"field": "city"}}
	}`), vega.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	cell := scene.Cells[0]
	for _, item := range cell.Marks[0].Items {
		fmt.Printf("%.0f to %.0f of %.0f px\n", item.X, item.X2, cell.Width)
	}
	// Output:
	// 0 to 100 of 300 px
	// 0 to 300 of 300 px
}
