package geo_test

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/textfile"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/panels/geo"
)

const cities = "city,lat,lng,kind,people\nParis,48.86,2.35,capital,2100000\nLyon,45.76,4.84,town,520000\nBerlin,52.52,13.4,capital,3600000\nHamburg,53.55,9.99,port,1800000\nNowhere,,,town,1\nMoon,95,400,town,0\n"

// show makes a panel of a csv text, with all of its commands done.
func show(t *testing.T, spec dashboard.Map, csv string) *geo.Panel {
	t.Helper()
	f, err := textfile.ReadBytes(context.Background(), "cities.csv", []byte(csv), textfile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	spec.Source = "cities"
	p := geo.New(panels.Env{Env: pagetest.Env(t), Panel: dashboard.Panel{Kind: "map", Spec: &spec}}).(*geo.Panel)
	p.SetSize(80, 24)
	run(p, p.Init())
	run(p, p.Update(panels.Data{Sources: map[string]panels.Table{"cities": {Snapshot: source.Snapshot{Frame: f, Complete: true, Report: f.Report}, Rows: f}}}))
	return p
}

// run does a command and those that follow from it, and returns what was said.
func run(p panels.Panel, cmd tea.Cmd) (said []tea.Msg) {
	if cmd == nil {
		return nil
	}
	msg := cmd()
	if tick, ok := msg.(pagetest.Tick); ok {
		return run(p, p.Update(tick.Make(pagetest.Noon.Add(time.Second))))
	}
	if batch, ok := msg.(tea.BatchMsg); ok {
		for _, c := range batch {
			said = append(said, run(p, c)...)
		}
		return said
	}
	return append(append(said, msg), run(p, p.Update(msg))...)
}

func text(p panels.Panel, w, h int) string {
	g := cell.NewGrid(w, h)
	p.SetSize(w, h)
	p.Draw(g)
	return g.String()
}

func press(p panels.Panel, keys ...string) (said []tea.Msg) {
	for _, k := range keys {
		said = append(said, run(p, p.Update(pagetest.Key(k)))...)
	}
	return said
}

func TestAMap(t *testing.T) {
	t.Run("counts the places, and tells the rows that are not on it", func(t *testing.T) {
		p := show(t, dashboard.Map{}, cities)
		if got := text(p, 110, 24); !strings.Contains(got, "4 places · 1 without a place left out, 1 outside the world left out") {
			t.Errorf("the map says:\n%s", got)
		}
		if notes := strings.Join(p.Notes(), "\n"); !strings.Contains(notes, "1 outside the world") {
			t.Errorf("the notes are %q", notes)
		}
	})
	t.Run("reads the rows out one after the other, with their fields", func(t *testing.T) {
		p := show(t, dashboard.Map{}, cities)
		press(p, "n", "n", "n")
		if got := text(p, 120, 24); !strings.Contains(got, "Berlin  kind capital · people 3600000") {
			t.Errorf("the map says:\n%s", got)
		}
		press(p, "N", "N", "N")
		if got := text(p, 120, 24); !strings.Contains(got, "Hamburg") {
			t.Errorf("behind the first comes:\n%s", got)
		}
	})
	t.Run("explains the colours of a column, the frequent values first met first", func(t *testing.T) {
		p := show(t, dashboard.Map{Color: "kind"}, cities)
		got := text(p, 80, 24)
		for _, want := range []string{"kind", "● capital", "● town", "● port"} {
			if !strings.Contains(got, want) {
				t.Errorf("there is no %q in\n%s", want, got)
			}
		}
	})
	t.Run("asks for the rows at a place", func(t *testing.T) {
		p := show(t, dashboard.Map{}, cities)
		text(p, 80, 24)
		said := press(p, "n", "enter")
		d, ok := said[len(said)-1].(panels.Detail)
		if !ok || d.Source != "cities" || len(d.Where) != 2 || d.Where[0].Values[0] != "48.86" {
			t.Errorf("asked for %+v", said)
		}
	})
	t.Run("keeps the reader's view when figures come anew", func(t *testing.T) {
		p := show(t, dashboard.Map{}, cities)
		before := text(p, 80, 24)
		press(p, "+", "+", "right")
		moved := text(p, 80, 24)
		if moved == before {
			t.Fatal("the view has not moved")
		}
		f, err := textfile.ReadBytes(context.Background(), "cities.csv", []byte(cities), textfile.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		run(p, p.Update(panels.Data{Sources: map[string]panels.Table{"cities": {Snapshot: source.Snapshot{Frame: f, Complete: true}, Rows: f}}}))
		if after := text(p, 80, 24); after != moved {
			t.Error("the view has moved")
		}
		press(p, "0")
		if after := text(p, 80, 24); after != before {
			t.Error("0 does not go back to the first view")
		}
	})
	t.Run("reads out what is under the pointer", func(t *testing.T) {
		p := show(t, dashboard.Map{Size: "60000"}, cities)
		text(p, 80, 24)
		found := ""
		for y := range 23 {
			for x := range 80 {
				p.Update(tea.MouseMsg{X: x, Y: y, Action: tea.MouseActionMotion})
				if got := text(p, 80, 24); strings.Contains(got, "Lyon") {
					found = got
				}
			}
		}
		if found == "" {
			t.Error("no cell is Lyon's")
		}
	})
	t.Run("exports rows and pictures", func(t *testing.T) {
		p := show(t, dashboard.Map{}, cities)
		text(p, 80, 24)
		for format, want := range map[string]string{"csv": "city,lat,lng,kind,people\nParis,48.86,2.35,capital,2100000\n", "json": `"city":"Paris"`, "svg": "<svg", "ansi": "├"} {
			var b strings.Builder
			if err := p.Export(format, &b); err != nil || !strings.Contains(b.String(), want) {
				t.Errorf("%s: %v, %.80q", format, err, b.String())
			}
		}
		if err := p.Export("png", new(strings.Builder)); err != page.ErrFormat {
			t.Errorf("png: %v", err)
		}
	})
}

func TestAMapThatCannotBeDrawnSaysWhy(t *testing.T) {
	for name, tt := range map[string]struct {
		spec      dashboard.Map
		csv, want string
	}{
		"a field that is not there":  {dashboard.Map{Latitude: "latt"}, cities, "latitude: there is no field latt: did you mean lat?"},
		"no coordinates":             {dashboard.Map{}, "a,b\n1,2\n", "map data must contain a column named lat or latitude"},
		"no row with a place":        {dashboard.Map{}, "lat,lon\n,\n,\n", "none of its 2 rows has a place"},
		"a colour that is none":      {dashboard.Map{Color: "#12"}, cities, "color: there is no field #12"},
		"a size that is no radius":   {dashboard.Map{Size: "-5"}, cities, "size: -5 is no radius in metres"},
		"a size that is not a field": {dashboard.Map{Size: "peple"}, cities, "size: there is no field peple: did you mean people?"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(strings.Fields(text(show(t, tt.spec, tt.csv), 120, 12)), " "); !strings.Contains(got, tt.want) {
				t.Errorf("it says %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAMapFitsEverySize(t *testing.T) {
	p := show(t, dashboard.Map{Color: "kind"}, cities)
	for _, size := range [][2]int{{0, 0}, {1, 1}, {10, 3}, {40, 12}, {80, 24}, {200, 60}} {
		g := cell.NewGrid(size[0], size[1])
		p.SetSize(size[0], size[1])
		p.Draw(g)
		pagetest.Fits(t, g.ANSI(), size[0], size[1])
	}
}
