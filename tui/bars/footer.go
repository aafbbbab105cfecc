package bars

import (
	"github.com/charmbracelet/bubbles/key"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// Footer is what the bottom line is made from.
type Footer struct {
	Theme  *theme.Theme
	Width  int
	State  string        // what the program is busy with; "" for nothing
	Global []key.Binding // keep their place
	Local  []key.Binding // of the page or the box, most useful first
	Notice Notice
}

// Bar lays the footer out: the keys that act now at the left, what the program
// is busy with at the right, and between them a notice that fits there. Local
// keys are left out from the end where there are too many.
func (f Footer) Bar() Bar {
	t := f.Theme
	state := f.state()
	keys := f.keys()
	if notice := f.beside(keys); notice != nil {
		keys = append(keys, notice...)
	}
	out := Bar{ground: t.Surface}
	out.add(0, keys)
	out.add(f.Width-cell.Width(state), []piece{{text: state, fg: t.Warn, bg: t.Surface}})
	return out
}

func (f Footer) state() string {
	if f.State == "" {
		return ""
	}
	return cell.Cut(" "+f.State+" ", f.Width)
}

// room is how many cells are left of the state.
func (f Footer) room() int { return f.Width - cell.Width(f.state()) - 1 }

func (f Footer) keys() []piece {
	global := f.fit(f.Global, f.room())
	local := f.fit(f.Local, f.room()-length(global))
	return append(local, global...)
}

// beside is the notice where it fits beside the keys.
func (f Footer) beside(keys []piece) []piece { return f.Notice.pieces(f.Theme, f.room()-length(keys)) }

// above returns how many lines above the footer the notice takes: none where
// there is none, or where it fits into the footer.
func (f Footer) above() int {
	if f.beside(f.keys()) != nil {
		return 0
	}
	return len(f.Notice.lines(f.Width))
}

// Covers reports whether the notice stands above the footer in row y of a
// window of so many rows.
func (f Footer) Covers(y, rows int) bool { return y < rows-1 && y >= rows-1-f.above() }

// DrawAbove draws a notice that does not fit into the footer, in a window
// whose last line the footer is.
func (f Footer) DrawAbove(window *cell.Grid) {
	if f.above() > 0 {
		f.Notice.draw(f.Theme, window)
	}
}

// fit makes hints of as many keys as room allows.
func (f Footer) fit(keys []key.Binding, room int) (out []piece) {
	t := f.Theme
	for _, k := range keys {
		h := k.Help()
		if !k.Enabled() || h.Key == "" {
			continue
		}
		name := piece{text: " " + session.Clean(h.Key, 20), fg: t.Accent, bg: t.Surface, attr: cell.Bold, intent: Intent{Key: box.First(k)}}
		does := piece{text: " " + session.Clean(h.Desc, 40) + " ", fg: t.Muted, bg: t.Surface, intent: name.intent}
		need := length([]piece{name, does})
		if need > room {
			break
		}
		room -= need
		out = append(out, name, does)
	}
	return out
}
