package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/textfile"
	"github.com/authtabs/tabgate/tui/texttable"
)

// namesFile reports whether an argument is a file's name rather than a page's:
// there is such a file, or it has a folder or an ending.
func (w *world) namesFile(arg string) bool {
	if arg == "-" || strings.ContainsAny(arg, `./\`) {
		return true
	}
	info, err := os.Stat(arg)
	return err == nil && !info.IsDir()
}

// showFile prints all rows of a file that the flags leave.
func (p showCommand) showFile(ctx context.Context, name string) error {
	store := source.NewStore(ctx, source.Options{Files: true, Stdin: p.in, Now: p.now})
	defer store.Close()
	shown, err := p.readFile(ctx, store, name)
	if err != nil {
		return err
	}
	rows, err := p.look.at(ctx, shown.Frame)
	if err != nil {
		return err
	}
	return p.printRows(ctx, rows)
}

// readFile reads a file, and tells what was guessed, changed or left out of it.
func (p showCommand) readFile(ctx context.Context, store *source.Store, name string) (source.Snapshot, error) {
	shown, err := readAll(ctx, store, dashboard.Source{Name: name, Path: name, Reading: p.reading})
	if err != nil {
		return shown, worded{err}
	}
	for _, note := range notesOf(shown.Report) {
		fmt.Fprintln(p.err, session.Clean(filepath.Base(name)+": "+note, maxNote))
	}
	return shown, nil
}

// readAll waits until all of a source was read, or it waits for a yes.
func readAll(ctx context.Context, store *source.Store, src dashboard.Source) (source.Snapshot, error) {
	feed := store.Open(src, nil)
	defer feed.Close()
	for seq := 0; ; {
		s, err := feed.Next(ctx, seq)
		switch {
		case err != nil:
			return s, err
		case s.Err != nil:
			return s, s.Err
		case s.Complete, s.Waiting != "":
			return s, nil
		}
		seq = s.Seq
	}
}

// notesOf are what is to be told of a file: its notes, and each line that was
// left out.
func notesOf(r textfile.Report) []string {
	notes := slices.Clone(r.Notes)
	for _, s := range r.Skipped {
		notes = append(notes, fmt.Sprintf("left out: line %d: %s", s.Line, s.Reason))
	}
	return notes
}

// printRows writes a frame in the format that was asked for.
func (p showCommand) printRows(ctx context.Context, f frame.Frame) error {
	write := map[string]func(context.Context, frame.Frame, io.Writer) error{"csv": frame.WriteCSV, "json": frame.WriteJSON, "text": texttable.Write}[p.format]
	if write == nil {
		return usage("a file can be shown as text, ansi, svg, csv or json, not %s", p.format)
	}
	return p.writeData(func(w io.Writer) error {
		out := bufio.NewWriterSize(w, 64<<10)
		if err := write(ctx, f, out); err != nil {
			return err
		}
		return out.Flush()
	})
}
