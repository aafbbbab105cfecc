// Package vegaview draws a scene of data/vega into character cells: bars and
// areas as block characters, lines and points as braille dots, words as words.
// It knows no data, no page and no terminal.
//
// A scene is laid out anew: its plots share the room there is in proportion to
// their sizes, with their axes around them, and what was computed in pixels is
// scaled to each plot. What an axis measures upward has its ticks in the
// middle of rows. Labels that would touch are thinned out, never moved or cut
// to another number.
package vegaview

import (
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

// View is how a scene is looked at.
type View struct {
	// Windows are the parts of scales that are in view; all of those that it
	// does not have.
	Windows map[*vega.Scale]Window
	// Off are the series that are not drawn, which legends show faintly.
	Off map[vega.Hidden]bool
}

// Window is a part of a scale, in pixels from the left or from above.
type Window struct{ From, To float64 }

// Drawer draws one scene again and again. It keeps what it found out of it.
type Drawer struct {
	s       *vega.Scene
	whole   map[*vega.Axis]bool // axes whose values are whole numbers
	alphas  map[cell.RGB]float64
	dense   map[*vega.Path]*pyramid
	steps   map[*vega.Mark][2]float64 // how far apart bars are, in pixels
	scratch layers
	areas   bool // there are any
	strokes bool // there are lines, or areas, whose edges are lines
}

// New makes a drawer of a scene.
func New(s *vega.Scene) *Drawer {
	d := &Drawer{s: s, whole: map[*vega.Axis]bool{}, alphas: map[cell.RGB]float64{}, dense: map[*vega.Path]*pyramid{}, steps: map[*vega.Mark][2]float64{}}
	for _, c := range s.Cells {
		for _, a := range c.Axes {
			d.whole[a] = whole(c, a)
		}
		for _, m := range c.Marks {
			d.prepare(m)
		}
	}
	return d
}

// prepare notes how strongly colours are painted, and makes the pyramids of
// paths of very many points.
func (d *Drawer) prepare(m *vega.Mark) {
	note := func(st *vega.Style) {
		if c, ok := vega.ParseColor(st.Fill); ok {
			if _, known := d.alphas[c]; !known {
				d.alphas[c] = min(1, st.Opacity*st.FillOpacity)
			}
		}
	}
	d.areas = d.areas || m.Type == "area"
	d.strokes = d.strokes || m.Type == "area" || m.Type == "line" || m.Type == "trail"
	for i := range m.Paths {
		note(&m.Paths[i].Style)
		if m.Type == "line" && len(m.Paths[i].Points) > manyPoints {
			if p := newPyramid(m.Paths[i].Points); p != nil {
				d.dense[&m.Paths[i]] = p
			}
		}
	}
	for i := range m.Items[:min(len(m.Items), 1000)] {
		note(&m.Items[i].Style)
	}
}

// Draw draws a scene into all of g, and returns what its places mean.
func Draw(g *cell.Grid, s *vega.Scene, look Look) *Picture { return New(s).Draw(g, look, View{}) }

// rect is a rectangle of cells.
type rect struct{ x, y, w, h int }

// view draws one frame.
type view struct {
	*Drawer
	g    *cell.Grid
	look Look
	seen View
	inks inks
	pic  *Picture
}

// Draw draws the scene into all of g, and returns what its places mean.
func (d *Drawer) Draw(g *cell.Grid, look Look, seen View) *Picture {
	g.Fill(look.Background)
	v := &view{Drawer: d, g: g, look: look, seen: seen, pic: &Picture{}}
	v.inks = newInks(d.s, look)
	room := rect{0, 0, g.W, g.H}
	for _, line := range []string{d.s.Title, d.s.Subtitle} {
		if line != "" && d.s.Layout != nil && d.s.Layout.Cell < 0 && room.h > 6 {
			v.words(room.x, room.y, room.w, line, look.Text, cell.Bold)
			room.y++
			room.h--
		}
	}
	if room = v.legends(room); d.s.Layout != nil {
		v.box(d.s.Layout, room)
	}
	v.pic.inks = v.inks
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

// visible is a colour that can be told from the background. One that cannot is
// moved no farther than it must be: the pale end of a ramp on a light background
// stays its pale end.
func (v *view) visible(c cell.RGB) cell.RGB { return v.look.visible(c) }

func (l Look) visible(c cell.RGB) cell.RGB {
	return cell.Readable(c, l.Background, leastContrast)
}

// leastContrast is what a surface needs to be told from the background.
const leastContrast = 1.3

// stroke is the colour of a line or a point: one that can be seen although it
// is thin.
func (v *view) stroke(c cell.RGB) cell.RGB {
	if cell.Contrast(c, v.look.Background) < leastContrast {
		return v.look.Text
	}
	return cell.Readable(c, v.look.Background, 2)
}
