package mapview

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/tui/cell"
)

// The pixels were computed by @math.gl/web-mercator 4.1.0 for a picture of
// 704 by 500.
func TestCameraAgreesWithMathGL(t *testing.T) {
	tests := map[string]struct {
		lon, lat, meters, x, y float64
	}{
		"the middle":        {-122.4, 37.76, 0, 352, 250},
		"Oakland":           {-122.271604, 37.803664, 0, 673.190, 161.165},
		"the tallest tower": {-122.4, 37.76, 4000, 352, 135.463},
		"the south-west":    {-122.511289, 37.709481, 0, -48.209, 397.660},
		"up in the north":   {-122.376468, 37.806013, 1000, 411.872, 132.615},
		"Lafayette":         {-122.123801, 37.893394, 0, 887.460, 39.548},
	}
	c := newCamera(Demo, 704, 500)
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := spotOf(data.Point{Lon: tt.lon, Lat: tt.lat})
			at, _ := c.project(s.x, s.y, tt.meters*c.meter)
			if math.Abs(at.X-tt.x) > 0.01 || math.Abs(at.Y-tt.y) > 0.01 {
				t.Errorf("%.3f, %.3f, want %.3f, %.3f", at.X, at.Y, tt.x, tt.y)
			}
		})
	}
}

func TestAMapOf500PixelsShowsWhatTheOriginalShows(t *testing.T) {
	if got := Demo.metersPerPixel(); math.Abs(got-30.18) > 0.01 {
		t.Errorf("%v metres a pixel, want 30.18", got)
	}
	tests := map[string]struct {
		cols, rows int
		w, h       float64
	}{
		"wide":    {160, 40, 1000, 500},
		"square":  {80, 40, 500, 500},
		"upright": {40, 40, 500, 1000},
		"nothing": {0, 9, 0, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if w, h := Picture(tt.cols, tt.rows); w != tt.w || h != tt.h {
				t.Errorf("%v by %v, want %v by %v", w, h, tt.w, tt.h)
			}
		})
	}
}

func randomView(r *rand.Rand) View {
	return View{
		Lat: 37.5 + r.Float64()/2, Lon: -122.7 + r.Float64(), Zoom: minZoom + r.Float64()*(maxZoom-minZoom),
		Pitch: r.Float64() * maxPitch, Bearing: r.Float64()*360 - 180,
	}
}

func TestUnprojectIsTheInverseOfProject(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		v, w, h := randomView(r), 100+r.Float64()*1500, 500.0
		c := newCamera(v, w, h)
		px, py := r.Float64()*w, r.Float64()*h
		x, y := c.unproject(px, py)
		at, _ := c.project(x, y, 0)
		if math.Hypot(at.X-px, at.Y-py) > 1e-3 {
			t.Fatalf("%+v: %v, %v came back as %v", v, px, py, at)
		}
	}
}

func TestZoomKeepsThePlaceUnderThePointer(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		v, w, h := randomView(r), 889.0, 500.0
		px, py := r.Float64()*w, r.Float64()*h
		before := newCamera(v, w, h)
		x, y := before.unproject(px, py)
		after := newCamera(Viewport{v, cell.Rect{X: 0, Y: 0, W: 8890, H: 2500}}.Zoom(r.Float64()*2-1, px, py), w, h)
		at, _ := after.project(x, y, 0)
		if math.Hypot(at.X-px, at.Y-py) > 0.01 {
			t.Fatalf("%+v: the place at %v, %v moved to %v", v, px, py, at)
		}
	}
}

func TestViewsStayWithinTheirLimits(t *testing.T) {
	lo, hi := data.Point{Lon: -123, Lat: 37}, data.Point{Lon: -121, Lat: 38}
	tests := map[string]struct{ in, want View }{
		"too far out and flat": {View{37.5, -122, 1, -5, 0}, View{37.5, -122, minZoom, 0, 0}},
		"too near and steep":   {View{37.5, -122, 99, 80, 0}, View{37.5, -122, maxZoom, maxPitch, 0}},
		"another ocean":        {View{-80, 170, 11, 50, 0}, View{37, -121, 11, 50, 0}},
		"turned right round":   {View{37.5, -122, 11, 50, 375}, View{37.5, -122, 11, 50, 15}},
		"turned left":          {View{37.5, -122, 11, 50, -190}, View{37.5, -122, 11, 50, 170}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := tt.in.within(lo, hi); got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestTheScaleBarIsTrue(t *testing.T) {
	for zoom := float64(minZoom); zoom <= maxZoom; zoom += 0.1 {
		for _, cols := range []int{40, 80, 133, 200} {
			v := Demo
			v.Zoom = zoom
			area := cell.Rect{X: 0, Y: 0, W: cols, H: 30}
			name, cells := ScaleBar(v, area)
			meters := parseLength(t, name)
			w, _ := Picture(area.W, area.H)
			exact := meters / (v.metersPerPixel() * w / float64(cols))
			if math.Abs(exact-float64(cells)) > 0.51 {
				t.Errorf("zoom %.1f, %d columns: %s is %.2f cells, drawn as %d", zoom, cols, name, exact, cells)
			}
			if cells < 8 || cells > 12 {
				t.Errorf("zoom %.1f, %d columns: %s takes %d cells, want 8 to 12", zoom, cols, name, cells)
			}
		}
	}
}
