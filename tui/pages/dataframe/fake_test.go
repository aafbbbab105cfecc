package dataframe

import (
	"context"
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

// fake is a source of fixed answers.
type fake struct {
	table, now data.Table
	err        error
	nowErr     error
	asked      *int
}

func (s fake) Agriculture(context.Context) (data.Table, error) {
	if s.asked != nil {
		*s.asked++
	}
	return s.table, s.err
}
func (s fake) AgricultureNow(context.Context) (data.Table, error) { return s.now, s.nowErr }
func (s fake) Final(o data.Origin) bool                           { return o.Kind != data.Bundled }

func table(t testing.TB, kind, text string) data.Table {
	t.Helper()
	tab, err := data.ReadTable(t.Context(), "test.csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	tab.Origin = data.Origin{Kind: kind, Name: "test figures", Fetched: pagetest.Noon}
	if strings.HasPrefix(text, "Region,") {
		tab.Unit = data.AgricultureUnit
	}
	return tab
}

// world has five regions and four years; one name holds a comma, one value is
// missing.
const world = `Region,1961,1962,1963,1964
China,58340740,60690860,63942700,68462600
United States of America,89816580,90275010,93700380,94323700
"Iran, Islamic Republic of",2997640,3098577,3067630,
Brazil,16564600,17344940,17443010,16564600
France,16564600,26654000,25202710,25202710
`

func openWorld(t testing.TB, countries ...string) *Page {
	t.Helper()
	return openWith(t, fake{now: table(t, data.Live, world)}, countries...)
}

func openWith(t testing.TB, src Source, countries ...string) *Page {
	t.Helper()
	f := newPage(pagetest.Env(t), src, Options{Countries: countries})
	pagetest.Open(t, f, 100, 30)
	return f
}

// openPath opens a file.
func openPath(t testing.TB, path string) *Page {
	t.Helper()
	f := newPage(pagetest.Env(t), fake{}, Options{File: path})
	pagetest.Open(t, f, 100, 30)
	return f
}

// shownAt is the text of a cell that is in memory.
func shownAt(f *Page, row, col int) string {
	text, _ := f.table.Cell(row, col)
	return text
}

func press(t testing.TB, f *Page, keys ...string) []tea.Msg {
	t.Helper()
	_, msgs := pagetest.Press(t, f, keys...)
	return msgs
}

// clickOn clicks the first place where text stands.
func clickOn(t testing.TB, f *Page, text string) []tea.Msg {
	t.Helper()
	for y, line := range strings.Split(ansi.Strip(view(f)), "\n") {
		if i := strings.Index(line, text); i >= 0 {
			return clickAt(t, f, ansi.StringWidth(line[:i]), y)
		}
	}
	t.Fatalf("there is no %q in\n%s", text, view(f))
	return nil
}

func clickAt(t testing.TB, f *Page, x, y int) []tea.Msg {
	t.Helper()
	send := func(a tea.MouseAction) []tea.Msg {
		_, msgs := pagetest.Settle(t, f.Update, f.Update(tea.MouseMsg{X: x, Y: y, Action: a, Button: tea.MouseButtonLeft}))
		return msgs
	}
	return append(send(tea.MouseActionPress), send(tea.MouseActionRelease)...)
}

// headingAt returns where the heading of a column begins.
func headingAt(t testing.TB, f *Page, title string) (x, y int) {
	t.Helper()
	for y, line := range strings.Split(ansi.Strip(view(f)), "\n") {
		if i := strings.Index(line, title); i >= 0 && strings.Contains(line, "┊") {
			return ansi.StringWidth(line[:i]), y
		}
	}
	t.Fatalf("there is no heading %q in\n%s", title, view(f))
	return 0, 0
}

func rowNames(f *Page) string {
	var names []string
	for row := range f.table.Size().Rows {
		names = append(names, shownAt(f, row, 0))
	}
	return strings.Join(names, "|")
}

func wantText(t testing.TB, f *Page, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(view(f), p) {
			t.Errorf("there is no %q in\n%s", p, view(f))
		}
	}
}

func wantNoText(t testing.TB, f *Page, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(view(f), p) {
			t.Errorf("%q is still in\n%s", p, view(f))
		}
	}
}

// sheetText has n rows of four columns, with a bad one at 7.
func sheetText(n int) string {
	var b strings.Builder
	b.WriteString("id,name,amount,note\n")
	for i := range n {
		if i == 7 {
			b.WriteString("7,short\n")
			continue
		}
		fmt.Fprintf(&b, "%d,name %d,%d,\"a, b %d\"\n", i, i%10, i*7%1000, i)
	}
	return b.String()
}

// view returns the page as it is shown.
func view(f *Page) string { return pagetest.View(f.env, f, f.width, f.height) }
