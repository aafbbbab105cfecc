package chart

import (
	"maps"
	"math"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/vega"
	"github.com/authtabs/tabgate/data/vega/js"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
	"github.com/authtabs/tabgate/tui/widget"
)

// mostTyped is how many runes the text of an input has at most.
const mostTyped = 200

// typing is the text of an input that is being typed.
type typing struct {
	on    bool
	field widget.Field
}

// controls are the inputs of a chart, as a reader sets them.
type controls struct {
	values  map[string]any // by key
	typing  typing
	changed bool // since the last picture was asked for
	sliding bool // the mouse holds the track of a range
}

// inputs are the inputs of a scene as they are set, which its picture may not
// show yet.
func (c *controls) inputs(s *vega.Scene) []vega.Input {
	if s == nil {
		return nil
	}
	all := append([]vega.Input(nil), s.Inputs...)
	for i := range all {
		if v, ok := c.values[all[i].Key]; ok && all[i].Takes(v) {
			all[i].Value = v
		}
	}
	return all
}

// set sets an input, or lets it be as the specification begins.
func (c *controls) set(key string, v any, given bool) {
	next := maps.Clone(c.values) // what is computed keeps the old one
	if next == nil {
		next = map[string]any{}
	}
	if given {
		next[key] = v
	} else {
		delete(next, key)
	}
	c.values = next
	c.changed = true
}

// change sets an input to a value next to the one that it has; around begins
// anew behind the last of its options.
func (c *controls) change(in *vega.Input, by int, around bool) {
	switch in.Kind {
	case "range":
		c.set(in.Key, stepped(in, by), true)
	case "checkbox":
		c.set(in.Key, !js.Bool(in.Value), true)
	case "select", "radio":
		n := len(in.Options)
		at := min(max(in.Chosen()+by, 0), n-1)
		if around {
			at = ((in.Chosen()+by)%n + n) % n
		}
		c.set(in.Key, in.Options[at], true)
	}
}

// stepped is the value of a range so many steps from the one that it has.
func stepped(in *vega.Input, by int) float64 {
	now := js.Number(in.Value)
	if now != now || in.Value == nil {
		now = (in.Min + in.Max) / 2
	}
	if in.Step <= 0 {
		return in.Min
	}
	last := math.Floor((in.Max-in.Min)/in.Step + 1e-9)
	n := min(max(math.Round((now-in.Min)/in.Step)+float64(by), 0), last)
	return short(in.Min + n*in.Step)
}

// short is a number without what was lost in adding steps up.
func short(v float64) float64 {
	f, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 12, 64), 64)
	if err != nil {
		return v
	}
	return f
}

// inputKey does what a key means on the line of an input, and reports whether
// it means anything there.
func (c *controls) key(msg tea.KeyMsg, in *vega.Input) bool {
	if c.typing.on {
		c.typeKey(msg, in)
		return true
	}
	switch msg.String() {
	case "left":
		c.change(in, -1, false)
	case "right":
		c.change(in, 1, false)
	case "shift+left", "pgup":
		c.change(in, -10, false)
	case "shift+right", "pgdown":
		c.change(in, 10, false)
	case "home":
		c.ends(in, -1)
	case "end":
		c.ends(in, 1)
	case " ", "enter":
		if in.Kind == "text" {
			c.startTyping(in)
		} else {
			c.change(in, 1, true)
		}
	case "backspace", "delete":
		c.set(in.Key, nil, false)
	default:
		return false
	}
	return true
}

// ends sets a range or a choice to its first or last value.
func (c *controls) ends(in *vega.Input, by int) {
	if in.Kind != "checkbox" {
		c.change(in, by*math.MaxInt32/2, false)
	}
}

func (c *controls) startTyping(in *vega.Input) {
	c.typing = typing{on: true, field: widget.Field{Limit: mostTyped}}
	c.typing.field.Insert([]rune(in.Text()))
}

// typeKey types into an input: the chart follows each key.
func (c *controls) typeKey(msg tea.KeyMsg, in *vega.Input) {
	switch msg.String() {
	case "enter", "esc", "tab", "up", "down":
		c.typing = typing{}
		return
	}
	if c.typing.field.Key(msg) && c.typing.field.String() != in.Text() {
		c.set(in.Key, c.typing.field.String(), true)
	}
}

// The columns of a range: a track, and its value.
const trackWidth, valueWidth = 12, 8

// controlWidth is how wide an input is in the menu, with its name.
func controlWidth(in *vega.Input) int {
	w := cell.Width(oneLine(in.Label)) + 6
	switch in.Kind {
	case "range":
		return w + trackWidth + valueWidth + 2
	case "checkbox":
		return w + 4
	case "text":
		return w + 20
	}
	most := 0
	for _, label := range in.Labels {
		most = max(most, cell.Width(oneLine(label)))
	}
	return w + min(most, 30) + 4
}

// drawInput draws an input into the cells from x on.
func drawInput(g *cell.Grid, t *theme.Theme, in *vega.Input, x, y, w int, edit *typing) {
	ascii := t.Glyphs == theme.ASCII
	label, text := oneLine(in.Label), oneLine(in.Text())
	switch in.Kind {
	case "checkbox":
		mark := "[ ] "
		if js.Bool(in.Value) {
			mark = "[x] "
		}
		g.Text(x, y, cell.Cut(mark+label, w), t.Text, 0)
	case "range":
		track := trackAt(x, w)
		g.Text(x, y, cell.Cut(label, max(0, track-x-1)), t.Text, 0)
		knob := track + int(math.Round(fraction(in)*(trackWidth-1)))
		for i := track; i < track+trackWidth; i++ {
			r, color := pick(ascii, '-', '─'), t.Faint
			if i == knob {
				r, color = pick(ascii, 'o', '●'), t.Text
			}
			if i >= x {
				g.Put(i, y, r, color, 0)
			}
		}
		g.Text(track+trackWidth+1, y, cell.Cut(text, valueWidth), t.Text, 0)
	case "text":
		x += g.Text(x, y, cell.Cut(label+": ", w/2), t.Text, 0)
		if edit.on {
			edit.field.Draw(g, x, y, max(1, w-min(w/2, cell.Width(label)+2)), t.Text, 0)
			return
		}
		g.Text(x, y, cell.Cut(text, w-w/2), t.Text, 0)
	default:
		n := g.Text(x, y, cell.Cut(label, w/2), t.Text, 0) + 1
		g.Text(x+n, y, cell.Cut(string(pick(ascii, '<', '‹'))+" "+cell.Cut(text, max(1, w-n-4))+" "+string(pick(ascii, '>', '›')), w-n), t.Text, 0)
	}
}

// trackAt is where the track of a range begins in a line.
func trackAt(x, w int) int { return x + w - trackWidth - valueWidth - 1 }

// fraction is where in a range its value lies, from 0 to 1.
func fraction(in *vega.Input) float64 {
	v := js.Number(in.Value)
	if v != v || in.Value == nil {
		return 0.5
	}
	if in.Max == in.Min {
		return 0
	}
	return min(max((v-in.Min)/(in.Max-in.Min), 0), 1)
}

// slide sets a range to where the mouse is on its track.
func (c *controls) slide(in *vega.Input, b box, x int) {
	at := trackAt(b.x+2, b.w-4)
	part := min(max(float64(x-at)/(trackWidth-1), 0), 1)
	begin := *in
	begin.Value = in.Min + part*(in.Max-in.Min)
	c.set(in.Key, stepped(&begin, 0), true)
}

// click does what a click on the line of an input means.
func (c *controls) click(in *vega.Input, b box, x int) {
	switch in.Kind {
	case "range":
		if x >= trackAt(b.x+2, b.w-4)-1 {
			c.sliding = true
			c.slide(in, b, x)
		}
	case "text":
		c.startTyping(in)
	case "checkbox":
		c.change(in, 1, true)
	default:
		by := 1
		if x <= b.x+3+min(cell.Width(oneLine(in.Label)), (b.w-4)/2) { // the name, or the sign that points back
			by = -1
		}
		c.change(in, by, true)
	}
}

// box is where the menu was drawn, and which of its lines is the first.
type box struct{ x, y, w, h, first int }

func (b box) has(x, y int) bool { return x >= b.x && x < b.x+b.w && y >= b.y && y < b.y+b.h }

// mouse does what the mouse means while the menu is open. It reports whether the
// chart is to be drawn anew, whether anything changed, and whether the menu stays.
func (c *choices) mouse(msg tea.MouseMsg, all []option) (anew, changed, stays bool) {
	switch {
	case msg.Action == tea.MouseActionRelease:
		c.sliding = false
	case msg.Action == tea.MouseActionMotion && msg.Button == tea.MouseButtonLeft && c.sliding:
		if o := c.line(all); o != nil && o.input != nil {
			c.slide(o.input, c.box, msg.X)
			return false, true, true
		}
	case msg.Action != tea.MouseActionPress:
	case msg.Button == tea.MouseButtonWheelUp:
		c.at, c.typing = max(0, c.at-1), typing{}
		return false, true, true
	case msg.Button == tea.MouseButtonWheelDown:
		c.at, c.typing = min(len(all)-1, c.at+1), typing{}
		return false, true, true
	case msg.Button == tea.MouseButtonLeft && !c.box.has(msg.X, msg.Y):
		c.typing = typing{}
		return false, true, false
	case msg.Button == tea.MouseButtonLeft:
		i := c.box.first + msg.Y - c.box.y - 1
		if msg.Y == c.box.y || msg.Y == c.box.y+c.box.h-1 || i >= len(all) {
			break // on its border
		}
		c.at, c.typing = i, typing{}
		if in := all[i].input; in != nil {
			c.click(in, c.box, msg.X)
			return false, true, true
		}
		anew, _ = c.press(" ", all)
		return anew, true, true
	}
	return false, false, true
}

// words are the inputs of a scene in words.
func (c *controls) words(s *vega.Scene) (all []string) {
	for _, in := range c.inputs(s) {
		text := oneLine(in.Text())
		if in.Kind == "checkbox" {
			text = map[bool]string{true: "yes", false: "no"}[js.Bool(in.Value)]
		}
		if text == "" {
			text = "–"
		}
		all = append(all, oneLine(in.Label)+" "+text)
	}
	return all
}

// inputHint says which keys change an input.
func inputHint(in *vega.Input, typing bool) string {
	switch {
	case typing:
		return "type · enter done"
	case in.Kind == "text":
		return "enter type · backspace as it began · esc back"
	case in.Kind == "checkbox":
		return "space yes or no · backspace as it began · esc back"
	}
	return "←/→ change · home/end first, last · backspace as it began · esc back"
}
