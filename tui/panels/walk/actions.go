package walk

import (
	"fmt"
	"io"
	"math"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

// do does what a key or a control means.
func (p *Panel) do(in intent) tea.Cmd {
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
	case slower, faster:
		return p.changeSpeed(map[intent]int{slower: -1, faster: +1}[in])
	case step:
		if !p.run.single() {
			return page.Send(page.Notice{Text: "The walk is finished. Press r for a new one."})
		}
	case fullScreen:
		return p.setFull(!p.full)
	case leave:
		full := p.full && p.cursor >= 0
		p.cursor = -1
		if full != p.full {
			return p.setFull(full)
		}
	default:
		p.look(in)
	}
	return nil
}

// setFull gives the chart all the panel, and the panel all the page.
func (p *Panel) setFull(on bool) tea.Cmd {
	p.full = on
	return panels.Send(panels.FullScreen{})
}

// changeSpeed changes the speed by some steps, and says it where no control
// shows it.
func (p *Panel) changeSpeed(by int) tea.Cmd {
	cmd := p.run.faster(p.env, by)
	if !p.full {
		return cmd
	}
	return tea.Batch(cmd, page.Send(page.Notice{Text: fmt.Sprintf("Speed %g×", speeds[p.run.speed])}))
}

// look does what changes the view alone.
func (p *Panel) look(in intent) {
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
	}
}

func (p *Panel) cursorOr(none int) int {
	if p.cursor < 0 {
		return none
	}
	return p.cursor
}

// choose moves the cursor to a point that there is, and the view with it.
func (p *Panel) choose(i int) {
	n := p.run.series.Len()
	p.cursor = min(max(i, 0), n-1)
	p.view.hold(n, float64(p.cursor))
	p.stale = true
}

// focus is what a zoom by key keeps in place: the cursor, or the middle.
func (p *Panel) focus() float64 {
	lo, hi := p.view.of(p.run.series.Len())
	if x := float64(p.cursor); p.cursor >= 0 && x >= lo && x <= hi {
		return x
	}
	return (lo + hi) / 2
}

func (p *Panel) restart(seed uint64) tea.Cmd {
	p.start(seed)
	return p.run.resume(p.env)
}

// accept starts a walk with the typed seed; nothing typed changes nothing.
func (p *Panel) accept() tea.Cmd {
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
func (p *Panel) save(format string) tea.Cmd {
	p.mode, p.stale = browsing, true
	return page.Export(p.env, "the walk", fmt.Sprintf("tabgate-walk-%d.%s", p.run.seed, format), func(w io.Writer) error {
		if format == "svg" || format == "ansi" {
			title := fmt.Sprintf("A random walk of %d points, seed %d", p.run.series.Len(), p.run.seed)
			return page.Picture(w, format, title, p.whole(), p.env.Theme)
		}
		return p.Export(format, w)
	})
}
