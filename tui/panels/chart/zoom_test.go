package chart_test

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/panels"
)

// rising are 100 values from 0 to 9, and one of 1,000 at the end.
func rising() frame.Frame {
	var x, y frame.Vector
	x.Reset(frame.Integer)
	y.Reset(frame.Integer)
	for i := range int64(101) {
		x.AppendInt(i)
		if i == 100 {
			y.AppendInt(1000)
		} else {
			y.AppendInt(i / 10)
		}
	}
	return frame.New(frame.Origin{}, []frame.Column{{Name: "x"}, {Name: "y"}}, []frame.Vector{x, y})
}

const overX = `{"mark": "line", "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}}}`

func TestZoomingXRefitsY(t *testing.T) {
	p := opened(t, inline(overX), figures("s", rising()))
	wants(t, p, "1,000", "100")
	pagetest.Press(t, p, "home", "+", "+")
	shown := view(t, p)
	if strings.Contains(shown, "1,000") || !strings.Contains(shown, "2.5") && !strings.Contains(shown, "2 ") {
		t.Errorf("y does not fit what is in view:\n%s", shown)
	}
	pagetest.Press(t, p, "0")
	wants(t, p, "1,000")
}

func TestZoomedInTheCursorTakesTheViewAlong(t *testing.T) {
	p := opened(t, inline(overX), figures("s", rising()))
	pagetest.Press(t, p, "home", "+", "+", "+", "end")
	wants(t, p, "100", "y 1,000")
	pagetest.Press(t, p, "shift+left", "shift+left", "shift+left", "shift+left")
	if shown := view(t, p); strings.Contains(shown, "1,000 ┈") {
		t.Errorf("panned away, and y still fits the end:\n%s", shown)
	}
}

func TestTheWheelZoomsAboutThePointerAndDraggingPans(t *testing.T) {
	p := opened(t, inline(overX), figures("s", rising()))
	view(t, p)
	for range 4 {
		p.Update(tea.MouseMsg{X: 10, Y: 8, Action: tea.MouseActionPress, Button: tea.MouseButtonWheelUp})
		view(t, p)
	}
	before := view(t, p)
	if strings.Contains(before, "1,000") {
		t.Fatalf("nothing was zoomed:\n%s", before)
	}
	p.Update(tea.MouseMsg{X: 60, Y: 8, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
	p.Update(tea.MouseMsg{X: 30, Y: 8, Action: tea.MouseActionMotion, Button: tea.MouseButtonLeft})
	p.Update(tea.MouseMsg{X: 30, Y: 8, Action: tea.MouseActionRelease})
	if view(t, p) == before {
		t.Error("dragging moves nothing")
	}
}

func TestTenThousandNamesAreScrolledAndTheirCountIsSaid(t *testing.T) {
	var name, n frame.Vector
	name.Reset(frame.Text)
	n.Reset(frame.Integer)
	for i := range int64(10_000) {
		name.AppendString(fmt.Sprintf("name %05d", i))
		n.AppendInt(i)
	}
	f := frame.New(frame.Origin{}, []frame.Column{{Name: "name"}, {Name: "n"}}, []frame.Vector{name, n})
	p := opened(t, inline(`{"mark": "bar", "encoding": {"y": {"field": "name", "sort": "-x"}, "x": {"field": "n", "type": "quantitative"}}}`), figures("s", f))
	pagetest.Press(t, p, "o", " ", "esc") // all of them
	wants(t, p, "name 09999", "of 10,000")
	pagetest.Press(t, p, "pgdown", "pgdown")
	if shown := view(t, p); strings.Contains(shown, "name 09999") {
		t.Errorf("not scrolled:\n%s", shown)
	}
	pagetest.Press(t, p, "end")
	wants(t, p, "name 00000")
}

func TestMoreSeriesThanColoursAreSaid(t *testing.T) {
	var x, name frame.Vector
	x.Reset(frame.Integer)
	name.Reset(frame.Text)
	for i := range int64(3000) {
		x.AppendInt(i % 50)
		name.AppendString(fmt.Sprint("n", i%1234))
	}
	f := frame.New(frame.Origin{}, []frame.Column{{Name: "x"}, {Name: "name"}}, []frame.Vector{x, name})
	p := opened(t, inline(`{"mark": "point", "encoding": {"x": {"field": "x", "type": "quantitative"}, "color": {"field": "name"}}}`), figures("s", f))
	pagetest.Press(t, p, "o", " ", "esc") // all of them
	wants(t, p, "1,234 series share 10 colours")
}

func TestACursorElsewhereLeavesAZoomedViewWhereItIs(t *testing.T) {
	p := opened(t, inline(strings.ReplaceAll(overX, `"type": "quantitative"`, `"type": "quantitative", "axis": {"grid": false}`)), figures("s", rising()))
	pagetest.Press(t, p, "home", "+", "+", "+", "esc")
	before := view(t, p)
	p.Update(panels.Cursor{Source: "s", Field: "x", Value: "90"})
	after := view(t, p)
	if strings.Contains(after, "│") {
		t.Errorf("a cursor out of view is drawn:\n%s", after)
	}
	cut := func(s string) string { return strings.Join(strings.Split(s, "\n")[:18], "\n") }
	if cut(before) != cut(after) {
		t.Errorf("the view moved:\n%s", after)
	}
}
