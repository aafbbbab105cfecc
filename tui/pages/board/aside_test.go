package board_test

import (
	"testing"
	"time"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

// from is a frame of another origin: live, cache or file.
type from struct {
	frame.Frame
	kind string
}

func (f from) Origin() frame.Origin { return frame.Origin{Kind: f.kind} }

func TestWhatIsSaidOfFigures(t *testing.T) {
	start := func(t *testing.T, src dashboard.Source, snap source.Snapshot) *desk {
		text := markdown("Text", "words")
		figure := metric("Names", "", "count")
		figure.Title = "Loans"
		d := open(t, dashboard.Content{Rows: []dashboard.Row{row(figure), row(text)}}, map[string]*feed{"loans": newFeed(snap)}, 100, 12)
		src.Name = "loans"
		d.save(func(c *dashboard.Content) { c.Sources = []dashboard.Source{src} })
		return d
	}
	later := func(d *desk, by time.Duration) {
		d.env.Now = func() time.Time { return pagetest.Noon.Add(by) }
		d.save(func(c *dashboard.Content) {})
		d.reopen(100, 12)
	}
	t.Run("where they come from the network: from where, and how old they are", func(t *testing.T) {
		d := start(t, dashboard.Source{URL: "https://figures.example.com/loans.csv"}, complete(loans()))
		d.shows(100, 12, "Loans ─", "● Live, just now: figures.example.com")
		later(d, 3*time.Hour)
		d.shows(100, 12, "● Live, 3 h ago: figures.example.com")
	})
	t.Run("what stands in where the network gave nothing, and why, in one line of the page", func(t *testing.T) {
		s := complete(loans())
		s.Fallback, s.Note, s.Away = &dashboard.Fallback{Note: "figures of 2023"}, "the host is down: figures of 2023", "the host is down"
		d := start(t, dashboard.Source{URL: "https://figures.example.com/loans.csv"}, s)
		d.shows(100, 12, "● Bundled: figures of 2023 · not live: the host is down")
		d.lacks(100, 12, "! ")
	})
	t.Run("beside each panel where there is no line to spare", func(t *testing.T) {
		start(t, dashboard.Source{URL: "https://figures.example.com/loans.csv"}, complete(loans())).shows(100, 9, " figures.example.com, just now ")
	})
	t.Run("of several addresses that which is furthest from live, and of which source", func(t *testing.T) {
		kept, stands := complete(loans()), complete(loans())
		kept.Frame = from{kept.Frame, "cache"}
		stands.Fallback = &dashboard.Fallback{Note: "figures of 2023"}
		feeds := map[string]*feed{"loans": newFeed(complete(loans())), "stops": newFeed(kept), "arcs": newFeed(complete(loans()))}
		d := open(t, dashboard.Content{}, feeds, 100, 12)
		at := func(names ...string) {
			d.save(func(c *dashboard.Content) {
				c.Sources, c.Rows = nil, []dashboard.Row{row()}
				for _, name := range names {
					p := metric(name, "", "count")
					p.Title, p.Spec.(*dashboard.Metric).Source = name, name
					c.Rows[0].Panels = append(c.Rows[0].Panels, p)
					c.Sources = append(c.Sources, dashboard.Source{Name: name, URL: "https://figures.example.com/" + name + ".csv"})
				}
			})
		}
		at("loans", "stops", "arcs")
		d.shows(100, 12, "loans ──────── figures.exampl…", "stops ────────────────", "● stops: Cached just now: figures.example.com")
		at("loans", "arcs")
		d.shows(100, 12, "● Live, just now: figures.example.com")
		at("loans")
		own := complete(from{loans(), "file"})
		own.Note = "File own.csv: 1 row left out"
		feeds["arcs"].give(own)
		at("loans", "arcs")
		d.shows(100, 12, "● loans: Live, just now: figures.example.com", "! File own.csv")
		at("loans")
		feeds["arcs"].give(stands)
		at("stops", "arcs", "loans")
		d.shows(100, 12, "● arcs: Bundled: figures of 2023")
	})
	t.Run("nothing of an address where a reader's own file stands in its place", func(t *testing.T) {
		s := complete(from{loans(), "file"})
		start(t, dashboard.Source{URL: "https://figures.example.com/loans.csv"}, s).lacks(100, 12, "Live")
	})
	t.Run("nothing where a file is read once", func(t *testing.T) {
		start(t, dashboard.Source{Path: "loans.csv"}, complete(loans())).lacks(100, 12, "just now")
	})
	t.Run("why others than those asked for are shown", func(t *testing.T) {
		s := complete(loans())
		s.Note = "the address failed: figures of 2023"
		start(t, dashboard.Source{Path: "loans.csv"}, s).shows(100, 12, "! the address failed: figures of 2023")
	})
	t.Run("a clock runs where ages are shown, and only there", func(t *testing.T) {
		for url, want := range map[string]int{"https://figures.example.com/loans.csv": 1, "": 0} {
			d := start(t, dashboard.Source{URL: url, Path: "x"}, complete(loans()))
			d.env.Still = false
			b := d.fresh()
			b.SetSize(100, 12)
			if n := ticksOf(b.Update(page.Shown{})); n != want {
				t.Errorf("%q: %d ticks, want %d", url, n, want)
			}
		}
	})
}
