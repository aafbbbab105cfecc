package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/data/textfile"
)

// runCommand is the app on a folder of pages, or on files.
type runCommand struct {
	*wiring
	as      *string // groups that the reader is taken to be in; nil = the reader's own
	reading textfile.Options
	look    look
	chart   int
	opening opening
	stray   string // a flag for files that was given
}

func runCmd(c *wiring) *cobra.Command {
	r := runCommand{wiring: c}
	cmd := &cobra.Command{
		Use: "run [DIR | FILE...]", Short: "Run a folder of pages, or show your own files",
		Long: "Runs a folder as the app: each file in its pages/ is a tab, which opens to the groups that it\n" +
			"names. When a file is saved, the page changes. Sign-in is as configured; without a user pool\n" +
			"it is on a local one, with a person for each group that the folder names.\n\n" +
			"Given files, it shows each as a table with a profile of its columns and the charts that fit;\n" +
			"- is standard input. Without a terminal it prints what tabgate show FILE does.",
	}
	f := cmd.Flags()
	as := f.String("as", "", "show a folder as members of `GROUPS` (with commas between) see it, '' as nobody signed in")
	r.opening.bind(f)
	r.look.bind(f)
	f.IntVar(&r.chart, "chart", 0, "`NUMBER` of the chart to begin with, from 1")
	reading := readingFlags(cmd, nil)
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if f.Changed("as") {
			r.as = as
		}
		r.stray = cmp.Or(strayFlag(f, nil), r.look.given(f))
		if r.reading, err = reading(); err != nil {
			return err
		}
		dir, files, err := r.targets(args)
		switch {
		case err != nil:
			return err
		case dir != "":
			return r.runFolder(cmd.Context(), dir)
		}
		return fileRun{r.wiring, r.reading, r.look, r.chart}.run(cmd.Context(), files)
	}
	return cmd
}

// targets tells a folder from files.
func (r runCommand) targets(args []string) (dir string, files []string, err error) {
	if len(args) == 0 {
		args = []string{"."}
	}
	for _, arg := range args {
		info, err := os.Stat(folderAt(r.dir, arg))
		if arg == "-" || err != nil || !info.IsDir() {
			files = append(files, arg)
			continue
		}
		dir = arg
	}
	switch {
	case dir != "" && len(args) > 1:
		return "", nil, usage("run takes one folder, or files: %s is a folder", session.Clean(dir, 200))
	case dir != "" && r.stray != "":
		return "", nil, usage("--%s is for a file: in a folder a page says it", r.stray)
	case dir == "" && r.opening.given() != "":
		return "", nil, usage("--%s is for a folder of pages: a file is one page", r.opening.given())
	case dir == "" && r.as != nil:
		return "", nil, usage("--as is for a folder of pages: a file has no locks")
	case dir == "." && len(args) == 1 && !r.isDashboard(".") && !r.hasPages("."):
		return "", nil, usage("there is neither tabgate.yaml nor pages here: name a folder or files, or write a folder with tabgate init DIR")
	}
	return dir, files, nil
}

// here reports whether the folder that one is in is to be run: it is a dashboard,
// and whoever is in it said so, who is asked once.
func (r runCommand) here(ctx context.Context) (bool, error) {
	if !r.isDashboard(".") || !r.inTTY || !r.outTTY {
		return false, nil
	}
	d, err := r.openDashboard(".")
	if err != nil {
		fmt.Fprintln(r.err, "The pages of this folder are left out: "+err.Error())
		return false, nil
	}
	defer d.close()
	w := d.itself()
	switch r.said(w) {
	case config.Yes:
		return true, nil
	case config.No:
		return false, nil
	}
	yes, err := r.settings.ask(ctx, w.text+" Run it?")
	if err != nil {
		return false, err
	}
	if err := r.grant(ctx, w, yes); err != nil {
		fmt.Fprintln(r.err, "This counts only for now: "+session.Clean(err.Error(), 300))
	}
	return yes, nil
}

// runFolder runs the app on a folder.
func (r runCommand) runFolder(ctx context.Context, name string) error {
	d, err := r.openDashboard(name)
	if err != nil {
		return err
	}
	defer d.root.Close()
	if n := d.errors(); n > 0 {
		printProblems(r.err, d.problems)
		return fail(exitConfig, "")
	}
	if err := r.opening.check(d.Pages); err != nil {
		return err
	}
	if !r.outTTY || !r.inTTY {
		return usage("the app needs a terminal; for one frame there is tabgate show PAGE --dir %s", d.called())
	}
	own, said := r.ownSignIn(), r.said(r.outside(d))
	if !own && said == config.Yes {
		r.signIn = d.SignIn
	}
	cfg, err := r.loadQuietly()
	if err != nil {
		return err
	}
	a := newApp(r.wiring)
	defer a.late.close()
	a.note = r.deskNote(cfg, d, own, said)
	cfg = onFolder(cfg, d)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	allowed := &atomic.Bool{}
	a.reader = &reader{}
	store := r.store(ctx, cfg, d, allowed, a.reader)
	defer store.Close()
	a.changed = store.ReaderChanged
	r.desk = deskOf(d, store)
	if err := r.opening.choose(d.Pages, r.desk.board.Shared); err != nil {
		return err
	}
	reload := &reloader{wiring: r.wiring, app: a, cfg: cfg, dir: d, store: store, allowed: allowed}
	a.ask = reload.permission(ctx)
	a.start = r.opening.page
	a.previewAs(r.as)
	a.from = messages(ctx, source.WatchFolder(ctx, d.path), reload.reload)
	if cfg.Configured() {
		svc, err := a.appService(cfg)
		if err != nil {
			return err
		}
		defer svc.Close()
		return a.show(ctx, cfg, svc)
	}
	groups := groupsInOrder(d.Pages)
	people := peopleOf(groups)
	return r.onLocalPool(cfg, groups, people, func(cfg config.Config, pool *localpool.Pool) error {
		return a.showOn(ctx, cfg, pool, people)
	})
}

// deskNote is what the app says at its start of a folder.
func (r runCommand) deskNote(cfg config.Config, d *dashboardDir, own bool, said config.Answer) string {
	notes := slices.Clone(cfg.Notes)
	switch {
	case len(d.SignIn) == 0:
	case own:
		notes = append(notes, "The sign_in of this folder is left out: your own settings name another.")
	case said == config.No:
		notes = append(notes, "The sign_in of this folder is left out, since you said no: tabgate trust "+d.called()+" --yes changes that.")
	case r.signIn != nil && cfg.Folder.State == config.Wrong:
		notes = append(notes, "The sign_in of this folder cannot be used: "+cfg.Folder.Err.Error()+".")
	}
	if len(cfg.Pages) > 0 {
		notes = append(notes, "The config file's rules for pages are for the demo's: this folder's pages say themselves who opens them.")
	}
	return strings.Join(notes, " ")
}
