package geo

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/authtabs/tabgate/tui/page/pagetest"
)

// What the pointer passes changes what is read out, and no name's place.
func TestNamesStayWhereTheyAreWhenThePointerPasses(t *testing.T) {
	a := open(t, 160, 43)
	layers(t, a, "b", "f")
	at := func() map[string]string {
		out := map[string]string{}
		for y, line := range strings.Split(ansi.Strip(drawn(a)), "\n") {
			for _, name := range []string{"Glen Park", "Balboa Park", "Daly City", "Colma", "MacArthur", "Rockridge"} {
				if x := strings.Index(line, name); x >= 0 && x > 40 {
					out[name] = strings.Repeat(".", y)
				}
			}
		}
		return out
	}
	before := at()
	if len(before) < 5 {
		t.Fatalf("few names are on the map: %v", before)
	}
	area := a.area()
	for y := area.Y; y < area.Y+area.H; y += 4 {
		for x := area.X; x < area.X+area.W; x += 9 {
			a.Update(motion(x, y))
			for name, line := range at() {
				if line != before[name] {
					t.Fatalf("%s has moved while the pointer is at %d,%d", name, x, y)
				}
			}
		}
	}
}

func TestNorthIsShownOnAMapThatIsTurned(t *testing.T) {
	for _, size := range [][2]int{{160, 43}, {80, 22}, {40, 10}} {
		a := open(t, size[0], size[1])
		if got := text(a); strings.Contains(got, "N ↑") {
			t.Errorf("at %v there is a mark though north is up", size)
		}
		pagetest.Press(t, a, ">", ">", ">")
		if got := text(a); !strings.Contains(got, "N ↖") {
			t.Errorf("at %v:\n%s", size, got)
		}
	}
}

func TestAScaleBarIsShownWithALayerOnly(t *testing.T) {
	a := open(t, 80, 22)
	layers(t, a, "b", "e", "n", "f")
	if got := text(a); strings.Contains(got, "km") {
		t.Errorf("without a layer there is a scale:\n%s", got)
	}
}

func TestTheLegendSaysHowLargeThingsAreDrawn(t *testing.T) {
	a := open(t, 160, 43)
	got := strings.Join(strings.Fields(text(a)), " ")
	for _, want := range []string{"exits", "50 m radius per 1,000", "1 px per 10,000, at", "least 3 px", "Bike racks per hexagon"} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %q in\n%s", want, text(a))
		}
	}
}
