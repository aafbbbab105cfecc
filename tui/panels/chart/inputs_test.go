package chart_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/panels"
)

// withInput is a chart of the sum of the amounts that an input keeps.
func withInput(param, filter string) string {
	return `{"params": [` + param + `], "transform": [{"filter": ` + filter + `}],
	"mark": "bar", "encoding": {"x": {"field": "city"}, "y": {"aggregate": "count", "title": "rows"}}}`
}

const (
	rangeInput  = `{"name": "least", "value": 10, "bind": {"input": "range", "min": 0, "max": 40, "step": 5, "name": "At least"}}`
	checkInput  = `{"name": "all", "value": true, "bind": {"input": "checkbox"}}`
	cityInput   = `{"name": "pick", "select": {"type": "point", "fields": ["city"]}, "bind": {"input": "select", "options": [null, "Lyon", "Porto"], "labels": ["every city"]}}`
	searchInput = `{"name": "name", "value": "", "bind": {"input": "search"}}`
)

func TestAnInputIsChangedByKeys(t *testing.T) {
	for name, c := range map[string]struct {
		param, filter string
		before        string
		keys          []string
		after         string
		hidden        string // a city that is not drawn then
	}{
		"a range steps":                  {rangeInput, `"datum.amount > least"`, "At least 10", []string{"right"}, "At least 15", ""},
		"a range goes to its end":        {rangeInput, `"datum.amount >= least - 10"`, "At least 10", []string{"end"}, "At least 40", ""},
		"a range leaves a city out":      {rangeInput, `"datum.amount > least"`, "At least 10", []string{"right", "right", "right", "right"}, "At least 30", "Lyon"},
		"a range goes back to its start": {rangeInput, `"datum.amount > least"`, "At least 10", []string{"right", "backspace"}, "At least 10", ""},
		"a checkbox":                     {checkInput, `"all || datum.city === 'Porto'"`, "all yes", []string{" "}, "all no", "Lyon"},
		"a select of a selection":        {cityInput, `{"param": "pick"}`, "city every city", []string{"right", "right"}, "city Porto", "Lyon"},
		"a select comes round":           {cityInput, `{"param": "pick"}`, "city every city", []string{" ", " ", " "}, "city every city", ""},
		"a text":                         {searchInput, `"test(regexp(name), datum.city)"`, "name –", []string{"enter", "P", "o", "enter"}, "name Po", "Lyon"},
	} {
		t.Run(name, func(t *testing.T) {
			p := opened(t, inline(withInput(c.param, c.filter)), figures("sales", sales()))
			wants(t, p, c.before, "Lyon", "Porto")
			pagetest.Press(t, p, "o")
			pagetest.Press(t, p, c.keys...)
			pagetest.Press(t, p, "esc")
			wants(t, p, c.after, "Porto")
			if shown := strings.Contains(view(t, p), "Lyon"); shown == (c.hidden == "Lyon") {
				t.Errorf("Lyon is drawn: %v\n%s", shown, view(t, p))
			}
		})
	}
}

// clickAt clicks so many cells right of where a text begins.
func clickAt(t *testing.T, p panels.Panel, text string, right int) {
	t.Helper()
	for y, line := range strings.Split(view(t, p), "\n") {
		if before, _, ok := strings.Cut(line, text); ok {
			x := len([]rune(before)) + right
			pagetest.Settle(t, p.Update, p.Update(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft}))
			pagetest.Settle(t, p.Update, p.Update(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionRelease}))
			return
		}
	}
	t.Fatalf("%q is not shown:\n%s", text, view(t, p))
}

func TestAnInputIsChangedByTheMouse(t *testing.T) {
	p := opened(t, inline(withInput(rangeInput+","+checkInput+","+cityInput, `"datum.amount >= least && all"`)), figures("sales", sales()))
	clickAt(t, p, "At least 10", 0) // the words open the menu
	clickAt(t, p, "──●", 0)
	clickAt(t, p, "[x] all", 1)
	clickAt(t, p, "every city ›", len("every city "))
	wants(t, p, "[ ] all", "‹ Lyon ›")
	pagetest.Press(t, p, "esc")
	wants(t, p, "all no", "city Lyon")
	if strings.Contains(view(t, p), "At least 10") {
		t.Error("a click on the track does not set the range")
	}
}

func TestAnInputThatATerminalHasNotIsNamedWithItsPath(t *testing.T) {
	p := opened(t, inline(withInput(`{"name": "least", "bind": {"input": "color"}}`, `"true"`)), figures("sales", sales()))
	wants(t, p, `params[0].bind.input "color" is not supported`)
}

// moveTo moves the pointer. The page tells the other panels alone where it is.
func moveTo(t *testing.T, p panels.Panel, x, y int) {
	t.Helper()
	view(t, p)
	others := func(msg tea.Msg) tea.Cmd {
		if _, told := msg.(panels.Cursor); told {
			return nil
		}
		return p.Update(msg)
	}
	pagetest.Settle(t, others, p.Update(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionMotion, Button: tea.MouseButtonNone}))
}

func hovered(nearest string) string {
	return `{"params": [{"name": "on", "select": {"type": "point", "on": "pointerover"` + nearest + `}}], "mark": "bar", "encoding": {
	"x": {"field": "city"}, "y": {"aggregate": "sum", "field": "amount"},
	"color": {"condition": {"param": "on", "value": "#00ff00", "empty": false}, "value": "#0000ff"}}}`
}

func TestThePointerSelectsWhatItIsOn(t *testing.T) {
	for name, c := range map[string]struct {
		nearest string
		y       int
		want    bool
	}{
		"the mark below it":               {"", 15, true},
		"nothing above the mark":          {"", 1, false},
		"the nearest above the mark also": {`, "nearest": true`, 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			p := opened(t, inline(hovered(c.nearest)), figures("sales", sales()), termenv.TrueColor)
			moveTo(t, p, 20, c.y)
			if got := strings.Contains(svg(t, p), "#00ff00"); got != c.want {
				t.Errorf("selected: %v, want %v\n%s", got, c.want, view(t, p))
			}
			moveTo(t, p, 0, 19)
			if strings.Contains(svg(t, p), "#00ff00") {
				t.Error("it is selected still when the pointer has left")
			}
		})
	}
}

func TestTheCursorSelectsWhatItIsOn(t *testing.T) {
	p := opened(t, inline(hovered("")), figures("sales", sales()), termenv.TrueColor)
	pagetest.Press(t, p, "home")
	if s := svg(t, p); !strings.Contains(s, "#00ff00") || !strings.Contains(s, "#0000ff") {
		t.Error("the bar at the cursor is not told from the other")
	}
	pagetest.Press(t, p, "esc")
	if strings.Contains(svg(t, p), "#00ff00") {
		t.Error("it is selected still without a cursor")
	}
}
