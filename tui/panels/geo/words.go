package geo

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/vega/js"
	"github.com/authtabs/tabgate/tui/mapview"
)

// words says what a pick is: its name and its figures.
func (f *figures) words(ctx context.Context, p mapview.Pick) (title, detail string) {
	if !p.OK {
		return "", ""
	}
	item, at := f.scene.Item(p)
	if f.lat >= 0 {
		return f.rowWords(ctx, item.Row)
	}
	if item.Hover != "" {
		lines := strings.Split(item.Hover, "\n")
		for i := range lines {
			lines[i] = session.Clean(lines[i], 200)
		}
		return lines[0], strings.Join(lines[1:], " · ")
	}
	l := f.scene.Deck.Layers[p.Layer]
	row := fmt.Sprintf("row %d", item.Row+1)
	switch p.Kind {
	case mapview.Prism:
		return f.prismWords(l, p.Index, row)
	case mapview.Name, mapview.Disc:
		title = f.index.at(at)
		if i, ok := f.index.places[at]; ok && f.index.list[i].hasFigure {
			detail = f.index.figureOf(i) + " " + words(f.index.field)
		}
	case mapview.Bow:
		c := &l.Arcs[p.Index]
		title, detail = f.near(c.Source)+" → "+f.near(c.Target), figure(l, "getWidth", c.Width)
	case mapview.Stroke:
		if p.Index < len(l.Lines) {
			c := &l.Lines[p.Index]
			title, detail = f.near(c.Source)+" → "+f.near(c.Target), figure(l, "getWidth", c.Width)
		}
	}
	if p.Kind == mapview.Disc && detail == "" {
		detail = figure(l, "getRadius", l.Circles[p.Index].Radius)
	}
	if title == "" {
		title = row
	}
	return title, detail
}

// figure is what a size follows from, in words; "" where no field says it.
func figure(l *deck.Layer, property string, v float64) string {
	if field := l.Fields[property]; field != "" {
		return quantity(v) + " " + words(field)
	}
	return ""
}

// quantity writes a figure, a whole one with separated thousands.
func quantity(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return mapview.Count(int(v))
	}
	return js.FormatNumber(v)
}

// prismWords says what a column is.
func (f *figures) prismWords(l *deck.Layer, i int, row string) (title, detail string) {
	if l.Bins != nil && i < len(l.Bins.Bins) {
		b := &l.Bins.Bins[i]
		shape := "square"
		if l.Bins.Hexagons {
			shape = "hexagon"
		}
		if b.ColorValue != float64(b.Count) {
			shape = quantity(b.ColorValue) + " · " + shape
		}
		if l.Extruded {
			shape += ", " + mapview.Count(int(b.Elevation+0.5)) + " m high"
		}
		return counted(b.Count, nounOf(l)), shape
	}
	if i < len(l.Columns) {
		c := &l.Columns[i]
		if title = f.index.at(c.At); title == "" {
			title = row
		}
		return title, mapview.Count(int(c.Elevation+0.5)) + " m high"
	}
	return row, ""
}

// counted writes how many there are of something that has its name in the
// plural.
func counted(n int, what string) string {
	if n == 1 {
		what = strings.TrimSuffix(what, "s")
	}
	return mapview.Count(n) + " " + what
}

// nearby is how far a name may be from the end of a line, in metres: sources of
// places and of lines are seldom joined by a key.
const nearby = 500

// near names the place at the end of a line, or tells its coordinates where none
// is near.
func (f *figures) near(at deck.Place) string {
	if name := f.index.at(at); name != "" {
		return mapview.Short(name)
	}
	best, least := "", float64(nearby)
	for i := range f.index.list {
		if d := f.index.list[i].at.Meters(at); d < least {
			best, least = f.index.list[i].name, d
		}
	}
	if best == "" {
		return mapview.Coordinates(at.Lat, at.Lon, 11)
	}
	return mapview.Short(best)
}

// maxFields is how many fields of a row are read out.
const maxFields = 8

// rowWords are the fields of the row of a place: its first text, and the others.
func (f *figures) rowWords(ctx context.Context, row int) (title, detail string) {
	columns := f.fields()
	b, err := frame.Rows(ctx, f.rows, columns, row, 1)
	if err != nil || b.Len == 0 {
		return fmt.Sprintf("row %d", row+1), ""
	}
	var parts []string
	for i, c := range columns {
		if b.Columns[i].IsNull(0) {
			continue
		}
		value := session.Clean(b.Columns[i].String(0), 60)
		if b.Columns[i].Type == frame.Text && title == "" {
			title = value
		} else {
			parts = append(parts, session.Clean(f.rows.Columns()[c].Name, 30)+" "+value)
		}
	}
	if title == "" {
		title = fmt.Sprintf("row %d", row+1)
	}
	return title, strings.Join(parts, " · ")
}

// fields are the columns that are read out: text first, without the places.
func (f *figures) fields() (out []int) {
	for _, text := range []bool{true, false} {
		for i, c := range f.rows.Columns() {
			if i != f.lat && i != f.lon && (c.Type == frame.Text) == text && len(out) < maxFields {
				out = append(out, i)
			}
		}
	}
	return out
}

// summary says what the map holds, and which rows are not on it.
func (f *figures) summary() string {
	var parts []string
	if f.lat >= 0 {
		parts = append(parts, counted(len(f.scene.Deck.Layers[0].Circles), "places"))
	}
	refused := 0
	for _, l := range f.scene.Deck.Layers {
		if l.Refused != "" {
			refused++
		}
	}
	if refused > 0 {
		parts = append(parts, fmt.Sprintf("%d of %s cannot be drawn: the notes say why", refused, counted(len(f.scene.Deck.Layers), "layers")))
	}
	if told := f.told(); told != "" {
		parts = append(parts, told)
	}
	return strings.Join(parts, " · ")
}

// told says which rows are not on the map.
func (f *figures) told() string {
	if f == nil {
		return ""
	}
	return f.scene.Deck.Told()
}
