package board

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
)

// PanelInfo is a panel as it is named outside of its page.
type PanelInfo struct {
	N     int    // from 1, in the order of the page
	Name  string // "" = none
	Kind  string
	Title string
	Data  bool // it has figures that can be exported
}

// Panels lists the panels of a page that is a board, nil of any other.
func Panels(p page.Page) []PanelInfo {
	b, ok := p.(*Board)
	if !ok {
		return nil
	}
	var out []PanelInfo
	for i, s := range b.slots {
		_, exports := s.impl.(page.Exporter)
		out = append(out, PanelInfo{N: i + 1, Name: s.panel.Name, Kind: s.panel.Kind, Title: s.panel.Title, Data: exports})
	}
	return out
}

// ExportPanel writes what panel n, counted from 1, of a page that is a board
// shows.
func ExportPanel(p page.Page, n int, format string, w io.Writer) error {
	b, ok := p.(*Board)
	if !ok || n < 1 || n > len(b.slots) {
		return errors.New("there is no such panel")
	}
	return b.slots[n-1].export(format, w)
}

// DrawPanel draws panel n, counted from 1, alone, in the lines it needs or, of
// those that take any number, in h. It returns nil where there is no such
// panel.
func DrawPanel(p page.Page, n, w, h int) *cell.Grid {
	b, ok := p.(*Board)
	if !ok || n < 1 || n > len(b.slots) {
		return nil
	}
	s := b.slots[n-1]
	if sizer, sizes := s.impl.(interface{ Lines(int) int }); sizes && s.shows() == "" {
		h = max(sizer.Lines(w), 1)
	}
	g := cell.NewGrid(w, h)
	g.Fill(b.env.Theme.Background)
	if text, _ := s.sentence(); text != "" {
		for i, line := range page.Wrap(text, w) {
			g.Text(0, i, line, b.env.Theme.Bad, 0)
		}
		return g
	}
	s.impl.Draw(g)
	return g
}

// Lines is how many lines a page that is a board needs at a width, so that all of
// it is shown, and at least some height.
func Lines(p page.Page, w, least int) int {
	b, ok := p.(*Board)
	if !ok {
		return least
	}
	b.SetSize(w, least)
	b.layOut()
	return max(b.head()+b.laid.lines+b.foot, least)
}

// Failures lists what is wrong with the panels: one line each.
func Failures(p page.Page) []error {
	b, ok := p.(*Board)
	if !ok {
		return nil
	}
	var out []error
	for _, s := range b.slots {
		if text, mood := s.sentence(); mood == failed {
			out = append(out, fmt.Errorf("%s: %s", s.name(), text))
		}
	}
	return out
}

// Unread is why the first source that a panel of a board needs gave nothing, nil
// where all did.
func Unread(p page.Page) error {
	b, ok := p.(*Board)
	if !ok {
		return nil
	}
	for _, s := range b.slots {
		if err := s.unread(); err != nil {
			return err
		}
	}
	return nil
}

// unread is why the panel has no figures, nil where it has or is to have none.
func (s *slot) unread() error {
	for _, name := range s.names {
		if t := s.tables[name]; t.Required == "" && t.Frame == nil && t.Err != nil {
			return t.Err
		}
	}
	return nil
}

// Export writes what the page's one panel with figures shows.
func (b *Board) Export(format string, w io.Writer) error {
	var with []*slot
	var names []string
	for _, s := range b.slots {
		if _, ok := s.impl.(page.Exporter); ok {
			with = append(with, s)
			names = append(names, session.Clean(s.name(), 60))
		}
	}
	switch len(with) {
	case 0:
		return page.ErrFormat
	case 1:
		return with[0].export(format, w)
	}
	return &SeveralError{Panels: names}
}

// SeveralError says that a page has several panels with figures.
type SeveralError struct{ Panels []string }

// Error names the panels.
func (e *SeveralError) Error() string {
	return "the page has several panels with figures: " + strings.Join(e.Panels, ", ")
}

func (s *slot) export(format string, w io.Writer) error {
	if text := s.shows(); text != "" {
		return cmp.Or(s.unread(), errors.New(text))
	}
	e, ok := s.impl.(page.Exporter)
	if !ok {
		return page.ErrFormat
	}
	return e.Export(format, w)
}

// Notes are what was guessed, changed or left out of the sources.
func (b *Board) Notes() []string {
	var out []string
	for _, name := range b.data.names {
		f := b.data.feeds[name]
		for _, note := range f.last.Report.Notes {
			out = append(out, name+": "+note)
		}
		for _, skipped := range f.last.Report.Skipped {
			out = append(out, fmt.Sprintf("%s: left out line %d: %s", name, skipped.Line, skipped.Reason))
		}
		if f.last.Note != "" {
			out = append(out, name+": "+f.last.Note)
		}
	}
	return out
}
