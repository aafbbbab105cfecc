package mapping

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
	hexRadiusM     = 200
	exitRadiusM    = 0.05 // metres of radius an exit
	arcWidthPx     = 0.0001
	arcMin, arcMax = 3, 30
	arcSteps       = 50
)

// spot is a place in common space.
type spot struct{ x, y float64 }

func spotOf(p data.Point) spot {
	x, y := data.Mercator(p)
	return spot{x, y}
}

// column is one hexagon, with its corners in common space.
type column struct {
	data.Hexagon
	at      spot
	corners [6]spot
}

// stop is one BART stop. Names from outside are cleaned here, once.
type stop struct {
	at          spot
	lon, lat    float64
	name, short string
	exits       int
	radiusM     float64
}

// flow is one arc.
type flow struct {
	from, to         spot
	fromLL, toLL     data.Point
	fromStop, toStop string
	outbound         int
	widthPx          float64
	length           float64 // of the chord, in common space
}

// scene is a city made ready to draw: projected, binned and measured once.
type scene struct {
	columns     []column
	least, most int // counts
	stops       []stop
	busiest     []int // stops by exits, most first
	flows       []flow
	land        [][]spot
	places      []placed
	coast       [][2]spot // pieces of the land's outline that are coast
	edge        []spot    // corners of the box outside of which nothing is known
	lo, hi      data.Point
	origin      data.Origin
	racks       int
}

// newScene does the slow part of the page; it belongs in a command.
func newScene(c data.City) *scene {
	s := &scene{origin: c.Origin, racks: len(c.Racks)}
	for i, h := range data.Hexbin(c.Racks, hexRadiusM) {
		col := column{Hexagon: h, at: spotOf(data.Point{Lon: h.Lon, Lat: h.Lat})}
		for k, p := range h.Corners {
			col.corners[k] = spotOf(p)
		}
		if i == 0 {
			s.least, s.most = h.Count, h.Count
		}
		s.least, s.most = min(s.least, h.Count), max(s.most, h.Count)
		s.columns = append(s.columns, col)
	}
	s.addStops(c.Stations)
	s.addFlows(c.Segments)
	s.addLand(c.Land)
	s.addPlaces(c.Places)
	s.lo, s.hi = limits(c)
	return s
}

func (s *scene) addStops(stations []data.Station) {
	for _, st := range stations {
		name := session.Clean(st.Name, 60)
		short := name
		if i := strings.LastIndex(name, " ("); i > 0 {
			short = name[:i]
		}
		s.stops = append(s.stops, stop{
			at: spotOf(data.Point{Lon: st.Lon, Lat: st.Lat}), lon: st.Lon, lat: st.Lat,
			name: name, short: short, exits: st.Exits, radiusM: exitRadiusM * float64(st.Exits),
		})
		s.busiest = append(s.busiest, len(s.busiest))
	}
	slices.SortStableFunc(s.busiest, func(a, b int) int { return cmp.Compare(s.stops[b].exits, s.stops[a].exits) })
}

func (s *scene) addFlows(segments []data.Segment) {
	for _, g := range segments {
		f := flow{
			from: spotOf(g.From), to: spotOf(g.To), fromLL: g.From, toLL: g.To, outbound: g.Outbound,
			widthPx: min(max(float64(g.Outbound)*arcWidthPx, arcMin), arcMax),
		}
		f.length = math.Hypot(f.to.x-f.from.x, f.to.y-f.from.y)
		f.fromStop, f.toStop = s.nearest(f.from), s.nearest(f.to)
		s.flows = append(s.flows, f)
	}
}

// nearest names the stop at a place, or tells its coordinates where none is
// near: the two files of the original are not joined by a key.
func (s *scene) nearest(p spot) string {
	best, least := "", 0.5*data.UnitsPerMeter(37.76)*1000
	for _, st := range s.stops {
		if d := math.Hypot(st.at.x-p.x, st.at.y-p.y); d < least {
			best, least = st.short, d
		}
	}
	if best == "" {
		ll := data.Unproject(p.x, p.y)
		return coordinates(ll.Lat, ll.Lon)
	}
	return best
}

// addLand projects the rings. A ring's edges along the edge of the whole are
// where the figures end, and edges that two rings share are where a strait
// meets the sea: neither is coast.
func (s *scene) addLand(rings [][]data.Point) {
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
func (s *scene) addEdge(lo, hi data.Point) {
	for _, p := range []data.Point{lo, {Lon: hi.Lon, Lat: lo.Lat}, hi, {Lon: lo.Lon, Lat: hi.Lat}} {
		s.edge = append(s.edge, spotOf(p))
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
	for _, s := range c.Stations {
		corners = append(corners, data.Point{Lon: s.Lon, Lat: s.Lat})
	}
	for _, ring := range c.Land {
		add(ring)
	}
	return data.Bounds(corners)
}
