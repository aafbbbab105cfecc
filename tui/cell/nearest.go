package cell

import "github.com/muesli/termenv"

// nearest turns colours into palette indices and remembers the answers: a
// frame has far fewer colours than cells. Its table is direct-mapped, so
// it never grows.
type nearest struct {
	profile termenv.Profile
	entries []known
	pins    []pin
}

type known struct {
	color RGB
	known bool
	index uint8
}

type pin struct {
	color RGB
	index uint8
}

const cacheBits = 12

func (n *nearest) pin(c RGB, index uint8) {
	clear(n.entries)
	for i := range n.pins {
		if n.pins[i].color == c {
			n.pins[i].index = index
			return
		}
	}
	n.pins = append(n.pins, pin{c, index})
}

func (n *nearest) unpin() {
	n.pins = n.pins[:0]
	clear(n.entries)
}

// use prepares the table for a profile.
func (n *nearest) use(p termenv.Profile) {
	if n.entries == nil && (p == termenv.ANSI256 || p == termenv.ANSI) {
		n.entries = make([]known, 1<<cacheBits)
	}
	if n.profile != p {
		n.profile = p
		clear(n.entries)
	}
}

func (n *nearest) color(c Color) Color {
	e := &n.entries[uint32(c&^kinds)*2654435761>>(32-cacheBits)]
	if rgb := c.RGB(); !e.known || e.color != rgb {
		*e = known{color: rgb, known: true, index: n.find(rgb)}
	}
	return FromIndex(e.index)
}

func (n *nearest) find(c RGB) uint8 {
	if n.profile == termenv.ANSI {
		return nearest16(c)
	}
	for _, p := range n.pins {
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

// indexed returns the usual colour of a 256-colour index.
func indexed(i uint8) RGB {
	switch {
	case i < 16:
		return ansi16[i]
	case i < 232:
		i -= 16
		return RGB{cubeLevels[i/36], cubeLevels[i/6%6], cubeLevels[i%6]}
	}
	v := 8 + 10*(i-232)
	return RGB{v, v, v}
}
