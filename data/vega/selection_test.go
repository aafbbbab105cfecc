package vega_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/data/vega/js"
)

const selectable = `{"data":{"values":[{"t":"2024-01-01","g":"a","n":1,"m":5},{"t":"2024-01-02","g":"b","n":2,"m":4},{"t":"2024-01-03","g":"a","n":3,"m":3},{"t":"2024-01-04","g":"c","n":4,"m":2}]},
	"params":[{"name":"brush","select":"interval"},{"name":"pick","select":{"type":"point","fields":["g"]},"bind":"legend"},
		{"name":"near","select":{"type":"point","encodings":["x"],"nearest":true}},{"name":"move","select":{"type":"interval","encodings":["x"]},"bind":"scales"},
		{"name":"size","value":30,"bind":{"input":"range","min":1,"max":100}}],
	"mark":"point","encoding":{"x":{"field":"n","type":"quantitative"},"y":{"field":"m","type":"quantitative"},
		"color":{"condition":{"test":{"and":[{"param":"brush"},{"param":"pick"}]},"value":"#ff0000"},"value":"#808080"},"size":{"value":{"expr":"size"}}}}`

// reds are the places along x of the points that are selected.
func reds(t *testing.T, o vega.Options) (all []float64) {
	t.Helper()
	o.Zone = time.UTC
	s, err := vega.Compile([]byte(selectable), o)
	if err != nil {
		t.Fatal(err)
	}
	x := s.Cells[0].Scales[0]
	for _, it := range s.Cells[0].Marks[0].Items {
		if it.Style.Stroke == "#ff0000" {
			for v := range 6 {
				if d := x.Map(float64(v)) - it.X; d > -0.01 && d < 0.01 {
					all = append(all, float64(v))
				}
			}
		}
	}
	return all
}

func TestCompile_WhatIsSelected(t *testing.T) {
	for name, c := range map[string]struct {
		selected map[string]vega.Selection
		want     []float64
	}{
		"nothing is everything":          {nil, []float64{1, 2, 3, 4}},
		"an interval along one channel":  {map[string]vega.Selection{"brush": {Ranges: map[string][]any{"x": {2.0, 3.0}}}}, []float64{2, 3}},
		"an interval from right to left": {map[string]vega.Selection{"brush": {Ranges: map[string][]any{"x": {3.5, 1.5}}}}, []float64{2, 3}},
		"an interval along both":         {map[string]vega.Selection{"brush": {Ranges: map[string][]any{"x": {2.0, 4.0}, "y": {0.0, 3.0}}}}, []float64{3, 4}},
		"a point":                        {map[string]vega.Selection{"pick": {Points: []map[string]any{{"g": "a"}}}}, []float64{1, 3}},
		"two points":                     {map[string]vega.Selection{"pick": {Points: []map[string]any{{"g": "a"}, {"g": "c"}}}}, []float64{1, 3, 4}},
		"an interval and a point": {map[string]vega.Selection{
			"brush": {Ranges: map[string][]any{"x": {0.0, 2.0}}}, "pick": {Points: []map[string]any{{"g": "a"}}},
		}, []float64{1}},
		"an interval in which nothing is": {map[string]vega.Selection{"brush": {Ranges: map[string][]any{"x": {8.0, 9.0}}}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := reds(t, vega.Options{Selections: c.selected}); !reflect.DeepEqual(got, c.want) {
				t.Errorf("%v are selected, want %v", got, c.want)
			}
		})
	}
}

func TestScene_ParamsThatAReaderCanSet(t *testing.T) {
	s, err := vega.Compile([]byte(selectable), vega.Options{Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	x, y := vega.Projection{Channel: "x", Field: "n"}, vega.Projection{Channel: "y", Field: "m"}
	want := []vega.Param{
		{Name: "brush", Select: "interval", Channels: []vega.Projection{x, y}},
		{Name: "pick", Select: "point", Fields: []string{"g"}, Bind: "legend"},
		{Name: "near", Select: "point", Channels: []vega.Projection{x}, Nearest: true},
		{Name: "move", Select: "interval", Channels: []vega.Projection{x}, Bind: "scales"},
		{Name: "size", Bind: "input"},
	}
	if !reflect.DeepEqual(s.Params, want) {
		t.Errorf("%+v, want\n%+v", s.Params, want)
	}
}

func TestCompile_VariablesAreSet(t *testing.T) {
	for _, size := range []float64{30, 77} {
		o := vega.Options{Zone: time.UTC}
		if size != 30 {
			o.Values = map[string]any{"size": size}
		}
		s, err := vega.Compile([]byte(selectable), o)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Cells[0].Marks[0].Items[0].Size; got != size {
			t.Errorf("a point has the size %v, want %v", got, size)
		}
	}
}

func TestCompile_ABrushAcrossViews(t *testing.T) {
	const spec = `{"data":{"values":[{"t":"2024-01-01","n":1},{"t":"2024-01-02","n":2},{"t":"2024-01-03","n":3}]},"vconcat":[
		{"mark":"line","encoding":{"x":{"field":"t","type":"temporal","scale":{"domain":{"param":"days"}}},"y":{"field":"n","type":"quantitative"}}},
		{"name":"below","mark":"line","encoding":{"x":{"field":"t","type":"temporal"},"y":{"field":"n","type":"quantitative"}}},
		{"transform":[{"filter":{"param":"days"}}],"mark":"bar","encoding":{"y":{"aggregate":"count"}}}],
		"params":[{"name":"days","select":{"type":"interval","encodings":["x"]},"views":["below"]}]}`
	day := func(d int) js.Date { return js.Date(time.Date(2024, 1, d, 0, 0, 0, 0, time.UTC).UnixMilli()) }
	s, err := vega.Compile([]byte(spec), vega.Options{Zone: time.UTC, Selections: map[string]vega.Selection{
		"days": {Ranges: map[string][]any{"x": {day(2), day(3)}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if x := s.Cells[0].Scales[0]; x.Map(day(2)) != 0 {
		t.Errorf("the axis above shows %v, not what is selected below", x.Domain)
	}
	if x := s.Cells[1].Scales[0]; x.Map(day(1)) != 0 {
		t.Errorf("the axis below shows %v, not all", x.Domain)
	}
	if y := s.Cells[2].Scales[0]; y.Map(2.0) != 0 {
		t.Errorf("the rows are counted up to %v, not to 2", y.Domain)
	}
}

func TestScene_WhatCannotMatterInATerminal(t *testing.T) {
	const spec = `{"$schema":"x","description":"y","data":{"values":[{"n":1}]},"padding":5,"mark":{"type":"bar","cornerRadius":4,"tooltip":true},
		"encoding":{"x":{"field":"n","type":"quantitative","axis":{"labelFont":"Courier","titleColor":"red"}}},"config":{"axis":{"labelFontSize":20}}}`
	s, err := vega.Compile([]byte(spec), vega.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"config.axis.labelFontSize", "encoding.x.axis.labelFont", "encoding.x.axis.titleColor", "mark.cornerRadius", "mark.tooltip", "padding"}
	if !reflect.DeepEqual(s.Ignored, want) {
		t.Errorf("%q, want %q", s.Ignored, want)
	}
}

func TestCompile_BarsInOrderWithoutTheHiddenOnes(t *testing.T) {
	const spec = `{"data":{"values":[{"g":"a","n":1},{"g":"b","n":2},{"g":"c","n":3}]},"mark":"bar",
		"encoding":{"y":{"field":"g","type":"nominal","sort":"-x"},"x":{"field":"n","type":"quantitative"},"color":{"field":"g","type":"nominal"}}}`
	s, err := vega.Compile([]byte(spec), vega.Options{Hidden: []vega.Hidden{{Field: "g", Value: "b"}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, scale := range s.Cells[0].Scales {
		if want := []any{"c", "a"}; scale.Channel == "y" && !reflect.DeepEqual(scale.Domain, want) {
			t.Errorf("%v stand along y, want %v", scale.Domain, want)
		}
	}
}
