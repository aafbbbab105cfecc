package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/cmd/tabgate/offscreen"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/board"
)

// onFolder makes the page of a folder ready as the flags want it: with what they
// choose in its inputs, and with one panel alone where they name one.
func (p *showCommand) onFolder(d *dashboardDir, store *source.Store) error {
	p.desk = deskOf(d, store)
	return p.choose()
}

// choose chooses in the inputs of the page what the flags say, and leaves one
// panel of it where they name one.
func (p *showCommand) choose() error {
	if err := setInputs(p.listed, p.set, p.desk.board.Shared); err != nil {
		return err
	}
	if err := p.alone(); err != nil {
		return err
	}
	p.desk.listed = withPage(p.desk.listed, p.listed)
	return nil
}

// alone leaves the panel that was asked for of the page, all of them where none
// was.
func (p *showCommand) alone() error {
	if p.panel == "" {
		return nil
	}
	panel, err := panelOf(p.listed, p.panel)
	if err != nil {
		return err
	}
	content := *p.listed.Content
	content.Rows = []dashboard.Row{{Height: 1, Panels: []dashboard.Panel{panel}}}
	p.listed.Content = &content
	return nil
}

// withPage is a list of pages with another one in the place of that of its ID.
func withPage(pages dashboard.Pages, p dashboard.Page) dashboard.Pages {
	pages = slices.Clone(pages)
	for i := range pages {
		if pages[i].ID == p.ID {
			pages[i] = p
		}
	}
	return pages
}

// drawBoard draws the page until it is whole, in the lines that it needs where
// no size was given. What its sources lack is what went wrong.
func (p *showCommand) drawBoard(ctx context.Context, shown *still, first ...tea.Msg) error {
	err := drawn(ctx, shown, p.width, p.height, first...)
	if err == nil && !p.sized {
		p.height = board.Lines(shown.page, p.width, p.height)
		err = settled(ctx, shown, p.width, p.height)
	}
	if shown.failed == nil && p.format != "csv" && p.format != "json" { // those say it of the panel that is wanted
		shown.failed = board.Unread(shown.page)
	}
	return err
}

// mayReach refuses a page that needs what is outside of the folder before the
// reader said yes to that.
func (p *showCommand) mayReach(d *dashboardDir) error {
	w := p.outside(d)
	if !d.reaches(p.listed) || p.said(w) == config.Yes {
		return nil
	}
	return waits(w, d)
}

// reads is whom the figures of the page are read for; nil = nobody, where no
// source of it asks. The function lets go of the session.
func (p *showCommand) reads(cfg config.Config) (*reader, func(), error) {
	if p.listed.Content == nil || !slices.ContainsFunc(p.listed.Content.Sources, forWho) || !cfg.Configured() {
		return nil, func() {}, nil
	}
	svc, err := p.service(cfg)
	if err != nil {
		return nil, nil, err
	}
	r := &reader{}
	r.use(svc)
	return r, func() { svc.Close() }, nil
}

// waits says that a wish of a folder waits for an answer.
func waits(w wish, d *dashboardDir) error {
	return fail(exitConfig, w.text+" It waits for your yes: tabgate trust "+d.called()+" (in scripts with --yes)")
}

// panelOf finds a panel of a page by its name, or by its number from 1.
func panelOf(page dashboard.Page, name string) (dashboard.Panel, error) {
	var all []dashboard.Panel
	for _, row := range page.Content.Rows {
		all = append(all, row.Panels...)
	}
	var names []string
	for i, p := range all {
		if p.Name == name {
			return p, nil
		}
		names = append(names, panelName(i, p))
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(all) {
		return all[n-1], nil
	}
	text := fmt.Sprintf("%s has no panel %s: there are %s", page.ID, session.Clean(name, 60), strings.Join(names, ", "))
	var known []string
	for _, p := range all {
		known = append(known, p.Name)
	}
	if near := dashboard.Near(name, known); near != "" {
		text += "; did you mean " + near + "?"
	}
	return dashboard.Panel{}, usage("%s", text)
}

// panelName is what a panel is called in a list.
func panelName(i int, p dashboard.Panel) string {
	text := strconv.Itoa(i+1) + " " + p.Kind
	if name := firstOr(slices.DeleteFunc([]string{p.Name, p.Title}, func(s string) bool { return s == "" }), ""); name != "" {
		text += " (" + session.Clean(name, 40) + ")"
	}
	return text
}

// drawn opens a page of panels and draws it until it is whole: a panel knows its
// size once it was drawn, and a chart is computed for that.
func drawn(ctx context.Context, s *still, w, h int, first ...tea.Msg) error {
	s.page.SetSize(w, h)
	var cmds []tea.Cmd
	for _, msg := range first {
		cmds = append(cmds, s.page.Update(msg))
	}
	if err := offscreen.Drain(ctx, s, append(cmds, s.page.Init(), s.page.Update(page.Shown{}))...); err != nil {
		return err
	}
	return settled(ctx, s, w, h)
}

// settled draws a page in a size until it is whole.
func settled(ctx context.Context, s *still, w, h int) error {
	s.page.SetSize(w, h)
	for range 2 {
		s.page.Draw(cell.NewGrid(w, h))
		if err := offscreen.Drain(ctx, s, s.page.Update(page.Shown{})); err != nil {
			return err
		}
	}
	return nil
}

// judge returns an error if a threshold of the page says that a figure is bad.
func (p *showCommand) judge(s *still) error {
	var bad []string
	for name, verdict := range board.Verdicts(s.page) {
		if verdict == p.failOn {
			bad = append(bad, session.Clean(name, 100))
		}
	}
	if len(bad) == 0 {
		return nil
	}
	slices.Sort(bad)
	return fail(exitBad, "bad: "+strings.Join(bad, ", "))
}
