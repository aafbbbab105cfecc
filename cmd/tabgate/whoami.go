package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

var errNotSignedIn = fail(exitNotSignedIn, "you are not signed in; run tabgate login")

func groupList(groups []string) string {
	if len(groups) == 0 {
		return "none"
	}
	shown := make([]string, 0, len(groups))
	for i, g := range groups {
		if i == 20 {
			shown = append(shown, fmt.Sprintf("and %d more", len(groups)-i))
			break
		}
		shown = append(shown, session.Clean(g, 60))
	}
	return strings.Join(shown, ", ")
}

// mayOpen says in words who may open a page.
func mayOpen(groups []string) string {
	switch {
	case len(groups) == 0:
		return "anyone"
	case slices.Contains(groups, session.AnyoneSignedIn):
		return "anyone signed in"
	}
	return groupList(groups)
}

// needs says what a locked page asks for.
func needs(groups []string) string {
	switch {
	case slices.Contains(groups, session.AnyoneSignedIn):
		return "needs somebody signed in"
	case len(groups) > 1:
		return "needs one of the groups " + groupList(groups)
	}
	return "needs the group " + groupList(groups)
}

// fetching is how long a command waits for the public keys.
const fetching = 10 * time.Second

// current is the session in force: the stored one, checked with fetched keys
// where none are kept, and refreshed when it has ended and can be renewed.
func (w *world) current(ctx context.Context, svc *auth.Service) (session.Session, error) {
	s, err := svc.Restore(ctx)
	if errors.Is(err, auth.ErrNetwork) {
		limited, cancel := context.WithTimeout(ctx, fetching)
		defer cancel()
		switch _, failed := svc.Token(limited, "id"); { // it fetches them
		case failed != nil && limited.Err() != nil && ctx.Err() == nil:
			return s, err
		case failed != nil:
			return s, unkept(failed)
		}
		s, err = svc.Restore(ctx)
	}
	if err != nil || !s.SignedIn() || s.Live(w.now()) {
		return s, unkept(err)
	}
	renewed, err := svc.Refresh(ctx)
	if err != nil {
		return s, err
	}
	return renewed, nil
}

// unkept says of a store that cannot be read what it means here: nobody can
// be signed in, for the reason that the store gives.
func unkept(err error) error {
	var failed *store.Error
	if errors.As(err, &failed) {
		return coded{exitNotSignedIn, err}
	}
	return err
}

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

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(escaped(w))
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// whoami says who is signed in.
type whoami struct {
	*world
	asJSON, remote bool
}

func (c *command) whoamiCmd() *cobra.Command {
	who := whoami{world: c.world}
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
		if waits(cfg) {
			return who.waiting(cfg)
		}
		return c.with(cfg, func(cfg config.Config, svc *auth.Service) error {
			return who.run(cmd.Context(), cfg, svc)
		})
	}
	return cmd
}

// waiting is run where a sign-in of .env does not count yet.
func (w whoami) waiting(cfg config.Config) error {
	if w.asJSON {
		if err := writeJSON(w.out, identityOf(session.Session{Profile: cfg.Profile, TokenStore: cfg.TokenStore})); err != nil {
			return err
		}
	}
	return nobody(cfg.Folder)
}

func (w whoami) run(ctx context.Context, cfg config.Config, svc *auth.Service) error {
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
		s.Profile, s.TokenStore = cfg.Profile, orElse(s.TokenStore, cfg.TokenStore)
		if err := writeJSON(w.out, identityOf(s)); err != nil {
			return err
		}
	}
	switch {
	case !s.SignedIn() && err != nil:
		return err
	case !s.SignedIn():
		return nobody(cfg.Folder)
	case !s.Live(w.now()):
		fmt.Fprintln(w.err, "The session has ended and could not be renewed: "+session.Clean(fmt.Sprint(err), 300))
	}
	if w.asJSON {
		return nil
	}
	return w.print(cfg, s)
}

func (w whoami) print(cfg config.Config, s session.Session) error {
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
