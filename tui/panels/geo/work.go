package geo

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/chart"
)

// read makes the scene of the figures, off the loop.
func (p *Panel) read() tea.Cmd {
	p.work.cancel()
	p.work.seq++
	compute := p.recipe()
	if compute == nil {
		return nil
	}
	ctx, cancel := context.WithCancel(p.ctx())
	p.work.cancel = cancel
	seq := p.work.seq
	return func() tea.Msg {
		figs, err := compute(ctx)
		return made{p, seq, figs, err}
	}
}

// recipe is how the scene is made; nil while figures are missing.
func (p *Panel) recipe() func(context.Context) (*figures, error) {
	if p.deck != nil {
		for _, name := range p.deck.Names {
			if t := p.all.Sources[name]; t.Rows == nil && t.Err == nil {
				return nil
			}
		}
		spec, data, load := p.deck, p.all, p.env.Load
		return func(ctx context.Context) (*figures, error) { return readDeck(ctx, spec, data, load) }
	}
	rows, spec := p.data.Rows, p.spec
	if rows == nil || p.data.Required != "" {
		return nil
	}
	look := chart.NewLook(p.env.Theme, true)
	series := make([]cell.RGB, max(len(look.Series), 1))
	for i := range series {
		series[i] = look.Color(i)
	}
	rest := p.env.Theme.Muted
	return func(ctx context.Context) (*figures, error) { return read(ctx, rows, spec, series, rest) }
}
