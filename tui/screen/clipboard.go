package screen

import (
	"context"
	"time"

	"github.com/aymanbagabas/go-osc52/v2"
	tea "github.com/charmbracelet/bubbletea"
)

// Place is where a copied text went.
type Place int

const (
	// Sent is the terminal, which says neither whether it has a clipboard nor
	// whether it lets programs use it.
	Sent Place = iota
	// InTmux is a buffer of tmux, which sends it to the terminal in turn.
	InTmux
	// OnClipboard is the clipboard of the system.
	OnClipboard
)

const (
	// copyTime bounds what puts a text on a clipboard.
	copyTime = 2 * time.Second
	// mostCopied is how many bytes a clipboard is given.
	mostCopied = 8 << 20
)

// copy puts a text on the clipboard that can be reached, or else sends it to
// the terminal.
func (s *stage) copy(msg CopyMsg) tea.Cmd {
	if s.io.Clipboard == nil {
		return s.sendCopy(msg)
	}
	if len(msg.Text) > mostCopied {
		return func() tea.Msg { return CopyRefused{Bytes: len(msg.Text)} }
	}
	return s.guard.command(func() tea.Msg {
		ctx, cancel := context.WithTimeout(s.ctx, copyTime)
		defer cancel()
		at, err := s.io.Clipboard(ctx, msg.Text)
		if err != nil {
			return sendCopyMsg(msg)
		}
		return Copied{msg.What, at}
	})
}

// sendCopy adds an OSC 52 sequence to the next frame.
func (s *stage) sendCopy(msg CopyMsg) tea.Cmd {
	if len(msg.Text) > MaxCopy || !knowsOSC(s.io.Env) {
		return func() tea.Msg { return CopyRefused{Bytes: len(msg.Text), Never: len(msg.Text) <= MaxCopy} }
	}
	sequence := osc52.New(msg.Text)
	if s.io.Env("STY") != "" {
		sequence = sequence.Screen()
	}
	s.paint.pending = append(s.paint.pending, sequence.String()...)
	return func() tea.Msg { return Copied{msg.What, Sent} }
}
