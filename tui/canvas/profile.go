package canvas

import "github.com/muesli/termenv"

// downsampler turns colours into palette indices and remembers the answers: a
// frame has far fewer colours than cells. Its table is direct-mapped, so
// it never grows.
type downsampler struct {
	profile termenv.Profile
	entries []downsampled
	pins    []pin
}

type downsampled struct {
	color RGB
	known bool
	index uint8
}

type pin struct {
	color RGB
	index uint8
}

const cacheBits = 12

// Pin fixes the 256-colour index of a colour whose nearest index would be too
// close to a neighbour's: dark land and dark water are both nearest to greys.
func (g *Grid) Pin(c RGB, index uint8) {
	for i := range g.colors.pins {
		if g.colors.pins[i].color == c {
			g.colors.pins[i].index = index
			clear(g.colors.entries)
			return
		}
	}
	g.colors.pins = append(g.colors.pins, pin{c, index})
	clear(g.colors.entries)
}

// Unpin forgets all pins, for a change of theme.
func (g *Grid) Unpin() {
	g.colors.pins = g.colors.pins[:0]
	clear(g.colors.entries)
}

// use prepares the table for a profile.
func (d *downsampler) use(p termenv.Profile) {
	if d.entries == nil {
		d.entries = make([]downsampled, 1<<cacheBits)
	}
	if d.profile != p {
		d.profile = p
		clear(d.entries)
	}
}

func (d *downsampler) index(c RGB) uint8 {
	h := (uint32(c[0])<<16 | uint32(c[1])<<8 | uint32(c[2])) * 2654435761 >> (32 - cacheBits)
	e := &d.entries[h]
	if !e.known || e.color != c {
		*e = downsampled{color: c, known: true, index: d.nearest(c)}
	}
	return e.index
}

func (d *downsampler) nearest(c RGB) uint8 {
	if d.profile == termenv.ANSI {
		return nearest16(c)
	}
	for _, p := range d.pins {
		if p.color == c {
			return p.index
		}
	}
	return nearest256(c)
}

// nearest256 picks from the colour cube and the grey ramp of 256-colour
// terminals; the first 16 are left out because people change them.
func nearest256(c RGB) uint8 {
	var cube RGB
	var at [3]int
	for i, v := range c {
		at[i] = cubeStep(v)
		cube[i] = cubeLevels[at[i]]
	}
	mean := (int(c[0]) + int(c[1]) + int(c[2])) / 3
	grey := min(max((mean-3)/10, 0), 23)
	level := uint8(8 + 10*grey)
	if distance(c, RGB{level, level, level}) < distance(c, cube) {
		return uint8(232 + grey)
	}
	return uint8(16 + 36*at[0] + 6*at[1] + at[2])
}

var cubeLevels = [6]uint8{0, 95, 135, 175, 215, 255}

func cubeStep(v uint8) int {
	switch {
	case v < 48:
		return 0
	case v < 115:
		return 1
	}
	return (int(v) - 35) / 40
}

// ansi16 is how most terminals show their 16 colours.
var ansi16 = [16]RGB{
	{0, 0, 0},
	{128, 0, 0},
	{0, 128, 0},
	{128, 128, 0},
	{0, 0, 128},
	{128, 0, 128},
	{0, 128, 128},
	{192, 192, 192},
	{128, 128, 128},
	{255, 0, 0},
	{0, 255, 0},
	{255, 255, 0},
	{0, 0, 255},
	{255, 0, 255},
	{0, 255, 255},
	{255, 255, 255},
}

// nearest16 keeps greys grey: the nearest of sixteen to a dark grey would
// often be a dark colour.
func nearest16(c RGB) uint8 {
	best, least := 0, 1<<30
	grey := max(c[0], c[1], c[2])-min(c[0], c[1], c[2]) < 40
	for i, p := range ansi16 {
		if grey && (p[0] != p[1] || p[1] != p[2]) {
			continue
		}
		if d := distance(c, p); d < least {
			best, least = i, d
		}
	}
	return uint8(best)
}

// distance is the "redmean" measure, which is close to what the eye sees.
func distance(a, b RGB) int {
	mean := (int(a[0]) + int(b[0])) / 2
	r, g, l := int(a[0])-int(b[0]), int(a[1])-int(b[1]), int(a[2])-int(b[2])
	return ((512+mean)*r*r)>>8 + 4*g*g + ((767-mean)*l*l)>>8
}
