package main

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/home"
)

// reloader reads a folder again when a file of it was saved. What is wrong now
// leaves the last good pages, and is told.
type reloader struct {
	*wiring
	app     *app
	mu      sync.Mutex // of cfg and dir
	cfg     config.Config
	dir     *dashboardDir
	store   *source.Store
	allowed *atomic.Bool // what is outside of the folder
}

// reload reads the folder again, and asks about what its pages reach for now.
func (r *reloader) reload(ctx context.Context) (msgs []tea.Msg) {
	r.mu.Lock()
	defer r.mu.Unlock()
	last := r.dir.Dashboard
	r.dir.read()
	r.dir.Keep(last)
	if ask := r.permission(ctx); ask != nil {
		msgs = append(msgs, *ask)
	}
	return append(msgs, tui.Reload{Pages: r.pages(ctx), Problems: r.dir.shown()})
}

// pages are those of the folder as it was read last.
func (r *reloader) pages(ctx context.Context) []tui.Entry {
	next := *r.wiring
	next.desk = deskOf(r.dir, r.store)
	next.desk.board.Shared = r.desk.board.Shared
	return next.entries(ctx, r.cfg, home.Options{})
}

// permission allows what the reader said yes to, and returns the question where
// there is no answer yet.
func (r *reloader) permission(ctx context.Context) *tui.Ask {
	w := r.outside(r.dir)
	said := r.said(w)
	if r.allowed.Store(said == config.Yes); said != config.Unasked {
		return nil
	}
	return &tui.Ask{
		Question: box.Question{
			Title: "May this folder reach outside?",
			Text:  []string{w.text, "You are asked once for exactly this; tabgate trust changes the answer. Until then what needs it waits, and the rest is shown."},
			Yes:   "Let it", No: "Keep it in",
		},
		Then: func(yes bool) tea.Cmd {
			return func() tea.Msg { return r.answered(ctx, w, yes) }
		},
	}
}

// answered remembers the answer and does what follows from it.
func (r *reloader) answered(ctx context.Context, w wish, yes bool) tea.Msg {
	err := r.grant(ctx, w, yes)
	yes = yes && r.allow(w)
	note := ""
	if err != nil {
		note = "This counts only for now: " + session.Clean(err.Error(), 300) + "."
	}
	if yes {
		if msg := r.signInThere(ctx, note); msg != nil {
			return msg
		}
	}
	if note != "" {
		return page.Notice{Text: note}
	}
	return nil
}

// allow allows what the reader said yes to, and reports whether it did: a folder
// that wants something else by now has no answer yet.
func (r *reloader) allow(w wish) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.outside(r.dir).hash != w.hash {
		return false
	}
	r.allowed.Store(true)
	r.store.Recheck()
	return true
}

// signInThere starts the app over on the sign-in that the folder names, if it
// has one that counts.
func (r *reloader) signInThere(ctx context.Context, note string) tea.Msg {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.dir.SignIn) == 0 || r.ownSignIn() || r.said(r.outside(r.dir)) != config.Yes {
		return nil
	}
	r.signIn, r.state = r.dir.SignIn, ""
	cfg, err := r.loadQuietly()
	if err == nil && !cfg.Configured() {
		err = unconfigured(cfg.Folder)
	}
	if err != nil {
		return page.Failed{Err: err}
	}
	cfg = onFolder(cfg, r.dir)
	svc, err := r.app.appService(cfg)
	if err != nil {
		return page.Failed{Err: err}
	}
	note = strings.TrimSpace("You sign in at " + session.Clean(cfg.Domain.Host, 200) + " now. " + note)
	r.cfg, r.app.note, r.app.players = cfg, note, nil
	r.app.late.keep(svc)
	o := r.app.options(ctx, cfg, svc)
	o.Pages, o.Ask, o.Start = r.pages(ctx), nil, ""
	return tui.Restart{Options: o}
}

// shown are the problems of the folder as the app shows them, errors first.
func (d *dashboardDir) shown() (out []tui.Problem) {
	for _, p := range d.problems {
		if !p.Warning {
			out = append(out, tui.Problem{Problem: p, Source: d.line(p.Place)})
		}
	}
	return out
}

// line is the line of a place, "" where there is none.
func (d *dashboardDir) line(at dashboard.Place) string {
	if at.Line == 0 {
		return ""
	}
	text, err := d.load(context.Background(), at.File, maxHomeText)
	if err != nil {
		return ""
	}
	lines := bytes.Split(text, []byte("\n"))
	if at.Line > len(lines) {
		return ""
	}
	return string(bytes.TrimRight(lines[at.Line-1], "\r"))
}
