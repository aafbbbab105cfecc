package vega

import (
	"errors"

	"github.com/authtabs/tabgate/data/vega/js"
)

// Hidden is a value of a field whose marks are left out. Scales and legends of
// colours, shapes and the like keep it, so that the others stay as they are.
type Hidden struct{ Field, Value string }

// ErrStopped is returned by Compile when nobody waits for the scene any more.
var ErrStopped = errors.New("stopped")

// alive ends the compilation when nobody waits for it.
func (c *context) alive() {
	select {
	case <-c.done:
		panic(ErrStopped)
	default:
	}
}

// unhidden returns the rows of t whose series are not hidden.
func unhidden(u *unit, t *table) *table {
	if len(u.c.hidden) == 0 {
		return t
	}
	var rows []int
	reads := map[string]func(int) any{}
	for _, name := range append([]string{}, "color", "fill", "stroke", "shape", "strokeDash", "opacity", "size") {
		if ch := u.channels[name]; ch.isField() && ch.op == "" && !ch.binned && ch.unit == nil && !ch.continuous() {
			reads[ch.field] = ch.category(t)
		}
	}
	for i := range t.n {
		keep := true
		for _, h := range u.c.hidden {
			if read := reads[h.Field]; read != nil && js.String(read(i)) == h.Value {
				keep = false
			}
		}
		if keep {
			rows = append(rows, i)
		}
	}
	if len(rows) == t.n {
		return t
	}
	return t.gather(rows)
}

// ofAll returns the rows that a discrete scale's domain is made of: hidden ones
// too, unless it is a place.
func ofAll(u *unit, channel string) *table {
	switch channel {
	case "x", "y", "xOffset", "yOffset", "theta", "radius":
		return u.main
	}
	if u.full != nil {
		return u.full
	}
	return u.main
}

// opaque paints the lines that stand in the place of areas in full colour.
func opaque(m *Mark) {
	for i := range m.Paths {
		st := &m.Paths[i].Style
		if st.Stroke == "" || st.Stroke == defaultColor && st.Fill != "" {
			st.Stroke = st.Fill
		}
		st.Opacity, st.StrokeOpacity, st.StrokeWidth = 1, 1, 2
	}
}
