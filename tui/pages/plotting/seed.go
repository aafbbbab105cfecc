package plotting

import (
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
)

// maxSeed is the digits of the greatest seed.
const maxSeed = 20

// digit takes the digits of what is typed: pasted text may bring separators
// along.
func digit(r rune) rune {
	if r < '0' || r > '9' {
		return -1
	}
	return r
}

// typed takes a key while a seed is typed.
func (p *Page) typed(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, p.keys.cancel):
		p.mode = browsing
	case key.Matches(msg, p.keys.enter):
		return p.accept()
	default:
		p.field.Key(msg)
	}
	return nil
}

// accept starts a walk with the typed seed; nothing typed changes nothing.
func (p *Page) accept() tea.Cmd {
	if p.field.Empty() {
		p.mode = browsing
		return nil
	}
	seed, err := strconv.ParseUint(p.field.String(), 10, 64)
	if err != nil {
		return page.Send(page.Notice{Text: "A seed is at most 18,446,744,073,709,551,615. Press backspace to shorten it."})
	}
	p.mode = browsing
	return p.rerun(seed)
}
