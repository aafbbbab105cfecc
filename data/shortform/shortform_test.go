package shortform_test

import (
	"context"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/shortform"
	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/data/vegaframe"
)

// column is a column as testdata/streamlit.json has it.
type column struct {
	Name, Type string
	Values     []any
}

func (c column) vector(t *testing.T) frame.Vector {
	t.Helper()
	var v frame.Vector
	types := map[string]frame.Type{"integer": frame.Integer, "number": frame.Number, "text": frame.Text, "boolean": frame.Boolean, "date": frame.Date}
	kind, ok := types[c.Type]
	if !ok {
		t.Fatalf("no type %q", c.Type)
	}
	v.Reset(kind)
	for i, cell := range c.Values {
		switch cell := cell.(type) {
		case nil:
			v.AppendNull()
		case bool:
			v.AppendBool(cell)
		case string:
			if kind == frame.Date {
				v.AppendInt(frame.Days(2024, 1, 1+i))
			} else {
				v.AppendString(cell)
			}
		case float64:
			if kind == frame.Integer {
				v.AppendInt(int64(cell))
			} else {
				v.AppendFloat(cell)
			}
		}
	}
	return v
}

func frameOf(t *testing.T, columns ...column) frame.Frame {
	t.Helper()
	var names []frame.Column
	var vectors []frame.Vector
	for _, c := range columns {
		names = append(names, frame.Column{Name: c.Name})
		vectors = append(vectors, c.vector(t))
	}
	return frame.New(frame.Origin{}, names, vectors)
}

// params are Streamlit's arguments.
type params struct {
	X          string
	Y, Color   []string
	Size       string
	Stack      string
	Horizontal bool
	Sort       string
	XLabel     string `json:"x_label"`
	YLabel     string `json:"y_label"`
}

func panelOf(kind string, p params) dashboard.Panel {
	return dashboard.Panel{Kind: kind, Spec: &dashboard.Chart{
		Source: "figures", X: p.X, Y: p.Y, Color: p.Color, Size: p.Size, Stack: p.Stack,
		Horizontal: p.Horizontal, Sort: p.Sort, XLabel: p.XLabel, YLabel: p.YLabel,
	}}
}

// specOf is the specification of a panel, as JSON.
func specOf(t *testing.T, p dashboard.Panel, all, shown frame.Frame) map[string]any {
	t.Helper()
	text, err := shortform.VegaLite(context.Background(), p, all, shown)
	if err != nil {
		t.Fatal(err)
	}
	var spec map[string]any
	if err := json.Unmarshal(text, &spec); err != nil {
		t.Fatal(err)
	}
	return spec
}

// plain takes out of an encoding where this package differs on purpose: the
// domain of colours, names that are escaped here and replaced there, and types
// and titles that only one of both writes where Vega-Lite takes the same.
func plain(encoding map[string]any) map[string]any {
	for name, v := range encoding {
		ch := v.(map[string]any)
		scale, _ := ch["scale"].(map[string]any)
		delete(scale, "domain")
		if len(scale) == 0 {
			delete(ch, "scale")
		}
		if title := ch["title"]; ch["field"] != nil && title == strings.NewReplacer(`\`, "").Replace(ch["field"].(string)) {
			delete(ch, "title")
		}
		if field, _ := ch["field"].(string); strings.HasPrefix(field, "col -- ") {
			ch["field"] = strings.NewReplacer(".", `\.`, "[", `\[`, "]", `\]`).Replace(ch["title"].(string))
			delete(ch, "title")
		}
		if strings.HasSuffix(name, "Offset") {
			delete(ch, "type")
		}
	}
	return encoding
}

// drawable fails where a specification cannot be drawn.
func drawable(t *testing.T, spec map[string]any, f frame.Frame) {
	t.Helper()
	text, err := json.Marshal(spec)
	if err != nil {
		t.Fatal(err)
	}
	scene, err := vega.Compile(text, vega.Options{Columns: func(name string, use *vega.Use) ([]vega.Column, int, error) {
		if name != "figures" {
			t.Errorf("the data is %q, not the source", name)
		}
		return vegaframe.Columns(t.Context(), f, use, nil)
	}})
	if err != nil {
		t.Error(err)
		return
	}
	if m := scene.Cells[0].Marks[0]; len(m.Items)+len(m.Paths) == 0 {
		t.Errorf("nothing is drawn: %s", text)
	}
	if len(scene.Params) != 1 || scene.Params[0].Bind != "scales" {
		t.Errorf("it cannot be zoomed: %+v", scene.Params)
	}
}

// testdata/make.py writes the cases with the real Streamlit.
func TestVegaLite_IsStreamlits(t *testing.T) {
	text, err := os.ReadFile("testdata/streamlit.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Name, Kind string
		Columns    []column
		Params     params
		Spec       struct{ Mark, Encoding map[string]any }
	}
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) < 30 {
		t.Fatalf("only %d cases", len(cases))
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			f := frameOf(t, c.Columns...)
			spec := specOf(t, panelOf(c.Kind, c.Params), f, nil)
			drawable(t, spec, f)
			if !reflect.DeepEqual(spec["mark"], any(c.Spec.Mark)) {
				t.Errorf("mark: %v, want %v", spec["mark"], c.Spec.Mark)
			}
			ours, theirs := plain(spec["encoding"].(map[string]any)), plain(c.Spec.Encoding)
			if !reflect.DeepEqual(ours, theirs) {
				a, _ := json.Marshal(ours)
				b, _ := json.Marshal(theirs)
				t.Errorf("encoding:\n%s, want\n%s", a, b)
			}
		})
	}
}

func TestVegaLite_SaysWhatIsWrong(t *testing.T) {
	columns := []frame.Column{{Name: "day", Type: frame.Date}, {Name: "amount", Type: frame.Number}, {Name: "price", Type: frame.Number}, {Name: "sector", Type: frame.Text}}
	for name, c := range map[string]struct {
		kind string
		p    params
		want string
	}{
		"a field that is nearly there":        {"bar_chart", params{X: "sector", Y: []string{"amonut"}}, `bar_chart: y: there is no field "amonut": did you mean amount?`},
		"a field that is not there":           {"line_chart", params{X: "when"}, `line_chart: x: there is no field "when": there are "day", "amount", "price", "sector"`},
		"a color that is neither":             {"line_chart", params{X: "day", Y: []string{"amount"}, Color: []string{"sectr"}}, `line_chart: color: there is no field "sectr": did you mean sector?`},
		"fewer colours than y":                {"line_chart", params{X: "day", Y: []string{"amount", "price"}, Color: []string{"#ff0000"}}, "line_chart: color: there are 1 colours for 2 y"},
		"a field as color beside several y":   {"line_chart", params{X: "day", Y: []string{"amount", "price"}, Color: []string{"sector"}}, `line_chart: color: it is the field "sector", and each of several y has its own colour: name 2 colours, or one y`},
		"text among several y":                {"line_chart", params{X: "day", Y: []string{"amount", "sector"}}, `line_chart: y: "sector" is text: several y need numbers`},
		"a stack that is none":                {"area_chart", params{X: "day", Y: []string{"amount"}, Stack: "up"}, `area_chart: stack: it is true, false, normalize, center or layered, not "up"`},
		"a size where there are no points":    {"bar_chart", params{X: "sector", Y: []string{"amount"}, Size: "3"}, "bar_chart: size: only scatter_chart can have it"},
		"an order of what is not bars":        {"line_chart", params{X: "day", Y: []string{"amount"}, Sort: "-amount"}, "line_chart: sort: only bar_chart can have it"},
		"an order by what is not there":       {"bar_chart", params{X: "sector", Y: []string{"amount"}, Sort: "-prize"}, `bar_chart: sort: there is no field "prize": did you mean price?`},
		"a colour that is none among several": {"line_chart", params{X: "day", Y: []string{"amount", "price"}, Color: []string{"#ff0000", "reddish"}}, `line_chart: color: "reddish" is no colour: write it as #ffaa00`},
	} {
		t.Run(name, func(t *testing.T) {
			err := shortform.Check(panelOf(c.kind, c.p), columns)
			if err == nil || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
	if err := shortform.Check(panelOf("bar_chart", params{X: "sector"}), columns[3:]); err == nil || err.Error() != "bar_chart: y: no other column has numbers: name one" {
		t.Errorf("without numbers: %v", err)
	}
}

func TestVegaLite_ASeriesKeepsItsColour(t *testing.T) {
	all := frameOf(t, column{"n", "integer", []any{1.0, 2.0, 3.0, 4.0}}, column{"c", "text", []any{"w", nil, "b", "w"}})
	shown := frameOf(t, column{"n", "integer", []any{3.0}}, column{"c", "text", []any{"b"}})
	spec := specOf(t, panelOf("line_chart", params{X: "n", Y: []string{"n"}, Color: []string{"c"}}), all, shown)
	color := spec["encoding"].(map[string]any)["color"].(map[string]any)
	if got, want := color["scale"], map[string]any{"domain": []any{"w", "b", nil}}; !reflect.DeepEqual(got, any(want)) {
		t.Errorf("scale %v, want %v: the order of the whole file", got, want)
	}
	if got := color["legend"].(map[string]any)["values"]; !reflect.DeepEqual(got, any([]any{"b"})) {
		t.Errorf("the legend has %v, want what is drawn", got)
	}
}

func TestVegaLite_ColoursInTheData(t *testing.T) {
	f := frameOf(t, column{"n", "integer", []any{1.0, 2.0}}, column{"k", "text", []any{"#0f0", "#f00"}})
	spec := specOf(t, panelOf("bar_chart", params{X: "n", Y: []string{"n"}, Color: []string{"k"}}), f, nil)
	scale := spec["encoding"].(map[string]any)["color"].(map[string]any)["scale"].(map[string]any)
	if !reflect.DeepEqual(scale["domain"], scale["range"]) {
		t.Errorf("a bar that says #0f0 has another colour: %v", scale)
	}
}

func TestVegaLite_NumbersRowsWhereXIsNotNamed(t *testing.T) {
	spec := specOf(t, panelOf("line_chart", params{}), frameOf(t, column{"a", "number", []any{1.0, 2.0}}), nil)
	text, _ := json.Marshal(spec["transform"])
	if want := `[{"window":[{"as":"index -- streamlit-generated","op":"row_number"}]},{"as":"index -- streamlit-generated","calculate":"datum[\"index -- streamlit-generated\"] - 1"}]`; string(text) != want {
		t.Errorf("%s, want %s", text, want)
	}
}

func TestVegaLite_IsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f := frameOf(t, column{"n", "integer", []any{1.0}}, column{"c", "text", []any{"w"}})
	if _, err := shortform.VegaLite(ctx, panelOf("line_chart", params{X: "n", Y: []string{"n"}, Color: []string{"c"}}), f, nil); err != context.Canceled {
		t.Errorf("%v, want that it was cancelled", err)
	}
}
