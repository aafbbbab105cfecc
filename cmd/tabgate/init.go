package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/starter"
	"github.com/authtabs/tabgate/data/demo"
)

// initCommand writes a folder of pages to begin with.
type initCommand struct {
	*wiring
	from []string // files that pages are made for
	demo bool
}

func initCmd(c *wiring) *cobra.Command {
	i := initCommand{wiring: c}
	cmd := &cobra.Command{
		Use: "init DIR", Short: "Write a small folder of pages to begin with",
		Long: "Writes a small folder of pages that runs as it is and says in comments what can be changed.\n" +
			"With --from it has a page for each of your files, which are copied into it; with --demo it\nis the demo's own pages. No file is overwritten.",
		Args: func(cmd *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return usage("init takes the folder to write, such as tabgate init desk")
			case len(args) > 1 && !cmd.Flags().Changed("from"):
				return usage("init takes one folder; name files with --from")
			}
			return nil
		},
	}
	cmd.Flags().StringArrayVar(&i.from, "from", nil, "`FILE` that a page is made for; more may follow")
	cmd.Flags().BoolVar(&i.demo, "demo", false, "write the demo's pages")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		i.from = append(i.from, args[1:]...)
		return i.run(cmd.Context(), args[0])
	}
	return cmd
}

func (i initCommand) run(ctx context.Context, dir string) (err error) {
	if i.demo && len(i.from) > 0 {
		return usage("--demo and --from exclude each other: pass one")
	}
	at := folderAt(i.dir, dir)
	var files map[string]content
	switch {
	case i.demo:
		files, err = filesOf(demo.Files())
	case len(i.from) > 0:
		files, err = i.pagesOf(ctx, filepath.Base(at), i.from)
	default:
		files, err = filesOf(starter.Files())
	}
	if err == nil {
		err = writeFolder(at, files)
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(i.out, dir)
	fmt.Fprintln(i.err, "Written. Now: tabgate run "+session.Clean(dir, 200))
	return nil
}

// filesOf reads a folder that is part of the program.
func filesOf(folder fs.FS) (map[string]content, error) {
	files := map[string]content{}
	err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(folder, name)
		files[name] = text(b)
		return err
	})
	return files, err
}

// writeFolder writes files, by their names below dir with slashes. It writes
// none where one of them is there already.
func writeFolder(dir string, files map[string]content) error {
	names := slices.Sorted(maps.Keys(files))
	for _, name := range append([]string{"pages"}, names...) {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if _, err := os.Lstat(at); err == nil {
			return fail(exitFailed, session.Clean(at, 300)+" is already there, and nothing is overwritten: name a folder that is new")
		}
	}
	for _, name := range names {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			return cannotWrite(path.Dir(name), err)
		}
		f, err := os.OpenFile(at, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err == nil {
			err = errors.Join(files[name](f), f.Close())
		}
		if err != nil {
			return cannotWrite(name, err)
		}
	}
	return nil
}

func cannotWrite(name string, err error) error {
	return fail(exitFailed, session.Clean(fmt.Sprintf("%s cannot be written (%v): choose a folder that you may write to", name, bare(err)), 400))
}
