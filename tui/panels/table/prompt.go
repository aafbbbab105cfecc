package table

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/sheet"
	"github.com/authtabs/tabgate/tui/widget"
)

// goTo asks for a row: "120", "-1" from the end, "50%".
type goTo struct {
	field widget.Field
	bad   string
	k     keyMap
}

func newGoTo() *goTo {
	k := newKeyMap()
	k.take.SetHelp("enter", "go there")
	return &goTo{field: widget.Field{Limit: 20}, k: k}
}

func (*goTo) wheel(int) {}

func (g *goTo) keys() []key.Binding {
	return []key.Binding{g.k.take, g.k.back, widget.Erase, widget.Move}
}

func (g *goTo) key(p *Panel, msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, g.k.back):
		p.over = nil
	case key.Matches(msg, g.k.take):
		row, err := rowAt(g.field.String(), p.sheet.Size().Rows)
		if err != nil {
			g.bad = err.Error()
			return nil
		}
		p.over = nil
		p.sheet.MoveTo(row, p.sheet.Col)
	default:
		g.bad = ""
		g.field.Key(msg)
	}
	return nil
}

// rowAt reads which of n rows is meant, counted from 0.
func rowAt(text string, n int) (int, error) {
	text = strings.NewReplacer(",", "", " ", "", "_", "").Replace(text)
	share, percent := strings.CutSuffix(text, "%")
	v, err := strconv.ParseFloat(share, 64)
	switch {
	case err != nil || math.IsNaN(v):
		return 0, fmt.Errorf("a row is 120, -1 for the last, or 50%%")
	case percent && (v < 0 || v > 100):
		return 0, fmt.Errorf("a share is 0%% to 100%%")
	case percent:
		return min(int(v/100*float64(n)), n-1), nil
	case v < 0:
		v += float64(n) + 1
	}
	if v < 1 || v > float64(n) {
		return 0, fmt.Errorf("there are %s", counted(n, "row", "rows"))
	}
	return int(v) - 1, nil
}

func (g *goTo) draw(p *Panel, d *pen) {
	y := d.H - 1
	d.Rect(0, y, d.W, 1, d.t.Surface)
	x := 1 + d.Text(1, y, "go to row ", cell.Readable(d.t.Muted, d.t.Surface, 4.5), 0)
	x += g.field.Draw(d.Grid, x, y, max(min(d.W-x-1, 24), 1), cell.Readable(d.t.Text, d.t.Surface, 4.5), cell.Bold) + 2
	note, fg := "1 to "+sheet.Thousands(p.sheet.Size().Rows)+", -1, 50%", d.t.Muted
	if g.bad != "" {
		note, fg = g.bad, d.t.Bad
	}
	d.Text(x, y, cell.Cut(note, max(d.W-x-1, 0)), cell.Readable(fg, d.t.Surface, 4.5), 0)
}
