package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/muesli/termenv"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/cmd/tabgate/offscreen"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/demo"
	"github.com/authtabs/tabgate/data/gate/client"
	"github.com/authtabs/tabgate/data/textfile"
	"github.com/authtabs/tabgate/tui"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/board"
	"github.com/authtabs/tabgate/tui/pages/home"
	"github.com/authtabs/tabgate/tui/theme"
)

func showCmd(c *wiring) *cobra.Command {
	p := showCommand{wiring: c}
	var countries string
	cmd := &cobra.Command{
		Use: "show PAGE | FILE", Short: "Print one frame of a page, its data, or a file",
		Long: "Prints one frame of a page (text, ansi, svg) or its data (csv, json) on stdout. Pages are\nthose of the folder that --dir names, or of this one if it has a tabgate.yaml, else the\ndemo's. The page's lock applies: exit 3 when you are not signed in, 4 without its group.\n\nA file is shown as inspect reads it and with its flags (its --format is --data-format here;\ntsv, ndjson, parquet, arrow and sqlite:TABLE go with either): as text all of its rows under\ntheir names and types, as ansi and svg the page that run makes for it. What was guessed or left out is told on stderr. - is standard input.",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("show takes one page or file")
			}
			return nil
		},
		ValidArgsFunction: c.completePages(&p.dir),
	}
	f := cmd.Flags()
	demo := c.services.pages()
	f.StringVar(&p.size, "size", "120x40", "`COLSxROWS` of the frame")
	f.StringVar(&p.format, "format", "text", "`FORMAT`: text, ansi, svg, csv or json")
	dirFlag(cmd, &p.dir)
	f.StringVar(&p.panel, "panel", "", "`NAME` or number of the panel to show, alone")
	f.StringArrayVar(&p.set, "set", nil, "`INPUT=VALUES` to choose, with commas between; may be given again")
	f.StringVar(&p.failOn, "fail-on", "", "`bad`: exit 7 if a threshold of the page says so")
	f.Uint64Var(&p.seed, "seed", 0, "`NUMBER` that the walk follows from ("+demo.WithFlag("seed")+")")
	f.StringVar(&p.file, "data", "", "`FILE` to show instead of the page's own figures ("+demo.WithFlag("data")+")")
	f.StringVar(&countries, "countries", "", "`NAMES` of countries, with commas between ("+demo.WithFlag("countries")+")")
	f.BoolVar(&p.sheet, "spreadsheet-safe", false, "csv whose cells no spreadsheet runs as formulas: ' before = + - @, numbers as they are")
	p.look.bind(f)
	reading := readingFlags(cmd, renamed)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		p.seeded, p.sized = f.Changed("seed"), f.Changed("size")
		if f.Changed("countries") {
			p.countries = strings.FieldsFunc(countries, func(r rune) bool { return r == ',' }) // none is a choice too
		}
		if c.server != nil {
			return p.showServed(cmd.Context(), args[0], f)
		}
		d, err := c.chooseDashboard(p.dir)
		if err != nil {
			return err
		}
		defer d.close()
		if err := p.find(d, args[0], f); err != nil {
			return err
		}
		if err := p.check(f); err != nil {
			return err
		}
		if p.reading, err = reading(); err != nil {
			return err
		}
		if p.own && (p.format == "svg" || p.format == "ansi") {
			return p.drawFile(cmd.Context(), p.file)
		}
		if p.own {
			return p.showFile(cmd.Context(), p.file)
		}
		cfg, err := c.load()
		if err != nil {
			return err
		}
		return p.run(cmd.Context(), cfg, d)
	}
	serverFlag(cmd, c.services)
	return cmd
}

// showServed prints a page of a server, which decides who may see it.
func (p *showCommand) showServed(ctx context.Context, name string, f *pflag.FlagSet) error {
	return p.withGate(func(cfg config.Config, gate *client.Client) error {
		s, err := p.fromServer(ctx, cfg, gate)
		if err != nil {
			return err
		}
		p.desk = s.desk()
		if err := p.find(nil, name, f); err != nil {
			return err
		}
		if p.own {
			return usage("%s is a file, and --server shows pages", name)
		}
		if err := p.check(f); err != nil {
			return err
		}
		if p.listed.ID != "home" {
			if err := p.fetch(ctx, s); err != nil {
				return err
			}
		}
		return p.run(ctx, cfg, nil)
	})
}

// find finds the page or the file that is meant.
func (p *showCommand) find(d *dashboardDir, name string, f *pflag.FlagSet) error {
	var ok bool
	if p.listed, ok = p.pages().Find(name); ok {
		if p.desk == nil {
			p.listed = demo.Whole(p.listed)
		}
		return p.fits(f)
	}
	if d != nil {
		if broken, ok := d.Broken.Find(name); ok {
			printProblems(p.err, d.of(broken.Path))
			return fail(exitConfig, "")
		}
	}
	if p.namesFile(name) {
		if p.file != "" {
			return usage("a file is shown without --data: pass one of the two")
		}
		p.own, p.file = true, name
		for _, flag := range []string{"panel", "set", "seed", "countries", "fail-on"} {
			if f.Changed(flag) {
				return usage("--%s is for pages, and %s is a file", flag, session.Clean(name, 100))
			}
		}
		return nil
	}
	text := "show takes one page or file, and the pages are: " + strings.Join(p.pages().IDs(), ", ")
	if near := dashboard.Near(name, p.pages().IDs()); near != "" {
		text += "; did you mean " + near + "?"
	}
	return usage("%s", text)
}

// fits checks that flags are for the page.
func (p *showCommand) fits(f *pflag.FlagSet) error {
	for _, flag := range []string{"seed", "data", "countries"} {
		switch of := p.pages().WithFlag(flag); {
		case !f.Changed(flag) || slices.Contains(p.listed.Flags, flag):
		case of == "":
			return usage("no page here has --%s", flag)
		default:
			return usage("%s has no --%s, which is for %s", p.listed.ID, flag, of)
		}
	}
	for _, flag := range []string{"panel", "set", "fail-on"} {
		if f.Changed(flag) && p.listed.Content == nil && (p.server == nil || p.listed.ID == "home") {
			return usage("%s has no --%s, which is for pages of a folder", p.listed.ID, flag)
		}
	}
	if given := p.look.given(f); given != "" {
		return usage("--%s is for a file: a page says itself what it shows", given)
	}
	return nil
}

// check checks the values of flags.
func (p *showCommand) check(f *pflag.FlagSet) (err error) {
	if p.width, p.height, err = parseSize(p.size); err != nil {
		return err
	}
	if p.file != "" && !printed(p.format) && new(textfile.Options).Set("format", p.format) == nil {
		if f.Changed(renamed["format"]) {
			return usage("--format %s says how the file is read, as does --data-format: pass one", p.format)
		}
		if err = f.Set(renamed["format"], p.format); err != nil {
			return err
		}
		p.format = "text"
	}
	if !printed(p.format) {
		return usage("--format is text, ansi, svg, csv or json, not %q", p.format)
	}
	if p.sheet && p.format != "csv" {
		return usage("--spreadsheet-safe goes with --format csv, not %s", p.format)
	}
	if p.failOn != "" && p.failOn != "bad" {
		return usage("--fail-on is bad, not %q", p.failOn)
	}
	if given := strayFlag(f, renamed); given != "" && p.file == "" {
		return usage("--%s says how a file is read: name it with --data", given)
	}
	return nil
}

// completePages completes the pages of the dashboard that a command works on.
func (c *wiring) completePages(dir *string) func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		d, err := c.chooseDashboard(*dir)
		if err != nil {
			return nil, cobra.ShellCompDirectiveDefault
		}
		d.close()
		return c.pages().IDs(), cobra.ShellCompDirectiveDefault
	}
}

// run asks the gate, then builds the page and prints it.
func (p showCommand) run(ctx context.Context, cfg config.Config, d *dashboardDir) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if d != nil {
		if err := p.mayReach(d); err != nil {
			return err
		}
		allowed := &atomic.Bool{}
		allowed.Store(true)
		who, done, err := p.reads(cfg)
		if err != nil {
			return err
		}
		defer done()
		store := p.store(ctx, cfg, d, allowed, who)
		defer store.Close()
		cfg = onFolder(cfg, d)
		if err := p.onFolder(d, store); err != nil {
			return err
		}
	}
	profile := map[string]termenv.Profile{"ansi": termenv.TrueColor, "svg": termenv.TrueColor}
	colour, ok := profile[p.format]
	if !ok {
		colour = termenv.Ascii
	}
	env := p.stillEnv(ctx, cfg, colour)
	env.Bare = true
	s := p.sources(ctx, cfg, home.Options{Setup: !cfg.Configured()})
	if p.desk == nil {
		p.file, p.reading = p.instead(cfg)
		if err := p.onDemo(&s); err != nil {
			return err
		}
	}
	spec, list := p.pick(env, s)
	who, err := p.allowed(ctx, cfg, spec)
	if err != nil {
		return err
	}
	if p.file != "" && p.listed.ID == placesPage { // only now that it may be shown
		if s.Board, err = p.withPlaces(ctx, s.Board); err != nil {
			return worded{err}
		}
		spec, _ = p.pick(env, s)
	} else if p.file != "" && p.listed.Content != nil {
		return p.showInstead(ctx, env)
	}
	if store := s.Board.Store; store != nil && p.file == "" && p.listed.Live {
		if err := store.CacheProblem(); err != nil {
			fmt.Fprintln(p.err, session.Clean(err.Error(), 400))
		}
	}
	shown := still{spec.New(), nil}
	tabs := page.Tabs{Tabs: list(who, p.now())}
	if p.listed.Content != nil {
		err = p.drawBoard(ctx, &shown, page.Session{Session: who}, tabs)
	} else {
		shown.page.SetSize(p.width, p.height)
		err = offscreen.Drain(ctx, &shown, shown.page.Update(page.Session{Session: who}), shown.page.Update(tabs), shown.page.Init(), shown.page.Update(page.Shown{}))
	}
	if err != nil {
		return err
	}
	p.tell(shown)
	if err := p.print(env.Theme, shown); err != nil || p.failOn == "" {
		return err
	}
	return p.judge(&shown)
}

// tell prints what was guessed, changed or left out of a file.
func (p showCommand) tell(s still) {
	n, ok := s.page.(page.Noter)
	if !ok || p.file == "" || p.listed.ID == placesPage {
		return
	}
	for _, note := range n.Notes() {
		fmt.Fprintln(p.err, session.Clean(filepath.Base(p.file)+": "+note, maxNote))
	}
}

// print writes what was asked for. A page that could not do what it should
// says so as an error, after its frame or in the place of its data: a script
// must not take the message for figures. Of a file that cannot be used there
// is no frame.
func (p showCommand) print(t *theme.Theme, s still) error {
	var none *board.ValueError
	if errors.As(s.failed, &none) && p.countries == nil {
		return usage("--set: %v", none)
	}
	data := p.format == "csv" || p.format == "json"
	if s.failed != nil && (data || p.file != "") {
		return worded{s.failed}
	}
	if data {
		if err := p.figures(s); err != nil {
			return fmt.Errorf("%s as %s: %w", p.listed.ID, p.format, err)
		}
		return nil
	}
	if p.format == "text" && p.file != "" && s.failed == nil {
		if e, ok := s.page.(page.Exporter); ok {
			if err := e.Export(p.format, p.out); !errors.Is(err, page.ErrFormat) {
				return err
			}
		}
	}
	g, target := cell.NewGrid(p.width, p.height), page.Target(t)
	s.page.Draw(g)
	target.Reduce(g)
	if err := writeFrame(p.out, g, p.format); err != nil {
		return err
	}
	if s.failed == nil {
		return panelsFailed(s)
	}
	return s.failed
}

// panelsFailed says that panels do not show what they should: whoever has a
// frame printed by a clock does not see that in it.
func panelsFailed(s still) error {
	var all []string
	for _, err := range board.Failures(s.page) {
		all = append(all, err.Error())
	}
	for _, problem := range board.Troubles(s.page) {
		all = append(all, problem.String())
	}
	switch more := len(all) - 1; {
	case more < 0:
		return nil
	case more > 0:
		return fail(exitFailed, session.Clean(all[0], 400)+fmt.Sprintf(" (and %s more)", counted(more, "panel", "panels")))
	}
	return fail(exitFailed, session.Clean(all[0], 400))
}

// figures writes the data of a page.
func (p showCommand) figures(s still) error {
	e, ok := s.page.(page.Exporter)
	if !ok || p.listed.Content == nil && !slices.Contains(p.listed.Formats, p.format) {
		return usage("%s has no %s", p.listed.ID, p.format)
	}
	err := p.writeData(func(w io.Writer) error {
		if n := p.figuresPanel(s.page); n > 0 {
			return p.exportPanel(s.page, n, w)
		}
		return e.Export(p.format, w)
	})
	var several *board.SeveralError
	switch {
	case errors.As(err, &several):
		return usage("%v; name one with --panel", several)
	case errors.Is(err, page.ErrFormat):
		return usage("%s has no %s", p.listed.ID, p.format)
	}
	return err
}

// pick builds the asked page's spec with the command's own choices, and what
// Home wants to know of the others.
func (p showCommand) pick(env page.Env, s tui.Sources) (page.Spec, func(session.Session, time.Time) []page.Tab) {
	if p.seeded {
		s.Seed = &p.seed
	}
	var found page.Spec
	var specs []page.Spec
	for _, entry := range tui.Pages(s) {
		spec := entry(env)
		specs = append(specs, spec)
		if spec.ID == p.listed.ID {
			found = spec
		}
	}
	return found, func(who session.Session, now time.Time) []page.Tab {
		var tabs []page.Tab
		for _, s := range specs {
			tabs = append(tabs, page.Tab{ID: s.ID, Title: s.Title, Access: s.Access, Verdict: s.Access.Check(who, now)})
		}
		return tabs
	}
}

// allowed is the lock of `show`. A page open to anyone needs no session.
func (p showCommand) allowed(ctx context.Context, cfg config.Config, spec page.Spec) (session.Session, error) {
	var who session.Session
	if p.server != nil { // which has decided, and sent the page
		who, _ = p.visitor(ctx, cfg)
		return who, nil
	}
	if len(spec.Access.Groups) > 0 || p.listed.Personal {
		var err error
		who, err = p.visitor(ctx, cfg)
		if err != nil && !who.SignedIn() && len(spec.Access.Groups) > 0 {
			return who, err
		}
	}
	asks := spec.ID + " " + needs(spec.Access.Groups)
	switch spec.Access.Check(who, p.now()) {
	case session.NeedSignIn:
		how := "run tabgate login"
		if why := cfg.Folder.Why(); why != "" {
			how = "not signed in (" + why + ")"
		} else if !cfg.Configured() {
			how = notConfigured
		}
		return who, fail(exitNotSignedIn, "Please login! "+asks+": "+how)
	case session.NeedGroup:
		return who, fail(exitNoAccess, "You do not have access. Please contact the administrator. "+asks+"; your groups: "+groupList(who.Groups))
	}
	return who, nil
}
