package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/demo"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/query"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/textfile"
	"github.com/authtabs/tabgate/tui"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/board"
	"github.com/authtabs/tabgate/tui/panels"
)

// instead is the file that is shown in the place of a page of the demo: the one
// that was named, or that of the configuration; "" = none.
func (p *showCommand) instead(cfg config.Config) (string, textfile.Options) {
	if own := cfg.Figures[p.listed.ID]; p.file == "" && p.listed.Content != nil {
		return own.File, own.Reading
	}
	return p.file, p.reading
}

// onDemo makes the page of the demo ready as the flags want it, with what they
// choose in its inputs.
func (p *showCommand) onDemo(s *tui.Sources) error {
	if p.listed.Content == nil || p.file != "" {
		return nil
	}
	if err := setInputs(p.listed, p.set, s.Board.Shared); err != nil {
		return err
	}
	if p.countries != nil {
		if err := s.Board.Shared.Set(p.listed, "countries", p.countries); err != nil {
			return usage("--countries: %v", err)
		}
	}
	if err := p.alone(); err != nil {
		return err
	}
	s.List = withPage(s.List, p.listed)
	return nil
}

// figuresPanel is the number of the panel whose figures are those of the page, 0
// where it names none.
func (p showCommand) figuresPanel(shown page.Page) int {
	if p.panel != "" || p.listed.Figures == "" {
		return 0
	}
	for _, info := range board.Panels(shown) {
		if info.Name == p.listed.Figures {
			return info.N
		}
	}
	return 0
}

// exportPanel writes the figures of a panel of the demo, in the shape that they
// have always had.
func (p showCommand) exportPanel(shown page.Page, n int, w io.Writer) error {
	var out bytes.Buffer
	if err := board.ExportPanel(shown, n, p.format, &out); err != nil {
		return err
	}
	if p.format == "json" {
		return demo.Shape(p.listed.ID, out.Bytes(), w)
	}
	_, err := w.Write(out.Bytes())
	return err
}

// showInstead prints a file in the place of a page: as text all of its rows
// under their names and types, as a picture the page that is made for it.
// Countries choose rows by their first column.
func (p showCommand) showInstead(ctx context.Context, env page.Env) error {
	store := source.NewStore(ctx, source.Options{Files: true, Stdin: p.in, Now: p.now})
	defer store.Close()
	src := dashboard.Source{Name: sourceWord(p.listed.ID), Path: p.file, Reading: p.reading}
	read, err := readAll(ctx, store, src)
	if err != nil {
		return worded{err}
	}
	for _, note := range notesOf(read.Report) {
		fmt.Fprintln(p.err, session.Clean(filepath.Base(p.file)+": "+note, maxNote))
	}
	if p.countries != nil && len(p.countries) == 0 {
		return errors.New(p.listed.Content.Inputs[0].Required)
	}
	where, err := byFirstColumn(ctx, read.Frame, p.countries)
	if err != nil {
		return err
	}
	if p.format != "ansi" && p.format != "svg" {
		rows, err := query.Keep(ctx, read.Frame, where, nil)
		if err != nil {
			return err
		}
		return p.printRows(ctx, rows)
	}
	own := board.Options{Store: store, Own: true, Begin: panels.Steps{Where: where}}
	shown := still{board.New(env, filePage(p.listed, config.Figures{File: p.file, Reading: p.reading}), own), nil}
	if err := p.drawBoard(ctx, &shown); err != nil {
		return err
	}
	if err := cmp.Or(shown.failed, errors.Join(board.Failures(shown.page)...)); err != nil {
		return worded{err}
	}
	g, target := cell.NewGrid(p.width, p.height), page.Target(env.Theme)
	shown.page.Draw(g)
	target.Reduce(g)
	return writeFrame(p.out, g, p.format)
}

// byFirstColumn keeps the rows whose first column holds one of some names,
// whatever their case; nil = all rows.
func byFirstColumn(ctx context.Context, f frame.Frame, names []string) (query.Where, error) {
	if names == nil || len(f.Columns()) == 0 {
		return nil, nil
	}
	of := map[string][]string{} // by the name in small letters
	var all []string
	err := f.Scan(ctx, []int{0}, 0, f.Len(), func(b *frame.Batch) error {
		for i := range b.Len {
			name := b.Columns[0].String(i)
			if small := strings.ToLower(name); !slices.Contains(of[small], name) {
				of[small], all = append(of[small], name), append(all, name)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	field := f.Columns()[0].Name
	have, missing := board.Named(names, func(name string) string {
		if small := strings.ToLower(name); of[small] != nil {
			return small
		}
		return ""
	})
	if len(missing) > 0 {
		text := "there is no " + session.Clean(field, 40) + " " + session.Clean(missing[0], 60)
		if near := dashboard.Near(missing[0], all); near != "" {
			return nil, errors.New(text + ": did you mean " + session.Clean(near, 60) + "?")
		}
		return nil, errors.New(text + " in these figures")
	}
	var values []string
	for _, small := range have {
		values = append(values, of[small]...)
	}
	return query.Where{{Field: field, Op: query.In, Values: values}}, nil
}
