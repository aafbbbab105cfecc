package geo_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/textfile"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/panels/geo"
)

// layered is a specification of two layers over a source, and one that is not
// supported.
const layered = `{"initialViewState":{"latitude":48.9,"longitude":2.3,"zoom":6},"tooltip":{"text":"{city} has {people}"},"layers":[
 {"@@type":"ScatterplotLayer","id":"towns","data":"cities","getPosition":"@@=[lng, lat]","getRadius":20000,"pickable":true,"getFillColor":[255,0,255]},
 {"@@type":"HexagonLayer","id":"bins","data":"cities","getPosition":"@@=[lng, lat]","radius":40000,"visible":false},
 {"@@type":"TerrainLayer","id":"hills"}]}`

// deckOf makes a panel of a specification over the cities.
func deckOf(t *testing.T, spec dashboard.Pydeck, load func(string) ([]byte, error)) *geo.Panel {
	t.Helper()
	f, err := textfile.ReadBytes(context.Background(), "cities.csv", []byte(cities), textfile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	spec.Names = []string{"cities"}
	env := panels.Env{Env: pagetest.Env(t), Panel: dashboard.Panel{Kind: "pydeck", Spec: &spec}}
	if load != nil {
		env.Load = func(_ context.Context, path string, _ int64) ([]byte, error) { return load(path) }
	}
	p := geo.New(env).(*geo.Panel)
	p.SetSize(80, 24)
	run(p, p.Init())
	run(p, p.Update(panels.Data{Sources: map[string]panels.Table{"cities": {Snapshot: source.Snapshot{Frame: f, Complete: true}, Rows: f}}}))
	return p
}

func TestADeck(t *testing.T) {
	spec := dashboard.Pydeck{Text: []byte(layered), Heading: "Map Layers", Required: "Please choose at least one layer above.", Keys: map[string]string{"towns": "t"}}
	t.Run("counts the layers that cannot be drawn, and notes why", func(t *testing.T) {
		p := deckOf(t, spec, nil)
		if got := text(p, 100, 24); !strings.Contains(got, "1 of 3 layers cannot be drawn: the notes say why") {
			t.Errorf("the map says:\n%s", got)
		}
		if notes := strings.Join(p.Notes(), "\n"); !strings.Contains(notes, "layer hills is not drawn: TerrainLayer is not supported") {
			t.Errorf("the notes are %q", notes)
		}
	})
	t.Run("switches layers in a box, by their keys and by numbers", func(t *testing.T) {
		p := deckOf(t, spec, nil)
		press(p, "o")
		got := text(p, 80, 24)
		for _, want := range []string{"Map Layers", "[x] towns", "[ ] bins"} {
			if !strings.Contains(got, want) {
				t.Errorf("there is no %q in\n%s", want, got)
			}
		}
		press(p, "1", "esc")
		if got := text(p, 100, 24); !strings.Contains(got, "[x] bins") || !strings.Contains(got, "cities per hexagon") {
			t.Errorf("with both layers it says:\n%s", got)
		}
		press(p, "o", "1", "t", "esc")
		if got := text(p, 100, 24); !strings.Contains(got, "Please choose at least one layer above.") {
			t.Errorf("without a layer it says:\n%s", got)
		}
	})
	t.Run("keeps what is hidden when figures come anew", func(t *testing.T) {
		p := deckOf(t, spec, nil)
		press(p, "o", "1", "esc")
		f, err := textfile.ReadBytes(context.Background(), "cities.csv", []byte(cities), textfile.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		run(p, p.Update(panels.Data{Sources: map[string]panels.Table{"cities": {Snapshot: source.Snapshot{Frame: f, Complete: true}, Rows: f}}}))
		if got := text(p, 100, 24); !strings.Contains(got, "[x] bins") {
			t.Errorf("it says:\n%s", got)
		}
	})
	t.Run("is read from the folder, with its data beside it", func(t *testing.T) {
		var asked []string
		p := deckOf(t, dashboard.Pydeck{Path: "maps/a.json"}, func(path string) ([]byte, error) {
			asked = append(asked, path)
			if path == "maps/a.json" {
				return []byte(`{"layers":[{"@@type":"ScatterplotLayer","data":"points.json","getPosition":"@@=[a, b]"}]}`), nil
			}
			return []byte(`[{"a":1,"b":2}]`), nil
		})
		if got := text(p, 80, 24); !strings.Contains(got, "[x] ScatterplotLayer") || strings.Join(asked, " ") != "maps/a.json maps/points.json" {
			t.Errorf("read %v, and it says:\n%s", asked, got)
		}
	})
	t.Run("says why it cannot be read", func(t *testing.T) {
		p := deckOf(t, dashboard.Pydeck{Path: "maps/a.json"}, func(string) ([]byte, error) { return nil, errors.New("maps/a.json: no such file") })
		if got := text(p, 80, 24); !strings.Contains(got, "maps/a.json: no such file") {
			t.Errorf("it says:\n%s", got)
		}
	})
	t.Run("exports what it draws, and the rows of its source", func(t *testing.T) {
		p := deckOf(t, spec, nil)
		for format, want := range map[string]string{"json": `{"name":"towns","kind":"scatterplot","visible":true,"cities":[{"lon":2.35,"lat":48.86,"radius_m":20000}`, "csv": "city,lat,lng", "svg": "<svg"} {
			var b strings.Builder
			if err := p.Export(format, &b); err != nil || !strings.Contains(b.String(), want) {
				t.Errorf("%s: %v, %.80q", format, err, b.String())
			}
		}
	})
}

func TestAMapOfTheOriginalsOwnFiles(t *testing.T) {
	read := func(name, text string) panels.Table {
		f, err := textfile.ReadBytes(context.Background(), name+".json", []byte(text), textfile.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return panels.Table{Snapshot: source.Snapshot{Frame: f, Complete: true}, Rows: f}
	}
	spec := dashboard.Pydeck{Names: []string{"stops"}, Text: []byte(`{"initialViewState":{"latitude":37.8,"longitude":-122.3,"zoom":10},"layers":[
 {"@@type":"ScatterplotLayer","id":"Exits","data":"stops","getPosition":"@@=[lon, lat]","getRadius":"@@=exits","radiusScale":0.05},
 {"@@type":"TextLayer","id":"Names","data":"stops","getPosition":"@@=[lon, lat]","getText":"@@=name"}]}`)}
	p := geo.New(panels.Env{Env: pagetest.Env(t), Panel: dashboard.Panel{Kind: "pydeck", Spec: &spec}}).(*geo.Panel)
	p.SetSize(100, 30)
	run(p, p.Init())
	run(p, p.Update(panels.Data{Sources: map[string]panels.Table{"stops": read("stops", `[{"name":"Lafayette (LAFY)","code":"007","exits":"3616","lon":-122.12,"lat":37.89},{"name":"Nowhere","code":"1","exits":"5","lon":null,"lat":null}]`)}}))
	t.Run("numbers that are written as texts are numbers, and codes are none", func(t *testing.T) {
		var b strings.Builder
		if err := p.Export("json", &b); err != nil || !strings.Contains(b.String(), `"exits":3616,"radius_m":180.8`) {
			t.Errorf("%v: %s", err, b.String())
		}
	})
	t.Run("rows of a source that several layers show are told once", func(t *testing.T) {
		if got := text(p, 100, 30); !strings.Contains(got, "1 without a place left out") {
			t.Errorf("it says:\n%s", got)
		}
	})
	t.Run("a place is found by its name, and told with its figure", func(t *testing.T) {
		press(p, "/", "l", "a", "f", "enter")
		if got := text(p, 100, 30); !strings.Contains(got, "Lafayette (LAFY)  3,616 exits") {
			t.Errorf("it says:\n%s", got)
		}
	})
}
