package main

import (
	"context"
	"net/http"
	"time"

	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/demo"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/board"
)

// demoFresh is how long what an original address gave is shown without asking
// again. One's own addresses are always asked: they may refuse today what they
// gave an hour ago.
const demoFresh = 24 * time.Hour

// unreached is the original's sentence, word for word.
const unreached = "This demo requires internet access. Connection error:"

// demoStore reads the sources of the demo's folder until ctx ends.
func demoStore(ctx context.Context, w *world, cfg config.Config, asks *http.Client) *source.Store {
	return source.NewStore(ctx, source.Options{
		FS: demo.Files(), HTTP: asks, Offline: cfg.Offline, CacheDir: config.Dirs(w.env).Cache, Env: w.env, Now: w.now, AtHand: true,
		Fresh: func(src dashboard.Source) time.Duration {
			if src.Fallback == nil {
				return 0
			}
			return demoFresh
		},
	})
}

// demoBoard draws the demo's pages that are made of panels.
func demoBoard(store *source.Store) board.Options {
	return board.Options{
		Store: store, Shared: board.NewInputs(), Load: demo.Load, Unreached: unreached, Same: data.SameCountry,
	}
}

// wholePage is a page of the demo with what it is made of, at the addresses that the
// configuration names.
func wholePage(cfg config.Config) func(dashboard.Page) dashboard.Page {
	d := cfg.Data
	to := map[string]string{demo.Racks: d.BikeRacks, demo.Stops: d.Stations, demo.Segments: d.Segments, "agriculture": d.Agriculture, "years": d.Agriculture}
	return func(p dashboard.Page) dashboard.Page { return demo.Moved(demo.Whole(p), to) }
}

// fileBoards draws pages of the demo in whose place the configuration names a
// file: each is the page that is made for that file.
func fileBoards(ctx context.Context, w *world, pages dashboard.Pages, cfg config.Config) map[string]func(page.Env) page.Page {
	out := map[string]func(page.Env) page.Page{}
	for _, p := range pages {
		if own := cfg.Figures[p.ID]; own.File != "" && demo.IsBoard(p.ID) {
			out[p.ID] = func(env page.Env) page.Page {
				store := source.NewStore(ctx, source.Options{Files: true, Now: w.now})
				return board.New(env, filePage(p, own), board.Options{Store: store, Own: true})
			}
		}
	}
	return out
}

// filePage is the page that is made for a file, in the place of another.
func filePage(p dashboard.Page, own config.Figures) dashboard.Page {
	src := dashboard.Source{Name: sourceWord(p.ID), Path: own.File, Reading: own.Reading}
	p.Content = &dashboard.Content{Sources: []dashboard.Source{src}}
	return p
}
