package vegaview_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/vegaview"
)

var update = flag.Bool("update", false, "write the golden files")

func look() vegaview.Look {
	return vegaview.Look{
		Background: cell.RGB{14, 17, 23}, Text: cell.RGB{250, 250, 250}, Muted: cell.RGB{160, 160, 170}, Faint: cell.RGB{60, 60, 70},
		Mode: canvas.Quadrant, Mono: true,
	}
}

// specs are those whose scenes are compared with Vega's.
func specs(t testing.TB) map[string]json.RawMessage {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "data", "vega", "testdata", "specs.json"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]json.RawMessage{}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func compiled(t testing.TB, spec []byte, w, h int) *vega.Scene {
	t.Helper()
	o := vega.Options{Zone: time.UTC}
	o.Width, o.Height = vegaview.Room(w, h)
	scene, err := vega.Compile(spec, o)
	if err != nil {
		t.Fatal(err)
	}
	return scene
}

func TestDraw(t *testing.T) {
	all := specs(t)
	for _, name := range []string{
		"bars of sums", "stacked bars", "line by colour", "heat map", "pie", "wrapped facet", "box plot", "two scales of y", "texts", "rules", "trail", "a variable",
	} {
		t.Run(name, func(t *testing.T) {
			g := cell.NewGrid(70, 18)
			vegaview.Draw(g, compiled(t, all[name], g.W, g.H), look())
			golden(t, strings.ReplaceAll(name, " ", "_"), g.String())
		})
	}
}

func TestTheLastLabelOfAnAxisIsWhole(t *testing.T) {
	spec := `{"data": {"values": [{"a": 0.2}, {"a": 1}]}, "mark": "tick", "encoding": {"x": {"field": "a", "type": "quantitative", "axis": {"title": null}}}}`
	for w := 20; w < 80; w++ {
		g := cell.NewGrid(w, 6)
		vegaview.Draw(g, compiled(t, []byte(spec), g.W, g.H), look())
		lines := strings.Split(strings.TrimRight(g.String(), " \n"), "\n")
		for _, label := range strings.Fields(lines[len(lines)-1]) {
			if len(label) != len("0.2") {
				t.Errorf("%d cells wide: %q", w, lines[len(lines)-1])
			}
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("drawn:\n%s\nwanted:\n%s", got, want)
	}
}

func TestEverySceneIsDrawnInEverySize(t *testing.T) {
	for name, spec := range specs(t) {
		for _, size := range [][2]int{{100, 30}, {40, 12}, {12, 5}, {3, 2}, {1, 1}, {0, 0}, {200, 6}, {20, 60}} {
			scene := compiled(t, spec, size[0], size[1])
			g := cell.NewGrid(size[0], size[1])
			vegaview.Draw(g, scene, look())
			if text := g.String(); size[0] == 100 && strings.TrimSpace(text) == "" {
				t.Errorf("%s at %v is empty", name, size)
			}
		}
	}
}

func TestInASCIINothingElseIsDrawn(t *testing.T) {
	l := look()
	l.Mode, l.ASCII = canvas.Spaces, true
	for name, spec := range specs(t) {
		g := cell.NewGrid(80, 24)
		vegaview.Draw(g, compiled(t, spec, g.W, g.H), l)
		target := cell.Target{ASCII: true}
		target.Reduce(g)
		for _, r := range g.String() {
			if r > 126 {
				t.Errorf("%s draws %q", name, r)
				break
			}
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	all := specs(b)
	for _, name := range []string{"line by colour", "heat map", "rows and columns"} {
		b.Run(name, func(b *testing.B) {
			g := cell.NewGrid(160, 45)
			scene := compiled(b, all[name], g.W, g.H)
			for b.Loop() {
				vegaview.Draw(g, scene, look())
			}
		})
	}
}

func ExampleDraw() {
	scene, err := vega.Compile([]byte(`{
		"data": {"values": [{"city": "Lyon", "rain": 3}, {"city": "Porto", "rain": 9}]},
		"mark": "bar",
		"encoding": {"x": {"field": "rain", "type": "quantitative", "axis": {"grid": false}}, "y": {"field": "city", "axis": {"title": null}}}
	}`), vega.Options{Width: 200, Height: 64})
	if err != nil {
		fmt.Println(err)
		return
	}
	g := cell.NewGrid(32, 6)
	vegaview.Draw(g, scene, vegaview.Look{Mode: canvas.Half, Text: cell.RGB{255, 255, 255}, Mono: true})
	for line := range strings.Lines(g.String()) {
		fmt.Println(strings.TrimRight(line, " \n"))
	}
	// Output:
	//  Lyon ████████▋
	//
	// Porto ██████████████████████████
	//       0    2     4     6     8
	//                  rain
}

// A number that is cut is another number.
func TestNamesThatAreNumbersAreNotCut(t *testing.T) {
	spec := `{"data": {"values": [{"a": "100001", "b": 1}, {"a": "100002", "b": 2}, {"a": "100003", "b": 3}, {"a": "100004", "b": 4}, {"a": "100005", "b": 4}, {"a": "100006", "b": 4}]},
		"mark": "bar", "encoding": {"x": {"field": "a"}, "y": {"field": "b", "type": "quantitative"}}}`
	for w := 20; w < 60; w++ {
		g := cell.NewGrid(w, 8)
		vegaview.Draw(g, compiled(t, []byte(spec), g.W, g.H), look())
		if strings.Contains(g.String(), "1…") || strings.Contains(g.String(), "0…") || !strings.Contains(g.String(), "10000") {
			t.Errorf("%d cells wide:\n%s", w, g.String())
		}
	}
}

// Lines and the edges of areas are named by letters where colours are not seen:
// the legend has to say which letter is whose.
func TestLegendsNameWhatLettersMean(t *testing.T) {
	spec := `{"data": {"values": [{"x": 0, "y": 1, "c": "Lyon"}, {"x": 9, "y": 2, "c": "Lyon"}, {"x": 0, "y": 5, "c": "Porto"}, {"x": 9, "y": 7, "c": "Porto"}]},
		"mark": {"type": "%s", "opacity": 0.3}, "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}, "color": {"field": "c"}}}`
	for mark, want := range map[string][]string{
		"area": {"█A Lyon", "▒B Porto"},
		"line": {"A Lyon", "B Porto"},
		"bar":  {"█ Lyon", "▒ Porto"},
	} {
		for _, size := range [][2]int{{100, 24}, {40, 24}, {40, 7}} { // beside the picture and below it
			w := size[0]
			g := cell.NewGrid(w, size[1])
			vegaview.Draw(g, compiled(t, fmt.Appendf(nil, spec, mark), g.W, g.H), look())
			for _, entry := range want {
				if !strings.Contains(g.String(), entry) {
					t.Errorf("%s, %d cells wide, does not say %q:\n%s", mark, w, entry, g.String())
				}
			}
		}
	}
}

// The upper edge of an area that can be seen through is a line, wherever in a cell
// it lies.
func TestTheEdgeOfAnAreaIsEverywhere(t *testing.T) {
	l := look()
	l.Mono = false
	for _, colors := range []string{`"#4c78a8"`, `"#f58518"`, `"#e45756"`} {
		for top := 20; top < 120; top += 7 {
			spec := fmt.Sprintf(`{"data": {"values": [{"x": 0, "y": 3}, {"x": 9, "y": %d}, {"x": 10, "y": 120}]}, "mark": {"type": "area", "opacity": 0.3, "color": %s},
				"encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}}}`, top, colors)
			g := cell.NewGrid(80, 24)
			pic := vegaview.Draw(g, compiled(t, []byte(spec), g.W, g.H), l)
			edge, _ := vega.ParseColor(strings.Trim(colors, `"`))
			plot := pic.Plots[0]
			for x := plot.X; x < plot.X+plot.W; x++ {
				found := false
				for y := plot.Y; y < plot.Y+plot.H; y++ {
					c := g.At(x, y)
					found = found || c.BG.RGB() == edge || c.Rune() != ' ' && c.FG.RGB() == edge
				}
				if !found {
					t.Errorf("to %d in %s: no edge in column %d of %d", top, colors, x-plot.X, plot.W)
					break
				}
			}
		}
	}
}
