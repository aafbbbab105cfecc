package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/page"
)

// Reload is the message that puts other pages in the place of those that there
// are, as when a file of the folder was saved. The page that is shown stays,
// with what was chosen in it and where it was scrolled to.
type Reload struct {
	// Pages are all pages; nil = those that there are stay, as when the files
	// are wrong now.
	Pages []Entry
	// Problems are what is wrong with the files; none = nothing, and what was
	// told before is forgotten.
	Problems []Problem
}

func (m Reload) apply(r *Root) tea.Cmd {
	r.problems = m.Problems
	var cmd tea.Cmd
	if m.Pages != nil {
		cmd = r.tabs.replace(m.Pages)
		r.keys = newKeyMap(len(m.Pages))
		r.pointer = pointer{}
	}
	r.keys.problems.SetEnabled(len(r.problems) > 0)
	r.resize(tea.WindowSizeMsg{Width: r.width, Height: r.height})
	return tea.Batch(cmd, r.tabs.broadcast(page.Resized{}))
}

// replace puts other pages in the place of those that there are. One that is
// open takes over what is new in it, if it can; else it is opened again.
func (t *tabs) replace(entries []Entry) tea.Cmd {
	old, shown := t.all, ""
	if t.shown < len(old) {
		shown = old[t.shown].spec.ID
	}
	t.all = nil
	var cmds []tea.Cmd
	for _, entry := range entries {
		next := &tab{entry: entry, spec: entry(t.env)}
		for _, was := range old {
			if was.spec.ID == next.spec.ID && was.page != nil {
				cmds = append(cmds, t.takeOver(was, next))
			}
		}
		t.all = append(t.all, next)
	}
	for _, was := range old {
		if was.page != nil {
			was.cancel()
		}
	}
	if at := t.indexOf(shown); at >= 0 {
		t.shown = at
	} else {
		t.shown = max(min(t.shown, len(t.all)-1), 0)
	}
	t.drop(func(i int) bool { return t.verdict(i) != session.Open })
	return tea.Batch(append(cmds, t.each(t.introduce), t.enter())...)
}

// takeOver makes an open page the page of its next tab.
func (t *tabs) takeOver(was, next *tab) tea.Cmd {
	p, ok := was.page.(page.Replacer)
	if !ok {
		return nil
	}
	env := t.env
	env.Ctx = was.ctx
	cmd, ok := p.Replace(next.entry(env).New())
	if !ok {
		return nil
	}
	next.page, next.ctx, next.cancel, next.cells = was.page, was.ctx, was.cancel, was.cells
	was.page, was.cancel = nil, nil
	return cmd
}
