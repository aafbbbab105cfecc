package vega_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/vega"
)

// nested puts a specification into as many repeats as there are levels.
func nested(levels int) string {
	spec := `{"mark": "point", "encoding": {"x": {"field": "a", "type": "quantitative"}}}`
	for range levels {
		spec = `{"repeat": ["a", "b"], "spec": ` + spec + `}`
	}
	return `{"data": {"values": [{"a": 1, "b": 2}]}, ` + spec[1:]
}

func TestCompile_BoundsWhatIsAsked(t *testing.T) {
	layers := func(n int) string {
		return `{"data": {"values": [{"a": 1}]}, "layer": [` + strings.TrimSuffix(strings.Repeat(`{"mark": "point", "encoding": {"x": {"field": "a", "type": "quantitative"}}},`, n), ",") + `]}`
	}
	bins := `{"data": {"values": [{"a": 0}, {"a": 1e7}]}, "mark": "bar", "encoding": {"x": {"field": "a", "bin": %s}, "y": {"aggregate": "count"}}}`
	for name, c := range map[string]struct{ spec, want string }{
		"repeats inside each other make views without end": {nested(40), "makes more than 1000 views"},
		"layers without end":                                 {layers(1200), "makes more than 1000 views"},
		"ten million bins by their step":                     {fmt.Sprintf(bins, `{"step": 1}`), "encoding.x.bin asks for more than a million bins"},
		"ten million bins by their number":                   {fmt.Sprintf(bins, `{"maxbins": 1e7}`), "encoding.x.bin asks for more than a million bins"},
		"levels without end":                                 {strings.Repeat("[", 100000), "levels"},
		"a sequence without end":                             {`{"data": {"sequence": {"start": 0, "stop": 1e12}}, "mark": "point", "encoding": {}}`, "more than"},
		"an expression without end":                          {`{"data": {"values": [{"a": 1}]}, "transform": [{"filter": "` + strings.Repeat("(", 5000) + `"}], "mark": "point", "encoding": {}}`, "expressions in one another"},
		"a join of many with many by flattening one's lists": {`{"data": {"values": [{"a": [` + strings.Repeat("1,", 3000) + `1], "b": [` + strings.Repeat("1,", 3000) + `1]}]}, "transform": [{"flatten": ["a"]}, {"flatten": ["b"]}], "mark": "point", "encoding": {}}`, "more than"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := vega.Compile([]byte(c.spec), vega.Options{Zone: time.UTC})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %.200v, want %s", err, c.want)
			}
		})
	}
}

func TestCompile_TakesWhatIsLarge(t *testing.T) {
	t.Run("a hundred layers", func(t *testing.T) {
		layer := `{"mark": "rule", "encoding": {"y": {"datum": %d}}}`
		list := make([]string, 100)
		for i := range list {
			list[i] = fmt.Sprintf(layer, i)
		}
		s, err := vega.Compile([]byte(`{"data": {"values": [{"a": 1}]}, "layer": [`+strings.Join(list, ",")+`]}`), vega.Options{})
		if err != nil || len(s.Cells[0].Marks) != 100 {
			t.Fatalf("%v: %d marks", err, len(s.Cells[0].Marks))
		}
	})
	t.Run("ten million bytes of rows", func(t *testing.T) {
		var rows strings.Builder
		n := 0
		for ; rows.Len() < 10_000_000; n++ {
			fmt.Fprintf(&rows, `{"when": "2024-01-01T00:00:00", "number": %d, "kind": "k%d"},`, n, n%3)
		}
		spec := `{"data": {"values": [` + strings.TrimSuffix(rows.String(), ",") + `]}, "mark": "bar",
			"encoding": {"x": {"field": "kind"}, "y": {"aggregate": "count"}}}`
		s, err := vega.Compile([]byte(spec), vega.Options{Zone: time.UTC})
		if err != nil {
			t.Fatal(err)
		}
		total := 0.0
		for i := range s.Cells[0].Marks[0].Items {
			total += s.Cells[0].Marks[0].Reading.Find("y").Number(i)
		}
		if total != float64(n) {
			t.Errorf("%v rows counted, not %d", total, n)
		}
	})
}
