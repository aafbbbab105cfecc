package main

import (
	"cmp"
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

// identity is the shape of `whoami --json`.
type identity struct {
	SignedIn   bool     `json:"signed_in"`
	Username   string   `json:"username"`
	Email      string   `json:"email"`
	Sub        string   `json:"sub"`
	Groups     []string `json:"groups"`
	Issuer     string   `json:"issuer"`
	ExpiresAt  string   `json:"expires_at"`
	TokenStore string   `json:"token_store"`
	Profile    string   `json:"profile"`
}

func identityOf(s session.Session) identity {
	id := identity{s.SignedIn(), s.Username, s.Email, s.Sub, s.Groups, s.Issuer, "", s.TokenStore, s.Profile}
	if id.Groups == nil {
		id.Groups = []string{}
	}
	if s.SignedIn() {
		id.ExpiresAt = s.ExpiresAt.UTC().Format(time.RFC3339)
	}
	return id
}

// whoamiCommand says who is signed in.
type whoamiCommand struct {
	*services
	asJSON, remote bool
}

func whoamiCmd(c *services) *cobra.Command {
	who := whoamiCommand{services: c}
	cmd := &cobra.Command{
		Use: "whoami", Short: "Say who is signed in, with which groups, until when", Args: noArgs,
		Long: "Says who is signed in, with which groups, until when, and where the session is kept.\nExit 3 when nobody is.",
	}
	cmd.Flags().BoolVar(&who.asJSON, "json", false, "print JSON")
	cmd.Flags().BoolVar(&who.remote, "remote", false, "ask the user pool as well")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		cfg, err := c.load()
		if err != nil {
			return err
		}
		if undecided(cfg) {
			return who.waiting(cfg)
		}
		return c.withServiceOf(cfg, func(cfg config.Config, svc *auth.Service) error {
			return who.run(cmd.Context(), cfg, svc)
		})
	}
	serverFlag(cmd, c)
	return cmd
}

// waiting is run where a sign-in of .env does not count yet.
func (w whoamiCommand) waiting(cfg config.Config) error {
	if w.asJSON {
		if err := writeJSON(w.out, identityOf(session.Session{Profile: cfg.Profile, TokenStore: cfg.TokenStore})); err != nil {
			return err
		}
	}
	return notSignedIn(cfg.Folder)
}

func (w whoamiCommand) run(ctx context.Context, cfg config.Config, svc *auth.Service) error {
	s, err := w.current(ctx, svc)
	if err != nil && !s.SignedIn() && exitCode(err, false) != exitNotSignedIn {
		return err
	}
	if w.remote && s.SignedIn() {
		if _, err := svc.UserInfo(ctx); err != nil {
			return err
		}
	}
	if w.asJSON {
		s.Profile, s.TokenStore = cfg.Profile, cmp.Or(s.TokenStore, cfg.TokenStore)
		if err := writeJSON(w.out, identityOf(s)); err != nil {
			return err
		}
	}
	switch {
	case !s.SignedIn() && err != nil:
		return err
	case !s.SignedIn():
		return notSignedIn(cfg.Folder)
	case !s.Live(w.now()):
		fmt.Fprintln(w.err, "The session has ended and could not be renewed: "+session.Clean(fmt.Sprint(err), 300))
	}
	if w.asJSON {
		return nil
	}
	return w.print(cfg, s)
}

func (w whoamiCommand) print(cfg config.Config, s session.Session) error {
	t := tabwriter.NewWriter(w.out, 0, 0, 2, ' ', 0)
	row := func(name, value string) { fmt.Fprintf(t, "%s\t%s\n", name, session.Clean(value, 200)) }
	row("user", s.Username)
	row("email", s.Email)
	row("sub", s.Sub)
	fmt.Fprintf(t, "groups\t%s\n", groupList(s.Groups))
	row("issuer", s.Issuer)
	row("valid until", s.ExpiresAt.Local().Format("2006-01-02 15:04:05 MST"))
	row("kept in", s.TokenStore)
	if cfg.Folder.State == config.Used {
		row("settings", cfg.Folder.Why())
	}
	if w.remote {
		row("user pool", "confirms this session")
	}
	if s.Note != "" {
		fmt.Fprintln(w.err, s.Note)
	}
	return t.Flush()
}
