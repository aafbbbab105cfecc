package board

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// FromPanel is a message as panel i of a page says it.
func FromPanel(p page.Page, i int, msg tea.Msg) tea.Msg { return routed{p.(*Board).slots[i], msg} }

// Await waits for what a source of a page gives next.
func Await(p page.Page, name string) tea.Cmd {
	f := p.(*Board).data
	return f.wait(name, f.feeds[name].last.Seq)
}

// PlaceOf is where panel i of a page stands.
func PlaceOf(p page.Page, i int) cell.Rect {
	b := p.(*Board)
	b.layOut()
	for _, at := range b.laid.places {
		if at.slot == i {
			return at.Rect
		}
	}
	return cell.Rect{}
}
