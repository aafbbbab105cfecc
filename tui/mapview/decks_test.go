package mapview_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page/pagetest"
)

// TestEveryDeckIsDrawnAndItsShapesAreFound draws the maps whose facts are tested
// in data/deck, in colours and in signs, and points at all of their cells.
func TestEveryDeckIsDrawnAndItsShapesAreFound(t *testing.T) {
	const dir = "../../data/deck/testdata/"
	files, _ := filepath.Glob(dir + "*.facts.json")
	if len(files) < 10 {
		t.Fatalf("only %d maps found", len(files))
	}
	found := map[mapview.Kind]int{}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".facts.json")
		text, err := os.ReadFile(dir + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		d, err := deck.Parse(text, deck.Options{Load: func(address string) ([]byte, error) { return os.ReadFile(dir + filepath.Base(address)) }})
		if err != nil {
			t.Fatal(err)
		}
		s, err := mapview.NewScene(d)
		if err != nil {
			t.Fatal(err)
		}
		for _, profile := range []termenv.Profile{termenv.TrueColor, termenv.Ascii} {
			f := &mapview.Frame{Scene: s, View: s.Home().Within(), Look: mapview.NewLook(pagetest.Env(t).Theme, profile)}
			g, area := cell.NewGrid(90, 28), cell.Rect{X: 3, Y: 1, W: 80, H: 24}
			var p mapview.Painter
			p.Paint(g, area, f)
			for y := range area.H {
				for x := range area.W {
					pick := p.Under(area, f, x, y)
					if !pick.OK {
						continue
					}
					found[pick.Kind]++
					if item, _ := s.Item(pick); item.Row >= d.Layers[pick.Layer].Items {
						t.Fatalf("%s: cell %d,%d shows row %d of %d", name, x, y, item.Row, d.Layers[pick.Layer].Items)
					}
				}
			}
			if pick := p.Under(area, f, 40, 12); pick.OK {
				f.Picked = pick
				p.Paint(g, area, f)
			}
			for x := range g.W { // nothing is drawn beside the map
				if c := g.At(x, 0); !c.Blank() {
					t.Fatalf("%s: there is a %q above the map", name, g.Cluster(c))
				}
			}
		}
	}
	for kind, words := range map[mapview.Kind]string{mapview.Area: "areas", mapview.Disc: "circles", mapview.Prism: "columns", mapview.Stroke: "lines", mapview.Bow: "arcs", mapview.Name: "names"} {
		if found[kind] == 0 {
			t.Errorf("no %s are found", words)
		}
	}
}
