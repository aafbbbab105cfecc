package vegaview_test

import (
	"math"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/vegaview"
)

// dense is a line of n points, with one peak.
func dense(n, peak int) *vega.Scene {
	points := make([]vega.Point, n)
	for i := range points {
		y := 50 + 10*math.Sin(float64(i)/float64(n)*60)
		if i == peak {
			y = 1
		}
		points[i] = vega.Point{X: float64(i) / float64(n) * 1000, Y: y, X2: 0, Y2: 0}
	}
	style := vega.Style{Stroke: "#ff0000", Opacity: 1, StrokeOpacity: 1, FillOpacity: 1}
	return &vega.Scene{
		Layout: &vega.Box{Cell: 0, Columns: 1},
		Cells:  []*vega.Cell{{Width: 1000, Height: 100, Marks: []*vega.Mark{{Type: "line", Paths: []vega.Path{{Points: points, Style: style}}}}}},
	}
}

func TestNoPeakOfAMillionPointsIsLost(t *testing.T) {
	for _, peak := range []int{1, 123_456, 999_998} {
		g := cell.NewGrid(100, 20)
		vegaview.Draw(g, dense(1_000_000, peak), look())
		top, _, _ := strings.Cut(g.String(), "\n")
		at := strings.IndexFunc(top, func(r rune) bool { return r > 0x2800 && r <= 0x28ff })
		if want := peak * 100 / 1_000_000; at < 0 || len([]rune(top[:at])) != want {
			t.Errorf("the peak at %d is not in column %d of %q", peak, want, top)
		}
	}
}

func TestADenseLineIsDrawnAsItsPointsOneByOneAre(t *testing.T) {
	few := dense(4000, 2000) // drawn point by point
	many := dense(8000, 4000)
	a, b := cell.NewGrid(80, 20), cell.NewGrid(80, 20)
	vegaview.Draw(a, few, look())
	vegaview.Draw(b, many, look())
	same := 0
	for y := range 20 {
		for x := range 80 {
			if a.At(x, y).Rune() == b.At(x, y).Rune() {
				same++
			}
		}
	}
	if same < 80*20*98/100 {
		t.Errorf("%d of 1600 cells are alike:\n%s\n%s", same, a.String(), b.String())
	}
}

func BenchmarkAMillionPoints(b *testing.B) {
	scene := dense(1_000_000, 123_456)
	d := vegaview.New(scene)
	g := cell.NewGrid(160, 45)
	b.ReportAllocs()
	for b.Loop() {
		d.Draw(g, look(), vegaview.View{})
	}
}
