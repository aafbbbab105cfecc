package vegaview

import (
	"fmt"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/data/vega/js"
	"github.com/authtabs/tabgate/tui/cell"
)

// wideEnough is from how many columns on legends stand at the right.
const wideEnough = 60

// legends draws the legends at the right, or below where it is narrow, and
// returns the room that is left.
func (v *view) legends(room rect) rect {
	width, any := 0, false
	for _, l := range v.s.Legends {
		width = max(width, cell.Width(oneLine(l.Title)))
		for _, label := range l.Labels {
			any = true
			width = max(width, cell.Width(oneLine(label))+v.indent())
			if l.Type == "gradient" {
				width = max(width, cell.Width(oneLine(label))+3)
			}
		}
	}
	switch {
	case !any:
		return room
	case room.w < wideEnough:
		return v.below(room)
	}
	width = min(width, room.w/4)
	x, y := room.x+room.w-width, room.y
	for i := range v.s.Legends {
		rest := 0 // rows that the legends behind this one need at least
		for _, l := range v.s.Legends[i+1:] {
			rest += min(3, len(l.Labels)+1) + 1
		}
		y = v.legend(i, rect{x, y, width, max(2, room.y+room.h-y-rest)}, room.y+room.h) + 1
	}
	room.w -= width + 2
	return room
}

// indent is how far a label stands from the left of its entry: behind the swatch,
// and behind the letter of its line where that is another sign.
func (v *view) indent() int {
	if v.inks.named() && v.inks.few && v.strokes && v.surfaces() {
		return 3
	}
	return 2
}

// legend draws one legend below its title and returns the row behind it.
func (v *view) legend(place int, room rect, end int) int {
	l := v.s.Legends[place]
	y, bottom := room.y, min(room.y+room.h, end)
	if l.Title != "" && y < bottom {
		v.words(room.x, y, room.w, l.Title, v.look.Text, cell.Bold)
		y++
	}
	if l.Type == "gradient" && !v.look.Mono {
		return v.gradient(l, rect{room.x, y, room.w, bottom - y})
	}
	for i := range l.Labels {
		if y >= bottom {
			return y
		}
		if y == bottom-1 && i < len(l.Labels)-1 {
			v.words(room.x, y, room.w, fmt.Sprintf("+%d more", len(l.Labels)-i), v.look.Muted, 0)
			return y + 1
		}
		v.entry(place, i, room.x, y, room.w, v.label(l, i))
		y++
	}
	return y
}

// entry draws one line of a legend.
func (v *view) entry(place, i, x, y, w int, label string) {
	l := v.s.Legends[place]
	sign, color := v.swatch(l, i)
	text := v.look.Text
	if l.Field != "" && i < len(l.Values) && v.seen.Off[vega.Hidden{Field: l.Field, Value: js.String(l.Values[i])}] {
		sign, color, text = '-', v.look.Muted, v.look.Muted
	}
	v.words(x, y, 1, string(sign), color, 0)
	if edge, ok := v.edged(l, i); ok && sign == '■' {
		if c := v.g.At(x, y); c != nil {
			*c = cell.New('▀', edge, color, 0)
		}
	}
	indent := v.indent()
	if letter, ok := v.lettered(l, i); ok && indent > 2 && sign != '-' {
		v.words(x+1, y, 1, string(letter), color, 0)
	}
	v.words(x+indent, y, w-indent, label, text, 0)
	v.pic.Entries = append(v.pic.Entries, Entry{cell.Rect{X: x, Y: y, W: w, H: 1}, place, i})
}

// swatch is what stands before a label: in the colour, and for surfaces in the
// shade, in which the marks are painted.
func (v *view) swatch(l *vega.Legend, i int) (rune, cell.RGB) {
	ascii := func(a, b rune) rune {
		if v.look.ASCII {
			return a
		}
		return b
	}
	if i >= len(l.Colors) {
		if len(l.Channels) > 0 && l.Channels[0] == "size" && len(l.Labels) > 1 && !v.look.ASCII {
			dots := []rune("⠂⠒⠶⢾⣿")
			return dots[i*(len(dots)-1)/(len(l.Labels)-1)], v.look.Muted
		}
		return ascii('o', '●'), v.look.Muted
	}
	c, ok := vega.ParseColor(l.Colors[i])
	if !ok {
		return ascii('o', '●'), v.look.Muted
	}
	flat := v.surfaces()
	color := v.visible(c)
	switch {
	case v.look.Mono && flat:
		return v.inks.surface(color), v.look.Text
	case v.inks.named():
		return v.inks.letter(color), v.look.Text
	case flat || l.Type != "symbol":
		return ascii('#', '■'), v.blended(c)
	}
	return ascii('o', '●'), v.stroke(c)
}

// lettered is the letter that lines and edges are named by.
func (v *view) lettered(l *vega.Legend, i int) (rune, bool) {
	if i >= len(l.Colors) || l.Type != "symbol" {
		return 0, false
	}
	c, ok := vega.ParseColor(l.Colors[i])
	return v.inks.letter(v.visible(c)), ok
}

// edged is the colour of the edges of areas that can be seen through.
func (v *view) edged(l *vega.Legend, i int) (cell.RGB, bool) {
	if i >= len(l.Colors) {
		return cell.RGB{}, false
	}
	c, ok := vega.ParseColor(l.Colors[i])
	alpha, known := v.alphas[c]
	return v.stroke(c), ok && known && alpha < 0.95 && v.areas
}

// blended is a colour as surfaces of it are painted, on the background.
func (v *view) blended(c cell.RGB) cell.RGB {
	alpha, ok := v.alphas[c]
	if !ok {
		alpha = 1
	}
	return cell.Mix(v.look.Background, v.visible(c), max(alpha, leastAlpha))
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

// gradient draws a ramp from the greatest value to the least, with labels
// beside it.
func (v *view) gradient(l *vega.Legend, room rect) int {
	if len(l.Values) == 0 || room.h <= 0 {
		return room.y
	}
	h := min(room.h, max(len(l.Labels), min(7, room.h)))
	first, last := amount(l.Values[0]), amount(l.Values[len(l.Values)-1])
	taken := map[int]bool{}
	for i := range h {
		t := 0.0
		if h > 1 {
			t = float64(h-1-i) / float64(h-1)
		}
		text := ""
		if l.Scale != nil {
			text = l.Scale.Text(first + (last-first)*t)
		}
		c, ok := vega.ParseColor(text)
		if !ok {
			c, _ = vega.ParseColor(l.Colors[int(t*float64(len(l.Colors)-1)+0.5)])
		}
		v.g.Rect(room.x, room.y+i, 2, 1, c)
	}
	for i := range l.Labels {
		if i >= len(l.Values) || last == first && i > 0 {
			break
		}
		row := room.y
		if last != first {
			row += int((1-(amount(l.Values[i])-first)/(last-first))*float64(h-1) + 0.5)
		}
		if !taken[row] {
			taken[row] = true
			v.words(room.x+3, row, room.w-3, l.Labels[i], v.look.Text, 0)
		}
	}
	return room.y + h
}

// leastNamed is the least height of a picture that has the names of its letters
// below it.
const leastNamed = 6

// below draws the legends under the picture, their entries beside each other.
func (v *view) below(room rect) rect {
	need := 0
	for _, l := range v.s.Legends {
		for _, label := range l.Labels {
			need += min(cell.Width(oneLine(label))+v.indent()+2, room.w)
		}
	}
	most := room.h / 8
	if v.inks.named() && room.h >= leastNamed { // letters say nothing without their names
		most = max(most, 1)
	}
	lines := min((need+room.w-1)/max(1, room.w), most)
	if lines == 0 {
		return room
	}
	x, y, end := room.x, room.y+room.h-lines, room.x+room.w
	for place, l := range v.s.Legends {
		for i := range l.Labels {
			label := v.label(l, i)
			w := min(cell.Width(oneLine(label))+v.indent(), room.w)
			more := fmt.Sprintf("+%d", len(l.Labels)-i)
			reserve := 0
			if y == room.y+room.h-1 && i < len(l.Labels)-1 {
				reserve = len(more) + 3
			}
			if x+w > end-reserve && x > room.x {
				if y == room.y+room.h-1 {
					v.words(x, y, end-x, more, v.look.Muted, 0)
					break
				}
				x, y = room.x, y+1
			}
			v.entry(place, i, x, y, min(w, end-x), label)
			x += w + 2
		}
	}
	room.h -= lines
	return room
}

// label is what stands beside a swatch: of colours in steps, from where to
// where one reaches.
func (v *view) label(l *vega.Legend, i int) string {
	last := len(l.Labels) - 1
	if l.Type != "discrete" || last < 1 || l.Labels[0] != "" {
		return l.Labels[i]
	}
	switch i {
	case 0:
		return "< " + l.Labels[1]
	case last:
		return "≥ " + l.Labels[last]
	}
	return l.Labels[i] + " – " + l.Labels[i+1]
}

// amount is a value of a scale as a number.
func amount(v any) float64 { return js.Number(v) }
