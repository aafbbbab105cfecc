package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/cmd/tabgate/offscreen"
	"github.com/authtabs/tabgate/data"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/textfile"
	"github.com/authtabs/tabgate/tui"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/pages/home"
	"github.com/authtabs/tabgate/tui/theme"
)

// showCommand prints one frame of a page, or its figures.
type showCommand struct {
	*wiring
	listed             dashboard.Page
	size, format, file string
	reading            textfile.Options // of file
	countries          []string
	seed               uint64
	seeded             bool
	sheet              bool // for a spreadsheet
	width, height      int
}

func showCmd(c *wiring) *cobra.Command {
	p := showCommand{wiring: c}
	var countries string
	cmd := &cobra.Command{
		Use: "show PAGE", Short: "Print one frame of a page, or its data", ValidArgs: c.pages().IDs(), Args: oneOf("page", c.pages().IDs()...),
		Long: "Prints one frame of a page (text, ansi, svg) or its data (csv, json) on stdout.\nThe page's lock applies: exit 3 when you are not signed in, 4 without its group.\n\nWith --data a file is shown, read as inspect reads it and with its flags (its --format is\n--data-format here; tsv, ndjson, parquet, arrow and sqlite:TABLE go with either): as text all\nof its rows under their names and types. What was guessed or left out is told on stderr.",
	}
	f := cmd.Flags()
	f.StringVar(&p.size, "size", "120x40", "`COLSxROWS` of the frame")
	f.StringVar(&p.format, "format", "text", "`FORMAT`: text, ansi, svg, csv or json")
	f.Uint64Var(&p.seed, "seed", 0, "`NUMBER` that the walk follows from ("+c.pages().WithFlag("seed")+")")
	f.StringVar(&p.file, "data", "", "`FILE` to show instead of the page's own figures ("+c.pages().WithFlag("data")+")")
	f.StringVar(&countries, "countries", "", "`NAMES` of countries, with commas between ("+c.pages().WithFlag("countries")+")")
	f.BoolVar(&p.sheet, "spreadsheet-safe", false, "csv whose cells no spreadsheet runs as formulas: ' before = + - @, numbers as they are")
	reading := readingFlags(cmd, renamed)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		p.listed, _ = c.pages().Find(args[0])
		for _, flag := range []string{"seed", "data", "countries"} {
			if f.Changed(flag) && !slices.Contains(p.listed.Flags, flag) {
				return usage("%s has no --%s, which is for %s", p.listed.ID, flag, c.pages().WithFlag(flag))
			}
		}
		p.seeded = f.Changed("seed")
		if f.Changed("countries") {
			p.countries = strings.FieldsFunc(countries, func(r rune) bool { return r == ',' }) // none is a choice too
		}
		var err error
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
		if p.reading, err = reading(); err != nil {
			return err
		}
		if given := strayReading(f); given != "" && p.file == "" {
			return usage("--%s says how a file is read: name it with --data", given)
		}
		cfg, err := c.load()
		if err != nil {
			return err
		}
		return p.run(cmd.Context(), cfg)
	}
	return cmd
}

// run asks the gate, then builds the page and prints it.
func (p showCommand) run(ctx context.Context, cfg config.Config) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	profile := map[string]termenv.Profile{"ansi": termenv.TrueColor, "svg": termenv.TrueColor}
	colour, ok := profile[p.format]
	if !ok {
		colour = termenv.Ascii
	}
	env := p.stillEnv(ctx, cfg, colour)
	env.Bare = true
	spec, list := p.pick(env, cfg)
	who, err := p.allowed(ctx, cfg, spec)
	if err != nil {
		return err
	}
	if err := p.source(cfg, "", p.reading).CacheProblem(); err != nil && p.file == "" && p.listed.Live {
		fmt.Fprintln(p.err, session.Clean(err.Error(), 400))
	}
	shown := still{spec.New(), nil}
	shown.page.SetSize(p.width, p.height)
	tabs := page.Tabs{Tabs: list(who, p.now())}
	if err := offscreen.Drain(ctx, &shown, shown.page.Update(page.Session{Session: who}), shown.page.Update(tabs), shown.page.Init(), shown.page.Update(page.Shown{})); err != nil {
		return err
	}
	p.tell(shown)
	return p.print(env.Theme, shown)
}

// tell prints what was guessed, changed or left out of a file.
func (p showCommand) tell(s still) {
	n, ok := s.page.(page.Noter)
	if !ok || p.file == "" {
		return
	}
	for _, note := range n.Notes() {
		fmt.Fprintln(p.err, session.Clean(filepath.Base(p.file)+": "+note, maxNote))
	}
}

// maxNote is the longest note that is printed, in characters.
const maxNote = 2000

// printed reports whether show prints a format. With --data, what only files
// have says how the file is read.
func printed(format string) bool {
	return slices.Contains([]string{"text", "ansi", "svg", "csv", "json"}, format)
}

// renamed are the flags for reading a file that show has others of.
var renamed = map[string]string{"format": "data-format"}

// worded is an error of a reader that names the flags as they are called here.
type worded struct{ error }

// Error implements error.
func (w worded) Error() string {
	return strings.ReplaceAll(w.error.Error(), "--format sqlite:", "--data-format sqlite:")
}

// Unwrap returns the error as the reader has it.
func (w worded) Unwrap() error { return w.error }

// strayReading returns the first flag for reading a file that was given, "" for
// none.
func strayReading(f *pflag.FlagSet) string {
	for _, key := range textfile.Keys {
		if name := cmp.Or(renamed[key], key); f.Changed(name) {
			return name
		}
	}
	return ""
}

// print writes what was asked for. A page that could not do what it should
// says so as an error, after its frame or in the place of its data: a script
// must not take the message for figures. Of a file that cannot be used there
// is no frame.
func (p showCommand) print(t *theme.Theme, s still) error {
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
	return s.failed
}

// figures writes the data of a page. On a terminal, csv is freed of control
// characters, which json escapes.
func (p showCommand) figures(s still) error {
	e, ok := s.page.(page.Exporter)
	if !ok || !slices.Contains(p.listed.Formats, p.format) {
		return usage("%s has no %s", p.listed.ID, p.format)
	}
	out := p.out
	if p.format == "json" {
		out = escaped(out)
	} else if p.outTTY {
		out = cleaned(out)
	}
	if !p.sheet {
		return e.Export(p.format, out)
	}
	safe := data.NewSpreadsheetWriter(out)
	return errors.Join(e.Export(p.format, safe), safe.Close())
}

// pick builds the asked page's spec with the command's own choices, and what
// Home wants to know of the others.
func (p showCommand) pick(env page.Env, cfg config.Config) (page.Spec, func(session.Session, time.Time) []page.Tab) {
	s := p.sources(cfg, home.Options{Setup: !cfg.Configured()})
	s.DataFrame.Countries = p.countries
	if p.seeded {
		s.Walk.Seed, s.Walk.Seeded = p.seed, true
	}
	if p.file != "" {
		s.City = p.source(cfg, p.file, p.reading)
		s.DataFrame.File, s.DataFrame.Reading = p.file, p.reading
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

// still is one page as a model, for [offscreen.Drain].
type still struct {
	page   page.Page
	failed error
}

func (s *still) Init() tea.Cmd { return nil }
func (s *still) View() string  { return "" }
func (s *still) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if f, ok := msg.(page.Failed); ok {
		s.failed = f.Err
	}
	return s, s.page.Update(msg)
}
