package chart_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/panels"
)

const pickBar = `{"params": [{"name": "pick", "select": "point"}], "mark": "bar", "encoding": {
	"x": {"field": "city"}, "y": {"aggregate": "sum", "field": "amount"},
	"color": {"condition": {"param": "pick", "value": "#00ff00"}, "value": "#0000ff"}}}`

func TestAMarkIsSelectedByKeyAndByClick(t *testing.T) {
	p := opened(t, inline(pickBar), figures("sales", sales()), termenv.TrueColor)
	if s := svg(t, p); !strings.Contains(s, "#00ff00") || strings.Contains(s, "#0000ff") {
		t.Fatal("nothing is selected, and bars are painted as not selected")
	}
	pagetest.Press(t, p, "home", " ")
	if s := svg(t, p); !strings.Contains(s, "#00ff00") || !strings.Contains(s, "#0000ff") {
		t.Error("one bar of two is not told from the other")
	}
	pagetest.Press(t, p, "esc")
	if s := svg(t, p); strings.Contains(s, "#0000ff") {
		t.Error("esc selects nothing, and one bar is painted as not selected")
	}
	view(t, p)
	pagetest.Settle(t, p.Update, p.Update(tea.MouseMsg{X: 20, Y: 12, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft}))
	if s := svg(t, p); !strings.Contains(s, "#0000ff") {
		t.Error("a click selects nothing")
	}
}

const brushed = `{"vconcat": [
	{"params": [{"name": "range", "select": {"type": "interval", "encodings": ["x"]}}], "mark": "line",
	 "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}}},
	{"transform": [{"filter": {"param": "range"}}], "mark": "bar", "encoding": {"y": {"aggregate": "count", "title": "rows"}}}
]}`

func TestAnIntervalThatIsBrushedFiltersTheOtherView(t *testing.T) {
	p := opened(t, inline(brushed), figures("s", rising()))
	drag := func(from, to int) {
		view(t, p)
		p.Update(tea.MouseMsg{X: from, Y: 4, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
		pagetest.Settle(t, p.Update, p.Update(tea.MouseMsg{X: to, Y: 4, Action: tea.MouseActionMotion, Button: tea.MouseButtonLeft}))
		p.Update(tea.MouseMsg{X: to, Y: 4, Action: tea.MouseActionRelease})
	}
	before := view(t, p)
	drag(10, 25)
	after := view(t, p)
	if before == after || strings.Contains(after, "100 ") && strings.Count(after, "100") == strings.Count(before, "100") {
		t.Errorf("brushing filters nothing:\n%s", after)
	}
	pagetest.Press(t, p, "esc")
	pagetest.Press(t, p, "home", "b", "right", "right", "right", "right", "b")
	if shown := view(t, p); shown == before {
		t.Error("the keys select nothing")
	}
}

const legendBound = `{"params": [{"name": "pick", "select": {"type": "point", "fields": ["city"]}, "bind": "legend"}], "mark": "line", "encoding": {
	"x": {"field": "day", "type": "temporal"}, "y": {"field": "amount", "type": "quantitative"}, "color": {"field": "city"},
	"opacity": {"condition": {"param": "pick", "value": 1}, "value": 0.2}}}`

func TestALegendThatIsBoundToASelectionSelects(t *testing.T) {
	p := opened(t, inline(legendBound), figures("sales", sales()), termenv.TrueColor)
	before := svg(t, p)
	clickLegend(t, p, "Lyon")
	if after := svg(t, p); before == after {
		t.Error("nothing is selected")
	}
	wants(t, p, "Lyon")
	if strings.Contains(view(t, p), "- Lyon") {
		t.Error("it is hidden")
	}
}

func clickLegend(t *testing.T, p panels.Panel, name string) {
	t.Helper()
	for y, line := range strings.Split(view(t, p), "\n") {
		if before, _, ok := strings.Cut(line, name); ok {
			pagetest.Settle(t, p.Update, p.Update(tea.MouseMsg{X: len([]rune(before)), Y: y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft}))
			return
		}
	}
	t.Fatalf("%s is not in the legend", name)
}

// What is too dense to be told apart is left out, and comes back as soon as it
// can be seen.
func TestZoomingShowsWhatWasTooDense(t *testing.T) {
	var x, y frame.Vector
	x.Reset(frame.Integer)
	y.Reset(frame.Integer)
	for i := range int64(50_000) {
		x.AppendInt(i)
		y.AppendInt(i % 10)
	}
	f := frame.New(frame.Origin{}, []frame.Column{{Name: "x"}, {Name: "y"}}, []frame.Vector{x, y})
	p := opened(t, inline(overX), figures("s", f))
	pagetest.Press(t, p, "home", "+", "+", "+", "+", "+", "+", "+", "+", "+", "+", "+", "+")
	pagetest.Press(t, p, "right", "right", "right")
	wants(t, p, "3  ", "y 3")
}

func TestTheCursorIsShownInPlotsOfTheSameFieldAlone(t *testing.T) {
	spec := `{"vconcat": [
		{"mark": "line", "encoding": {"x": {"field": "day", "type": "temporal", "axis": {"grid": false}}, "y": {"field": "amount", "type": "quantitative", "axis": {"grid": false}}, "color": {"field": "city"}}},
		{"mark": "line", "encoding": {"x": {"field": "` + "FIELD" + `", "type": "` + "TYPE" + `", "axis": {"grid": false}}, "y": {"field": "amount", "type": "quantitative", "axis": {"grid": false}}}}]}`
	lines := func(field, typ string) int {
		p := opened(t, inline(strings.NewReplacer("FIELD", field, "TYPE", typ).Replace(spec)), figures("sales", sales()))
		pagetest.Press(t, p, "home", "right")
		return strings.Count(view(t, p), "│")
	}
	if same, other := lines("day", "temporal"), lines("amount", "quantitative"); same <= other || other == 0 {
		t.Errorf("%d cells of the cursor's line in plots of one field, %d in plots of two", same, other)
	}
}
