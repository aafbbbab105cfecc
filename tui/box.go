package tui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
)

// box is something that stands above the page and takes every key: sign-in,
// help, a question, the steps of a sign-out. One is open at a time.
type box interface {
	key(*Root, tea.KeyMsg) tea.Cmd
	wheel(*Root, int) // lines, down positive
	keys() []key.Binding
	// panel draws it on r.on, for w by h cells between the bars.
	panel(r *Root, w, h int) panel
}

// open shows a box that the user did not ask for this very moment.
func (r *Root) open(b box) {
	if _, asked := b.(*helpBox); !asked {
		r.startGrace()
	}
	r.replace(b)
}

// replace puts a box in the place of any other. A question that was not
// answered is asked again afterwards.
func (r *Root) replace(b box) {
	if q, open := r.box.(*questionBox); open {
		r.asks = append([]Ask{q.ask}, r.asks...)
	}
	r.box = b
}

// signIn gives the sign-in box if it is open.
func (r *Root) signIn() *signInBox {
	b, _ := r.box.(*signInBox)
	return b
}

// frame returns the cells of a box in the middle of the page: w by h of them,
// with a border and a title.
func (r *Root) frame(w, h int, title, right string) *cell.Grid {
	t := r.env.Theme
	g := r.middle(w, h)
	g.Fill(t.Overlay)
	g.Box(0, 0, w, h, t.Accent)
	if right != "" && w > 8 {
		right = cell.Cut(" "+right+" ", w-4)
		g.Text(w-2-cell.Width(right), 0, right, t.Muted, 0)
	}
	g.Text(2, 0, cell.Cut(" "+title+" ", w-5-cell.Width(right)), t.Accent, cell.Bold)
	return g
}
