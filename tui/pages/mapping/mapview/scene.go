package mapview

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data"
)

// The layers' own numbers, from the original.
const (
	HexRadiusM     = 200
	exitRadiusM    = 0.05 // metres of radius an exit
	arcWidthPx     = 0.0001
	arcMin, arcMax = 3, 30
	arcSteps       = 50
)

// Column is one hexagon, with its corners in common space.
type Column struct {
	data.Hexagon
	at      spot
	corners [6]spot
}

// Stop is one BART stop. Names from outside are cleaned here, once.
type Stop struct {
	at          spot
	Lon, Lat    float64 // degrees
	Name, Short string  // with and without the letters that stand for it
	Exits       int     // passengers a weekday
	RadiusM     float64 // of its circle, in metres
}

// Flow is one arc.
type Flow struct {
	from, to         spot
	Source, Target   data.Point // in degrees
	fromStop, toStop string
	Outbound         int     // passengers
	WidthPx          float64 // in pixels of the web
	length           float64 // of the chord, in common space
}

// placed is the name of a town or a water. Names from outside are cleaned
// here, once.
type placed struct {
	at    spot
	name  string
	water bool
}

// Scene is a city made ready to draw: projected, binned and measured once.
type Scene struct {
	Columns     []Column
	least, most int // counts
	Stops       []Stop
	Busiest     []int // stops by exits, most first
	Flows       []Flow
	land        [][]spot
	places      []placed
	coast       [][2]spot // pieces of the land's outline that are coast
	edge        []spot    // corners of the box that enclose what is known
	lo, hi      data.Point
	Origin      data.Origin
	Notes       []string // of a file
	Home        View     // where one looks from at first
}

// NewScene projects, bins and measures a city. It is slow: it belongs in a
// command.
func NewScene(c data.City) *Scene {
	s := &Scene{Origin: c.Origin, Notes: c.Notes}
	for i, h := range data.Hexbin(c.Racks, HexRadiusM) {
		col := Column{Hexagon: h, at: spotOf(data.Point{Lon: h.Lon, Lat: h.Lat})}
		for k, p := range h.Corners {
			col.corners[k] = spotOf(p)
		}
		if i == 0 {
			s.least, s.most = h.Count, h.Count
		}
		s.least, s.most = min(s.least, h.Count), max(s.most, h.Count)
		s.Columns = append(s.Columns, col)
	}
	s.addStops(c.Stations)
	s.addFlows(c.Segments)
	s.addLand(c.Land)
	s.addPlaces(c.Places)
	s.lo, s.hi = limits(c)
	s.Home = s.home(c)
	return s
}

func (s *Scene) addStops(stations []data.Station) {
	for _, st := range stations {
		name := session.Clean(st.Name, 60)
		short := name
		if i := strings.LastIndex(name, " ("); i > 0 {
			short = name[:i]
		}
		s.Stops = append(s.Stops, Stop{
			at: spotOf(data.Point{Lon: st.Lon, Lat: st.Lat}), Lon: st.Lon, Lat: st.Lat,
			Name: name, Short: short, Exits: st.Exits, RadiusM: exitRadiusM * float64(st.Exits),
		})
		s.Busiest = append(s.Busiest, len(s.Busiest))
	}
	slices.SortStableFunc(s.Busiest, func(a, b int) int { return cmp.Compare(s.Stops[b].Exits, s.Stops[a].Exits) })
}

func (s *Scene) addFlows(segments []data.Segment) {
	for _, g := range segments {
		f := Flow{
			from: spotOf(g.From), to: spotOf(g.To), Source: g.From, Target: g.To, Outbound: g.Outbound,
			WidthPx: min(max(float64(g.Outbound)*arcWidthPx, arcMin), arcMax),
		}
		f.length = math.Hypot(f.to.x-f.from.x, f.to.y-f.from.y)
		f.fromStop, f.toStop = s.nearest(f.from), s.nearest(f.to)
		s.Flows = append(s.Flows, f)
	}
}

// nearest names the stop at a place, or tells its coordinates where none is
// near: the two files of the original are not joined by a key.
func (s *Scene) nearest(p spot) string {
	best, least := "", 0.5*data.UnitsPerMeter(37.76)*1000
	for _, st := range s.Stops {
		if d := math.Hypot(st.at.x-p.x, st.at.y-p.y); d < least {
			best, least = st.Short, d
		}
	}
	if best == "" {
		ll := data.Unproject(p.x, p.y)
		return Coordinates(ll.Lat, ll.Lon)
	}
	return best
}

// addLand projects the rings. A ring's edges along the edge of the whole are
// where the figures end, and edges that two rings share are where a strait
// meets the sea: neither is coast.
func (s *Scene) addLand(rings [][]data.Point) {
	var all []data.Point
	seen := map[[2]data.Point]int{}
	for _, ring := range rings {
		all = append(all, ring...)
		for i := 1; i < len(ring); i++ {
			seen[[2]data.Point{ring[i-1], ring[i]}]++
			seen[[2]data.Point{ring[i], ring[i-1]}]++
		}
	}
	lo, hi := data.Bounds(all)
	s.addEdge(lo, hi)
	on := func(a, b data.Point) bool {
		return seen[[2]data.Point{a, b}] > 1 ||
			a.Lon == b.Lon && (a.Lon == lo.Lon || a.Lon == hi.Lon) || a.Lat == b.Lat && (a.Lat == lo.Lat || a.Lat == hi.Lat)
	}
	for _, ring := range rings {
		spots := make([]spot, len(ring))
		for i, p := range ring {
			spots[i] = spotOf(p)
			if i > 0 && !on(ring[i-1], p) {
				s.coast = append(s.coast, [2]spot{spots[i-1], spots[i]})
			}
		}
		s.land = append(s.land, spots)
	}
}

// addEdge keeps the box that the figures of the land are known in: what lies
// outside is neither land nor water.
func (s *Scene) addEdge(lo, hi data.Point) {
	for _, p := range []data.Point{lo, {Lon: hi.Lon, Lat: lo.Lat}, hi, {Lon: lo.Lon, Lat: hi.Lat}} {
		s.edge = append(s.edge, spotOf(p))
	}
}

func (s *Scene) addPlaces(places []data.Place) {
	for _, p := range places {
		s.places = append(s.places, placed{spotOf(data.Point{Lon: p.Lon, Lat: p.Lat}), session.Clean(p.Name, 40), p.Water})
	}
}

// limits is the box that the middle of the view stays in.
func limits(c data.City) (lo, hi data.Point) {
	corners := []data.Point{{Lon: Demo.Lon, Lat: Demo.Lat}}
	add := func(points []data.Point) {
		if len(points) > 0 {
			a, b := data.Bounds(points)
			corners = append(corners, a, b)
		}
	}
	add(c.Racks)
	add(c.Box)
	for _, s := range c.Stations {
		corners = append(corners, data.Point{Lon: s.Lon, Lat: s.Lat})
	}
	for _, ring := range c.Land {
		add(ring)
	}
	return data.Bounds(corners)
}

// home is the view of the original, unless a file has all of its places
// elsewhere: then it is one of them.
func (s *Scene) home(c data.City) View {
	if len(c.Box) == 0 {
		return Demo
	}
	lo, hi := c.Box[0], c.Box[1]
	var land []data.Point
	for _, ring := range c.Land {
		land = append(land, ring...)
	}
	a, b := data.Bounds(land)
	if lo.Lon <= b.Lon && hi.Lon >= a.Lon && lo.Lat <= b.Lat && hi.Lat >= a.Lat {
		return Demo
	}
	v := Demo
	v.Lon, v.Lat = (lo.Lon+hi.Lon)/2, (lo.Lat+hi.Lat)/2
	x0, y0 := data.Mercator(lo)
	x1, y1 := data.Mercator(hi)
	span := max(math.Abs(x1-x0), math.Abs(y1-y0), 1e-9)
	v.Zoom = min(math.Log2(fitPixels/span), mostHome)
	return s.Within(v)
}

// A view of a file's places shows them in so many pixels of the web, and comes
// no nearer than this zoom.
const fitPixels, mostHome = 440, 14

// Within is v with its middle inside the box of the figures and all of it
// within its limits.
func (s *Scene) Within(v View) View { return v.within(s.lo, s.hi) }

// PickStop is a stop as what its shown layer draws of it; nothing where neither
// is shown, or the stop is no more.
func (s *Scene) PickStop(i int, shown Layers) Pick {
	switch {
	case i >= len(s.Stops):
	case shown[Exits]:
		return Pick{true, Exits, i}
	case shown[Names]:
		return Pick{true, Names, i}
	}
	return Pick{}
}
