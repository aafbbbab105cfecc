package tui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// toast is one sentence in the footer: a notice or an error. Any key clears
// it.
type toast struct {
	text string
	bad  bool
	// leaving asks for a second click on quit.
	leaving bool
}

func (r *Root) say(text string) {
	if text != "" {
		r.toast = toast{text: text}
	}
}

func (r *Root) complain(text string) { r.toast = toast{text: sentence(text), bad: text != ""} }

const toastLines = 4

// toastWords are the toast's lines, and what stands before them.
func (r *Root) toastWords() (lines []string, mark string, color theme.RGB) {
	lines = page.Wrap(r.toast.text, r.width-4)
	if len(lines) > toastLines {
		lines = lines[:toastLines]
		lines[toastLines-1] = cell.Cut(lines[toastLines-1]+"……", r.width-4)
	}
	if r.toast.bad {
		return lines, "!", r.env.Theme.Bad
	}
	return lines, "i", r.env.Theme.Accent
}

// toastPieces is the toast as a part of the footer, where it hides nothing of
// the page. It is nil when there is none, and when it takes more than a line.
func (r *Root) toastPieces() []piece {
	lines, mark, color := r.toastWords()
	if len(lines) != 1 {
		return nil
	}
	bg := r.env.Theme.Overlay
	return []piece{
		{text: " " + mark + " ", fg: color, bg: bg, attr: cell.Bold, act: r.clearToast},
		{text: lines[0] + " ", fg: color, bg: bg, act: r.clearToast},
	}
}

// toastPanel lays a toast of several lines over the footer and the end of the
// page. It has no height for any other.
func (r *Root) toastPanel() panel {
	lines, mark, color := r.toastWords()
	if len(lines) < 2 {
		lines = nil
	}
	g := r.on.Sub(0, r.height-len(lines), r.width, len(lines))
	g.Fill(r.env.Theme.Overlay)
	for y, line := range lines {
		if y == 0 {
			g.Text(1, y, mark, color, cell.Bold)
		}
		g.Text(3, y, line, color, 0)
	}
	return panel{y: r.height - len(lines), w: r.width, h: len(lines), hits: []hit{{w: r.width, h: len(lines), act: r.clearToast}}}
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
