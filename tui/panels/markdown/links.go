package markdown

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// Links are the links of the text that a browser opens, in their order, with
// where they stand among its lines at a width.
func (p *Panel) Links(width int) []page.Link {
	lines := p.lines
	if width != p.w || p.at != p.w || p.at == 0 {
		lines = p.layOut(width)
	}
	return linksOf(lines)
}

func linksOf(lines []line) (out []page.Link) {
	last := "" // the link that a run may go on with
	for y, l := range lines {
		x := 0
		for _, r := range l.runs {
			w := cell.Width(r.text)
			at := cell.Rect{X: x, Y: y, W: w, H: 1}
			x += w
			switch {
			case !strings.HasPrefix(r.url, "http://") && !strings.HasPrefix(r.url, "https://"):
				if strings.TrimSpace(r.text) != "" {
					last = ""
				}
			case r.url == last:
				out[len(out)-1].Parts = append(out[len(out)-1].Parts, at)
			default:
				out, last = append(out, page.Link{URL: r.url, Parts: []cell.Rect{at}}), r.url
			}
		}
	}
	return out
}

// linkKeys choose and open links.
var linkKeys = struct{ next, previous, open key.Binding }{
	next:     key.NewBinding(key.WithKeys("n"), key.WithHelp("n/N", "next link")),
	previous: key.NewBinding(key.WithKeys("N")),
	open:     key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "open the link")),
}

// linkKey takes a key for links. It reports whether it was one.
func (p *Panel) linkKey(msg tea.KeyMsg) (tea.Cmd, bool) {
	links := p.Links(p.w)
	switch {
	case len(links) == 0:
		return nil, false
	case key.Matches(msg, linkKeys.next):
		p.choose(links, (p.chosen+1)%len(links))
	case key.Matches(msg, linkKeys.previous):
		p.choose(links, (max(p.chosen, 0)+len(links)-1)%len(links))
	case key.Matches(msg, linkKeys.open) && p.chosen >= 0 && p.chosen < len(links):
		return page.Send(page.Browse{URL: links[p.chosen].URL}), true
	default:
		return nil, false
	}
	return nil, true
}

// choose chooses a link and brings it into view.
func (p *Panel) choose(links []page.Link, i int) {
	p.chosen = i
	parts := links[i].Parts
	p.top = min(max(p.top, parts[len(parts)-1].Y-p.h+1), parts[0].Y)
	p.scroll(0)
}

// click opens the link that is clicked on.
func (p *Panel) click(x, y int) tea.Cmd {
	for i, l := range p.Links(p.w) {
		for _, at := range l.Parts {
			if at.Has(x, y+p.top) {
				p.chosen = i
				return page.Send(page.Browse{URL: l.URL})
			}
		}
	}
	return nil
}

// lit reports whether the cells that begin at a place are of the chosen link.
func (p *Panel) lit(x, y int) bool {
	if !p.focused || p.chosen < 0 {
		return false
	}
	links := p.Links(p.w)
	if p.chosen >= len(links) {
		return false
	}
	for _, at := range links[p.chosen].Parts {
		if at.Has(x, y) {
			return true
		}
	}
	return false
}
