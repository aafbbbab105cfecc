package table_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/textfile"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/panels/table"
	"github.com/authtabs/tabgate/tui/theme"
)

// sales is a small table of all kinds.
const sales = `day,branch,amount,units,paid,note
2024-03-01,Lyon,120.5,3,true,"first line
second line"
2024-03-02,Oslo,-7,,false,"{""a"":[1,2]}"
2024-03-03,Paris,1000,12,true,plain
2024-03-04,Lyon,42.25,3,,
2024-03-05,Bern,0.5,7,true,end
`

// read makes a frame of a text.
func read(t testing.TB, csv string) frame.Frame {
	t.Helper()
	r, err := textfile.ReadBytes(t.Context(), "sales.csv", []byte(csv), textfile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// held makes a frame in memory of a text.
func held(t testing.TB, csv string) frame.Frame {
	t.Helper()
	f := read(t, csv)
	b, err := frame.Rows(context.Background(), f, frame.All(f), 0, f.Len())
	if err != nil {
		t.Fatal(err)
	}
	return frame.New(f.Origin(), slices.Clone(f.Columns()), b.Columns)
}

// driven is a panel with what it is driven by.
type driven struct {
	panels.Panel
	t      testing.TB
	env    panels.Env
	seq    int
	w, h   int
	saved  map[string]string
	msgs   []tea.Msg // what the last keys told
	source string
}

// options are what a test sets.
type options struct {
	spec    dashboard.Table
	own     bool
	ascii   bool
	begin   panels.Steps
	link    *dashboard.Link
	w, h    int
	profile termenv.Profile
}

func open(t testing.TB, f frame.Frame, o options) *driven {
	t.Helper()
	d := &driven{t: t, w: 80, h: 14, saved: map[string]string{}, source: "sales"}
	if o.w > 0 {
		d.w, d.h = o.w, o.h
	}
	if o.profile == 0 {
		o.profile = termenv.Ascii
	}
	o.spec.Source = d.source
	d.env = panels.Env{Env: pagetest.Env(t, o.profile), Own: o.own, Begin: o.begin, Panel: dashboard.Panel{Kind: "table", Spec: &o.spec, Open: o.link}}
	d.env.Save = func(name string, b []byte) (string, error) { d.saved[name] = string(b); return "/exports/" + name, nil }
	if o.ascii {
		d.env.Theme.Rebuild(theme.Options{Dark: true, Glyphs: theme.ASCII})
	}
	d.Panel = table.New(d.env)
	d.Focus(true)
	pagetest.Open(t, d.Panel, d.w, d.h)
	if f != nil {
		d.give(source.Snapshot{Frame: f, Complete: true})
	}
	return d
}

// give gives a snapshot with all of its rows.
func (d *driven) give(s source.Snapshot) {
	d.t.Helper()
	d.seq++
	s.Seq = d.seq
	d.send(panels.Data{Sources: map[string]panels.Table{d.source: {Snapshot: s, Rows: s.Frame}}})
}

func (d *driven) send(msg tea.Msg) {
	d.t.Helper()
	_, d.msgs = pagetest.Settle(d.t, d.Update, d.Update(msg))
}

// press types keys.
func (d *driven) press(keys ...string) {
	d.t.Helper()
	_, d.msgs = pagetest.Press(d.t, d.Panel, keys...)
}

// write types a text.
func (d *driven) write(text string) {
	d.t.Helper()
	for _, r := range text {
		d.press(string(r))
	}
}

func (d *driven) click(x, y int, shift bool) {
	d.t.Helper()
	d.send(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionPress, Button: tea.MouseButtonLeft, Shift: shift})
	msgs := d.msgs
	d.send(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionRelease})
	d.msgs = append(msgs, d.msgs...)
}

func (d *driven) frame() string { return pagetest.View(d.env.Env, d.Panel, d.w, d.h) }

func (d *driven) lines() []string { return strings.Split(d.frame(), "\n") }

// find is the place of a text on the screen.
func (d *driven) find(text string) (x, y int) {
	d.t.Helper()
	for y, line := range d.lines() {
		if i := strings.Index(line, text); i >= 0 {
			return cell.Width(line[:i]), y
		}
	}
	d.t.Fatalf("there is no %q in\n%s", text, d.frame())
	return 0, 0
}

func (d *driven) shows(texts ...string) {
	d.t.Helper()
	frame := d.frame()
	for _, text := range texts {
		if !strings.Contains(frame, text) {
			d.t.Errorf("there is no %q in\n%s", text, frame)
		}
	}
}

func (d *driven) hides(texts ...string) {
	d.t.Helper()
	frame := d.frame()
	for _, text := range texts {
		if strings.Contains(frame, text) {
			d.t.Errorf("there is a %q in\n%s", text, frame)
		}
	}
}

// column is what a column of rows shows, from the top.
func (d *driven) column(texts ...string) {
	d.t.Helper()
	at := -1
	for _, text := range texts {
		next := -1
		for y, line := range d.lines() {
			if y > at && strings.Contains(line, text) {
				next = y
				break
			}
		}
		if next < 0 {
			d.t.Fatalf("%q does not stand below the others of %q in\n%s", text, texts, d.frame())
		}
		at = next
	}
}

// told is what was told to the page, as text.
func (d *driven) told() string {
	var out []string
	for _, m := range d.msgs {
		switch m := m.(type) {
		case page.Notice:
			out = append(out, m.Text)
		case page.Failed:
			out = append(out, "failed: "+m.Err.Error())
		case page.Copy:
			out = append(out, m.What+": "+m.Text)
		}
	}
	return strings.Join(out, "\n")
}

// kinds opens a table in memory and the same in a file.
func kinds(t *testing.T, test func(t *testing.T, f frame.Frame)) {
	t.Run("in memory", func(t *testing.T) { test(t, held(t, sales)) })
	t.Run("in a file", func(t *testing.T) { test(t, read(t, sales)) })
}

func TestSorting(t *testing.T) {
	kinds(t, func(t *testing.T, f frame.Frame) {
		d := open(t, f, options{})
		d.column("120.50", "-7.00", "1000.00")
		d.press("right", "right", "s")
		d.shows("▲amount", "sort amount ×")
		d.column("-7.00", "0.50", "42.25", "120.50")
		d.press("s")
		d.column("1000.00", "120.50", "42.25")
		d.press("s")
		d.hides("▲", "▼")
		d.press("left", "s", "right", "S", "S")
		d.shows("branch▲1", "▼2amount")
		d.column("Bern", "120.50", "42.25", "Oslo")
		x, y := d.find("day")
		d.click(x, y, false)
		d.shows("day▲")
		d.hides("branch▲")
		x, _ = d.find("branch")
		d.click(x, y, true)
		d.shows("day▲1", "branch▲2")
	})
}

func TestEveryStepIsUndone(t *testing.T) {
	kinds(t, func(t *testing.T, f frame.Frame) {
		d := open(t, f, options{})
		first := d.frame()
		steps := [][]string{{"right", "s"}, {"d"}, {"z"}, {"}"}}
		var frames []string
		for _, keys := range steps {
			d.press(keys...)
			frames = append(frames, d.frame())
		}
		d.hides("branch┊")
		for i := len(steps) - 2; i >= 0; i-- {
			d.press("u")
			if !strings.Contains(frames[i], strings.Join(d.lines()[2:], "\n")) && i != 0 {
				t.Errorf("step %d undone shows\n%s\nwant\n%s", i+1, d.frame(), frames[i])
			}
		}
		d.press("u")
		if d.press("g", "home"); d.frame() != first {
			t.Errorf("all undone shows\n%s\nwant\n%s", d.frame(), first)
		}
		if d.press("u"); d.told() != "There is nothing to undo." {
			t.Errorf("told %q", d.told())
		}
		d.press("U", "U")
		d.shows("1 column hidden")
	})
}

func TestColumnsAreHiddenMovedAndFrozen(t *testing.T) {
	d := open(t, held(t, sales), options{})
	d.press("right", "}")
	if a, b := strings.Index(d.lines()[1], "amount"), strings.Index(d.lines()[1], "branch"); a > b {
		t.Errorf("branch did not move behind amount: %q", d.lines()[1])
	}
	d.press("{", "d")
	d.hides("branch")
	d.shows("6 columns, 1 hidden")
	d.press("o")
	d.shows("[ ] branch", "[x] amount")
	d.write("brn")
	d.hides("[x] amount")
	d.press(" ")
	d.shows("[x] branch")
	d.press("enter")
	d.shows("branch")
	x, y := d.find("paid")
	d.click(x, y+1, false)
	d.press("z")
	d.shows("│")
	wide := open(t, read(t, strings.Repeat("c,", 30)+"last\n"+strings.Repeat("1234567,", 30)+"2\n"), options{})
	wide.press("right", "z", "end")
	wide.shows("c┊", "c_2", "last")
	wide.press("home", "z", "end")
	wide.hides("c_2 ")
}

func TestARowIsGoneTo(t *testing.T) {
	var b strings.Builder
	b.WriteString("n,x\n")
	for i := range 3000 {
		fmt.Fprintf(&b, "row%d,%d\n", i+1, i)
	}
	d := open(t, read(t, b.String()), options{})
	for text, want := range map[string]string{"120": "120/3,000", "-1": "3,000/3,000", "50%": "1,501/3,000", "1,000": "1,000/3,000"} {
		d.press("#")
		d.write(text)
		d.press("enter")
		d.shows(want)
	}
	for _, text := range []string{"0", "3001", "x", "101%", ""} {
		d.press("#")
		d.write(text)
		if d.press("enter"); !d.Capturing() {
			t.Errorf("%q is a row", text)
		}
		d.press("esc")
	}
	d.press("#", "9", "9", "9", "9", "enter")
	d.shows("there are 3,000 rows")
}

func TestExportsHoldWhatIsShown(t *testing.T) {
	kinds(t, func(t *testing.T, f frame.Frame) {
		d := open(t, f, options{})
		d.press("end", "d", "home", "d", "s")
		d.press("e", "c")
		if want := "branch,amount,units,paid\nBern,0.5,7,true\nLyon,120.5,3,true\nLyon,42.25,3,\nOslo,-7,,false\nParis,1000,12,true\n"; d.saved["sales-export.csv"] != want {
			t.Errorf("saved %q, want %q", d.saved["sales-export.csv"], want)
		}
		if !strings.HasPrefix(d.told(), "Saved /exports/sales-export.csv") {
			t.Errorf("told %q", d.told())
		}
		d.press("down", " ", "down", "down", " ", "e")
		d.shows("Export 2 marked rows")
		d.press("j")
		if want := `[{"branch":"Lyon","amount":120.5,"units":3,"paid":true},
{"branch":"Oslo","amount":-7,"units":null,"paid":false}]
`; d.saved["sales-export.json"] != want {
			t.Errorf("saved %q", d.saved["sales-export.json"])
		}
		d.press("e", "t")
		if want := "branch\tamount\tunits\tpaid\nLyon\t120.5\t3\ttrue\nOslo\t-7\t\tfalse\n"; d.saved["sales-export.tsv"] != want {
			t.Errorf("saved %q", d.saved["sales-export.tsv"])
		}
		d.press("e", "m")
		if want := "| branch | amount | units | paid |\n| --- | ---: | ---: | --- |\n| Lyon | 120.5 | 3 | true |\n| Oslo | -7 |  | false |\n"; d.saved["sales-export.md"] != want {
			t.Errorf("saved %q", d.saved["sales-export.md"])
		}
		d.press("e", "v")
		if !strings.HasPrefix(d.saved["sales-export.svg"], "<svg") || strings.Contains(d.saved["sales-export.svg"], "Export") {
			t.Errorf("the picture is %.80q", d.saved["sales-export.svg"])
		}
	})
}

func TestCopies(t *testing.T) {
	d := open(t, held(t, sales), options{})
	if d.press("right", "y"); d.told() != "1 cell: Lyon" {
		t.Errorf("told %q", d.told())
	}
	if d.press("shift+right", "shift+down", "y"); d.told() != "4 cells: Lyon\t120.5\nOslo\t-7" {
		t.Errorf("told %q", d.told())
	}
	d.press("Y")
	d.shows("Copy 5 rows", "tsv", "markdown", "csv", "json")
	if d.press("m"); !strings.Contains(d.told(), "| 2024-03-03 | Paris | 1000 | 12 | true | plain |") || !strings.Contains(d.told(), "first line<br>second line") {
		t.Errorf("told %q", d.told())
	}
}

func TestARowIsReadAsACard(t *testing.T) {
	d := open(t, held(t, sales), options{})
	d.press("enter")
	d.shows("Row 1 of 5", "first line", "second line", "branch")
	d.press("down")
	d.shows("Row 2 of 5", `"a": [`, "–")
	d.press("esc")
	d.hides("Row 2 of 5")
}

func TestWhatIsMissingHasASign(t *testing.T) {
	d := open(t, held(t, sales), options{profile: termenv.TrueColor})
	g := cell.NewGrid(d.w, d.h)
	d.Draw(g)
	var found int
	for y := range g.H {
		for x := range g.W {
			if c := g.At(x, y); c.Rune() == '–' && c.FG.RGB() != d.env.Theme.Text {
				found++
			}
		}
	}
	if found != 3 {
		t.Errorf("%d cells are missing, want 3:\n%s", found, g)
	}
}

func TestColumnsAsAPageWantsThem(t *testing.T) {
	spec := dashboard.Table{
		Columns: []dashboard.TableColumn{
			{Name: "amount", Label: "Sum", Format: ".1f", Unit: "€", Rules: []dashboard.Rule{{Op: "lt", Value: "0", Color: "bad"}, {Op: "gt", Field: "units", Color: "good"}}},
			{Name: "branch"}, {Name: "units", Scale: 0.1, Width: 20},
		},
		Index: []string{"branch"}, Sort: []string{"-amount"},
	}
	d := open(t, held(t, sales), options{spec: spec})
	d.shows("Sum (€)", "1000.0▲", "−7.0▼", "1.20", "0.70")
	d.hides("day", "note")
	d.column("Paris", "Lyon", "Lyon", "Bern", "Oslo")
	if line := d.lines()[1]; !strings.HasPrefix(strings.TrimSpace(line), "branch") {
		t.Errorf("the index is not first: %q", line)
	}
}

// The line below the table says of a column what its cells say.
func TestTheLineBelowTheTable(t *testing.T) {
	var b strings.Builder
	b.WriteString("branch_id,year,amount\n")
	for i := range 40 {
		fmt.Fprintf(&b, "%d,%d,%d.98765\n", 1000+i, 1980+i, 100+i)
	}
	spec := dashboard.Table{Columns: []dashboard.TableColumn{{Name: "branch_id"}, {Name: "year"}, {Name: "amount", Format: ".2f"}}}
	d := open(t, held(t, b.String()), options{w: 110, h: 14, spec: spec})
	d.shows("branch_id: 40 different · min 1000 · max 1039 · 40 values")
	d.press("right")
	d.shows("year: 40 different · min 1980 · max 2019 · 40 values")
	d.press("right")
	d.shows("amount: sum 4819.51 · mean 120.49 · min 100.99 · max 139.99 · 40 values")
	d.press("i")
	d.shows("100.99", "139.99", "120.49, deviation 11.69", "4819.51, of 40 values")
	d.press("esc", "left", "i")
	d.shows("1980")
	d.hides("sum", "mean")
}

func TestTrendsAreSparklines(t *testing.T) {
	f := held(t, "name,1961,1962,1963,total\na,1,2,3,6\nb,9,5,1,15\n")
	d := open(t, f, options{spec: dashboard.Table{Trend: []string{"19*"}, Index: []string{"name"}, Scale: 1e-6, Unit: "$B"}})
	d.shows("trend", "▁▄█", "█▄▁", "sales ($B)")
	d.press("right", "s")
	if d.hides("▲trend", "trend▲"); d.told() != "" {
		t.Errorf("told %q", d.told())
	}
}

func TestEverySizeFits(t *testing.T) {
	for name, o := range map[string]options{"own": {own: true}, "a panel": {}} {
		t.Run(name, func(t *testing.T) {
			d := open(t, read(t, sales), o)
			for w := 1; w <= 200; w += 2 + w {
				for h := 1; h <= 60; h += 2 + h {
					d.w, d.h = w, h
					d.SetSize(w, h)
					for _, keys := range [][]string{{}, {"enter"}, {"esc", "o"}, {"esc", "e"}, {"esc", "#"}, {"esc", "/", "a"}, {"esc", "t"}, {"esc", "w"}, {"tab"}, {"esc", "v"}, {"a"}, {"esc", "b"}, {"esc", "enter", "u"}, {"T"}, {"esc"}, {"I"}, {"esc", "i"}, {"esc", "esc"}} {
						d.press(keys...)
						pagetest.Fits(t, d.frame(), w, h)
					}
				}
			}
		})
	}
}

func TestWhatIsSaidWhereThereAreNoRows(t *testing.T) {
	d := open(t, nil, options{})
	d.shows("Loading")
	d.send(panels.Data{Sources: map[string]panels.Table{"sales": {Required: "Please select at least one country."}}})
	d.shows("Please select at least one country.")
	d.give(source.Snapshot{Waiting: "waiting for your yes"})
	d.shows("waiting for your yes")
	d.give(source.Snapshot{Err: fmt.Errorf("there is no such file")})
	d.shows("there is no such file")
	d.give(source.Snapshot{Frame: held(t, "a,b\n"), Complete: true})
	d.shows("There are no rows.")
}
