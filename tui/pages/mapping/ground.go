package mapping

import "github.com/authtabs/tabgate/tui/canvas"

// paintGround paints the water, and where the map ends, what is beyond.
func (p *painter) paintGround(f *frame) {
	if p.insideEdge(f.scene.edge) {
		p.raster.Clear(f.look.water)
		return
	}
	p.raster.Clear(f.look.beyond)
	if cap(p.ring) < 2*len(f.scene.edge) {
		p.ring = make([]canvas.Vec, 0, 2*len(f.scene.edge))
	}
	p.ring = p.ring[:0]
	p.clipRing(f.scene.edge)
	if len(p.ring) >= 3 {
		p.raster.Convex(p.ring, f.look.water, 1)
	}
}

// insideEdge tells whether all that is seen lies inside the box of the map.
func (p *painter) insideEdge(edge []spot) bool {
	if len(edge) < 4 {
		return false
	}
	for _, at := range [4]canvas.Vec{{}, {X: p.cam.w}, {Y: p.cam.h}, {X: p.cam.w, Y: p.cam.h}} {
		x, y := p.cam.unproject(at.X, at.Y)
		if x < edge[0].x || x > edge[2].x || y < edge[0].y || y > edge[2].y {
			return false
		}
	}
	return true
}

// paintLand fills the rings of the land, cut at the near plane.
func (p *painter) paintLand(f *frame) {
	p.rings = p.rings[:0]
	p.ring = p.ring[:0]
	total := 0
	for _, ring := range f.scene.land {
		total += 2 * len(ring)
	}
	if cap(p.ring) < total {
		p.ring = make([]canvas.Vec, 0, total)
	}
	for _, ring := range f.scene.land {
		start := len(p.ring)
		p.clipRing(ring)
		if out := p.ring[start:]; len(out) >= 3 {
			p.rings = append(p.rings, out)
		}
	}
	p.raster.Polygon(p.rings, f.look.land, 1)
}

// clipRing appends a ring in samples, leaving out what is behind the near
// plane (Sutherland-Hodgman with one edge).
func (p *painter) clipRing(ring []spot) {
	c := &p.cam
	if len(ring) == 0 {
		return
	}
	pr, pa := c.ground(ring[len(ring)-1].x, ring[len(ring)-1].y)
	before := c.dist + pa*c.sin - c.near
	for _, s := range ring {
		r, a := c.ground(s.x, s.y)
		d := c.dist + a*c.sin - c.near
		if (d >= 0) != (before >= 0) {
			t := before / (before - d)
			at, _ := c.tilt(pr+(r-pr)*t, pa+(a-pa)*t, 0)
			p.ring = append(p.ring, p.sample(at))
		}
		if d >= 0 {
			at, _ := c.tilt(r, a, 0)
			p.ring = append(p.ring, p.sample(at))
		}
		pr, pa, before = r, a, d
	}
}

// dotCoast draws the shore in dots where keep allows it: not where a column
// stands in front of it.
func (p *painter) dotCoast(f *frame, keep func(x, y int) bool) {
	for _, edge := range f.scene.coast {
		if a, b, ok := p.shore(edge); ok {
			p.dots.LineWhere(p.dotAt(a), p.dotAt(b), f.look.coast, zCoast, keep)
		}
	}
}

// paintShore draws the shore in pixels, before what may stand in front of it.
func (p *painter) paintShore(f *frame) {
	for _, edge := range f.scene.coast {
		if a, b, ok := p.shore(edge); ok {
			p.path = append(p.path[:0], p.sample(a), p.sample(b))
			p.raster.Stroke(p.path, 2, f.look.coast, 0.8)
		}
	}
}

func (p *painter) shore(edge [2]spot) (a, b canvas.Vec, ok bool) {
	a, da := p.cam.project(edge[0].x, edge[0].y, 0)
	b, db := p.cam.project(edge[1].x, edge[1].y, 0)
	return a, b, da > p.cam.near && db > p.cam.near
}
