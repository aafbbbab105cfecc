package cell

import "unicode/utf8"

// Text writes s from column x of row y in fg, keeping each cell's background,
// and returns the number of columns that it took. What does not fit into the
// row is cut, between clusters. Characters that must not reach a terminal are
// written as U+FFFD.
func (g *Grid) Text(x, y int, s string, fg RGB, attr Attr) int {
	start, color := x, FromRGB(fg)
	for len(s) > 0 {
		if c := s[0]; c >= ' ' && c < 0x7f && (len(s) == 1 || s[1] < utf8.RuneSelf) {
			if x >= g.W {
				break
			}
			if to := g.At(x, y); to != nil {
				to.FG, to.Attr, to.extra, to.link = color, attr, 0, 0
				if to.text = uint32(c); c == ' ' {
					to.text = 0
				}
			}
			s, x = s[1:], x+1
			continue
		}
		c := firstCluster(s)
		if x+c.width > g.W {
			break
		}
		g.put(x, y, c, Cell{FG: color, Attr: attr})
		s, x = s[c.used:], x+c.width
	}
	return x - start
}

// Put writes r, which must be one column wide, at column x of row y. See
// [Cell.Put].
func (g *Grid) Put(x, y int, r rune, fg RGB, attr Attr) {
	if c := g.At(x, y); c != nil {
		c.Put(r, fg, attr)
	}
}

// put writes a cluster in the style of a cell, keeping the background. One
// that begins left of the cells there are leaves blanks in those that can be
// seen.
func (g *Grid) put(x, y int, c cluster, style Cell) {
	if c.width == 0 {
		return
	}
	head := g.At(x, y)
	for i := range c.width {
		to := g.At(x+i, y)
		if to == nil {
			continue
		}
		to.FG, to.Attr, to.extra, to.link = style.FG, style.Attr, 0, style.link
		switch {
		case i == 0:
			to.text, to.extra = g.table.code(c.text), uint8(c.width-1)
		case head == nil:
			to.text = 0
		default:
			to.text = tail
		}
	}
}

// Cluster returns the text that a cell of g holds: "" for the continuation of
// a wide one.
func (g *Grid) Cluster(c *Cell) string {
	switch {
	case c.text&tail != 0:
		return ""
	case c.text&inTable != 0:
		return g.table.clusters.texts[c.text&^inTable]
	}
	return string(c.Rune())
}

// Link makes w cells of row y lead to an address (OSC 8). An address that may
// not stand in an escape sequence makes no link.
func (g *Grid) Link(x, y, w int, url string) {
	row := g.span(x, x+w, y)
	if len(row) == 0 {
		return
	}
	link := g.table.link(url)
	for i := range row {
		row[i].link = link
	}
}

// Box draws a frame of w by h cells with rounded corners, keeping each cell's
// background. A box smaller than 2 by 2 is not drawn.
func (g *Grid) Box(x, y, w, h int, fg RGB) {
	if w < 2 || h < 2 {
		return
	}
	for i := 1; i < w-1; i++ {
		g.Put(x+i, y, '─', fg, 0)
		g.Put(x+i, y+h-1, '─', fg, 0)
	}
	for i := 1; i < h-1; i++ {
		g.Put(x, y+i, '│', fg, 0)
		g.Put(x+w-1, y+i, '│', fg, 0)
	}
	g.Put(x, y, '╭', fg, 0)
	g.Put(x+w-1, y, '╮', fg, 0)
	g.Put(x, y+h-1, '╰', fg, 0)
	g.Put(x+w-1, y+h-1, '╯', fg, 0)
}

// First returns the cluster that s begins with, and its columns. It is "" for an
// empty s.
func First(s string) (cluster string, width int) {
	if s == "" {
		return "", 0
	}
	c := firstCluster(s)
	return s[:c.used], c.width
}

// Width returns the columns that [Grid.Text] takes for s when there is room.
// It is the only rule of width: see clusterWidth.
func Width(s string) int {
	n := 0
	for len(s) > 0 {
		c := firstCluster(s)
		n, s = n+c.width, s[c.used:]
	}
	return n
}

// Cut shortens s to at most w columns, the last of them "…" where something
// was cut off.
func Cut(s string, w int) string {
	if w <= 0 {
		return ""
	}
	used, keep := 0, 0
	for i := 0; i < len(s); {
		c := firstCluster(s[i:])
		if used+c.width > w {
			return s[:keep] + "…"
		}
		i += c.used
		if used += c.width; used < w {
			keep = i
		}
	}
	return s
}
