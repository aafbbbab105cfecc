package main

import (
	"context"
	"sync/atomic"

	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/pages/board"
)

// onFolder is a configuration where a folder's pages are shown: rules for the
// demo's pages do not count, and the folder's theme does where the reader has
// chosen none.
func onFolder(cfg config.Config, d *dashboardDir) config.Config {
	cfg.Pages = nil
	if cfg.Theme == "auto" && d.Theme != "" {
		cfg.Theme = d.Theme
	}
	return cfg
}

// store reads the sources of a folder. What lies outside of it waits until it
// is allowed. A source that asks who reads is read for who; nil = nobody.
func (c *wiring) store(ctx context.Context, cfg config.Config, d *dashboardDir, allowed *atomic.Bool, who *reader) *source.Store {
	var now func(context.Context) source.Reader
	if who != nil {
		now = who.now
	}
	d.tiles = c.newGrounds(cfg, d, allowed).get
	return source.NewStore(ctx, source.Options{
		Root: d.root, Trust: d.trusts, HTTP: c.sourceClient(cfg), Offline: cfg.Offline, CacheDir: config.Dirs(c.env).Cache, Env: c.env, Now: c.now,
		Reader:  now,
		Allowed: func(dashboard.Source) bool { return allowed.Load() },
	})
}

// deskOf is a folder as the app shows it. Its sources are those of a store.
func deskOf(d *dashboardDir, store *source.Store) *desk {
	store.Use(d.Dashboard)
	desk := &desk{listed: d.Pages, title: d.title(), text: d.firstTab()}
	desk.board = board.Options{
		Store: store, Shared: board.NewInputs(), Load: d.load, Ground: d.ground, Pages: d.Pages, Line: []string{"tabgate", "run", d.name},
	}
	if d.name == "." {
		desk.board.Line = desk.board.Line[:2]
	}
	return desk
}

// chooseDashboard opens the folder that a command works on: the one that was
// named, or this one if it has a tabgate.yaml. It returns nil for the demo.
func (c *wiring) chooseDashboard(dir string) (*dashboardDir, error) {
	if dir == "" {
		if !c.isDashboard(".") {
			return nil, nil
		}
		dir = "."
	}
	d, err := c.openDashboard(dir)
	if err != nil {
		return nil, err
	}
	c.desk = &desk{listed: d.Pages, title: d.title(), text: d.firstTab()}
	return d, nil
}
