// pages is the smallest program on the screen package: four pages of text,
// like the floor programs that it is measured beside, and what the tests
// need to see inside: keys, focus, background, copies, panics.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/screen"
	"github.com/authtabs/tabgate/tui/screen/input"
	"github.com/authtabs/tabgate/tui/screen/process"
)

type tick struct{}

type model struct {
	w, h, tab, n int
	step         time.Duration
	guard        *screen.Guard
	log          []string
	broken       bool
	hover        bool
}

// Hovering is switched by the key h.
func (m *model) Hovering() bool { return m.hover }

func (m *model) Init() tea.Cmd { return m.next() }

func (m *model) next() tea.Cmd {
	if m.step == 0 {
		return nil
	}
	return tea.Tick(m.step, func(time.Time) tea.Msg { return tick{} })
}

func (m *model) note(format string, a ...any) { m.log = append(m.log, fmt.Sprintf(format, a...)) }

func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
	case tick:
		m.n++
		return m, m.next()
	case tea.FocusMsg:
		m.note("focus")
	case tea.BlurMsg:
		m.note("blur")
	case tea.ResumeMsg:
		m.note("resumed")
	case screen.BackgroundMsg:
		m.note("dark=%v", msg.Dark)
	case screen.Copied:
		m.note("copied=%s,%d", msg.What, msg.To)
	case screen.CopyRefused:
		m.note("refused=%d", msg.Bytes)
	case tea.MouseMsg:
		m.note("mouse %d,%d", msg.X, msg.Y)
		if msg.Action == tea.MouseActionMotion {
			m.note("moved")
		}
	case input.Text:
		m.note("text:%s", msg.Text)
		if msg.Enter {
			m.log[len(m.log)-1] += "+enter"
		}
	case tea.KeyMsg:
		return m, m.key(msg.String())
	}
	return m, nil
}

func (m *model) key(s string) tea.Cmd {
	switch s {
	case "q", "ctrl+c":
		return tea.Quit
	case "1", "2", "3", "4":
		m.tab = int(s[0] - '1')
		return nil
	case "h":
		m.hover = !m.hover
		return nil
	case "t": // as from outside
		_ = syscall.Kill(os.Getpid(), syscall.SIGTSTP)
		return nil
	case "L":
		return func() tea.Msg { return screen.RepaintMsg{} }
	case "c":
		return func() tea.Msg { return screen.CopyMsg{Text: "copied", What: "it"} }
	case "C":
		return func() tea.Msg { return screen.CopyMsg{Text: strings.Repeat("x", screen.MaxCopy+1)} }
	}
	if os.Getenv("PAGES_FAULTS") != "" {
		if cmd := m.fault(s); cmd != nil {
			return cmd
		}
	}
	m.note("key:%s", s)
	return nil
}

// fault panics somewhere. It is switched on by the environment alone, so
// that random keys do not find it.
func (m *model) fault(s string) tea.Cmd {
	switch s {
	case "f1":
		panic("in Update")
	case "f2":
		return tea.Batch(nil, func() tea.Msg { panic("in a command") })
	case "f3":
		return tea.Sequence(func() tea.Msg { return nil }, func() tea.Msg { panic("in a sequence") })
	case "f4":
		m.guard.Go(func() { panic("in a goroutine") })
	case "f6":
		fmt.Print("hanging") // into the picture: no frame will come
		select {}
	case "f5":
		m.broken = true
	}
	return nil
}

func (m *model) View() string { return "" }

func (m *model) Draw(g *cell.Grid) bool {
	if m.broken {
		panic("in Draw")
	}
	log := strings.Join(m.log[max(0, len(m.log)-6):], " ")
	lines := make([]string, 0, m.h)
	lines = append(lines, fmt.Sprintf(" Home  Line  Map  Table   tab:%d  n:%d %dx%d", m.tab+1, m.n, m.w, m.h))
	for y := 1; y < m.h-1; y++ {
		text := fmt.Sprintf("page %d row %02d ", m.tab+1, y)
		if y == 1 {
			text = "log: " + log
		}
		lines = append(lines, text+strings.Repeat(string(rune('a'+(m.tab*7+y)%26)), max(0, m.w-len(text))))
	}
	lines = append(lines, "q quit")
	g.SetANSI(strings.Join(lines[:max(0, min(len(lines), m.h))], "\n"))
	return true
}

func main() {
	m := &model{guard: screen.NewGuard()}
	if fps, _ := strconv.Atoi(os.Getenv("ANIM")); fps > 0 {
		m.step = time.Second / time.Duration(fps)
	}
	terminal, err := process.Open(os.Stdin, os.Stdout, os.Getenv)
	if err == nil {
		defer terminal.Close()
		err = screen.Run(context.Background(), m, terminal.IO(screen.Options{Guard: m.guard, NoMouse: os.Getenv("PAGES_NOMOUSE") != ""}))
	}
	ended := (*screen.SignalError)(nil)
	if errors.As(err, &ended) && ended.Stuck {
		process.Raise(ended.Signal)
	}
	fmt.Println("ended:", err)
	if ended != nil {
		os.Exit(130)
	}
	if err != nil {
		os.Exit(1)
	}
}
