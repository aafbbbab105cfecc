package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/textfile"
	"github.com/authtabs/tabgate/tui/pages/board"
	"github.com/authtabs/tabgate/tui/panels"
)

// fileRun shows files as the app.
type fileRun struct {
	*wiring
	reading textfile.Options
	look    look
	chart   int // that is shown first, from 1; 0 = the first
}

// run shows files, each as a page that is made for it.
func (r fileRun) run(ctx context.Context, files []string) error {
	if err := r.readable(files); err != nil {
		return err
	}
	cfg, err := r.loadQuietly()
	if err != nil {
		return err
	}
	if !r.outTTY {
		if len(files) > 1 {
			return usage("without a terminal one file is printed: %d were named", len(files))
		}
		return showCommand{wiring: r.wiring, format: "text", reading: r.reading, look: r.look}.showFile(ctx, files[0])
	}
	a := newApp(r.wiring)
	if a.keys, err = r.keysFor(files); err != nil {
		return err
	}
	store := source.NewStore(ctx, source.Options{Files: true, Stdin: r.in, Now: r.now})
	defer store.Close()
	if r.desk, err = r.deskOfFiles(ctx, files, store); err != nil {
		return err
	}
	cfg.Pages = nil
	return a.show(ctx, cfg, nil)
}

// readable checks that there are files of these names, before the screen is
// taken for them.
func (w *world) readable(files []string) error {
	seen := map[string]bool{}
	for _, name := range files {
		if seen[name] {
			return usage("%s is named twice", session.Clean(name, 200))
		}
		seen[name] = true
		if name == "-" {
			continue
		}
		info, err := os.Stat(name)
		if err == nil {
			err = textfile.Regular(name, info)
		}
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return fail(exitFailed, session.Clean(name, 200)+": there is no such file: look at its name and where it lies")
		case err != nil:
			return err
		}
	}
	return nil
}

// keysFor is what keys are read from: the terminal itself where a file is
// standard input.
func (w *world) keysFor(files []string) (*os.File, error) {
	if w.inTTY {
		for _, name := range files {
			if name == "-" {
				return nil, usage("standard input is the terminal: give - something to read, such as cat sales.csv | tabgate run -")
			}
		}
		return nil, nil
	}
	tty, err := openTTY()
	if err != nil {
		return nil, fail(exitFailed, fmt.Sprintf("there is no terminal to read keys from (%v); tabgate show FILE prints a file", bare(err)))
	}
	return tty, nil
}

// deskOfFiles is files as the app shows them: a tab each, and no Home. Several
// that have the same columns are one below the other in a tab before theirs.
func (r fileRun) deskOfFiles(ctx context.Context, files []string, store *source.Store) (*desk, error) {
	d := &desk{}
	all, err := r.alike(ctx, files, store)
	if err != nil {
		return nil, err
	}
	if all {
		src := source.Stack("all", files)
		src.Reading = r.reading
		d.add("all", "all", src)
	}
	var beside []dashboard.Source
	for _, name := range files {
		title := fileTitle(name)
		called, _ := dashboard.ParseFileName(title + ".yaml")
		id := cmp.Or(called.ID, "file")
		for n := 2; slices.Contains(d.listed.IDs(), id); n++ {
			id = fmt.Sprintf("%s-%d", cmp.Or(called.ID, "file"), n)
		}
		src := dashboard.Source{Name: sourceWord(id), Path: name, Reading: r.reading}
		d.add(id, title, src)
		beside = append(beside, src)
	}
	d.board = board.Options{Store: store, Shared: board.NewInputs(), Own: true, Chart: r.chart, Beside: beside, Begin: panels.Steps{
		Sort: splitList(r.look.sort), Columns: splitList(r.look.columns),
		Types: r.look.columnTypes(), Values: r.look.values, Figure: r.look.figure, By: r.look.by,
	}}
	for _, p := range d.listed {
		if d.board.Begin.Where, err = r.fits(ctx, store, p.Content.Sources[0]); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// add adds a tab for a source: its page is made once it was read.
func (d *desk) add(id, title string, src dashboard.Source) {
	d.listed = append(d.listed, dashboard.Page{ID: id, Title: title, Content: &dashboard.Content{Sources: []dashboard.Source{src}}})
}

// alike reports whether there are several files that have the same columns.
func (r fileRun) alike(ctx context.Context, files []string, store *source.Store) (bool, error) {
	if len(files) < 2 || slices.Contains(files, "-") {
		return false, nil
	}
	var tables [][]frame.Column
	for _, name := range files {
		s, err := first(ctx, store, dashboard.Source{Path: name, Reading: r.reading})
		if err != nil {
			return false, err
		}
		tables = append(tables, s.Frame.Columns())
	}
	return source.Stackable(tables...), nil
}

// first is what is known of a source at first: its first rows.
func first(ctx context.Context, store *source.Store, src dashboard.Source) (source.Snapshot, error) {
	feed := store.Open(src, nil)
	defer feed.Close()
	s, err := feed.Next(ctx, 0)
	if err == nil {
		err = s.Err
	}
	return s, err
}

// fits checks what is to be seen of a file by its columns, as they are known by
// its first rows.
func (r fileRun) fits(ctx context.Context, store *source.Store, src dashboard.Source) (query.Where, error) {
	l := r.look
	if l.values == "" && l.figure == "" && l.by == "" && len(l.types) == 0 && l.where == "" && l.sort == "" && l.columns == "" {
		return nil, nil
	}
	s, err := first(ctx, store, src)
	if err != nil {
		return nil, err
	}
	f, err := l.cast(ctx, s.Frame)
	if err != nil {
		return nil, err
	}
	if _, err := sortKeys(l.sort, f); err != nil {
		return nil, err
	}
	if _, err := columnsOf(l.columns, f); err != nil {
		return nil, err
	}
	if l.values == "" && (l.figure != "" || l.by != "") {
		return nil, usage("--figure and --by say what stands beside values: name their column with --values")
	}
	if l.values != "" {
		if _, err := l.counts(ctx, f); err != nil {
			return nil, err
		}
	}
	return l.condition(f.Columns())
}
