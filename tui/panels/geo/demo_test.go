package geo

import (
	"context"
	"io/fs"
	"testing"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/demo"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/textfile"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/panels"
)

// The demo's layers.
const (
	bikes = iota
	exits
	names
	flows
)

// demoView is the view of the demo.
var demoView = mapview.View{Lat: 37.76, Lon: -122.4, Zoom: 11, Pitch: 50}

var layerNames = [4]string{"Bike Rentals", "Bart Stop Exits", "Bart Stop Names", "Outbound Flow"}

// demoPanel is the panel of the demo's map, without figures.
func demoPanel(t testing.TB, profile ...termenv.Profile) *Panel {
	t.Helper()
	d, problems := dashboard.ReadFS(demo.Files())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	of, _ := d.Pages.Find("mapping")
	return New(panels.Env{
		Env: pagetest.Env(t, profile...), Panel: of.Content.Rows[0].Panels[0],
		Load: func(_ context.Context, path string, _ int64) ([]byte, error) { return fs.ReadFile(demo.Files(), path) },
	}).(*Panel)
}

// demoData are the figures of the demo that are part of the program.
func demoData(t testing.TB) panels.Data {
	t.Helper()
	out := panels.Data{Sources: map[string]panels.Table{}}
	for name, path := range map[string]string{"bike_racks": "sf_bike_parking", "stops": "bart_stations", "segments": "bart_segments"} {
		text, err := fs.ReadFile(demo.Files(), "data/"+path+".csv")
		if err != nil {
			t.Fatal(err)
		}
		f, err := textfile.ReadBytes(context.Background(), path+".csv", text, textfile.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		out.Sources[name] = panels.Table{Snapshot: source.Snapshot{Frame: f, Complete: true}, Rows: f}
	}
	return out
}

// open gives the demo's map, loaded, at a size.
func open(t testing.TB, w, h int, profile ...termenv.Profile) *Panel {
	t.Helper()
	a := demoPanel(t, profile...)
	pagetest.Open(t, a, w, h)
	pagetest.Settle(t, a.Update, a.Update(demoData(t)))
	return a
}

// is reports whether a pick is the name of a number, in a layer.
func is(a *Panel, p mapview.Pick, layer, name int) bool {
	for _, of := range a.figs.index.list[name].picks {
		if p == of && p.Layer == layer {
			return true
		}
	}
	return false
}

// shown are the layers that are drawn.
func shown(a *Panel) (out [4]bool) {
	for i := range out {
		out[i] = a.figs.shown(i)
	}
	return out
}

// nameOf is the name at the place of what is picked, and its number.
func nameOf(a *Panel, p mapview.Pick) (named, int) {
	_, at := a.figs.scene.Item(p)
	i := a.figs.index.places[at]
	return a.figs.index.list[i], i
}
