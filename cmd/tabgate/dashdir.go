package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/trusted"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/tiles/tileset"
)

// dashboardDir is a folder of pages that was opened and read.
type dashboardDir struct {
	*dashboard.Dashboard
	name     string // as the person called it
	path     string
	root     *os.Root
	user     trusted.User
	problems []dashboard.Problem
	// tiles opens the ground of its maps; nil = the coast alone.
	tiles func(ctx context.Context, address string) (*tileset.Set, error)
}

// openDashboard opens and reads a folder of pages. Nobody else may be able to
// change what its pages say, as with a .env.
func (w *world) openDashboard(name string) (*dashboardDir, error) {
	d := &dashboardDir{name: name, path: folderAt(w.dir, name), user: w.user}
	info, err := os.Stat(d.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fail(exitConfig, "there is no folder "+d.called()+": tabgate init makes one")
	case err != nil:
		return nil, fail(exitConfig, fmt.Sprintf("%s cannot be read: %v", d.called(), bare(err)))
	case !info.IsDir():
		return nil, fail(exitConfig, d.called()+" is a file, not a folder of pages: tabgate run shows files")
	}
	if err := w.mayRead(d.path); err != nil {
		return nil, coded{exitConfig, errors.New(session.Clean(err.Error(), 400))}
	}
	if d.root, err = os.OpenRoot(d.path); err != nil {
		return nil, fail(exitConfig, fmt.Sprintf("%s cannot be read: %v", d.called(), bare(err)))
	}
	d.read()
	return d, nil
}

// read reads all files of the folder again.
func (d *dashboardDir) read() {
	d.Dashboard, d.problems = dashboard.Read(d.root)
	d.order()
}

// order puts the problems in the order of the files.
func (d *dashboardDir) order() {
	slices.SortStableFunc(d.problems, func(a, b dashboard.Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
}

// called is the folder's name as messages have it.
func (d *dashboardDir) called() string { return session.Clean(d.name, 200) }

// title is what the dashboard is called: as tabgate.yaml says, as the first
// tab's text begins, or as the folder.
func (d *dashboardDir) title() string {
	first, _ := cutHeading(d.homeText())
	return cmp.Or(d.Title, first, filepath.Base(d.path))
}

// cutHeading cuts the heading off that a Markdown text begins with, "" if it
// begins with something else.
func cutHeading(text []byte) (heading string, rest []byte) {
	line, rest, _ := bytes.Cut(bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\ufeff"))), []byte("\n"))
	words, ok := bytes.CutPrefix(line, []byte("# "))
	if !ok || bytes.ContainsAny(words, "*_`[<&\\") {
		return "", text
	}
	return strings.TrimSpace(string(words)), rest
}

// firstTab is the text below the title of the first tab. A heading that says
// the title again is left out.
func (d *dashboardDir) firstTab() []byte {
	text := d.homeText()
	if heading, rest := cutHeading(text); heading == d.title() {
		return rest
	}
	return text
}

// mayRead checks that nobody else can change the files that say what pages
// there are, or put others in their place.
func (w *world) mayRead(dir string) error {
	rule := trusted.Rule{User: w.user}
	if err := rule.CheckDir(dir); err != nil {
		return err
	}
	pages := filepath.Join(dir, "pages")
	if err := rule.CheckDir(pages); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	files := []string{filepath.Join(dir, dashboard.FolderFile), filepath.Join(dir, "home.md")}
	entries, err := os.ReadDir(pages)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		if _, ok := dashboard.ParseFileName(e.Name()); ok {
			files = append(files, filepath.Join(pages, e.Name()))
		}
	}
	for _, file := range files {
		if err := untrusted(rule.CheckFile(file)); err != nil {
			return err
		}
	}
	return nil
}

// untrusted is an error that says who may change a file. That it is not there,
// or no file, is told where it is read.
func untrusted(err error) error {
	var bad *trusted.Error
	if errors.As(err, &bad) && bad.Kind != trusted.Irregular {
		return bad
	}
	return nil
}

// trusts checks that nobody else can change a file below the folder, which is
// named by its path there, or put another in its place.
func (d *dashboardDir) trusts(name string) error {
	rule := trusted.Rule{User: d.user}
	at := filepath.FromSlash(name)
	err := untrusted(rule.CheckFile(filepath.Join(d.path, at)))
	for at = filepath.Dir(at); err == nil && at != "." && at != string(filepath.Separator); at = filepath.Dir(at) {
		err = untrusted(rule.CheckDir(filepath.Join(d.path, at)))
	}
	var bad *trusted.Error
	if errors.As(err, &bad) {
		what := "it "
		if rel, err := filepath.Rel(d.path, bad.Path); err == nil && rel != filepath.FromSlash(name) {
			what = session.Clean(rel, 200) + " "
		}
		return errors.New(what + bad.Problem + ": " + session.Clean(bad.Fix, 300))
	}
	return nil
}

// isDashboard reports whether a folder says that it is a dashboard.
func (w *world) isDashboard(dir string) bool {
	info, err := os.Stat(filepath.Join(folderAt(w.dir, dir), dashboard.FolderFile))
	return err == nil && info.Mode().IsRegular()
}

// hasPages reports whether a folder has a folder of pages.
func (w *world) hasPages(dir string) bool {
	info, err := os.Stat(filepath.Join(folderAt(w.dir, dir), "pages"))
	return err == nil && info.IsDir()
}

// errors counts the problems that keep something from being shown.
func (d *dashboardDir) errors() (n int) {
	for _, p := range d.problems {
		if !p.Warning {
			n++
		}
	}
	return n
}

// of are the problems of one file.
func (d *dashboardDir) of(file string) []dashboard.Problem {
	return slices.DeleteFunc(slices.Clone(d.problems), func(p dashboard.Problem) bool { return p.File != file })
}

// close lets go of the folder; of nil, it does nothing.
func (d *dashboardDir) close() {
	if d != nil {
		d.root.Close()
	}
}

// told are the connections whose databases are told who reads.
func (d *dashboardDir) told() []dashboard.Connection {
	return slices.DeleteFunc(slices.Clone(d.Connections), func(conn dashboard.Connection) bool {
		asks := func(s dashboard.Source) bool { return s.Connection == conn.Name && s.Identity == "claims" }
		return !slices.ContainsFunc(d.Pages, func(p dashboard.Page) bool { return p.Content != nil && slices.ContainsFunc(p.Content.Sources, asks) })
	})
}

// forWho reports whether a source gives each reader what is theirs.
func forWho(s dashboard.Source) bool { return s.Identity == "token" || s.Identity == "claims" }

// dirFlag adds the flag that names a folder of pages.
func dirFlag(cmd *cobra.Command, dir *string) {
	cmd.Flags().StringVar(dir, "dir", "", "`DIR` with the pages, in the place of this folder's or the demo's")
}

// maxHomeText is the most of a first tab's text that is read.
const maxHomeText = 1 << 20

// homeText is the text of the first tab. That its file cannot be read is among
// the folder's problems.
func (d *dashboardDir) homeText() []byte {
	if d.Home.Path == "" {
		return []byte(d.Home.Text)
	}
	text, err := d.load(context.Background(), d.Home.Path, maxHomeText)
	if err != nil {
		return nil
	}
	return text
}

// load reads a file of the folder.
func (d *dashboardDir) load(ctx context.Context, name string, most int64) ([]byte, error) {
	if err := d.trusts(name); err != nil {
		return nil, fmt.Errorf("%s: %w", session.Clean(name, 200), err)
	}
	return readBelow(ctx, d.root, name, most)
}

// errTooLong says that a file has more bytes than are read.
var errTooLong = errors.New("it is too long: make it shorter")

// readBelow reads a regular file below a folder.
func readBelow(ctx context.Context, root *os.Root, name string, most int64) ([]byte, error) {
	name = filepath.FromSlash(name)
	info, err := root.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "read", Path: name, Err: errors.New("it is no regular file")}
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(text)) > most {
		err = &fs.PathError{Op: "read", Path: name, Err: errTooLong}
	}
	if err == nil {
		err = ctx.Err()
	}
	return text, err
}
