package board

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/panels"
)

// writePage saves the view of a file as a page of a folder.
func writePage(b *Board, steps panels.Steps) tea.Cmd {
	content, said := written(b, steps)
	p := dashboard.Page{ID: b.page.ID, Title: b.page.Title, About: b.page.About, Content: &content}
	var out bytes.Buffer
	if err := dashboard.WritePage(&out, p); err != nil {
		return page.Send(page.Failed{Err: err})
	}
	save, name := b.env.Save, b.page.ID+".yaml"
	return func() tea.Msg {
		at, err := save(name, out.Bytes())
		if err != nil {
			return page.Failed{Err: fmt.Errorf("write the page: %w", err)}
		}
		return page.Notice{Text: strings.TrimSpace("Saved " + at + ". " + said)}
	}
}

// written is the page that makes the same view, and what it cannot say.
func written(b *Board, steps panels.Steps) (c dashboard.Content, said string) {
	src := b.data.feeds[steps.Source].src
	src.Lookup = slices.Concat(src.Lookup, steps.Lookup)
	for _, t := range steps.Types {
		if date, ok := strings.CutPrefix(t.Type, "date:"); ok {
			_ = src.Reading.Set("dates", t.Column+"="+date)
			continue
		}
		said = "A page says no types of columns: " + t.Column + " as " + t.Type + " is left out."
	}
	counts := countedPanel(baseOf(b, steps.Source), steps)
	if steps.Values != "" && counts == nil {
		said = "A page has no panel that counts numbers or dates: the rows are written."
	}
	c.Sources = append([]dashboard.Source{src}, usedBy(b, src)...)
	spec := &dashboard.Table{Source: steps.Source, Sort: steps.Sort, Index: steps.Index}
	spec.Columns = columnsNamed(steps.Columns)
	c.Rows = []dashboard.Row{{Height: tableWeight, Panels: []dashboard.Panel{{Kind: "table", Width: 1, Where: steps.Where, Spec: spec}}}}
	if b.made == nil {
		return c, said
	}
	charts := dashboard.Row{Height: chartWeight}
	if counts != nil {
		charts.Panels = append(charts.Panels, *counts)
	}
	for _, s := range b.slots {
		if s.isChart() && s.uses(steps.Source) {
			p := s.panel
			p.Where = steps.Where
			charts.Panels = append(charts.Panels, p)
		}
	}
	if len(charts.Panels) > 0 {
		c.Rows = append(c.Rows, charts)
	}
	return c, said
}

// usedBy are the sources that one looks up in, and those that they do.
func usedBy(b *Board, src dashboard.Source) (out []dashboard.Source) {
	for _, l := range src.Lookup {
		f := b.data.feeds[l.From]
		if f == nil || slices.ContainsFunc(out, func(s dashboard.Source) bool { return s.Name == l.From }) {
			continue
		}
		out = append(out, f.src)
		for _, more := range usedBy(b, f.src) {
			if !slices.ContainsFunc(out, func(s dashboard.Source) bool { return s.Name == more.Name }) {
				out = append(out, more)
			}
		}
	}
	return out
}

// commandLine copies the command that makes the view again.
func commandLine(b *Board, steps panels.Steps) tea.Cmd {
	if len(steps.Lookup) > 0 {
		return page.Send(page.Notice{Text: "A command line cannot add columns of " + session.Clean(steps.Lookup[0].From, 60) + ": page.yaml can."})
	}
	src := b.data.feeds[steps.Source].src
	args := []string{"tabgate", "run", src.Path}
	add := func(flag, value string) {
		if value != "" {
			args = append(args, flag, value)
		}
	}
	for _, t := range steps.Types {
		add("--type", t.Column+"="+t.Type)
	}
	add("--where", steps.Where.String())
	add("--sort", strings.Join(steps.Sort, ","))
	add("--columns", strings.Join(steps.Columns, ","))
	add("--values", steps.Values)
	add("--figure", steps.Figure)
	add("--by", steps.By)
	if p := b.made.current(b); p != nil && len(p.shown) > 0 && p.shown[0] > 0 && p.shown[0] < p.found {
		add("--chart", itoa(p.shown[0]+1))
	}
	return copyLine(args)
}

// pageLine copies the command that shows the page with what is chosen in its
// inputs.
func pageLine(b *Board) tea.Cmd {
	args := append(slices.Clone(b.opts.Line), "--page", b.page.ID)
	for _, in := range b.bar.inputs {
		if b.bar.changed(in) {
			c, _ := b.bar.chosen(in)
			args = append(args, "--set", in.Name+"="+c.text(in.Kind))
		}
	}
	return copyLine(args)
}

func copyLine(args []string) tea.Cmd {
	words := make([]string, len(args))
	for i, a := range args {
		words[i] = quoted(a)
	}
	return page.Send(page.Copy{Text: strings.Join(words, " "), What: "The command line"})
}

// quoted is an argument as a shell takes it.
func quoted(s string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./=:,+@%", r)
	}
	if s != "" && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
