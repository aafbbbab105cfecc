package chart_test

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/panels/chart"
)

func million() frame.Frame {
	var x, y frame.Vector
	x.Reset(frame.Integer)
	y.Reset(frame.Number)
	for i := range int64(1_000_000) {
		x.AppendInt(i)
		y.AppendFloat(float64(i*7919%1000) / 10)
	}
	return frame.New(frame.Origin{}, []frame.Column{{Name: "x"}, {Name: "y"}}, []frame.Vector{x, y})
}

func dense(b *testing.B) panels.Panel {
	p := chart.New(env(b, inline(overX), termenv.TrueColor))
	pagetest.Open(b, p, 160, 43)
	pagetest.Settle(b, p.Update, p.Update(figures("s", million())))
	return p
}

// BenchmarkAMillionRows is the first picture, and each frame after it.
func BenchmarkAMillionRows(b *testing.B) {
	b.Run("first", func(b *testing.B) {
		d := figures("s", million())
		for b.Loop() {
			p := chart.New(env(b, inline(overX), termenv.TrueColor))
			pagetest.Open(b, p, 160, 43)
			pagetest.Settle(b, p.Update, p.Update(d))
			p.Draw(cell.NewGrid(160, 43))
		}
	})
	b.Run("cursor", func(b *testing.B) {
		p, g := dense(b), cell.NewGrid(160, 43)
		keys := []tea.KeyMsg{page.Key("left"), page.Key("right")}
		for i := 0; b.Loop(); i++ {
			p.Update(keys[i/100%2])
			p.Draw(g)
		}
	})
	b.Run("zoom", func(b *testing.B) {
		p, g := dense(b), cell.NewGrid(160, 43)
		keys := []tea.KeyMsg{page.Key("+"), page.Key("-")}
		for i := 0; b.Loop(); i++ {
			p.Update(keys[i%2])
			p.Draw(g)
		}
	})
}
