// Package pagetest drives a page without a program: no goroutine, no clock,
// no terminal. It is for tests alone.
package pagetest

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// Noon is the time in every test.
var Noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// Tick is a clock tick that a page asked for. Settle does not follow it;
// call Fire to let the time pass.
type Tick struct {
	After time.Duration
	Make  func(time.Time) tea.Msg
}

// Fire gives the message that the page asked for.
func (t Tick) Fire() tea.Msg { return t.Make(Noon.Add(t.After)) }

// Env gives an Env at Noon with no colours (pass a profile for some), whose
// ticks come back as Tick values.
func Env(t testing.TB, profile ...termenv.Profile) page.Env {
	r := lipgloss.NewRenderer(io.Discard)
	p := termenv.Ascii
	if len(profile) > 0 {
		p = profile[0]
	}
	r.SetColorProfile(p)
	r.SetHasDarkBackground(true)
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	return page.Env{
		Ctx:   ctx,
		Theme: theme.New(r, theme.Options{Dark: true, Glyphs: theme.Quadrant}),
		Now:   func() time.Time { return Noon },
		Tick: func(d time.Duration, f func(time.Time) tea.Msg) tea.Cmd {
			return page.Send(Tick{d, f})
		},
		Save: func(name string, _ []byte) (string, error) { return "/exports/" + name, nil },
	}
}

// View draws a page into a grid of w by h cells of its own, and returns what a
// terminal with env's theme would be sent, as lines of text; text alone where
// there are no colours.
func View(env page.Env, p page.Page, w, h int) string {
	return Watch(env, p, w, h)()
}

// Watch returns a function that returns what View would, and asks the page to
// draw only what changed since.
func Watch(env page.Env, p page.Page, w, h int) func() string {
	g, target, frame := cell.NewGrid(w, h), page.Target(env.Theme), ""
	return func() string {
		if p.Draw(g) {
			target.Reduce(g)
			if frame = g.ANSI(); target.Profile == termenv.Ascii {
				frame = ansi.Strip(frame)
			}
		}
		return frame
	}
}

// Render returns g as lines of text with the escape sequences of a profile.
func Render(g *cell.Grid, p termenv.Profile) string {
	target := cell.Target{Profile: p}
	target.Reduce(g)
	return g.ANSI()
}

// Cells returns a copy of all cells of g, row by row.
func Cells(g *cell.Grid) (cells []cell.Cell) {
	for y := range g.H {
		cells = append(cells, g.Row(y)...)
	}
	return cells
}

// Settle runs cmd and everything that follows from it to the end, feeding
// answers to update, and gives what update was not asked to handle: ticks and
// every message, in order.
func Settle(t testing.TB, update func(tea.Msg) tea.Cmd, cmds ...tea.Cmd) (ticks []Tick, msgs []tea.Msg) {
	t.Helper()
	queue := cmds
	for steps := 0; len(queue) > 0; steps++ {
		if steps > 100_000 {
			t.Fatal("the commands never end: is a tick not going through Env.Tick?")
		}
		cmd := queue[0]
		queue = queue[1:]
		if cmd == nil {
			continue
		}
		switch msg := cmd().(type) {
		case nil:
		case tea.BatchMsg:
			queue = append(queue, msg...)
		case Tick:
			ticks = append(ticks, msg)
		default:
			msgs = append(msgs, msg)
			queue = append(queue, update(msg))
		}
	}
	return ticks, msgs
}

// Open sizes a page, settles its Init and gives its ticks.
func Open(t testing.TB, p page.Page, width, height int) []Tick {
	t.Helper()
	p.SetSize(width, height)
	ticks, _ := Settle(t, p.Update, p.Init(), p.Update(page.Shown{}))
	return ticks
}

// Press types keys ("right", "ctrl+s", "a", " ") and settles after each.
func Press(t testing.TB, p page.Page, keys ...string) (ticks []Tick, msgs []tea.Msg) {
	t.Helper()
	for _, k := range keys {
		tk, ms := Settle(t, p.Update, p.Update(Key(k)))
		ticks, msgs = append(ticks, tk...), append(msgs, ms...)
	}
	return ticks, msgs
}

// Key makes a key message from its Bubble Tea name.
func Key(name string) tea.KeyMsg {
	for k := tea.KeyType(-200); k < 128; k++ {
		for _, alt := range []bool{false, true} {
			if msg := (tea.KeyMsg{Type: k, Alt: alt}); k != tea.KeyRunes && msg.String() == name {
				return msg
			}
		}
	}
	if rest, ok := strings.CutPrefix(name, "alt+"); ok {
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(rest), Alt: true}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

// Fits fails when a frame is not exactly width by height cells, or holds a
// control character other than the escape of a style.
func Fits(t testing.TB, frame string, width, height int) {
	t.Helper()
	lines := strings.Split(frame, "\n")
	if len(lines) != height && !(height == 0 && frame == "") {
		t.Errorf("%d lines, want %d", len(lines), height)
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w != width && height > 0 {
			t.Errorf("line %d is %d cells wide, want %d: %q", i, w, width, ansi.Strip(line))
			return
		}
		for _, r := range ansi.Strip(line) {
			if r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0) {
				t.Errorf("line %d holds the control character %U", i, r)
				return
			}
		}
	}
}
