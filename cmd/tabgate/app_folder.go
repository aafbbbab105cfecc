package main

import (
	"context"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/tui"
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/page"
)

// late is a sign-in that was made while the app ran. It is closed after the
// app, however late the command that makes it ends.
type late struct {
	mu   sync.Mutex
	svc  *auth.Service
	over bool
}

func (l *late) keep(svc *auth.Service) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		svc.Close()
		return
	}
	l.svc = svc
}

func (l *late) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over = true; l.svc != nil {
		l.svc.Close()
	}
}

// folderQuestion asks in the app whether a folder's .env may decide the
// sign-in.
func (c *command) folderQuestion(ctx context.Context, u config.Unit) *tui.Ask {
	return &tui.Ask{
		Question: box.Question{
			Title: "Sign in by this folder's settings?",
			Text:  []string{u.Words(), "Whoever wrote that file decides who gets your session. You are asked once; tabgate trust changes the answer."},
			Yes:   "Use them", No: "Leave them out",
		},
		Then: func(yes bool) tea.Cmd {
			return func() tea.Msg { return c.folderAnswer(ctx, u, yes) }
		},
	}
}

// folderAnswer remembers the answer, and begins the app anew with what follows
// from it. The file is read again, and only what was shown counts: another
// content is asked about anew.
func (c *command) folderAnswer(ctx context.Context, u config.Unit, yes bool) tea.Msg {
	c.note = ""
	if !yes {
		c.note = u.Origin() + " is left out. tabgate trust changes that."
	}
	if err := c.remember(ctx, u, yes); err != nil {
		c.note += " This counts only for now: " + session.Clean(err.Error(), 300) + "."
	}
	cfg, err := c.quiet()
	if err != nil {
		return page.Failed{Err: err}
	}
	if !cfg.Configured() {
		return tui.Restart{Options: c.options(ctx, cfg, nil)}
	}
	svc, err := c.appService(cfg)
	if err != nil {
		return page.Failed{Err: err}
	}
	c.late.keep(svc)
	return tui.Restart{Options: c.options(ctx, cfg, svc)}
}
