package main

import (
	"context"

	"github.com/muesli/termenv"

	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/board"
)

// drawFile prints the page that is made for a file: its table, and the charts
// that fit.
func (p showCommand) drawFile(ctx context.Context, name string) error {
	store := source.NewStore(ctx, source.Options{Files: true, Stdin: p.in, Now: p.now})
	defer store.Close()
	if _, err := p.readFile(ctx, store, name); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	cfg, err := p.load()
	if err != nil {
		return err
	}
	desk, err := fileRun{p.wiring, p.reading, p.look, 0}.deskOfFiles(ctx, []string{name}, store)
	if err != nil {
		return err
	}
	env := p.stillEnv(ctx, cfg, termenv.TrueColor)
	env.Bare = true
	s := &still{page: board.New(env, desk.listed[0], desk.board)}
	if err := drawn(ctx, s, p.width, p.height); err != nil {
		return err
	}
	if s.failed != nil {
		return worded{s.failed}
	}
	g, target := cell.NewGrid(p.width, p.height), page.Target(env.Theme)
	s.page.Draw(g)
	target.Reduce(g)
	return writeFrame(p.out, g, p.format)
}
