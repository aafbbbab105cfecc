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
// is busy with at the right. Local keys are left out from the end where there
// are too many, and all of them while a notice is shown: the next key clears
// it.
func (f Footer) Bar() Bar {
	t := f.Theme
	state := f.State
	if state != "" {
		state = cell.Cut(" "+state+" ", f.Width)
	}
	room := f.Width - cell.Width(state) - 1
	global := f.fit(f.Global, room)
	local := f.fit(f.Local, room-length(global))
	if notice := f.Notice.pieces(t, f.Width); notice != nil {
		local = notice
		if length(notice)+length(global) > room {
			global = nil
		}
	}
	out := Bar{ground: t.Surface}
	out.add(0, append(local, global...))
	out.add(f.Width-cell.Width(state), []piece{{text: state, fg: t.Warn, bg: t.Surface}})
	return out
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
