package plotting

import (
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
)

// maxSeed is the digits of the greatest seed.
const maxSeed = 20

// typed takes a key while a seed is typed: digits, backspace, enter, esc.
// Pasted text may bring separators along; its digits count.
func (p *Page) typed(msg tea.KeyMsg) tea.Cmd {
	k := p.keys
	switch {
	case key.Matches(msg, k.cancel):
		p.mode = browsing
	case key.Matches(msg, k.erase):
		p.text = p.text[:max(0, len(p.text)-1)]
	case key.Matches(msg, k.empty):
		p.text = ""
	case key.Matches(msg, k.enter):
		return p.accept()
	case msg.Type == tea.KeyRunes && !msg.Alt:
		for _, r := range msg.Runes {
			if r >= '0' && r <= '9' && len(p.text) < maxSeed {
				p.text += string(r)
			}
		}
	}
	return nil
}

// accept starts a walk with the typed seed; nothing typed changes nothing.
func (p *Page) accept() tea.Cmd {
	if p.text == "" {
		p.mode = browsing
		return nil
	}
	seed, err := strconv.ParseUint(p.text, 10, 64)
	if err != nil {
		return page.Send(page.Notice{Text: "A seed is at most 18,446,744,073,709,551,615. Press backspace to shorten it."})
	}
	p.mode = browsing
	return p.rerun(seed)
}
