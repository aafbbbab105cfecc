package mapview

import (
	"cmp"
	"math"
	"slices"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/tiles"
	"github.com/authtabs/tabgate/tui/cell"
)

// Ground is what lies below the layers of a map: tiles of one zoom, ready to
// draw. Where it has none, the coast of the world is drawn.
type Ground struct {
	Credit string // whose work it is; always on the map

	zoom  int
	tiles map[tiles.ID]*tiles.Tile
	list  []*tiles.Tile
	names []tiles.Place // the most important ones first
}

// NewGround makes the ground of tiles that are all of one zoom; nil is a tile
// that is not there. Their names are cleaned, once.
func NewGround(list []*tiles.Tile, credit string) *Ground {
	g := &Ground{Credit: session.Clean(credit, 120), tiles: map[tiles.ID]*tiles.Tile{}}
	for _, t := range list {
		if t == nil || t.Schema == "" {
			continue
		}
		g.zoom = t.ID.Z
		g.tiles[t.ID], g.list = t, append(g.list, t)
		for _, p := range t.Places {
			if p.Name = cell.Cut(session.Clean(p.Name, 80), maxName); p.Name != "" {
				g.names = append(g.names, p)
			}
		}
	}
	slices.SortStableFunc(g.names, func(a, b tiles.Place) int {
		return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Name, b.Name))
	})
	return g
}

// Tiles counts the tiles that are there.
func (g *Ground) Tiles() int {
	if g == nil {
		return 0
	}
	return len(g.tiles)
}

// holds reports whether the ground has the tile of a place.
func (g *Ground) holds(p tiles.Point) bool {
	if g.Tiles() == 0 {
		return false
	}
	side := tiles.ID{Z: g.zoom}.Side()
	x, y := int(math.Floor(p.X/side)), int(math.Floor((tile-p.Y)/side))
	n := 1 << g.zoom
	return g.tiles[tiles.ID{Z: g.zoom, X: ((x % n) + n) % n, Y: y}] != nil
}

// covers reports whether the ground has all tiles that are seen.
func (g *Ground) covers(p *projection) bool {
	if g.Tiles() == 0 {
		return false
	}
	for _, id := range p.tilesAt(g.zoom, len(g.tiles)+1) {
		if g.tiles[id] == nil {
			return false
		}
	}
	return p.lo.y >= 0 && p.hi.y <= tile
}

// tilesAt lists the tiles of a zoom that are seen, those in the middle first, or
// more than most of them in no order.
func (p *projection) tilesAt(z, most int) (out []tiles.ID) {
	side, n := tiles.ID{Z: z}.Side(), 1<<z
	x0, x1 := int(math.Floor(p.lo.x/side)), int(math.Floor(p.hi.x/side))
	y0, y1 := max(int(math.Floor((tile-p.hi.y)/side)), 0), min(int(math.Floor((tile-p.lo.y)/side)), n-1)
	x1 = min(x1, x0+n-1) // once around the world
	far := map[tiles.ID]float64{}
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			if len(out) > most {
				return out
			}
			id := tiles.ID{Z: z, X: ((x % n) + n) % n, Y: y}
			out = append(out, id)
			far[id] = math.Hypot(math.Remainder((float64(x)+.5)*side-p.cam.cx, tile), tile-(float64(y)+.5)*side-p.cam.cy)
		}
	}
	slices.SortStableFunc(out, func(a, b tiles.ID) int { return cmp.Compare(far[a], far[b]) })
	return out
}

// maxTiles is how many tiles a view asks for at most. One that lies flat would
// see many of them far away: then coarser ones are taken.
const maxTiles = 16

// finestTiles is the zoom beyond which tiles are only drawn larger.
const finestTiles = 14

// Tiles lists the tiles that a view needs of those with zooms from least to
// most, the ones in the middle first. None is what it needs where tiles of its
// own zoom are too coarse to exist.
func (v Viewport) Tiles(least, most int) []tiles.ID {
	if v.Area.W <= 0 || v.Area.H <= 0 {
		return nil
	}
	p := newProjection(v.Area, &Frame{View: v.View})
	z := min(max(int(math.Round(v.View.Zoom))-1, 0), most, finestTiles)
	for ; z >= least; z-- {
		if list := p.tilesAt(z, maxTiles); len(list) <= maxTiles {
			return list
		}
	}
	return nil
}
