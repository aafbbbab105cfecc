package chart_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/panels/chart"
)

// sales are three days of two cities.
func sales() frame.Frame {
	var day, city, amount frame.Vector
	day.Reset(frame.Date)
	city.Reset(frame.Text)
	amount.Reset(frame.Integer)
	for d := range int64(3) {
		for i, name := range []string{"Lyon", "Porto"} {
			day.AppendInt(frame.Days(2024, 3, 1) + d)
			city.AppendString(name)
			amount.AppendInt(10*(d+1) + int64(i)*5)
		}
	}
	return frame.New(frame.Origin{}, []frame.Column{{Name: "day"}, {Name: "city"}, {Name: "amount"}}, []frame.Vector{day, city, amount})
}

func figures(name string, f frame.Frame) panels.Data {
	return panels.Data{Sources: map[string]panels.Table{name: {Snapshot: source.Snapshot{Seq: 1, Frame: f, Complete: true}, Rows: f}}}
}

// opened is a panel with figures, as wide and high as most.
func opened(t testing.TB, spec any, d panels.Data, profile ...termenv.Profile) panels.Panel {
	t.Helper()
	p := chart.New(env(t, spec, profile...))
	pagetest.Open(t, p, 80, 20)
	pagetest.Settle(t, p.Update, p.Update(d))
	p.Focus(true)
	return p
}

func env(t testing.TB, spec any, profile ...termenv.Profile) panels.Env {
	e := panels.Env{Env: pagetest.Env(t, profile...), Panel: dashboard.Panel{Kind: "vega_lite", Spec: spec}}
	if _, ok := spec.(*dashboard.Chart); ok {
		e.Panel.Kind = "line_chart"
	}
	return e
}

func view(t testing.TB, p panels.Panel) string {
	return pagetest.View(pagetest.Env(t), p, 80, 20)
}

func wants(t *testing.T, p panels.Panel, texts ...string) {
	t.Helper()
	shown := view(t, p)
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			t.Errorf("%q is not shown:\n%s", text, shown)
		}
	}
}

func inline(text string) *dashboard.VegaLite { return &dashboard.VegaLite{Text: []byte(text)} }

const bars = `{"mark": "bar", "encoding": {"x": {"field": "city"}, "y": {"aggregate": "sum", "field": "amount"}}}`

const lines = `{"mark": "line", "encoding": {"x": {"field": "day", "type": "temporal"}, "y": {"field": "amount", "type": "quantitative"}, "color": {"field": "city"}}}`

func TestASpecificationThatNamesNoDataTakesTheOnlySource(t *testing.T) {
	wants(t, opened(t, inline(bars), figures("sales", sales())), "Lyon", "Porto", "█", "80")
}

func TestAShortFormIsDrawn(t *testing.T) {
	p := opened(t, &dashboard.Chart{Source: "sales", X: "day", Y: []string{"amount"}, Color: []string{"city"}}, figures("sales", sales()))
	wants(t, p, "Lyon", "Porto")
}

func TestAPropertyThatIsNotSupportedIsNamedWithItsPath(t *testing.T) {
	p := opened(t, inline(`{"mark": "geoshape", "encoding": {}}`), figures("sales", sales()))
	wants(t, p, `mark "geoshape" is not supported`)
}

func TestTheCursorReadsOutEachSeries(t *testing.T) {
	p := opened(t, inline(lines), figures("sales", sales()))
	pagetest.Press(t, p, "left")
	wants(t, p, "2024-03-03", "Lyon 30", "Porto 35")
	_, msgs := pagetest.Press(t, p, "left")
	wants(t, p, "2024-03-02", "Lyon 20", "Porto 25")
	if want := (panels.Cursor{Source: "sales", Field: "day", Value: "2024-03-02"}); len(msgs) != 1 || msgs[0] != want {
		t.Errorf("told %v, want %v", msgs, want)
	}
}

func TestFiguresAreReadOutWithTheDigitsThatSaySomething(t *testing.T) {
	p := opened(t, inline(`{"data": {"values": [{"x": 1, "y": 109.99732}, {"x": 2, "y": 0.0123456789}, {"x": 3, "y": 1234567.891}, {"x": 4, "y": 123456789}]},
		"mark": "line", "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}}}`), panels.Data{})
	for _, want := range []string{"y 123,456,789", "y 1,234,567.9 ", "y 0.0123457 ", "y 109.997 "} {
		pagetest.Press(t, p, "left")
		wants(t, p, want)
	}
}

func TestTheCursorOfAnotherPanelIsFollowed(t *testing.T) {
	p := opened(t, inline(lines), figures("sales", sales()))
	p.Update(panels.Cursor{Source: "sales", Field: "day", Value: "2024-03-01"})
	wants(t, p, "2024-03-01", "Lyon 10", "Porto 15")
	p.Update(panels.Cursor{Source: "other", Field: "day", Value: "2024-03-02"})
	wants(t, p, "2024-03-01")
}

func TestThePointerReadsAndLeaves(t *testing.T) {
	p := opened(t, inline(lines), figures("sales", sales()))
	view(t, p)
	p.Update(tea.MouseMsg{X: 8, Y: 5, Action: tea.MouseActionMotion, Button: tea.MouseButtonNone})
	wants(t, p, "2024-03-01")
	p.Update(page.Left{})
	if strings.Contains(view(t, p), "2024-03-01") {
		t.Error("the pointer left and is still read")
	}
}

func TestEnterAsksForTheRowsBehindAMark(t *testing.T) {
	p := opened(t, inline(bars), figures("sales", sales()))
	pagetest.Press(t, p, "home")
	wants(t, p, "Lyon", "Sum of amount 60")
	_, msgs := pagetest.Press(t, p, "enter")
	if len(msgs) != 1 {
		t.Fatalf("%v", msgs)
	}
	d := msgs[0].(panels.Detail)
	if want := (query.Condition{Field: "city", Op: query.Eq, Values: []string{"Lyon"}}); len(d.Where) != 1 || d.Where[0].Field != want.Field || d.Where[0].Op != want.Op || d.Where[0].Values[0] != "Lyon" {
		t.Errorf("%+v", d)
	}
}

// staff is who works in the two cities.
func staff() frame.Frame {
	var town, people frame.Vector
	town.Reset(frame.Text)
	people.Reset(frame.Integer)
	for i, name := range []string{"Lyon", "Porto"} {
		town.AppendString(name)
		people.AppendInt(int64(3 + i))
	}
	return frame.New(frame.Origin{}, []frame.Column{{Name: "town"}, {Name: "people"}}, []frame.Vector{town, people})
}

func TestTheRowsBehindAMarkAreOfItsOwnSource(t *testing.T) {
	const two = `{"vconcat": [
		{"data": {"name": "sales"}, "mark": "bar", "encoding": {"x": {"field": "city"}, "y": {"aggregate": "sum", "field": "amount"}}},
		{"data": {"name": "staff"}, "mark": "bar", "encoding": {"x": {"field": "town"}, "y": {"field": "people", "type": "quantitative"}}},
		{"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {"x": {"field": "a"}, "y": {"field": "a", "type": "quantitative"}}}
	]}`
	d := figures("sales", sales())
	d.Sources["staff"] = figures("staff", staff()).Sources["staff"]
	p := opened(t, inline(two), d)
	for i, want := range []string{"sales city eq Lyon", "staff town eq Lyon", ""} {
		_, msgs := pagetest.Press(t, p, "home", "enter")
		got := ""
		for _, m := range msgs {
			if m, ok := m.(panels.Detail); ok {
				got = m.Source + " " + m.Where[0].Field + " " + string(m.Where[0].Op) + " " + m.Where[0].Values[0]
			}
		}
		if got != want {
			t.Errorf("plot %d: got %q of %v, want %q", i+1, got, msgs, want)
		}
		if i < 2 {
			pagetest.Press(t, p, "down")
		}
	}
}

func TestExports(t *testing.T) {
	p := opened(t, inline(bars), figures("sales", sales()))
	for format, want := range map[string]string{"csv": "day,city,amount\n2024-03-01,Lyon,10\n", "json": `{"day":"2024-03-01","city":"Lyon","amount":10}`, "svg": "<svg", "ansi": "Porto"} {
		var b strings.Builder
		if err := p.(page.Exporter).Export(format, &b); err != nil || !strings.Contains(b.String(), want) {
			t.Errorf("%s: %.200q, %v", format, b.String(), err)
		}
	}
	_, msgs := pagetest.Press(t, p, "e", "c")
	if want := (page.Notice{Text: "Saved /exports/chart.csv"}); len(msgs) != 1 || msgs[0] != want {
		t.Errorf("%v", msgs)
	}
}

func TestASpecificationIsReadFromItsFile(t *testing.T) {
	e := env(t, &dashboard.VegaLite{Path: "charts/a.vl.json"})
	e.Load = func(_ context.Context, path string, _ int64) ([]byte, error) {
		if path != "charts/a.vl.json" {
			return nil, errors.New("no such file")
		}
		return []byte(bars), nil
	}
	p := chart.New(e)
	pagetest.Open(t, p, 80, 20)
	pagetest.Settle(t, p.Update, p.Update(figures("sales", sales())))
	wants(t, p, "Lyon")
}

func TestASizeIsCaughtUpWith(t *testing.T) {
	p := opened(t, inline(bars), figures("sales", sales()))
	p.SetSize(40, 10)
	if cmd := p.Update(page.Resized{}); cmd == nil {
		t.Fatal("nothing is drawn anew")
	}
	pagetest.Fits(t, pagetest.View(pagetest.Env(t), p, 40, 10), 40, 10)
}

func TestALongWaitIsSaid(t *testing.T) {
	p := chart.New(env(t, inline(bars)))
	p.SetSize(80, 20)
	cmds := p.Update(figures("sales", sales()))().(tea.BatchMsg)
	if len(cmds) != 2 {
		t.Fatalf("%d commands", len(cmds))
	}
	tick := cmds[1]().(pagetest.Tick)
	if tick.After != 200*time.Millisecond {
		t.Errorf("after %v", tick.After)
	}
	p.Update(tick.Fire())
	wants(t, p, "drawing…")
	p.Update(cmds[0]())
	wants(t, p, "Lyon")
	p.Update(tick.Fire())
	if strings.Contains(view(t, p), "drawing") {
		t.Error("it is drawn, and still said to be drawn")
	}
}

func TestWhatASourceLacksIsSaid(t *testing.T) {
	for text, table := range map[string]panels.Table{
		"Please select at least one country.": {Snapshot: source.Snapshot{Frame: sales()}, Rows: sales(), Required: "Please select at least one country."},
		"x.csv is gone":                       {Snapshot: source.Snapshot{Err: errors.New("x.csv is gone")}},
		"waiting for your yes":                {Snapshot: source.Snapshot{Waiting: "waiting for your yes"}},
		"Loading the figures…":                {},
	} {
		p := opened(t, inline(bars), panels.Data{Sources: map[string]panels.Table{"sales": table}})
		wants(t, p, text)
	}
}

const areas = `{"mark": "area", "encoding": {"x": {"field": "day", "type": "temporal"}, "y": {"field": "amount", "type": "quantitative"}, "color": {"field": "city"}}}`

func TestASeriesIsHiddenFromTheLegendAndTheOthersKeepTheirColours(t *testing.T) {
	p := opened(t, inline(areas), figures("sales", sales()), termenv.TrueColor)
	pagetest.Press(t, p, "end")
	wants(t, p, "Porto 35", "Lyon 30", "60")
	before := svg(t, p)
	pagetest.Press(t, p, "o", " ")
	pagetest.Press(t, p, "esc")
	shown := view(t, p)
	if !strings.Contains(shown, "Porto 35") || strings.Contains(shown, "Lyon 30") || strings.Contains(shown, "60 ") || !strings.Contains(shown, "- Lyon") {
		t.Errorf("Lyon is not hidden, or y does not fit what is left:\n%s", shown)
	}
	if after := svg(t, p); !strings.Contains(before, "f58518") || !strings.Contains(after, "f58518") {
		t.Error("Porto has another colour")
	}
	pagetest.Press(t, p, "o", "a", "esc")
	wants(t, p, "Lyon 30")
}

func svg(t *testing.T, p panels.Panel) string {
	t.Helper()
	var b strings.Builder
	if err := p.(page.Exporter).Export("svg", &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAClickOnTheLegendHidesASeries(t *testing.T) {
	p := opened(t, inline(lines), figures("sales", sales()))
	clickLegend(t, p, "Lyon")
	wants(t, p, "- Lyon")
}

func TestAreasBecomeLinesThatAreNotPiled(t *testing.T) {
	p := opened(t, inline(areas), figures("sales", sales()))
	wants(t, p, "60", "█")
	pagetest.Press(t, p, "A")
	if shown := view(t, p); strings.Contains(shown, "60 ") || strings.Contains(shown, "█") {
		t.Errorf("still areas:\n%s", shown)
	}
}

// Dates without a zone show what is written, wherever they are read, and
// whether the specification counts them in local time or in UTC.
func TestDatesAreReadOutAsTheyAreWritten(t *testing.T) {
	old := time.Local
	defer func() { time.Local = old }()
	for _, zone := range []string{"America/New_York", "Asia/Tokyo"} {
		var err error
		if time.Local, err = time.LoadLocation(zone); err != nil {
			t.Skip(err)
		}
		for _, x := range []string{`{"field": "day", "type": "temporal"}`, `{"field": "day", "type": "temporal", "scale": {"type": "utc"}}`} {
			p := opened(t, inline(`{"mark": "line", "encoding": {"x": `+x+`, "y": {"field": "amount", "type": "quantitative"}, "color": {"field": "city"}}}`), figures("sales", sales()))
			_, msgs := pagetest.Press(t, p, "end")
			wants(t, p, "2024-03-03")
			if len(msgs) != 1 || msgs[0].(panels.Cursor).Value != "2024-03-03" {
				t.Errorf("%s, %s: told %v", zone, x, msgs)
			}
			p.Update(panels.Cursor{Source: "sales", Field: "day", Value: "2024-03-01"})
			wants(t, p, "2024-03-01")
			_, msgs = pagetest.Press(t, p, "enter")
			if d := msgs[0].(panels.Detail); d.Where[0].Values[0] != "2024-03-01" {
				t.Errorf("%s, %s: %v", zone, x, d)
			}
		}
	}
}

func TestEnterOffersThePanelsLinkBesideTheRows(t *testing.T) {
	e := env(t, inline(bars))
	e.Panel.Open = &dashboard.Link{Page: "branches", Set: []dashboard.Assignment{{Input: "city", Field: "city"}}}
	p := chart.New(e)
	pagetest.Open(t, p, 80, 20)
	pagetest.Settle(t, p.Update, p.Update(figures("sales", sales())))
	_, msgs := pagetest.Press(t, p, "home", "enter")
	follow, ok := msgs[len(msgs)-1].(panels.Follow)
	if !ok || follow.Values["city"] != "Lyon" {
		t.Fatalf("%+v", msgs)
	}
	_, msgs = pagetest.Settle(t, p.Update, p.Update(follow.Then))
	if d, ok := msgs[0].(panels.Detail); !ok || d.Where[0].Values[0] != "Lyon" {
		t.Errorf("%+v", msgs)
	}
}

// A month without its year is no date: bars of months follow the cursor of a
// line of days, and say nothing of a day themselves.
func TestMonthsFollowDaysAndTellNone(t *testing.T) {
	spec := `{"mark": "bar", "encoding": {"x": {"timeUnit": "month", "field": "day"}, "y": {"aggregate": "count", "title": "days"}}}`
	p := opened(t, inline(spec), figures("w", weather()))
	for day, want := range map[string]string{"2024-01-31": "Jan", "2024-02-01": "Feb", "2024-03-30": "Mar", "2024-04-15": "Apr"} {
		p.Update(panels.Cursor{Source: "w", Field: "day", Value: day})
		lines := strings.Split(view(t, p), "\n")
		if words := lines[len(lines)-1]; !strings.HasPrefix(words, want) {
			t.Errorf("%s: %q", day, words)
		}
	}
	if _, msgs := pagetest.Press(t, p, "left"); len(msgs) != 0 {
		t.Errorf("told %v", msgs)
	}
}

func TestG65ChartExplosion(t *testing.T) {
	t.Run("a chart that takes longer than it may is not drawn, and says so", func(t *testing.T) {
		e := env(t, inline(`{"data": {"sequence": {"start": 0, "stop": 2000000}}, "mark": "point", "encoding": {"x": {"field": "data", "type": "quantitative"}}}`))
		e.ChartTime = 1
		p := chart.New(e)
		pagetest.Open(t, p, 80, 20)
		pagetest.Settle(t, p.Update, p.Update(figures("sales", sales())))
		wants(t, p, "takes more than 1ns to be computed")
	})
	t.Run("one that makes very many rows is refused", func(t *testing.T) {
		p := opened(t, inline(`{"data": {"sequence": {"start": 0, "stop": 1000000000}}, "mark": "point", "encoding": {"x": {"field": "data", "type": "quantitative"}}}`), figures("sales", sales()))
		wants(t, p, "makes more than 5000000 rows")
	})
}
