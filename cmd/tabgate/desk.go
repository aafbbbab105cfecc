package main

import (
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/board"
	"github.com/authtabs/tabgate/tui/pages/home"
	"github.com/authtabs/tabgate/tui/panels"
	"github.com/authtabs/tabgate/tui/panels/markdown"
)

// desk is what is shown in the place of the demo: pages of a folder or of
// files, and how they are drawn.
type desk struct {
	listed dashboard.Pages
	title  string // of the dashboard
	text   []byte // of its first tab, in Markdown
	board  board.Options
	// remote makes the code of a page whose content a server sends; nil = the
	// pages have their content.
	remote func(dashboard.Page) func(page.Env) page.Page
}

// draw gives each page the code that draws it.
func (d *desk) draw() map[string]func(page.Env) page.Page {
	draw := map[string]func(page.Env) page.Page{}
	for _, p := range d.listed {
		if d.remote != nil && p.Content == nil && p.ID != "home" {
			draw[p.ID] = d.remote(p)
		} else if p.Content != nil {
			draw[p.ID] = func(env page.Env) page.Page { return board.New(env, p, d.board) }
		}
	}
	return draw
}

// home is what the first tab says.
func (d *desk) home(o home.Options) home.Options {
	o.Title = d.title
	if len(d.text) > 0 {
		o.Text = func(env page.Env) home.Text {
			return markdown.New(panels.Env{Env: env, Panel: dashboard.Panel{Kind: "markdown", Spec: &dashboard.Markdown{Text: string(d.text)}}}).(*markdown.Panel)
		}
	}
	return o
}
