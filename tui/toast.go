package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/canvas"
	"github.com/authtabs/tabgate/tui/page"
)

// toast is the one sentence above the footer: a notice or an error. Any key
// clears it.
type toast struct {
	text string
	bad  bool
}

func (r *Root) say(text string) {
	if text != "" {
		r.toast = toast{text: text}
	}
}

func (r *Root) complain(text string) { r.toast = toast{text: sentence(text), bad: text != ""} }

const toastLines = 4

// panel lays the toast over the last lines of the page.
func (r *Root) toastPanel() panel {
	lines := page.Wrap(r.toast.text, r.width-4)
	if len(lines) > toastLines {
		lines = lines[:toastLines]
		lines[toastLines-1] = canvas.Cut(lines[toastLines-1]+"……", r.width-4)
	}
	t := r.env.Theme
	g := r.note
	g.Resize(r.width, len(lines))
	g.ASCII = r.ascii()
	g.Fill(t.Overlay)
	color, mark := t.Accent, "i"
	if r.toast.bad {
		color, mark = t.Bad, "!"
	}
	for y, line := range lines {
		if y == 0 {
			g.Text(1, y, mark, color, canvas.Bold)
		}
		g.Text(3, y, line, color, 0)
	}
	return panel{grid: g, y: r.height - 1 - len(lines), hits: []hit{{w: r.width, h: len(lines), act: r.clearToast}}}
}

func (r *Root) clearToast() tea.Cmd {
	r.toast = toast{}
	return nil
}

// grace is how long keys are ignored after the screen changed by itself:
// they were meant for what stood there before.
const grace = 400 * time.Millisecond

func (r *Root) startGrace() {
	if !r.env.Still {
		r.deafUntil = r.env.Now().Add(grace)
	}
}

func (r *Root) deaf() bool { return r.env.Now().Before(r.deafUntil) }
