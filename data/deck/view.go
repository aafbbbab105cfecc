package deck

import (
	"math"

	"github.com/authtabs/tabgate/data/vega/js"
)

// The page of facts: Streamlit's column, and pydeck's height.
const (
	PageWidth, PageHeight = 704, 500
	fitPadding            = 24
	fitZoom               = 15
)

// box is the box in degrees of the places that a view is fitted to.
type box struct {
	lo, hi Place
	any    bool
}

func (b *box) add(p Place) {
	if !b.any {
		b.lo, b.hi, b.any = p, p, true
		return
	}
	b.lo = Place{Lon: min(b.lo.Lon, p.Lon), Lat: min(b.lo.Lat, p.Lat)}
	b.hi = Place{Lon: max(b.hi.Lon, p.Lon), Lat: max(b.hi.Lat, p.Lat)}
}

// fit is the view that shows a box on the page of facts.
func (b box) fit() View {
	if !b.any {
		return View{Zoom: 1}
	}
	x0, y0 := mercator(b.lo.Lon, min(max(b.lo.Lat, -85.05), 85.05))
	x1, y1 := mercator(b.hi.Lon, min(max(b.hi.Lat, -85.05), 85.05))
	at := unproject((x0+x1)/2, (y0+y1)/2)
	zoom := math.Log2(min((PageWidth-2*fitPadding)/(x1-x0), (PageHeight-2*fitPadding)/(y1-y0)))
	return View{Longitude: at.Lon, Latitude: at.Lat, Zoom: min(fitZoom, zoom)}
}

// view reads the view, or fits one where none is given.
func (r *reader) view(v any) {
	o, _ := v.(*js.Object)
	number := func(key string) (float64, bool) {
		f, ok := o.GetOr(key).(float64)
		return f, ok && finite(f)
	}
	lat, okLat := number("latitude")
	lon, okLon := number("longitude")
	zoom, okZoom := number("zoom")
	if okLat && okLon && okZoom {
		r.scene.View = View{Latitude: lat, Longitude: lon, Zoom: zoom}
	} else {
		b := r.scene.fitted()
		r.scene.View, r.scene.Fitted = b.fit(), true
	}
	r.scene.View.Pitch, _ = number("pitch")
	r.scene.View.Bearing, _ = number("bearing")
}

// projector is deck.gl's camera over the ground: the eye is 1.5 heights of the
// page away.
type projector struct {
	w, h, cx, cy, scale  float64
	sin, cos, bsin, bcos float64
}

func newProjector(v View, w, h float64) projector {
	p := projector{w: w, h: h, scale: math.Exp2(v.Zoom)}
	p.cx, p.cy = mercator(v.Longitude, v.Latitude)
	p.sin, p.cos = math.Sincos(v.Pitch * math.Pi / 180)
	p.bsin, p.bcos = math.Sincos(v.Bearing * math.Pi / 180)
	return p
}

// pixel is where a place on the ground is seen, from the top left; ok is false
// behind the eye.
func (p projector) pixel(at Place) (x, y float64, ok bool) {
	mx, my := mercator(at.Lon, at.Lat)
	dx, dy := (mx-p.cx)*p.scale, (my-p.cy)*p.scale
	right, away := dx*p.bcos-dy*p.bsin, dx*p.bsin+dy*p.bcos
	depth := 1.5*p.h + away*p.sin
	f := 1.5 * p.h / depth
	return p.w/2 + right*f, p.h/2 - away*p.cos*f, depth > 0
}
