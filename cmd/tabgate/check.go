package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync/atomic"

	"github.com/muesli/termenv"
	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/frame"
	"github.com/authtabs/tabgate/data/source"
	"github.com/authtabs/tabgate/tui/pages/board"
)

// printProblems prints a line for each problem.
func printProblems(w io.Writer, problems []dashboard.Problem) {
	for _, p := range problems {
		if p.Warning {
			p.Text = "warning: " + p.Text
		}
		fmt.Fprintln(w, session.Clean(p.String(), 1000))
	}
}

// checkCommand finds everything that is wrong with a folder.
type checkCommand struct {
	*wiring
	live  bool
	sent  bool
	found map[string]map[string][]frame.Column // the columns of sources, by pages
}

func checkCmd(c *wiring) *cobra.Command {
	k := checkCommand{wiring: c, found: map[string]map[string][]frame.Column{}}
	cmd := &cobra.Command{
		Use: "check [DIR]", Short: "Find everything that is wrong with a folder of pages",
		Long: "Reads a folder and its figures, draws each panel once off screen, and prints a line for each\nthing that is wrong: file, line, column, and how to fix it. Exit 5 when something keeps a\npage from being shown; warnings alone are none. It never connects to anything; with --live\nit does, after your yes (tabgate trust).",
		Args: atMostOne("folder"),
	}
	cmd.Flags().BoolVar(&k.live, "live", false, "read addresses and databases too")
	cmd.Flags().BoolVar(&k.sent, "sent", false, "list what tabgate serve sends of each page")
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return k.run(cmd.Context(), firstOr(args, ".")) }
	return cmd
}

func (k checkCommand) run(ctx context.Context, name string) error {
	if name == "." && !k.isDashboard(".") && !k.hasPages(".") {
		return usage("there is neither tabgate.yaml nor pages here: name a folder, or write one with tabgate init DIR")
	}
	d, err := k.openDashboard(name)
	if err != nil {
		return err
	}
	defer d.close()
	cfg := config.Config{Offline: true, Theme: "dark", Glyphs: "quadrant"}
	if k.live {
		if w := k.outside(d); k.said(w) != config.Yes {
			return waits(w, d)
		}
		if cfg, err = k.load(); err != nil {
			return err
		}
	}
	if err := k.inspect(ctx, cfg, d); err != nil {
		return err
	}
	sent := d.sent(k.found)
	d.order()
	printProblems(k.out, d.problems)
	if k.sent {
		printSent(k.out, sent)
	}
	if d.errors() > 0 {
		return fail(exitConfig, "")
	}
	return nil
}

// inspect reads the figures of the pages and draws the pages, and adds what is
// wrong to the problems of the folder.
func (k checkCommand) inspect(ctx context.Context, cfg config.Config, d *dashboardDir) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	allowed := &atomic.Bool{}
	store := k.store(ctx, cfg, d, allowed, nil)
	defer store.Close()
	desk := deskOf(d, store)
	if k.live {
		k.lookAtRoles(ctx, store, d)
	}
	env := k.stillEnv(ctx, cfg, termenv.Ascii)
	for i, p := range slices.Concat(d.Pages, d.Drafts) {
		if p.Content == nil {
			continue
		}
		// What a page with errors reaches for was in no question.
		live := k.live && (i < len(d.Pages) || !d.reaches(p))
		allowed.Store(live)
		content, columns, problems := readSources(ctx, store, *p.Content)
		problems = append(problems, d.groundProblems(ctx, p.Content, live)...)
		k.found[p.ID] = columns
		problems = append(problems, content.CheckFields(columns)...)
		if p.Content = content.Sound(columns); p.Content != nil {
			s := &still{page: board.New(env, p, desk.board)}
			if err := drawn(ctx, s, checkWidth, checkHeight); err != nil {
				return err
			}
			problems = append(problems, board.Troubles(s.page)...)
		}
		d.problems = append(d.problems, problems...)
	}
	return ctx.Err()
}

// The size that pages are drawn in.
const (
	checkWidth  = 120
	checkHeight = 60
)

// anonymous counts the rows that a query gave to nobody, as it should not.
func anonymous(src dashboard.Source, s source.Snapshot) int {
	if src.Identity != "claims" || src.AnonymousRows || s.Frame == nil {
		return 0
	}
	return s.Frame.Len()
}

// lookAtRoles adds what lets readers see more of a database than its policies
// mean them to.
func (k checkCommand) lookAtRoles(ctx context.Context, store *source.Store, d *dashboardDir) {
	for _, conn := range d.told() {
		found, err := store.Look(ctx, conn)
		if err != nil {
			d.problems = append(d.problems, dashboard.Problem{Place: conn.At, Text: err.Error()})
		}
		for _, text := range found {
			d.problems = append(d.problems, dashboard.Problem{Place: conn.At, Text: text, Warning: true})
		}
	}
}

// readSources reads the sources of a page, and returns the page with those that
// could be read, and their columns. The others are problems.
func readSources(ctx context.Context, store *source.Store, c dashboard.Content) (read *dashboard.Content, columns map[string][]frame.Column, problems []dashboard.Problem) {
	columns = map[string][]frame.Column{}
	all := c.Sources
	c.Sources = nil
	for _, src := range all {
		s, err := readAll(ctx, store, src)
		if forWho(src) && (errors.Is(err, source.ErrSignIn) || errors.Is(err, source.ErrNoAccess)) {
			err = nil // it is for people who are signed in, as it should
		}
		if n := anonymous(src, s); n > 0 {
			problems = append(problems, dashboard.Problem{Place: src.At, Text: fmt.Sprintf("source %s: the query gives %s to somebody who is not signed in: add a policy that keeps them, or say anonymous_rows: true", src.Name, counted(n, "row", "rows"))})
		}
		if err != nil {
			problems = append(problems, dashboard.Problem{Place: src.At, Text: err.Error()})
			continue
		}
		c.Sources = append(c.Sources, src)
		if s.Frame != nil {
			columns[src.Name] = s.Frame.Columns()
		}
	}
	return &c, columns, problems
}
