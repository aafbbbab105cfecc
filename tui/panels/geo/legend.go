package geo

import (
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/deck"
	"github.com/authtabs/tabgate/data/vega/js"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/mapview"
	"github.com/authtabs/tabgate/tui/page"
)

// class is a colour that the legend explains.
type class struct {
	name  string
	color cell.RGB
	count int
	// index is the number of a class of bins, which stands for it where there
	// are few colours; -1 = it is a value of a column.
	index int
}

// classesOf are the colours of the map as it is shown, and what they count.
func (f *figures) classesOf(look *mapview.Look) (title string, out []class) {
	if f.lat >= 0 {
		return f.title, f.classes
	}
	for i, l := range f.scene.Deck.Layers {
		if l.Bins != nil && len(l.Bins.Bins) > 0 && f.shown(i) {
			legend := f.legends[i]
			return legend.title, legend.classes(l.Bins, look)
		}
	}
	return "", nil
}

// binLegend are the classes of a layer of bins, counted once.
type binLegend struct {
	title  string
	names  []string
	counts []int
}

// newBinLegend counts the classes of a layer's bins.
func newBinLegend(l *deck.Layer) (out binLegend) {
	what := "per square"
	if l.Bins.Hexagons {
		what = "per hexagon"
	}
	out.title = nounOf(l) + " " + what
	lo, hi := make([]float64, len(l.Bins.Range)), make([]float64, len(l.Bins.Range))
	out.counts, out.names = make([]int, len(l.Bins.Range)), make([]string, len(l.Bins.Range))
	for i := range l.Bins.Bins {
		b := &l.Bins.Bins[i]
		if b.Class < 0 || b.Class >= len(out.counts) {
			continue
		}
		if out.counts[b.Class]++; out.counts[b.Class] == 1 {
			lo[b.Class], hi[b.Class] = b.ColorValue, b.ColorValue
		}
		lo[b.Class], hi[b.Class] = min(lo[b.Class], b.ColorValue), max(hi[b.Class], b.ColorValue)
	}
	whole := l.Bins.ScaleType == "quantize" && wholeNumbers(l.Bins)
	for i := range out.names {
		if whole {
			lo[i], hi[i] = limits(l.Bins, i)
		}
		switch {
		case whole && lo[i] > hi[i], !whole && out.counts[i] == 0:
			out.names[i] = "none"
		case lo[i] == hi[i]:
			out.names[i] = js.FormatNumber(lo[i])
		default:
			out.names[i] = js.FormatNumber(lo[i]) + "–" + js.FormatNumber(hi[i])
		}
	}
	return out
}

// wholeNumbers reports whether all bins have whole numbers.
func wholeNumbers(b *deck.Bins) bool {
	for i := range b.Bins {
		if v := b.Bins[i].ColorValue; v != math.Trunc(v) {
			return false
		}
	}
	return b.ColorDomain[1]-b.ColorDomain[0] < 1e9
}

// limits are the least and the greatest whole number of a class. Where the
// domain is narrower than the classes, the first is greater: an empty class.
func limits(b *deck.Bins, class int) (lo, hi float64) {
	d0, d1, n := b.ColorDomain[0], b.ColorDomain[1], float64(len(b.Range))
	of := func(v float64) int {
		if d1 <= d0 {
			return 0
		}
		return min(max(int(math.Floor((v-d0)/(d1-d0)*n)), 0), len(b.Range)-1)
	}
	lo, hi = math.Inf(1), math.Inf(-1)
	part := (d1 - d0) / n
	from := math.Floor(d0 + float64(class)*part)
	for v := max(from-1, math.Ceil(d0)); v <= min(from+part+2, d1); v++ {
		if of(v) == class {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	return lo, hi
}

// classes are the classes in the colours of a look. One that is always empty is
// left out where there are more than one.
func (l *binLegend) classes(b *deck.Bins, look *mapview.Look) (out []class) {
	for i, name := range l.names {
		if b.ScaleType != "quantize" && l.counts[i] == 0 {
			continue
		}
		out = append(out, class{name, look.Class(b.Range, i), l.counts[i], i})
	}
	return out
}

// nounOf is what the rows of a layer are called: as their source is.
func nounOf(l *deck.Layer) string {
	if l.Source != "" {
		return session.Clean(strings.ReplaceAll(l.Source, "_", " "), 30)
	}
	return "rows"
}

// sign is a line of the legend about how large something is drawn.
type sign struct {
	mark        string
	color       cell.RGB
	title, rule string
}

// signs explain the sizes of the circles and arcs that are shown.
func (f *figures) signs(look *mapview.Look) (out []sign) {
	for i, l := range f.scene.Deck.Layers {
		if !f.shown(i) {
			continue
		}
		if field := l.Fields["getRadius"]; field != "" && len(l.Circles) > 0 {
			c := &l.Circles[0]
			color := cell.Mix(look.Land(), cell.RGB{c.Fill[0], c.Fill[1], c.Fill[2]}, float64(c.Fill[3])/255)
			out = append(out, sign{"●", color, words(field), sizeRule(l.Radius, "radius ")})
		}
		if field := l.Fields["getWidth"]; field != "" && len(l.Arcs) > 0 {
			c := l.Arcs[0].SourceColor
			out = append(out, sign{"⣤", look.Over(cell.RGB{c[0], c[1], c[2]}), words(field), sizeRule(l.Width, "")})
		}
	}
	return out
}

// words is the name of a field as it is read.
func words(field string) string { return session.Clean(strings.ReplaceAll(field, "_", " "), 40) }

// sizeRule says how a figure becomes a size: "50 m radius per 1,000".
func sizeRule(s deck.Size, of string) string {
	per := 1.0
	for s.Scale > 0 && s.Scale*per < 1 && per < 1e9 {
		per *= 10
	}
	unit := map[string]string{"meters": "m", "pixels": "px"}[s.Units]
	if !(s.Scale > 0) || unit == "" {
		return ""
	}
	if unit == "m" && per < 1000 && per > 1 {
		per = 1000
	}
	text := js.FormatNumber(math.Round(s.Scale*per*1e6)/1e6) + " " + unit + " " + of
	if per > 1 {
		text += "per " + mapview.Count(int(per))
	} else {
		text += "each"
	}
	if s.Min > 0 {
		text += ", at least " + js.FormatNumber(s.Min) + " px"
	}
	return text
}

// swatch draws a class's colour, w cells wide; with few or no colours it
// carries the number that stands for the class on the map. A colour that is
// all but the page's has edges. A value of a column has a dot.
func (s *surface) swatch(x, y, w int, c class) {
	l := s.look
	if c.index < 0 {
		s.grid.Text(x+w/2, y, "●", cell.Readable(c.color, s.theme.Background, 3), 0)
		return
	}
	s.grid.Rect(x, y, w, 1, c.color)
	if l.Plain {
		s.grid.Text(x+w/2, y, fmt.Sprint(c.index+1), cell.Readable(l.Halo(), c.color, 4.5), 0)
		return
	}
	if edge := s.seen(c.color); w > 1 && !l.ASCII && cell.Contrast(c.color, l.Halo()) < 3 {
		s.grid.Text(x, y, "▏", edge, 0)
		s.grid.Text(x+w-1, y, "▕", edge, 0)
	}
}

// legendRow draws the classes in one row, as much of it as fits, and what they
// count before or behind them.
func (s *surface) legendRow(r rect, f *figures) {
	title, classes := f.classesOf(&s.look)
	if r.H == 0 || len(classes) == 0 {
		return
	}
	t, g := s.theme, s.grid
	need, swatch, gap := 0, 2, 2
	for _, c := range classes {
		need += cell.Width(c.name)
	}
	if need+len(classes)*(swatch+gap+1) > r.W {
		swatch, gap = 1, 1
	}
	x, named := r.X, false
	if cell.Width(title)+2+need+len(classes)*(swatch+gap+1) <= r.W-13 {
		x += 1 + g.Text(x+1, r.Y, title, t.Muted, 0) + 2
		named = true
	}
	for _, c := range classes {
		name := c.name
		if from, _, ok := strings.Cut(name, "–"); s.look.Plain && swatch == 1 && c.index >= 0 {
			if ok && c.index < len(classes)-1 {
				name = from // of numbered classes: "=1" to "=40–47"
			}
			name = "=" + name
		}
		w := cell.Width(name)
		if x+swatch+w > r.X+r.W {
			return
		}
		s.swatch(x, r.Y, swatch, c)
		x += swatch
		if swatch > 1 && x+1+w <= r.X+r.W {
			x++
		}
		x += g.Text(x, r.Y, name, t.Text, 0) + gap
	}
	unit, _, _ := strings.Cut(title, " per ")
	if words := strings.Fields(unit); len(words) > 0 && x+cell.Width(unit) >= r.X+r.W {
		unit = words[len(words)-1]
	}
	if !named && x+cell.Width(unit) < r.X+r.W {
		g.Text(x, r.Y, unit, t.Muted, 0)
	}
}

// legendSide draws the legends below each other from row y, and gives the next
// free row.
func (s *surface) legendSide(x, y, bottom int, f *figures) int {
	t, g := s.theme, s.grid
	title, classes := f.classesOf(&s.look)
	if most := bottom - y - 2; len(classes) > most {
		classes = classes[:max(most, 0)]
	}
	if len(classes) > 0 {
		g.Text(x, y, cell.Cut(capital(title), sideWidth-2), t.Muted, 0)
		for i, c := range classes {
			s.swatch(x, y+1+i, 3, c)
			n := mapview.Count(c.count)
			g.Text(x+4, y+1+i, cell.Cut(c.name, sideWidth-8-cell.Width(n)), t.Text, 0)
			g.Text(x+sideWidth-3-cell.Width(n), y+1+i, n, t.Muted, 0)
		}
		y += 2 + len(classes)
	}
	for _, sign := range f.signs(&s.look) {
		lines := page.Wrap(sign.rule, sideWidth-3)
		if y+2+len(lines) > bottom {
			break
		}
		g.Text(x, y, sign.mark, s.seen(sign.color), 0)
		g.Text(x+2, y, cell.Cut(sign.title, sideWidth-4), t.Text, 0)
		for i, line := range lines {
			g.Text(x+2, y+1+i, line, t.Muted, 0)
		}
		y += 2 + len(lines)
	}
	return y
}

// capital is a text with a capital letter at its beginning.
func capital(text string) string {
	r := []rune(text)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}
