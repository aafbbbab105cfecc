package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/tiles/tileset"
)

// grounds are the sets of tiles that the maps of a folder lie on, each opened
// once.
type grounds struct {
	open    tileset.Options
	allowed *atomic.Bool // what is outside of the folder

	mu   sync.Mutex
	sets map[string]*tileset.Set
}

// newGrounds makes the sets of a folder: archives in it, and addresses as soon
// as they are allowed.
func (c *wiring) newGrounds(cfg config.Config, d *dashboardDir, allowed *atomic.Bool) *grounds {
	o := c.tilesOptions(cfg, "ground")
	o.Open = func(path string) (tileset.File, error) {
		if err := d.trusts(path); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		return regular(path, d.root.Stat, d.root.Open)
	}
	return &grounds{open: o, allowed: allowed, sets: map[string]*tileset.Set{}}
}

// tilesOptions are how this program asks for tiles.
func (c *wiring) tilesOptions(cfg config.Config, setting string) tileset.Options {
	return tileset.Options{HTTP: c.tilesClient(cfg), Offline: cfg.Offline, CacheDir: config.Dirs(c.env).Cache, Now: c.now, Setting: setting}
}

// ground opens the tiles below the map of a panel; nil = the coast alone.
func (d *dashboardDir) ground(ctx context.Context, p *dashboard.Panel) (*tileset.Set, error) {
	address := d.GroundOf(p)
	if address == "" || d.tiles == nil {
		return nil, nil
	}
	return d.tiles(ctx, address)
}

// groundProblems are the grounds of a page's maps that cannot be had: archives of
// the folder, and live, addresses too.
func (d *dashboardDir) groundProblems(ctx context.Context, c *dashboard.Content, live bool) (out []dashboard.Problem) {
	for _, r := range c.Rows {
		for i := range r.Panels {
			p := &r.Panels[i]
			if !live && strings.Contains(d.GroundOf(p), "://") {
				continue
			}
			if _, err := d.ground(ctx, p); err != nil {
				out = append(out, dashboard.Problem{Place: p.At, Text: "ground: " + session.Clean(err.Error(), 400)})
			}
		}
	}
	return out
}

// get returns a set, and opens it if nobody has.
func (g *grounds) get(ctx context.Context, address string) (*tileset.Set, error) {
	if strings.Contains(address, "://") && !g.allowed.Load() {
		return nil, errors.New("waiting for your yes")
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if s := g.sets[address]; s != nil {
		return s, nil
	}
	s, err := tileset.Open(ctx, address, g.open)
	if err != nil {
		return nil, err
	}
	g.sets[address] = s
	return s, nil
}

// regular opens a regular file, for parts of it. Its kind is asked for before it
// is opened: opening a pipe would wait for whoever writes into it.
func regular(path string, stat func(string) (os.FileInfo, error), open func(string) (*os.File, error)) (*os.File, error) {
	info, err := stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no regular file", path)
	}
	return open(path)
}
