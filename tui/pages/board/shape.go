package board

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/tui/panels"
)

// shape is what a reader made of a panel's rows, and which of all that was made
// it is.
type shape struct {
	panels.Shaped
	n int
}

// reshape takes what a reader made of the panel's rows. On a page that was made
// for its sources the other panels of the source see the same.
func (s *slot) reshape(made panels.Shaped) tea.Cmd {
	if s.board.made == nil {
		return nil
	}
	f := s.board.data
	f.shapes++
	s.shape = &shape{made, f.shapes}
	if made.Rows == nil {
		s.shape = nil
	}
	return s.board.refeed()
}

// origin is rows that conditions keep some of: those of a snapshot of a source,
// or what a reader made of them.
type origin struct {
	name  string
	frame frame.Frame // nil = they are not known
	base  frame.Frame // all that they are of
	seq   int         // tells them from those before
	shape int         // which of all that was made they are; 0 = those of the snapshot
}

func (o origin) key() string {
	if o.shape > 0 {
		return o.name + "\x00made"
	}
	return o.name
}

// origin is what the panel's conditions keep some of.
func (s *slot) origin(name string) (origin, tea.Cmd) {
	snap := s.board.data.feeds[name].last
	plain := origin{name: name, frame: snap.Frame, base: snap.Frame, seq: snap.Seq}
	if s.from != nil {
		return s.from.origin(name)
	}
	by := s.shaper()
	if by == nil {
		return plain, nil
	}
	where, _, known := by.where(name, snap.Frame)
	if !known {
		return origin{}, nil
	}
	k, cmd := s.board.data.keep(plain, where)
	if k.seq != snap.Seq || k.rows != by.shape.Given { // It is not made of these yet.
		return origin{}, cmd
	}
	return origin{name, by.shape.Rows, by.shape.Base, by.shape.n, by.shape.n}, cmd
}

// shaper is the panel of the same source in which a reader made something of
// its rows, nil where there is none. A panel is given its own rows as they are.
func (s *slot) shaper() *slot {
	for _, other := range s.board.slots {
		if other != s && other.shape != nil && slices.Equal(other.names, s.names) {
			return other
		}
	}
	return nil
}

// baseOf is all rows of a source, with what a reader made of their columns.
func baseOf(b *Board, source string) frame.Frame {
	for _, s := range b.slots {
		if s.shape != nil && s.uses(source) {
			return s.shape.Base
		}
	}
	return b.data.feeds[source].last.Frame
}
