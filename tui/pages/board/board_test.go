package board_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/pages/board"
	"github.com/authtabs/tabgate/tui/panels"
)

// feed is a source that gives the snapshots that it is told to.
type feed struct {
	mu      sync.Mutex
	last    source.Snapshot
	changed chan struct{}
	asked   int
}

func newFeed(s source.Snapshot) *feed {
	f := &feed{changed: make(chan struct{})}
	f.give(s)
	return f
}

func (f *feed) give(s source.Snapshot) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s.Seq = f.last.Seq + 1
	s.Read = pagetest.Noon
	f.last = s
	close(f.changed)
	f.changed = make(chan struct{})
}

func (f *feed) Next(ctx context.Context, after int) (source.Snapshot, error) {
	for {
		f.mu.Lock()
		last, changed := f.last, f.changed
		f.mu.Unlock()
		if last.Seq > after {
			return last, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return source.Snapshot{}, ctx.Err()
		}
	}
}

func (f *feed) Refresh() { f.asked++ }
func (f *feed) Close()   {}

// text makes a frame of text columns and columns of whole numbers, from lines
// of comma-separated cells.
func table(lines ...string) frame.Frame {
	var columns []frame.Column
	var vectors []frame.Vector
	for i, name := range strings.Split(lines[0], ",") {
		var v frame.Vector
		v.Reset(frame.Text)
		if rest, ok := strings.CutPrefix(name, "#"); ok {
			name = rest
			v.Reset(frame.Integer)
		}
		for _, line := range lines[1:] {
			cell := strings.Split(line, ",")[i]
			switch {
			case cell == "":
				v.AppendNull()
			case v.Type == frame.Integer:
				n := int64(0)
				for _, d := range cell {
					n = n*10 + int64(d-'0')
				}
				v.AppendInt(n)
			default:
				v.AppendString(cell)
			}
		}
		columns, vectors = append(columns, frame.Column{Name: name}), append(vectors, v)
	}
	return frame.New(frame.Origin{}, columns, vectors)
}

func loans() frame.Frame {
	return table("day,sector,#amount,#limit",
		"2024-01-01,Energy,100,500",
		"2024-01-01,Retail,40,60",
		"2024-01-02,Energy,130,500",
		"2024-01-02,Retail,30,60",
		"2024-01-02,Mining,7,10",
	)
}

func complete(f frame.Frame) source.Snapshot { return source.Snapshot{Frame: f, Complete: true} }

// desk is a board with fake sources.
type desk struct {
	t      testing.TB
	env    page.Env
	page   page.Page
	shared *board.Inputs
	feeds  map[string]*feed
	p      dashboard.Page
	pages  dashboard.Pages
	own    bool
	line   []string
	beside []dashboard.Source
	params map[string]map[string][]string // that sources were opened with last
}

// tell says something to the page as its first panel does.
func (d *desk) tell(steps panels.Steps, say func(panels.Steps) tea.Msg) []tea.Msg {
	_, msgs := pagetest.Settle(d.t, d.page.Update, d.page.Update(board.FromPanel(d.page, 0, say(steps))))
	return msgs
}

func open(t testing.TB, content dashboard.Content, feeds map[string]*feed, w, h int) *desk {
	t.Helper()
	d := &desk{t: t, env: pagetest.Env(t), shared: board.NewInputs(), feeds: feeds}
	d.env.Still = true
	for name := range feeds {
		content.Sources = append(content.Sources, dashboard.Source{Name: name, Path: name + ".csv"})
	}
	d.p = dashboard.Page{ID: "desk", Title: "Desk", Content: &content}
	d.reopen(w, h)
	return d
}

func (d *desk) reopen(w, h int) {
	d.page = board.New(d.env, d.p, d.options())
	pagetest.Open(d.t, d.page, w, h)
}

// fresh is the page as it is before it is opened.
func (d *desk) fresh() page.Page { return board.New(d.env, d.p, d.options()) }

// ticksOf counts the ticks that commands ask for.
func ticksOf(cmd tea.Cmd) (n int) {
	if cmd == nil {
		return 0
	}
	switch msg := cmd().(type) {
	case pagetest.Tick:
		return 1
	case tea.BatchMsg:
		for _, c := range msg {
			n += ticksOf(c)
		}
	}
	return n
}

// next gives what a source gives next.
func (d *desk) next(name string, s source.Snapshot) {
	d.t.Helper()
	d.feeds[name].give(s)
	pagetest.Settle(d.t, d.page.Update, board.Await(d.page, name))
}

// notices is what was told in the footer.
func notices(msgs []tea.Msg) string {
	var out []string
	for _, m := range msgs {
		if n, ok := m.(page.Notice); ok {
			out = append(out, n.Text)
		}
	}
	return strings.Join(out, "\n")
}

func (d *desk) options() board.Options {
	return board.Options{Shared: d.shared, Pages: d.pages, Own: d.own, Line: d.line, Beside: d.beside, Open: func(s dashboard.Source, params map[string][]string) board.Feed {
		if d.params == nil {
			d.params = map[string]map[string][]string{}
		}
		d.params[s.Name] = params
		return d.feeds[s.Name]
	}}
}

func (d *desk) view(w, h int) string {
	d.t.Helper()
	d.page.SetSize(w, h)
	v := pagetest.View(d.env, d.page, w, h)
	pagetest.Fits(d.t, v, w, h)
	return v
}

func (d *desk) shows(w, h int, parts ...string) {
	d.t.Helper()
	v := d.view(w, h)
	for _, part := range parts {
		if !strings.Contains(v, part) {
			d.t.Errorf("%q is not in\n%s", part, v)
		}
	}
}

func (d *desk) lacks(w, h int, parts ...string) {
	d.t.Helper()
	v := d.view(w, h)
	for _, part := range parts {
		if strings.Contains(v, part) {
			d.t.Errorf("%q is in\n%s", part, v)
		}
	}
}

func metric(label, field, aggregate string) dashboard.Panel {
	return dashboard.Panel{Kind: "metric", Width: 1, Spec: &dashboard.Metric{Label: label, Source: "loans", Field: field, Aggregate: aggregate}}
}

func markdown(title, text string) dashboard.Panel {
	return dashboard.Panel{Kind: "markdown", Title: title, Width: 1, Spec: &dashboard.Markdown{Text: text}}
}

func row(panels ...dashboard.Panel) dashboard.Row { return dashboard.Row{Height: 1, Panels: panels} }

const words = "# A desk\n\nFigures of **all** loans, by *sector*, see [the rules](https://example.com/rules):\n\n" +
	"- one\n- two with `code`\n\n> said\n\n| sector | amount |\n|---|--:|\n| Energy | 230 |\n| Retail | 70 |\n"

func deskPage() dashboard.Content {
	exposure := metric("Exposure", "amount", "sum")
	spec := exposure.Spec.(*dashboard.Metric)
	spec.Over, spec.Delta, spec.Trend = "day", "previous", true
	return dashboard.Content{
		Inputs: []dashboard.Input{
			{Kind: "multiselect", Name: "sectors", Label: "Sectors", Source: "loans", Field: "sector", All: true, Required: "Choose a sector."},
			{Kind: "range", Name: "amounts", Label: "Amount", Source: "loans", Field: "amount"},
		},
		Rows: []dashboard.Row{
			row(exposure, metric("Names", "", "count"), metric("Largest", "amount", "max")),
			row(markdown("What this is", words), markdown("Notes", "A second text.")),
		},
	}
}

func TestFrames(t *testing.T) {
	for name, size := range map[string][2]int{"80x22": {80, 22}, "160x43": {160, 43}, "40x10": {40, 10}} {
		t.Run(name, func(t *testing.T) {
			d := open(t, deskPage(), map[string]*feed{"loans": newFeed(complete(loans()))}, size[0], size[1])
			golden.RequireEqual(t, []byte(d.view(size[0], size[1])))
		})
	}
}

func TestInputs(t *testing.T) {
	start := func(t *testing.T) *desk {
		return open(t, deskPage(), map[string]*feed{"loans": newFeed(complete(loans()))}, 100, 30)
	}
	t.Run("filter the panels of their source", func(t *testing.T) {
		d := start(t)
		d.shows(100, 30, "Sectors all 3", "167")
		pagetest.Press(t, d.page, "c", "M", "i", "n", "enter", "esc")
		d.shows(100, 30, "Sectors Energy, Retail", "160")
	})
	t.Run("with nothing chosen where something is required show its sentence", func(t *testing.T) {
		d := start(t)
		pagetest.Press(t, d.page, "c", "ctrl+x", "esc")
		d.shows(100, 30, "Choose a sector.")
		d.lacks(100, 30, "167")
	})
	t.Run("ask once where nothing is chosen, whatever panels wait for it", func(t *testing.T) {
		d := start(t)
		pagetest.Press(t, d.page, "c", "ctrl+x", "esc")
		if n := strings.Count(d.view(160, 43), "Choose a sector."); n != 1 {
			t.Errorf("it is asked %d times\n%s", n, d.view(160, 43))
		}
	})
	t.Run("go back to their defaults", func(t *testing.T) {
		d := start(t)
		pagetest.Press(t, d.page, "c", "ctrl+x", "esc", "x")
		d.shows(100, 30, "Sectors all 3", "167")
	})
	t.Run("keep what was chosen when the page is made again", func(t *testing.T) {
		d := start(t)
		pagetest.Press(t, d.page, "c", "down", "enter", "esc")
		d.shows(100, 30, "Sectors Mining, Retail")
		d.reopen(100, 30)
		d.shows(100, 30, "Sectors Mining, Retail")
	})
	t.Run("of numbers take a range", func(t *testing.T) {
		d := start(t)
		pagetest.Press(t, d.page, "c", "tab", "3", "0", ".", ".", "1", "0", "0", "enter")
		d.shows(100, 30, "Amount 30 … 100")
	})
	t.Run("say what is no range", func(t *testing.T) {
		d := start(t)
		pagetest.Press(t, d.page, "c", "tab", "3", "x", "enter")
		d.shows(100, 30, "write from..to")
	})
	t.Run("say how much of what is chosen", func(t *testing.T) {
		d := start(t)
		pagetest.Press(t, d.page, "c", "down", "enter")
		d.shows(100, 30, "2 of 3 chosen", "[ ] Energy", "[x] Mining")
	})
}

func TestSources(t *testing.T) {
	content := dashboard.Content{Rows: []dashboard.Row{
		row(metric("Names", "", "count"), dashboard.Panel{Kind: "metric", Width: 1, Spec: &dashboard.Metric{Label: "Other", Source: "other", Aggregate: "count"}}),
	}}
	t.Run("that fail are told in their panels, and the others go on", func(t *testing.T) {
		d := open(t, content, map[string]*feed{
			"loans": newFeed(complete(loans())), "other": newFeed(source.Snapshot{Err: errors.New("other.csv is gone")}),
		}, 80, 10)
		d.shows(80, 10, "other.csv is gone", "Names", "5")
	})
	t.Run("that wait say for what", func(t *testing.T) {
		d := open(t, content, map[string]*feed{
			"loans": newFeed(complete(loans())), "other": newFeed(source.Snapshot{Waiting: "waiting for your yes"}),
		}, 80, 10)
		d.shows(80, 10, "waiting for your yes", "Names")
	})
}

func TestConditionsOfAPanel(t *testing.T) {
	p := metric("Small", "amount", "sum")
	p.Where = query.Where{{Field: "amount", Op: query.Lt, Values: []string{"50"}}}
	q := metric("Typo", "amount", "sum")
	q.Where = query.Where{{Field: "amuont", Op: query.Lt, Values: []string{"50"}}}
	q.At = dashboard.Place{File: "pages/1.yaml", Line: 7, Col: 3}
	d := open(t, dashboard.Content{Rows: []dashboard.Row{row(p, q)}}, map[string]*feed{"loans": newFeed(complete(loans()))}, 80, 10)
	d.shows(80, 10, "77", "pages/1.yaml:7:3")
}

func chartPage() dashboard.Content {
	bars := dashboard.Panel{Kind: "bar_chart", Title: "Amount by sector", Width: 2, Spec: &dashboard.Chart{Source: "loans", X: "sector", Y: []string{"amount"}}}
	lines := dashboard.Panel{Kind: "line_chart", Title: "Day by day", Width: 1, Spec: &dashboard.Chart{Source: "loans", X: "day", Y: []string{"amount"}, Color: []string{"sector"}}}
	return dashboard.Content{
		Inputs: []dashboard.Input{
			{Kind: "multiselect", Name: "sectors", Label: "Sectors", Source: "loans", Field: "sector", All: true},
			{Kind: "toggle", Name: "open", Label: "Only open", Source: "loans", Field: "open"},
		},
		Rows: []dashboard.Row{row(metric("Exposure", "amount", "sum"), metric("Names", "", "count")), row(lines, bars), row(markdown("", "The end."))},
	}
}

func TestChartsStandBesideEachOtherOrBelow(t *testing.T) {
	d := open(t, chartPage(), map[string]*feed{"loans": newFeed(complete(loans()))}, 120, 30)
	d.shows(120, 30, "▸ Day by day ─", "┬── Amount by sector ─", "Exposure", "307", "The end.", "Only open ○ off")
	t.Run("in a narrow window the page scrolls to the one that has the focus", func(t *testing.T) {
		d.lacks(40, 10, "Amount by sector")
		pagetest.Press(t, d.page, "ctrl+w", "down")
		d.shows(40, 10, "▸ Amount by sector")
	})
	t.Run("one has all the room, and gives it back", func(t *testing.T) {
		pagetest.Press(t, d.page, "f")
		d.shows(120, 30, "Amount by sector")
		d.lacks(120, 30, "Day by day", "Exposure")
		pagetest.Press(t, d.page, "f")
		d.shows(120, 30, "Day by day", "Exposure")
	})
}

func TestATableOnThePage(t *testing.T) {
	rows := dashboard.Panel{Kind: "table", Title: "All loans", Width: 1, Spec: &dashboard.Table{Source: "loans", Index: []string{"sector"}}}
	content := deskPage()
	content.Rows = []dashboard.Row{content.Rows[0], row(rows)}
	d := open(t, content, map[string]*feed{"loans": newFeed(complete(loans()))}, 100, 30)
	d.shows(100, 30, "▌ All loans", "sector", "Mining")
	pagetest.Press(t, d.page, "c", "ctrl+x", "E", "n", "e", "enter", "esc")
	d.shows(100, 30, "Energy")
	d.lacks(100, 30, "Mining")
}

func TestTheRowsBehindAFigure(t *testing.T) {
	content := deskPage()
	content.Rows[0].Panels[0].Detail = []string{"sector", "amount"}
	d := open(t, content, map[string]*feed{"loans": newFeed(complete(loans()))}, 100, 24)
	pagetest.Press(t, d.page, "enter")
	d.shows(100, 24, "Exposure", "3 rows", "Mining")
	d.lacks(100, 24, "Largest", "2024-01-01")
	t.Run("are those that the inputs keep", func(t *testing.T) {
		pagetest.Press(t, d.page, "c", "ctrl+x", "E", "n", "e", "enter", "esc")
		d.shows(100, 24, "Energy", "1 row")
		d.lacks(100, 24, "Mining")
	})
	t.Run("go with esc", func(t *testing.T) {
		pagetest.Press(t, d.page, "esc")
		d.shows(100, 24, "Largest", "What this is")
	})
}

func TestLinks(t *testing.T) {
	content := deskPage()
	content.Rows[0].Panels[0].Open = &dashboard.Link{Page: "branches", Set: []dashboard.Assignment{{Input: "when", Field: "day"}}}
	d := open(t, content, map[string]*feed{"loans": newFeed(complete(loans()))}, 100, 24)
	other := dashboard.Page{ID: "branches", Title: "Branches", Content: &dashboard.Content{Inputs: []dashboard.Input{{Kind: "selectbox", Name: "when", Source: "loans", Field: "day"}}}}
	d.pages = dashboard.Pages{d.p, other}
	d.reopen(100, 24)
	pagetest.Press(t, d.page, "enter")
	d.shows(100, 24, "Branches, when = 2024-01-02", "the rows")
	_, msgs := pagetest.Press(t, d.page, "enter")
	if !slices.Contains(msgs, tea.Msg(page.Open{ID: "branches"})) {
		t.Errorf("it does not go there: %v", msgs)
	}
	d.p = other
	d.p.Content.Rows = []dashboard.Row{row(metric("Names", "", "count"))}
	d.p.Content.Sources = []dashboard.Source{{Name: "loans", Path: "loans.csv"}}
	d.reopen(100, 24)
	d.shows(100, 24, "when 2024-01-02", "3")
	_, msgs = pagetest.Press(t, d.page, "esc")
	if !slices.Contains(msgs, tea.Msg(page.Open{ID: "desk"})) {
		t.Errorf("esc does not go back: %v", msgs)
	}
}

func TestKeysOfTheFocusedPanelComeBeforeThePages(t *testing.T) {
	d := open(t, chartPage(), map[string]*feed{"loans": newFeed(complete(loans()))}, 100, 30)
	_, msgs := pagetest.Press(t, d.page, "e", "c")
	d.lacks(100, 30, "chosen")
	if !slices.ContainsFunc(msgs, func(m tea.Msg) bool { n, ok := m.(page.Notice); return ok && strings.HasPrefix(n.Text, "Saved ") }) {
		t.Errorf("c in the export menu does not export: %v", msgs)
	}
}

func TestInputsThatAQueryNames(t *testing.T) {
	d := open(t, deskPage(), map[string]*feed{"loans": newFeed(complete(loans())), "big": newFeed(complete(loans()))}, 80, 22)
	d.save(func(c *dashboard.Content) {
		for i := range c.Sources {
			if c.Sources[i].Name == "big" {
				c.Sources[i] = dashboard.Source{Name: "big", Connection: "book", Query: "select * from loans where sector in (:sectors) and x = ':sectorsX'"}
			}
		}
		c.Rows = append(c.Rows, row(dashboard.Panel{Kind: "metric", Width: 1, Spec: &dashboard.Metric{Label: "Big", Source: "big", Aggregate: "count"}}))
	})
	d.view(80, 22)
	if got := d.params["big"]["sectors"]; !slices.Equal(got, []string{"Energy", "Mining", "Retail"}) {
		t.Errorf("all are given as %q", got)
	}
	pagetest.Press(t, d.page, "c", "ctrl+x", "M", "i", "n", "enter", "esc")
	if got := d.params["big"]["sectors"]; !slices.Equal(got, []string{"Mining"}) {
		t.Errorf("one is given as %q", got)
	}
	t.Run("are not asked with where nothing is chosen that is required", func(t *testing.T) {
		pagetest.Press(t, d.page, "c", "ctrl+x", "esc")
		if got := d.params["big"]["sectors"]; !slices.Equal(got, []string{"Mining"}) {
			t.Errorf("none is given as %q", got)
		}
		pagetest.Press(t, d.page, "ctrl+w", "down", "ctrl+w", "down")
		d.shows(80, 22, "Choose a sector.")
	})
}

func TestInputsWithoutRoomAreCounted(t *testing.T) {
	d := open(t, deskPage(), map[string]*feed{"loans": newFeed(complete(loans()))}, 40, 10)
	pagetest.Press(t, d.page, "c", "down", "enter", "esc")
	d.shows(40, 10, " Sectors Mining, Retail ×   +1 ")
	d.page.Update(tea.MouseMsg{X: 30, Y: 0, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft})
	d.shows(40, 10, "Sectors: 2 of 3 chosen")
}

func TestALinkOfATable(t *testing.T) {
	rows := dashboard.Panel{Kind: "table", Width: 1, Spec: &dashboard.Table{Source: "loans"},
		Open: &dashboard.Link{Page: "sector", Set: []dashboard.Assignment{{Input: "which", Field: "sector"}}}}
	d := open(t, dashboard.Content{Rows: []dashboard.Row{row(rows)}}, map[string]*feed{"loans": newFeed(complete(loans()))}, 100, 20)
	d.pages = dashboard.Pages{d.p, {ID: "sector", Title: "One sector", Content: &dashboard.Content{Inputs: []dashboard.Input{{Kind: "selectbox", Name: "which", Source: "loans", Field: "sector"}}}}}
	d.reopen(100, 20)
	pagetest.Press(t, d.page, "down", "enter")
	d.shows(100, 20, "One sector, which = Retail", "the row")
	pagetest.Press(t, d.page, "down", "enter")
	d.lacks(100, 20, "One sector, which")
	d.shows(100, 20, "Retail", "2024-01-01")
	pagetest.Press(t, d.page, "esc")
	_, msgs := pagetest.Press(t, d.page, "enter", "enter")
	if !slices.Contains(msgs, tea.Msg(page.Open{ID: "sector"})) {
		t.Errorf("it does not go there: %v", msgs)
	}
}

func TestNamesOnAPage(t *testing.T) {
	content := deskPage()
	content.Rows = append(content.Rows, row(dashboard.Panel{Kind: "table", Title: "All loans", Width: 1, Spec: &dashboard.Table{Source: "loans"}}))
	d := open(t, content, map[string]*feed{"loans": newFeed(complete(loans()))}, 100, 40)
	kinds := map[string]string{}
	for _, n := range d.page.(page.Lister).Named() {
		kinds[n.Name] = n.Kind
		if n.Name == "limit" {
			pagetest.Settle(t, d.page.Update, d.page.Update(n.Msg))
		}
	}
	for name, want := range map[string]string{"Sectors": "input", "All loans": "panel", "limit": "column"} {
		if kinds[name] != want {
			t.Errorf("%s is a %q, want %q: %v", name, kinds[name], want, kinds)
		}
	}
}

func TestKeysOfThePageStandBehindTheFirstOfItsPanel(t *testing.T) {
	d := open(t, chartPage(), map[string]*feed{"loans": newFeed(complete(loans()))}, 100, 30)
	var acting []string
	for _, k := range d.page.Keys() {
		if k.Enabled() && k.Help().Key != "" {
			acting = append(acting, k.Help().Key)
		}
	}
	if at := slices.Index(acting, "c"); at != 2 || slices.Index(acting, "ctrl+w") != 3 {
		t.Errorf("the keys are %v", acting)
	}
}

func TestFiguresThatAreStaleAreAmber(t *testing.T) {
	env := pagetest.Env(t, termenv.TrueColor)
	env.Still = true
	figure := metric("Names", "", "count")
	figure.Title = "Loans"
	warn := cell.FromRGB(env.Theme.Warn)
	for age, want := range map[time.Duration]bool{time.Hour: false, 3 * time.Hour: true} {
		d := &desk{t: t, env: env, shared: board.NewInputs(), feeds: map[string]*feed{"loans": newFeed(complete(loans()))}}
		d.env.Now = func() time.Time { return pagetest.Noon.Add(age) }
		d.p = dashboard.Page{ID: "desk", Content: &dashboard.Content{
			Sources: []dashboard.Source{{Name: "loans", URL: "https://a.example/x.csv", StaleAfter: 2 * time.Hour}}, Rows: []dashboard.Row{row(figure)},
		}}
		d.reopen(80, 6)
		g := cell.NewGrid(80, 6)
		d.page.Draw(g)
		amber := slices.ContainsFunc(g.Row(0), func(c cell.Cell) bool { return c.FG == warn })
		if amber != want {
			t.Errorf("after %v: amber is %v", age, amber)
		}
	}
}

func TestChoicesAreThoseOfOnePerson(t *testing.T) {
	d := open(t, deskPage(), map[string]*feed{"loans": newFeed(complete(loans()))}, 100, 30)
	is := func(sub string) {
		pagetest.Settle(t, d.page.Update, d.page.Update(page.Session{Session: session.Session{Sub: sub}}))
		d.reopen(100, 30)
	}
	pagetest.Press(t, d.page, "c", "down", "enter", "esc")
	is("ana")
	d.shows(100, 30, "Sectors Mining, Retail")
	is("") // signed out, or seen as somebody who is
	d.shows(100, 30, "Sectors Mining, Retail")
	is("ben")
	d.shows(100, 30, "Sectors all 3")
}
