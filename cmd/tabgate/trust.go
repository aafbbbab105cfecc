package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

// trustCommand says and remembers whether a folder's .env may decide the sign-in.
type trustCommand struct {
	*settings
	yes, no, forget bool
}

func trustCmd(c *settings) *cobra.Command {
	t := trustCommand{settings: c}
	cmd := &cobra.Command{
		Use: "trust [DIR]", Short: "Say what a folder may decide and reach",
		Long: "Shows what the .env of a folder (this one, without DIR) would decide about your sign-in, and\n" +
			"what its pages reach for outside of it: addresses, databases, variables and secret files. It\nremembers your yes or no, for exactly what it shows: when that changes, you are asked again.",
		Args: atMostOne("folder"),
	}
	cmd.Flags().BoolVar(&t.yes, "yes", false, "use it, without a question")
	cmd.Flags().BoolVar(&t.no, "no", false, "leave it out, without a question")
	cmd.Flags().BoolVar(&t.forget, "forget", false, "forget the answer, and be asked again")
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return t.run(cmd.Context(), args) }
	return cmd
}

func (t trustCommand) run(ctx context.Context, args []string) error {
	switch {
	case t.envFile != "":
		return usage("a file that --env-file names is yours: there is nothing to ask")
	case t.yes && t.no, t.yes && t.forget, t.no && t.forget:
		return usage("--yes, --no and --forget exclude each other: pass one")
	}
	if len(args) == 1 {
		t.dir, t.dotenv = folderAt(t.dir, args[0]), session.Clean(filepath.Join(args[0], ".env"), 200)
	}
	cfg, err := t.loadQuietly()
	if err != nil {
		return err
	}
	if s := cfg.Folder.State; s == config.Wrong || s == config.Ignored {
		return cfg.Folder.Err
	}
	t.showNotes(cfg)
	wishes, err := t.wishes()
	if err != nil {
		return err
	}
	if cfg.Folder.Unit.Hash != "" {
		if err := t.env(ctx, cfg.Folder); err != nil {
			return err
		}
	} else if len(wishes) == 0 {
		return t.nothing(cfg)
	}
	for _, w := range wishes {
		if err := t.folder(ctx, w); err != nil {
			return err
		}
	}
	return nil
}

// env is for the sign-in that .env names.
func (t trustCommand) env(ctx context.Context, f config.Folder) error {
	switch {
	case t.forget:
		return t.forgotten(ctx, f.Unit.Hash)
	case t.yes || t.no:
		return t.decide(ctx, f.Unit, t.yes)
	}
	return t.show(ctx, f)
}

func (t trustCommand) forgotten(ctx context.Context, hash string) error {
	if err := t.answers().Forget(ctx, hash); err != nil {
		return coded{exitConfig, err}
	}
	fmt.Fprintln(t.err, "Forgotten: you will be asked again.")
	return nil
}

// wishes are what a folder of pages wants: to be run by whoever is in it, and
// what lies outside of it.
func (t trustCommand) wishes() (wishes []wish, err error) {
	if !t.isDashboard(".") {
		return nil, nil
	}
	d, err := t.openDashboard(t.dir)
	if err != nil {
		return nil, err
	}
	defer d.close()
	wishes = append(wishes, d.itself())
	if w := t.outside(d); w.hash != "" {
		wishes = append(wishes, w)
	}
	return wishes, nil
}

// folder is for one wish of a folder of pages.
func (t trustCommand) folder(ctx context.Context, w wish) error {
	yes := t.yes
	switch {
	case t.forget:
		return t.forgotten(ctx, w.hash)
	case t.yes || t.no:
	default:
		said := t.said(w)
		state := map[config.Answer]string{
			config.Unasked: "You have not been asked yet. Say yes with tabgate trust --yes, no with --no.",
			config.Yes:     "You said yes. tabgate trust --no changes that.", config.No: "You said no. tabgate trust --yes changes that.",
		}[said]
		fmt.Fprintln(t.out, w.text)
		if said != config.Unasked || !t.inTTY {
			_, err := fmt.Fprintln(t.out, state)
			return err
		}
		var err error
		if yes, err = t.ask(ctx, "Let it?"); err != nil {
			return err
		}
	}
	if err := t.grant(ctx, w, yes); err != nil {
		return coded{exitConfig, err}
	}
	fmt.Fprintln(t.err, map[bool]string{true: "Yes: ", false: "No: "}[yes]+w.text)
	return nil
}

// nothing says why there is no question: .env has no sign-in, or it
// does not count, which the notes have said.
func (t trustCommand) nothing(cfg config.Config) error {
	if cfg.Folder.State == config.None {
		fmt.Fprintln(t.err, cmp.Or(t.dotenv, "./.env")+" names no sign-in, or is not there: there is nothing to decide.")
	}
	return nil
}

// show prints what .env would decide, and asks on a terminal.
func (t trustCommand) show(ctx context.Context, f config.Folder) error {
	fmt.Fprintln(t.out, f.Unit.Words())
	w := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
	for _, r := range f.Unit.Rows() {
		fmt.Fprintf(w, "  %s\t%s\n", r.Key, session.Clean(r.Value, 300))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	state := map[config.State]string{
		config.Waiting: "You have not been asked yet: it is not used.",
		config.Refused: "You said no: it is not used. tabgate trust --yes changes that.",
		config.Used:    "You said yes: it is used. tabgate trust --no changes that.",
	}[f.State]
	if f.State != config.Waiting || !t.inTTY {
		if f.State == config.Waiting {
			state += " Say yes with tabgate trust --yes, no with --no."
		}
		_, err := fmt.Fprintln(t.out, state)
		return err
	}
	yes, err := t.ask(ctx, "Use it?")
	if err != nil {
		return err
	}
	return t.decide(ctx, f.Unit, yes)
}

// decide remembers an answer and says what it means.
func (t trustCommand) decide(ctx context.Context, u config.Unit, yes bool) error {
	err := t.remember(ctx, u.Hash, u.Host+" "+u.Client, yes)
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case err != nil:
		return coded{exitConfig, err}
	case yes:
		fmt.Fprintln(t.err, "Yes: "+u.Words())
	default:
		fmt.Fprintln(t.err, "No: "+u.Origin()+" is left out.")
	}
	return nil
}
