package source_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source"
)

const (
	flights  = "iata,delay\nABE,5\nXXX,7\nBWI,\n,9\nABE,1\n"
	airports = "iata,name,delay\nABE,Allentown,0\nBWI,Baltimore,1\nCLE,Cleveland,2\n"
)

// sources are those of one page.
func page(sources ...dashboard.Source) *dashboard.Dashboard {
	return &dashboard.Dashboard{Pages: dashboard.Pages{{Content: &dashboard.Content{Sources: sources}}}}
}

func looking(lookups ...dashboard.Lookup) []dashboard.Source {
	return []dashboard.Source{
		{Name: "flights", Path: "flights.csv", Lookup: lookups},
		{Name: "airports", Path: "airports.csv"},
		{Name: "twice", Values: []byte(`[{"iata": "ABE", "name": 1}, {"iata": "ABE", "name": 2}]`)},
		{Name: "loop", Path: "flights.csv", Lookup: []dashboard.Lookup{{From: "flights", On: "iata"}}},
		{Name: "gone", Path: "gone.csv"},
	}
}

func TestLookup(t *testing.T) {
	root := folder(t, map[string]string{"flights.csv": flights, "airports.csv": airports})
	ask := func(t *testing.T, lookups ...dashboard.Lookup) source.Snapshot {
		s := store(t, source.Options{Root: root})
		sources := looking(lookups...)
		s.Use(page(sources...))
		return complete(t, s.Open(sources[0], nil), 0)
	}
	t.Run("adds columns of another source", func(t *testing.T) {
		got := ask(t, dashboard.Lookup{From: "airports", On: "iata", Take: []string{"name"}})
		equal(t, got.Err, nil)
		equal(t, text(t, got.Frame), "iata delay name\nABE 5 Allentown\nXXX 7 -\nBWI - Baltimore\n- 9 -\nABE 1 Allentown")
		equal(t, got.Frame.Columns()[2].Nulls, 2)
		equal(t, strings.Join(got.Report.Notes, "\n"), `lookup airports: 2 of 5 rows have no match by iata and null there, first "XXX"`)
	})
	t.Run("adds all of them where none are named, and renames what there is already", func(t *testing.T) {
		got := ask(t, dashboard.Lookup{From: "airports", On: "iata"})
		equal(t, text(t, got.Frame), "iata delay name delay_2\nABE 5 Allentown 0\nXXX 7 - -\nBWI - Baltimore 1\n- 9 - -\nABE 1 Allentown 0")
		equal(t, got.Report.Notes[0], "lookup airports: renamed, since the source has such columns: delay_2")
	})
	t.Run("is refused by name", func(t *testing.T) {
		for name, c := range map[string]struct {
			lookup dashboard.Lookup
			want   string
		}{
			"where rows would multiply":     {dashboard.Lookup{From: "twice", On: "iata"}, `source flights: lookup in twice: iata "ABE" is in rows 1 and 2 there, so rows would multiply: keep one of each`},
			"where there is no such source": {dashboard.Lookup{From: "airprots", On: "iata"}, `source flights: there is no source "airprots" to look up in: the page has airports, twice, loop, gone`},
			"where the source has no key":   {dashboard.Lookup{From: "airports", On: "name"}, `source flights: lookup in airports: the source has no column "name": it has iata, delay`},
			"where the other has no key":    {dashboard.Lookup{From: "airports", On: "delays"}, `source flights: lookup in airports: the source has no column "delays": it has iata, delay`},
			"where the other has no column": {dashboard.Lookup{From: "airports", On: "iata", Take: []string{"city"}}, `source flights: lookup in airports: airports has no column "city": it has iata, name, delay`},
			"where it goes in a circle":     {dashboard.Lookup{From: "loop", On: "iata"}, "source flights: it is looked up in itself, by way of loop, flights: leave one lookup out"},
			"where the other is gone":       {dashboard.Lookup{From: "gone", On: "iata"}, `source flights: lookup: "gone.csv" cannot be read: there is no such file: look at its name and where it lies`},
		} {
			t.Run(name, func(t *testing.T) {
				got := ask(t, c.lookup)
				if got.Err == nil {
					t.Fatal("it is not refused")
				}
				equal(t, got.Err.Error(), c.want)
			})
		}
	})
}

func TestALookupInAQueryTakesTheInputsOfThePage(t *testing.T) {
	root := folder(t, map[string]string{"flights.csv": "id\n1\n2\n"})
	database(t, root.Name(), "book.db", book...)
	s := store(t, source.Options{Root: root})
	d := page(dashboard.Source{Name: "flights", Path: "flights.csv", Lookup: []dashboard.Lookup{{From: "loans", On: "id", Take: []string{"sector"}}}},
		dashboard.Source{Name: "loans", Connection: "book", Query: "select id, sector from loans where sector = :sector"})
	d.Connections = []dashboard.Connection{{Name: "book", Driver: "sqlite", Path: "book.db"}}
	s.Use(d)
	for sector, want := range map[string]string{"Energy": "id sector\n1 Energy\n2 -", "Retail": "id sector\n1 -\n2 Retail"} {
		got := complete(t, s.Open(d.Pages[0].Content.Sources[0], map[string][]string{"sector": {sector}}), 0)
		equal(t, got.Err, nil)
		equal(t, text(t, got.Frame), want)
	}
}

func TestALookupThatIsWatched(t *testing.T) {
	run := func(name string, test func(t *testing.T, w *watched)) {
		t.Run(name, func(t *testing.T) {
			root := folder(t, map[string]string{"flights.csv": "iata\nABE\nCLE\n", "airports.csv": airports})
			synctest.Test(t, func(t *testing.T) {
				w := &watched{t: t, root: root, system: source.NewSystem()}
				w.store = store(t, source.Options{Root: root}.With(w.system))
				sources := looking(dashboard.Lookup{From: "airports", On: "iata", Take: []string{"name"}})
				w.store.Use(page(sources...))
				w.feed = w.store.Open(sources[0], nil)
				t.Cleanup(w.feed.Close)
				w.last = complete(t, w.feed, 0)
				test(t, w)
			})
		})
	}
	run("is made again where its source grows", func(t *testing.T, w *watched) {
		appendTo(t, w.root, "flights.csv", "BWI\n")
		w.tell("flights.csv")
		got := w.next()
		equal(t, got.Grown, true)
		equal(t, text(t, got.Frame), "iata name\nABE Allentown\nCLE Cleveland\nBWI Baltimore")
	})
	run("is made again where the other changes", func(t *testing.T, w *watched) {
		write(t, w.root, "airports.csv", "iata,name\nABE,Somewhere\nABC,Else\n")
		w.tell("airports.csv")
		got := w.next()
		equal(t, got.Grown, false)
		equal(t, text(t, got.Frame), "iata name\nABE Somewhere\nCLE -")
	})
	run("says what is wrong with the other, and is made again when it is right", func(t *testing.T, w *watched) {
		write(t, w.root, "airports.csv", "iata,name\nABE,a\nABE,b\n")
		w.tell("airports.csv")
		got := w.next()
		equal(t, got.Err.Error(), `source flights: lookup in airports: iata "ABE" is in rows 1 and 2 there, so rows would multiply: keep one of each`)
		write(t, w.root, "airports.csv", airports)
		w.tell("airports.csv")
		equal(t, text(t, w.next().Frame), "iata name\nABE Allentown\nCLE Cleveland")
	})
}

func TestJoinOffers(t *testing.T) {
	s := store(t, source.Options{Root: folder(t, map[string]string{
		"flights.csv": "iata,code,delay\nABE,1,5\nBWI,2,7\nABE,3,5\n", "airports.csv": airports,
		"few.csv": "iata,x\nABE,1\n", "twice.csv": "iata,x\nABE,1\nBWI,1\nABE,2\n", "codes.csv": "code,x,y,z,u,v\n1,1,1,1,1,1\n2,1,1,1,1,1\n3,1,1,1,1,1\n",
	})})
	var all []source.Named
	for _, name := range []string{"flights", "airports", "few", "twice", "codes"} {
		f := s.Open(dashboard.Source{Path: name + ".csv"}, nil)
		t.Cleanup(f.Close)
		all = append(all, source.Named{Name: name, Frame: complete(t, f, 0).Frame})
	}
	offers, err := source.JoinOffers(t.Context(), all[0].Frame, all[1:])
	equal(t, err, nil)
	var got []string
	for _, o := range offers {
		got = append(got, o.String())
	}
	equal(t, strings.Join(got, "\n"), "+ name, delay from airports by iata: all 2 found\n+ x, y, z and 2 more from codes by code: all 3 found")
}
