package plotting

import (
	"bytes"
	"fmt"
	"math"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
)

// do does what a key or a control means.
func (p *Page) do(in intent) tea.Cmd {
	switch in {
	case typeSeed:
		p.mode = typing
		p.field.Clear()
	case chooseFormat:
		p.mode = exporting
	case back:
		p.mode = browsing
	case accept:
		return p.accept()
	case saveCSV, saveSVG, saveANSI, saveJSON:
		return p.save(map[intent]string{saveCSV: "csv", saveSVG: "svg", saveANSI: "ansi", saveJSON: "json"}[in])
	case rerun:
		return p.restart(chance())
	case again:
		return p.restart(p.run.seed)
	case pause:
		return p.run.togglePause(p.env)
	case slower:
		return p.run.faster(p.env, -1)
	case faster:
		return p.run.faster(p.env, +1)
	case step:
		if !p.run.single() {
			return page.Send(page.Notice{Text: "The walk is finished. Press r for a new one."})
		}
	default:
		p.look(in)
	}
	return nil
}

// look does what changes the view alone.
func (p *Page) look(in intent) {
	n := p.run.series.Len()
	switch in {
	case left:
		_, hi := p.view.of(n)
		p.choose(p.cursorOr(int(min(hi, float64(n-1)))+1) - 1)
	case right:
		lo, _ := p.view.of(n)
		p.choose(p.cursorOr(int(math.Ceil(lo))-1) + 1)
	case first:
		p.choose(0)
	case last:
		p.choose(n - 1)
	case zoomIn:
		p.view.zoom(n, p.focus(), zoomStep)
	case zoomOut:
		p.view.zoom(n, p.focus(), 1/zoomStep)
	case panLeft:
		p.view.pan(n, -panShare)
	case panRight:
		p.view.pan(n, panShare)
	case showAll:
		p.view = window{}
	case dropCursor:
		p.cursor = -1
	}
}

func (p *Page) cursorOr(none int) int {
	if p.cursor < 0 {
		return none
	}
	return p.cursor
}

// choose moves the cursor to a point that there is, and the view with it.
func (p *Page) choose(i int) {
	n := p.run.series.Len()
	p.cursor = min(max(i, 0), n-1)
	p.view.hold(n, float64(p.cursor))
	p.stale = true
}

// focus is what a zoom by key keeps in place: the cursor, or the middle.
func (p *Page) focus() float64 {
	lo, hi := p.view.of(p.run.series.Len())
	if x := float64(p.cursor); p.cursor >= 0 && x >= lo && x <= hi {
		return x
	}
	return (lo + hi) / 2
}

func (p *Page) restart(seed uint64) tea.Cmd {
	p.start(seed)
	return p.run.resume(p.env)
}

// accept starts a walk with the typed seed; nothing typed changes nothing.
func (p *Page) accept() tea.Cmd {
	if p.field.Empty() {
		p.mode = browsing
		return nil
	}
	seed, err := strconv.ParseUint(p.field.String(), 10, 64)
	if err != nil {
		return page.Send(page.Notice{Text: seedTooGreat})
	}
	p.mode = browsing
	return p.restart(seed)
}

// save exports the walk. Pictures are the page as it is.
func (p *Page) save(format string) tea.Cmd {
	p.mode, p.stale = browsing, true
	var b bytes.Buffer
	var err error
	switch format {
	case "svg":
		b.WriteString(svg(p.whole(), p.env.Theme, &p.run))
	case "ansi":
		b.WriteString(ansiText(p.whole(), p.env.Theme))
	default:
		err = p.Export(format, &b)
	}
	if err != nil {
		return page.Send(page.Failed{Err: fmt.Errorf("export the walk: %w", err)})
	}
	return save(p.env, fmt.Sprintf("tabgate-walk-%d.%s", p.run.seed, format), b.Bytes())
}
