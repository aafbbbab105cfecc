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
		Use: "trust [DIR]", Short: "Say whether a folder's .env may decide your sign-in",
		Long: "Shows what the .env of a folder (this one, without DIR) would decide about your sign-in, and\n" +
			"remembers your yes or no. It is for exactly these settings, wherever they lie: when they\nchange, you are asked again.",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("%s takes one folder", named(cmd))
			}
			return nil
		},
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
	switch u := cfg.Folder.Unit; {
	case u.Hash == "":
		return t.nothing(cfg)
	case t.forget:
		if err := t.answers().Forget(ctx, u.Hash); err != nil {
			return coded{exitConfig, err}
		}
		fmt.Fprintln(t.err, "Forgotten: you will be asked again.")
		return nil
	case t.yes || t.no:
		return t.decide(ctx, u, t.yes)
	}
	return t.show(ctx, cfg.Folder)
}

func folderAt(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
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
	err := t.remember(ctx, u, yes)
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
