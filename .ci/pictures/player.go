package main

import (
	"context"
	"slices"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/tui/cell"
)

// player plays the app without a terminal, on a clock of its own: time passes
// only when the script says so, and everything that follows from a key has
// happened before the next one.
type player struct {
	clock
	app     tea.Model
	draw    func(*cell.Grid) bool
	size    tea.WindowSizeMsg
	answers chan tea.Msg
	running int // commands that have not answered
	waiting int // of those, the ones that wait for a person
	timers  []timer
}

// clock is read by the sign-in's goroutines too.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// timer is what a command answers that waits for a time.
type timer struct {
	at   time.Time
	make func(time.Time) tea.Msg
}

// waits is how many more commands wait for a person.
type waits int

// Tick is tea.Tick on the player's clock.
func (p *player) Tick(d time.Duration, f func(time.Time) tea.Msg) tea.Cmd {
	t := timer{p.Now().Add(d), f}
	return func() tea.Msg { return t }
}

// start opens the window.
func (p *player) start(ctx context.Context) error {
	p.run(ctx, p.app.Init())
	return p.send(ctx, p.size)
}

// send gives the app a message and lets all that follows happen.
func (p *player) send(ctx context.Context, msg tea.Msg) error {
	_, cmd := p.app.Update(msg)
	p.run(ctx, cmd)
	return p.settle(ctx, func() bool { return p.running == p.waiting })
}

// arrived lets those finish who waited for a person.
func (p *player) arrived(ctx context.Context) error {
	return p.settle(ctx, func() bool { return p.running == 0 })
}

func (p *player) settle(ctx context.Context, done func() bool) error {
	for !done() {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case msg := <-p.answers:
			p.take(ctx, msg)
		}
	}
	return nil
}

func (p *player) run(ctx context.Context, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	p.running++
	fault.Go(func() { p.tell(ctx, cmd()) })
}

// tell hands a message to the player.
func (p *player) tell(ctx context.Context, msg tea.Msg) {
	select {
	case p.answers <- msg:
	case <-ctx.Done():
	}
}

// take takes a command's answer.
func (p *player) take(ctx context.Context, msg tea.Msg) {
	if n, ok := msg.(waits); ok {
		p.waiting += int(n)
		return
	}
	p.running--
	switch msg := msg.(type) {
	case nil:
	case tea.BatchMsg:
		for _, cmd := range msg {
			p.run(ctx, cmd)
		}
	case timer:
		p.timers = append(p.timers, msg)
	default:
		_, cmd := p.app.Update(msg)
		p.run(ctx, cmd)
	}
}

// pass lets time pass.
func (p *player) pass(ctx context.Context, d time.Duration) error {
	end := p.Now().Add(d)
	for len(p.timers) > 0 {
		next := slices.MinFunc(p.timers, func(a, b timer) int { return a.at.Compare(b.at) })
		if next.at.After(end) {
			break
		}
		i := slices.IndexFunc(p.timers, func(t timer) bool { return t.at.Equal(next.at) })
		p.timers = slices.Delete(p.timers, i, i+1)
		p.set(next.at)
		if err := p.send(ctx, next.make(next.at)); err != nil {
			return err
		}
	}
	p.set(end)
	return nil
}

// keyOf is a key as it is pressed.
func keyOf(name string) tea.KeyMsg {
	if t, ok := map[string]tea.KeyType{"enter": tea.KeyEnter, "esc": tea.KeyEsc, "right": tea.KeyRight}[name]; ok {
		return tea.KeyMsg{Type: t}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

// frame is what the screen shows.
func (p *player) frame() *cell.Grid {
	g := cell.NewGrid(p.size.Width, p.size.Height)
	p.draw(g)
	return g
}
