package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/cmd/tabgate/consent"
)

// answers are what the user said to sign-ins of folders.
func (c *command) answers() consent.Answers { return consent.In(config.Dirs(c.env).State) }

// answer gives what the user said to what has this hash: in this run, or in
// an earlier one. With an error no earlier answer counts.
func (c *command) answer(hash string) (config.Answer, error) {
	if said, ok := c.said[hash]; ok {
		return said, nil
	}
	yes, known, err := c.answers().Said(hash)
	switch {
	case !known:
		return config.Unasked, err
	case yes:
		return config.Yes, nil
	}
	return config.No, nil
}

// remember keeps an answer for this run and, where there is a place for it,
// for all later ones.
func (c *command) remember(ctx context.Context, u config.Unit, yes bool) error {
	if c.said == nil {
		c.said = map[string]config.Answer{}
	}
	c.said[u.Hash] = config.No
	if yes {
		c.said[u.Hash] = config.Yes
	}
	return c.answers().Remember(ctx, u.Hash, session.Clean(u.Host+" "+u.Client, 200), yes, c.now())
}

// asked loads the configuration, and asks on a terminal whether a folder's
// .env may decide the sign-in, if that is not known yet.
func (c *command) asked(ctx context.Context) (config.Config, error) {
	cfg, err := c.load()
	if err != nil || cfg.Folder.State != config.Waiting || !c.inTTY {
		return cfg, err
	}
	u := cfg.Folder.Unit
	yes, err := c.ask(ctx, u.Words()+" Use it?")
	if err != nil {
		return cfg, err
	}
	if err := c.remember(ctx, u, yes); err != nil {
		fmt.Fprintln(c.err, "This counts only for now: "+session.Clean(err.Error(), 300))
	}
	return c.quiet()
}

// ask puts a question that enter answers with no.
func (c *command) ask(ctx context.Context, question string) (yes bool, err error) {
	fmt.Fprint(c.err, question+" [y/N] ")
	type reply struct {
		line string
		err  error
	}
	read := make(chan reply, 1)
	fault.Go(func() {
		line, err := oneLine(c.in)
		read <- reply{line, err}
	})
	select {
	case <-ctx.Done():
		fmt.Fprintln(c.err)
		return false, ctx.Err()
	case r := <-read:
		word := strings.ToLower(strings.TrimSpace(r.line))
		if r.err != nil && word == "" {
			fmt.Fprintln(c.err)
			return false, fail(exitConfig, "no answer was given; run tabgate trust when you know")
		}
		return word == "y" || word == "yes", nil
	}
}

// unconfigured is why there is no user pool to sign in to.
func unconfigured(f config.Folder) error {
	switch f.State {
	case config.Wrong:
		return f.Err
	case config.Waiting:
		return fail(exitConfig, f.Why()+" (in scripts tabgate trust --yes), or name a file of your own with --env-file FILE")
	case config.Refused:
		return fail(exitConfig, f.Why()+", or name a file of your own with --env-file FILE")
	}
	return fail(exitConfig, notConfigured)
}

// waits reports whether a sign-in of .env would count if the user said yes.
func waits(cfg config.Config) bool {
	return cfg.Folder.State == config.Waiting || cfg.Folder.State == config.Refused
}

// nobody is what a command says where nobody is signed in: a sign-in of .env
// that does not count is as good as none.
func nobody(f config.Folder) error {
	switch f.State {
	case config.Waiting, config.Refused:
		return fail(exitNotSignedIn, "not signed in ("+f.Why()+")")
	case config.Used:
		return fail(exitNotSignedIn, "not signed in ("+f.Why()+"); run tabgate login")
	}
	return errNotSignedIn
}

func (c *command) trustCmd() *cobra.Command {
	var yes, no, forget bool
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
	cmd.Flags().BoolVar(&yes, "yes", false, "use it, without a question")
	cmd.Flags().BoolVar(&no, "no", false, "leave it out, without a question")
	cmd.Flags().BoolVar(&forget, "forget", false, "forget the answer, and be asked again")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case c.envFile != "":
			return usage("a file that --env-file names is yours: there is nothing to ask")
		case yes && no, yes && forget, no && forget:
			return usage("--yes, --no and --forget exclude each other: pass one")
		}
		if len(args) == 1 {
			c.dir, c.dotenv = folderAt(c.dir, args[0]), session.Clean(filepath.Join(args[0], ".env"), 200)
		}
		cfg, err := c.quiet()
		if err != nil {
			return err
		}
		if s := cfg.Folder.State; s == config.Wrong || s == config.Ignored {
			return cfg.Folder.Err
		}
		c.tell(cfg)
		switch f := cfg.Folder; {
		case f.Unit.Hash == "":
			return c.nothingToTrust(cfg)
		case forget:
			if err := c.answers().Forget(cmd.Context(), f.Unit.Hash); err != nil {
				return coded{exitConfig, err}
			}
			fmt.Fprintln(c.err, "Forgotten: you will be asked again.")
			return nil
		case yes || no:
			return c.trust(cmd.Context(), f.Unit, yes)
		}
		return c.showTrust(cmd.Context(), cfg.Folder)
	}
	return cmd
}

func folderAt(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
}

// nothingToTrust says why there is no question: .env has no sign-in, or it
// does not count, which the notes have said.
func (c *command) nothingToTrust(cfg config.Config) error {
	if cfg.Folder.State == config.None {
		fmt.Fprintln(c.err, orElse(c.dotenv, "./.env")+" names no sign-in, or is not there: there is nothing to decide.")
	}
	return nil
}

// showTrust prints what .env would decide, and asks on a terminal.
func (c *command) showTrust(ctx context.Context, f config.Folder) error {
	fmt.Fprintln(c.out, f.Unit.Words())
	t := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for _, r := range f.Unit.Rows() {
		fmt.Fprintf(t, "  %s\t%s\n", r.Key, session.Clean(r.Value, 300))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	state := map[config.State]string{
		config.Waiting: "You have not been asked yet: it is not used.",
		config.Refused: "You said no: it is not used. tabgate trust --yes changes that.",
		config.Used:    "You said yes: it is used. tabgate trust --no changes that.",
	}[f.State]
	if f.State != config.Waiting || !c.inTTY {
		if f.State == config.Waiting {
			state += " Say yes with tabgate trust --yes, no with --no."
		}
		_, err := fmt.Fprintln(c.out, state)
		return err
	}
	yes, err := c.ask(ctx, "Use it?")
	if err != nil {
		return err
	}
	return c.trust(ctx, f.Unit, yes)
}

// trust remembers an answer and says what it means.
func (c *command) trust(ctx context.Context, u config.Unit, yes bool) error {
	err := c.remember(ctx, u, yes)
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case err != nil:
		return coded{exitConfig, err}
	case yes:
		fmt.Fprintln(c.err, "Yes: "+u.Words())
	default:
		fmt.Fprintln(c.err, "No: "+u.Origin()+" is left out.")
	}
	return nil
}
