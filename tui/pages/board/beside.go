package board

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/panels"
)

// addBeside adds sources that are not the page's, but of which a reader may add
// columns to those that are. They are opened when somebody asks.
func (f *figures) addBeside(sources []dashboard.Source) {
	for _, src := range sources {
		if f.feeds[src.Name] == nil && !slices.ContainsFunc(f.names, func(name string) bool { return f.feeds[name].src.Path == src.Path }) {
			f.feeds[src.Name] = &feed{src: src}
			f.beside = append(f.beside, src.Name)
		}
	}
}

// beside is what a panel was told last of the sources beside its own.
type beside struct{ told string }

// feedBeside gives a panel that asked for them the sources beside its own, where
// they changed. A source that is made of the panel's own is none of them.
func (s *slot) feedBeside() tea.Cmd {
	if s.beside == nil {
		return nil
	}
	f := s.board.data
	var cmds []tea.Cmd
	var all []source.Named
	told := "."
	for _, name := range slices.Concat(f.names, f.beside) {
		if s.uses(name) || s.feedsOn(name) {
			continue
		}
		cmds = append(cmds, f.start(name, s.board.bar))
		if snap := f.feeds[name].last; snap.Frame != nil && snap.Complete {
			all = append(all, source.Named{Name: name, Frame: snap.Frame})
			told += name + "\x00" + itoa(f.feeds[name].opened) + "\x00" + itoa(snap.Seq) + "\x01"
		}
	}
	if told != s.beside.told {
		s.beside.told = told
		cmds = append(cmds, s.update(panels.Beside{Sources: all}))
	}
	return tea.Batch(cmds...)
}

// feedsOn reports whether a source looks something up in the panel's own, so
// that a lookup the other way would go round in a circle.
func (s *slot) feedsOn(name string) bool {
	return slices.ContainsFunc(s.board.data.feeds[name].src.Lookup, func(l dashboard.Lookup) bool { return s.uses(l.From) })
}
