package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/theme"
)

// Problem is something that is wrong with the files of the pages, and the line
// that it is in.
type Problem struct {
	dashboard.Problem
	Source string // "" = not known
}

// problems are those of the files as they are now. The pages that are shown are
// older ones, from before.
type problems []Problem

// problemRows is how many rows a window has at least that shows all of the
// first problem, and not its sentence alone.
const problemRows = 16

// lines is how many lines above the footer the problems take.
func (p problems) lines(w window) int {
	switch {
	case len(p) == 0:
		return 0
	case w.height < problemRows || p[0].Source == "":
		return 1
	}
	return 3
}

// draw draws the first problem: what is wrong, the line, and a caret below it.
func (p problems) draw(t *theme.Theme, g *cell.Grid) {
	if len(p) == 0 || g.H == 0 {
		return
	}
	g.Fill(t.Overlay)
	first, more := p[0], ""
	if len(p) > 1 {
		more = fmt.Sprintf(" E: all %d ", len(p))
		g.Text(g.W-cell.Width(more), g.H-1, more, t.Accent, 0)
	}
	if g.H > 1 {
		more = "" // It stands two lines below.
	}
	g.Text(1, 0, "!", t.Bad, cell.Bold)
	g.Text(3, 0, cell.Cut(session.Clean(first.String(), 0), g.W-4-cell.Width(more)), t.Bad, cell.Bold)
	if g.H < 3 {
		return
	}
	line, at := around(session.Clean(strings.ReplaceAll(first.Source, "\t", " "), 0), first.Col-1, g.W-4)
	g.Text(3, 1, line, t.Text, 0)
	g.Text(3+at, 2, "^", t.Bad, cell.Bold)
}

// around cuts a line to w columns so that what stands at a byte of it is among
// them, and returns where.
func around(line string, at, w int) (string, int) {
	at = max(min(at, len(line)), 0)
	before := cell.Width(line[:at])
	for before > max(w-8, 0) {
		c, width := cell.First(line)
		if c == "" {
			break
		}
		line, before = line[len(c):], before-width
	}
	return cell.Cut(line, w), max(before, 0)
}

// problemList lists all problems.
type problemList struct {
	theme *theme.Theme
	all   problems
	box.Size
	top int
}

var closeList = key.NewBinding(key.WithKeys("esc", "E", "q", "enter"), key.WithHelp("esc", "close"))

func (b *problemList) Keys() []key.Binding { return []key.Binding{closeList} }

func (b *problemList) Wheel(lines int) {
	b.top = max(min(b.top+lines, len(b.lines())-(b.H-4)), 0)
}

func (b *problemList) Key(msg tea.KeyMsg) (cmd tea.Cmd, done bool) {
	switch msg.String() {
	case "up", "k":
		b.Wheel(-1)
	case "down", "j":
		b.Wheel(1)
	case "pgup":
		b.Wheel(5 - b.H)
	case "pgdown", " ":
		b.Wheel(b.H - 5)
	default:
		return nil, key.Matches(msg, closeList)
	}
	return nil, false
}

func (b *problemList) lines() (lines box.Lines) {
	for _, p := range b.all {
		color := b.theme.Bad
		if p.Warning {
			color = b.theme.Warn
		}
		lines.Wrap(p.String(), min(b.W, 100)-6, color, 0)
	}
	return lines
}

func (b *problemList) Panel() box.Panel {
	lines := b.lines()
	out := b.Centred(min(b.W, 100), min(len(lines)+4, b.H))
	out.Title, out.Left, out.Top, out.Closes = "What is wrong", 3, 2, true
	out.Right = fmt.Sprint(len(b.all))
	out.Lines = lines[min(b.top, len(lines)):]
	return out
}
