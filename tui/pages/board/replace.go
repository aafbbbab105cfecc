package board

import (
	"reflect"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

var _ page.Replacer = (*Board)(nil)

// Replace makes the page its next version. Panels, sources and inputs of which
// nothing changed stay as they are, with what was done in them; a panel that
// changed takes over what it can.
func (b *Board) Replace(next page.Page) (tea.Cmd, bool) {
	n, ok := next.(*Board)
	if !ok || n.page.ID != b.page.ID {
		return nil, false
	}
	over, focused := b.over, b.focused()
	if over != nil && b.focus < len(b.slots) {
		focused = b.slots[b.focus]
	}
	charts := slices.DeleteFunc(slices.Clone(b.slots), func(s *slot) bool { return !s.isChart() })
	n.made.inherit(b.made)
	b.page, b.opts, b.heights = n.page, n.opts, n.heights
	b.shared, b.pages = n.shared, n.pages
	b.data.replace(n.data)
	b.made, b.foot, b.over, b.offer, b.chooser = n.made, n.foot, nil, nil, nil
	menu, last := b.bar.menu, b.bar.last
	n.bar.w, n.bar.h = b.w, b.h
	b.bar = n.bar
	if menu != nil && last < len(b.bar.inputs) && b.bar.inputs[last].Name == menu.in.Name {
		b.bar.last = last
	}
	cmd := b.replaceSlots(n.slots, &focused)
	if b.made != nil {
		b.slots = append(b.slots, charts...)
		cmd = tea.Batch(cmd, b.made.place(b))
	}
	if b.focus = slices.Index(b.slots, focused); b.focus < 0 {
		b.focus = firstFocus(b.slots)
	}
	b.refocus()
	if over != nil && slices.Contains(b.slots, over.from) { // Its rows are still there.
		b.cover(over)
	}
	b.full = b.full && len(b.slots) > 1
	b.mouse = pointer{}
	b.relayout()
	return tea.Batch(cmd, b.refeed(), b.tellSizes()), true
}

// refocus tells each panel whether it has the focus.
func (b *Board) refocus() {
	for i, s := range b.slots {
		s.impl.Focus(i == b.focus)
	}
}

// replaceSlots puts new panels in the place of old ones, except for those that
// are the same. The one that has the focus is followed.
func (b *Board) replaceSlots(next []*slot, focused **slot) tea.Cmd {
	old := b.slots
	var cmds []tea.Cmd
	var out []*slot
	for _, n := range next {
		n.board = b
		if at := slices.IndexFunc(old, func(o *slot) bool { return o != nil && samePanel(o.panel, n.panel) }); at >= 0 {
			kept := old[at]
			old[at] = nil
			kept.row, kept.panel, kept.names, kept.err = n.row, n.panel, n.names, n.err
			out = append(out, kept)
			cmds = append(cmds, kept.init()) // Its file may have changed.
			continue
		}
		out = append(out, n)
	}
	b.slots = out
	for _, s := range out {
		if slices.Contains(next, s) {
			if from := s.inherit(old); from != nil && from == *focused {
				*focused = s
			}
			cmds = append(cmds, s.init(), s.update(page.Shown{}))
		}
	}
	return tea.Batch(cmds...)
}

// inherit takes over what was done in an old panel of the same kind and
// sources, and returns that.
func (s *slot) inherit(old []*slot) *slot {
	for i, o := range old {
		if o == nil || o.panel.Kind != s.panel.Kind || !slices.Equal(o.names, s.names) {
			continue
		}
		to, ok := s.impl.(panels.Keeper)
		if from, keeps := o.impl.(panels.Keeper); ok && keeps {
			to.Restore(from.Keep())
		}
		old[i] = nil
		return o
	}
	return nil
}

// inherit takes over which charts of a source are shown.
func (m *made) inherit(old *made) {
	if m == nil || old == nil {
		return
	}
	for i, p := range m.parts {
		for _, o := range old.parts {
			if o.source == p.source && o.row == p.row && o.stop == nil {
				m.parts[i] = o
			}
		}
	}
}

// samePanel reports whether two panels are the same wherever they stand.
func samePanel(a, b dashboard.Panel) bool {
	a.At, b.At = dashboard.Place{}, dashboard.Place{}
	a.Width, b.Width = 0, 0
	return reflect.DeepEqual(a, b)
}

// replace puts the sources of the next version in the place of those that there
// are, except for those that are the same.
func (f *figures) replace(next *figures) {
	for name, n := range next.feeds {
		o := f.feeds[name]
		if o == nil {
			continue
		}
		a, b := o.src, n.src
		a.At, b.At = dashboard.Place{}, dashboard.Place{}
		if reflect.DeepEqual(a, b) {
			o.src = n.src
			next.feeds[name] = o
		}
	}
	for name, o := range f.feeds {
		if next.feeds[name] != o {
			f.close(name)
		}
	}
	f.feeds, f.names, f.beside, f.open = next.feeds, next.names, next.beside, next.open
}
