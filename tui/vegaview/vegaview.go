// Package vegaview draws a scene of data/vega into character cells: areas as
// block characters, lines and points as braille dots, words as words. It knows
// no data, no page and no terminal.
//
// A scene is laid out anew: its plots share the room there is in proportion to
// their sizes, with their axes around them, and what was computed in pixels is
// scaled to each plot. Labels that would touch are thinned out, never moved.
package vegaview

import (
	"math"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/tui/cell"
)

// CellW and CellH are the pixels that a character cell stands for when a
// specification is compiled for a room of cells.
const CellW, CellH = 8, 16

// Room returns the pixels of the plot in a room of so many cells: what
// vega.Options takes as the size of a specification with one plot.
func Room(cols, rows int) (width, height float64) {
	return float64(max(10, cols-14)) * CellW, float64(max(4, rows-5)) * CellH
}

// rect is a rectangle of cells.
type rect struct{ x, y, w, h int }

// view draws one scene.
type view struct {
	g      *cell.Grid
	s      *vega.Scene
	look   Look
	shades map[cell.RGB]rune // of the colours of surfaces, where there are none
	pic    *Picture
}

// Draw draws a scene into all of g, and returns what its places mean.
func Draw(g *cell.Grid, s *vega.Scene, look Look) *Picture {
	g.Fill(look.Background)
	v := &view{g, s, look, map[cell.RGB]rune{}, &Picture{}}
	for _, l := range s.Legends { // in the order of the legend
		for _, text := range l.Colors {
			if c, ok := vega.ParseColor(text); ok && l.Type == "symbol" {
				v.shade(v.visible(c))
			}
		}
	}
	room := rect{0, 0, g.W, g.H}
	for _, line := range []string{s.Title, s.Subtitle} {
		if line != "" && s.Layout != nil && s.Layout.Cell < 0 && room.h > 6 {
			v.words(room.x, room.y, room.w, line, look.Text, cell.Bold)
			room.y++
			room.h--
		}
	}
	if room = v.legends(room); s.Layout != nil {
		v.box(s.Layout, room)
	}
	return v.pic
}

// words writes a text cut to a width.
func (v *view) words(x, y, w int, text string, c cell.RGB, attr cell.Attr) {
	if w > 0 {
		v.g.Text(x, y, cell.Cut(oneLine(text), w), c, attr)
	}
}

// oneLine is a text without its line breaks.
func oneLine(text string) string {
	out := []rune(text)
	for i, r := range out {
		if r == '\n' {
			out[i] = ' '
		}
	}
	return string(out)
}

// size is the pixels that a box would have.
func (v *view) size(b *vega.Box) (w, h float64) {
	if b.Cell >= 0 {
		c := v.s.Cells[b.Cell]
		return max(1, c.Width), max(1, c.Height)
	}
	columns, rows := v.tracks(b)
	for _, f := range columns {
		w += f
	}
	for _, f := range rows {
		h += f
	}
	return w, h
}

// tracks are the widths of a box's columns and the heights of its rows.
func (v *view) tracks(b *vega.Box) (columns, rows []float64) {
	columns = make([]float64, min(b.Columns, len(b.Boxes)))
	for i, child := range b.Boxes {
		w, h := v.size(child)
		col, row := i%b.Columns, i/b.Columns
		if row == len(rows) {
			rows = append(rows, 0)
		}
		columns[col], rows[row] = max(columns[col], w), max(rows[row], h)
	}
	return columns, rows
}

// box draws the plots of a box in a room.
func (v *view) box(b *vega.Box, room rect) {
	if b.Cell >= 0 {
		v.plot(b.Cell, room)
		return
	}
	columns, rows := v.tracks(b)
	xs, ys := shares(columns, room.x, room.w), shares(rows, room.y, room.h)
	for i, child := range b.Boxes {
		col, row := i%b.Columns, i/b.Columns
		v.box(child, rect{xs[col], ys[row], xs[col+1] - xs[col], ys[row+1] - ys[row]})
	}
}

// shares divides a length among parts and returns the places where they begin
// and the last ends.
func shares(parts []float64, from, length int) []int {
	total := 0.0
	for _, p := range parts {
		total += p
	}
	out := []int{from}
	sum := 0.0
	for _, p := range parts {
		sum += p
		out = append(out, from+int(math.Round(sum/total*float64(length))))
	}
	return out
}

// legends draws the legends at the right, and returns the room that is left.
func (v *view) legends(room rect) rect {
	width := 0
	for _, l := range v.s.Legends {
		width = max(width, cell.Width(oneLine(l.Title)))
		for _, label := range l.Labels {
			width = max(width, cell.Width(oneLine(label))+2)
		}
	}
	if width == 0 || room.w < 40 {
		return room
	}
	width = min(width, room.w/4)
	x, y := room.x+room.w-width, room.y
	for i := range v.s.Legends {
		y = v.legend(i, rect{x, y, width, room.y + room.h - y}) + 1
	}
	room.w -= width + 2
	return room
}

// surfaces reports whether any mark is painted as an area.
func (v *view) surfaces() bool {
	for _, c := range v.s.Cells {
		for _, m := range c.Marks {
			if m.Type == "rect" || m.Type == "area" || m.Type == "arc" {
				return true
			}
		}
	}
	return false
}

// legend draws one legend and returns the row behind it.
func (v *view) legend(place int, room rect) int {
	l := v.s.Legends[place]
	y, end := room.y, room.y+room.h
	if l.Title != "" && y < end {
		v.words(room.x, y, room.w, l.Title, v.look.Text, cell.Bold)
		y++
	}
	for i, label := range l.Labels {
		if y >= end {
			return y
		}
		if y == end-1 && i < len(l.Labels)-1 {
			v.words(room.x, y, room.w, "…", v.look.Muted, 0)
			return y + 1
		}
		swatch, color := "●", v.look.Muted
		if v.look.ASCII {
			swatch = "o"
		}
		if i < len(l.Colors) {
			if c, ok := vega.ParseColor(l.Colors[i]); ok {
				color = v.visible(c)
			}
			if l.Type != "symbol" || v.look.Mono && v.surfaces() {
				swatch = string(v.shade(color))
			}
		}
		v.words(room.x, y, 1, swatch, color, 0)
		v.words(room.x+2, y, room.w-2, label, v.look.Text, 0)
		v.pic.Entries = append(v.pic.Entries, Entry{cell.Rect{X: room.x, Y: y, W: room.w, H: 1}, place, i})
		y++
	}
	return y
}

// shade is the character of a surface: full where colours are shown. A colour
// keeps the shade that it got first.
func (v *view) shade(c cell.RGB) rune {
	full, others := '█', []rune("█▒░▓")
	if v.look.ASCII {
		full, others = '#', []rune("#%+:=o*")
	}
	if !v.look.Mono {
		return full
	}
	r, ok := v.shades[c]
	if !ok {
		r = others[len(v.shades)%len(others)]
		v.shades[c] = r
	}
	return r
}

// visible is a colour that can be told from the background: the text's where
// it cannot.
func (v *view) visible(c cell.RGB) cell.RGB {
	if cell.Contrast(c, v.look.Background) < 1.3 {
		return v.look.Text
	}
	return c
}
