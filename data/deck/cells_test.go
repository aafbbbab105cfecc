package deck_test

import (
	"testing"

	"github.com/authtabs/tabgate/data/deck"
)

func TestCellsOfH3(t *testing.T) {
	parse := func(t *testing.T, layer string) *deck.Layer {
		t.Helper()
		s, err := deck.Parse([]byte(`{"layers":[{"@@type":"H3HexagonLayer",`+layer+`}]}`), deck.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return s.Layers[0]
	}
	t.Run("stand up unless they are told to lie", func(t *testing.T) {
		l := parse(t, `"data":[{"hexagon":"88283082b9fffff","n":3}],"getElevation":"@@=n","elevationScale":2`)
		if len(l.Polygons) != 1 || !l.Extruded || l.Polygons[0].Elevation != 6 {
			t.Errorf("%+v", l.Polygons)
		}
	})
	t.Run("go on over 180° without going around the world", func(t *testing.T) {
		l := parse(t, `"data":[{"hexagon":"837eb5fffffffff"},{"hexagon":"830d9efffffffff"},{"hexagon":"839b43fffffffff"}]`)
		for _, p := range l.Polygons {
			for _, at := range p.Rings[0] {
				if d := at.Lon - p.At.Lon; d > 90 || d < -90 {
					t.Errorf("%s at %v has a corner at %v", p.ID, p.At, at)
				}
			}
		}
	})
	t.Run("are drawn in part where there is less coverage", func(t *testing.T) {
		l := parse(t, `"data":[{"hexagon":"88283082b9fffff"}],"coverage":0.5`)
		whole := parse(t, `"data":[{"hexagon":"88283082b9fffff"}]`)
		p, q := l.Polygons[0], whole.Polygons[0]
		if d, all := p.Rings[0][0].Lat-p.At.Lat, q.Rings[0][0].Lat-q.At.Lat; d/all < .49 || d/all > .51 {
			t.Errorf("a corner is %v of %v away", d, all)
		}
	})
	t.Run("that are none are counted", func(t *testing.T) {
		l := parse(t, `"data":[{"hexagon":"nowhere"},{"hexagon":5},{"hexagon":null},{}]`)
		if l.Skipped["no_position"] != 4 || len(l.Polygons) != 0 {
			t.Errorf("skipped %v", l.Skipped)
		}
	})
}
