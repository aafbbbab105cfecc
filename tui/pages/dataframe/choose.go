package dataframe

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/widget"
)

func (f *frame) openPicks() {
	if f.sheet == nil && f.load.have {
		f.mode = choosing
		f.picks.field = widget.Field{Limit: maxQuery}
		f.picks.at, f.picks.top = 0, 0
		f.picks.filter()
	}
}

func (f *frame) clearPicks() {
	if f.sheet != nil {
		f.sheet.marked = nil
		return
	}
	f.picks.clear()
	f.refill()
}

func (f *frame) chooseKey(msg tea.KeyMsg) tea.Cmd {
	k, p := f.keys, &f.picks
	switch {
	case key.Matches(msg, k.done):
		f.mode = browsing
	case key.Matches(msg, k.pick):
		if p.take(p.at) {
			f.refill()
		}
	case key.Matches(msg, k.pop) && p.field.Empty():
		if p.pop() {
			f.refill()
		}
	case key.Matches(msg, k.pickClear):
		f.clearPicks()
	case key.Matches(msg, k.optionUp):
		p.move(-1)
	case key.Matches(msg, k.optionDown):
		p.move(1)
	case key.Matches(msg, k.optionPgUp):
		p.move(-8)
	case key.Matches(msg, k.optionPgDown):
		p.move(8)
	default:
		p.key(msg)
	}
	return nil
}
