package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/suggest"
)

// content writes what is in a file.
type content func(io.Writer) error

func text(b []byte) content {
	return func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	}
}

// pagesOf makes a folder with a page for each of the files, which are copied
// into it.
func (w *world) pagesOf(ctx context.Context, title string, from []string) (map[string]content, error) {
	if err := w.readable(from); err != nil {
		return nil, err
	}
	store := source.NewStore(ctx, source.Options{Files: true, Now: w.now})
	defer store.Close()
	files := map[string]content{dashboard.FolderFile: text([]byte(
		"# yaml-language-server: $schema=" + dashboard.FolderSchemaURL + "\ntitle: " + fmt.Sprintf("%q", title) + "\n"))}
	for n, name := range from {
		if name == "-" {
			return nil, usage("a page is made for a file that stays: save what standard input gives first")
		}
		data := "data/" + filepath.Base(name)
		if files[data] != nil {
			return nil, usage("two files are called %s: rename one", session.Clean(filepath.Base(name), 100))
		}
		page, err := pageFor(ctx, store, name, data)
		if err != nil {
			return nil, err
		}
		page.Path = fmt.Sprintf("pages/%d_%s.yaml", n+1, fileWord(fileTitle(name)))
		var b bytes.Buffer
		if err := dashboard.WritePage(&b, page); err != nil {
			return nil, err
		}
		files[page.Path], files[data] = text(b.Bytes()), copyOf(name)
	}
	return files, nil
}

// mostCharts are on a page that is made for a file.
const mostCharts = 3

// pageFor is the page that suits a file, which lies at a path of the folder.
func pageFor(ctx context.Context, store *source.Store, name, at string) (dashboard.Page, error) {
	id := sourceWord(fileTitle(name))
	s, err := readAll(ctx, store, dashboard.Source{Name: id, Path: name})
	if err != nil {
		return dashboard.Page{}, err
	}
	facts, err := suggest.Count(ctx, s.Frame)
	if err != nil {
		return dashboard.Page{}, err
	}
	charts, err := suggest.Charts(ctx, s.Frame, facts, suggest.Options{Source: id})
	if err != nil {
		return dashboard.Page{}, err
	}
	c := &dashboard.Content{Sources: []dashboard.Source{{Name: id, Path: at}}}
	var panels []dashboard.Panel
	for _, chart := range charts {
		if chart.Panel.Kind != "markdown" && len(panels) < mostCharts && (chart.New || len(panels) == 0) {
			chart.Panel.Title = chart.Title
			panels = append(panels, chart.Panel)
		}
	}
	c.Rows = []dashboard.Row{
		{Height: 1, Panels: panels},
		{Height: 1, Panels: []dashboard.Panel{{Kind: "table", Width: 1, Spec: &dashboard.Table{Source: id}}}},
	}
	if len(panels) == 0 {
		c.Rows = c.Rows[1:]
	}
	return dashboard.Page{About: "The figures of " + path.Base(at) + ".", Groups: []string{}, Content: c}, nil
}

// copyOf writes a file as it is.
func copyOf(name string) content {
	return func(w io.Writer) error {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = io.Copy(w, f)
		return err
	}
}
