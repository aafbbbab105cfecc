package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/secret"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

func logoutCmd(c *services) *cobra.Command {
	var local, all bool
	cmd := &cobra.Command{
		Use: "logout", Short: "Sign out: revoke, delete, and end the browser's session", Args: noArgs,
		Long: "Revokes the refresh token, deletes the stored session (even offline), and opens the\nuser pool's sign-out page, so that the browser is signed out as well. It says how each went,\nand names the sessions of other profiles, user pools and stores that are left.\n\n" +
			"With --all it ends every session that your keyring and files hold, whatever the settings are\nnow; it needs no configuration. Each refresh token is revoked at its own user pool.",
	}
	cmd.Flags().BoolVar(&local, "local", false, "leave the browser's Cognito session alone")
	cmd.Flags().BoolVar(&all, "all", false, "end every stored session, of all profiles, user pools and stores")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if all {
			return logoutCommand{c}.all(cmd.Context(), !local)
		}
		told := func(store.Entry) bool { return false }
		err := c.withService(func(_ config.Config, svc *auth.Service) error {
			told = svc.Owns
			defer awaitBrowser(cmd.Context(), c.err, svc)
			return signOut(cmd.Context(), c.err, svc, !local)
		})
		left, unread := c.stored()
		nameLeft(c.err, slices.DeleteFunc(left, told), unread)
		return err
	}
	serverFlag(cmd, c)
	return cmd
}

// signOut says how each step went. Only what stays behind on this machine is a
// failure: Cognito's side ends by itself, and the text says so.
func signOut(ctx context.Context, w io.Writer, svc *auth.Service, browser bool) error {
	failed := false
	for _, step := range svc.SignOut(ctx, browser) {
		fmt.Fprintln(w, session.Clean(step.Text, 400))
		failed = failed || step.Name == "delete" && step.Err != nil
	}
	if failed {
		return fail(exitFailed, "the stored session could not be deleted: see above")
	}
	return nil
}

// awaitBrowser gives the browser the moment that it needs to come to the last
// page of a sign-out, which ends with this program.
func awaitBrowser(ctx context.Context, w io.Writer, svc *auth.Service) {
	soon, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if svc.AwaitLastPage(soon) || ctx.Err() != nil {
		return
	}
	fmt.Fprintln(w, "Waiting a few seconds until your browser has its last page; ctrl+c ends the wait, you are signed out.")
	svc.AwaitLastPage(ctx)
}

// nameLeft says which sessions a logout left, or why that cannot be told, and
// how to end them.
func nameLeft(w io.Writer, left []store.Entry, unread error) {
	if unread != nil {
		fmt.Fprintln(w, "Whether other sessions are stored cannot be told: "+session.Clean(unread.Error(), 300))
	}
	for _, e := range left {
		what := "Also signed in"
		if e.Ended {
			what = "Signed out earlier, but not deleted"
		}
		fmt.Fprintf(w, "%s: %s.\n", what, e)
	}
	if len(left) > 0 {
		fmt.Fprintln(w, "To end every stored session: tabgate logout --all")
	}
}

// logoutCommand ends every session, whatever the settings are now.
type logoutCommand struct{ *services }

// all ends every session that the user's stores hold. A configuration
// that is missing or wrong is in nobody's way.
func (c logoutCommand) all(ctx context.Context, browser bool) error {
	cfg, cfgErr := c.loadQuietly()
	network, err := c.network(cfg)
	if err != nil {
		fmt.Fprintln(c.err, session.Clean(err.Error(), 400)) // the system's certificates will have to do
	}
	stores, storeErr := storesOfUser(config.Dirs(c.env).State)
	ended, err := auth.EndAll(ctx, auth.AllOptions{
		Stores: stores, StateDir: c.stateDir(), HTTP: cognito.HTTPClient(network), Secret: c.secretOf,
	})
	if err != nil {
		return err
	}
	if len(ended) == 0 && storeErr == nil {
		fmt.Fprintln(c.err, "There was no stored session.")
	}
	failed := storeErr != nil
	if failed {
		fmt.Fprintln(c.err, "Sessions in files were not looked for: "+session.Clean(storeErr.Error(), 300))
	}
	for _, e := range ended {
		fmt.Fprintln(c.err, session.Clean(e.Text, 400))
		failed = failed || e.Err != nil
	}
	if browser {
		c.leaveBrowser(ctx, cfg, cfgErr, ended)
	}
	if failed {
		return fail(exitFailed, "not every stored session could be deleted: see above")
	}
	return nil
}

// leaveBrowser signs the browser out at the configured user pool, and says at
// which others it may stay signed in.
func (c logoutCommand) leaveBrowser(ctx context.Context, cfg config.Config, cfgErr error, ended []auth.Ended) {
	done := ""
	if cfgErr == nil && cfg.Configured() {
		if svc, err := c.service(cfg); err == nil {
			defer svc.Close()
			fmt.Fprintln(c.err, session.Clean(svc.SignOutBrowser(ctx).Text, 400))
			awaitBrowser(ctx, c.err, svc)
			done = cfg.Domain.Host
		}
	}
	var others []string
	for _, e := range ended {
		if host := e.Entry.Host(); host != "" && host != done && !slices.Contains(others, host) {
			others = append(others, host)
		}
	}
	if len(others) > 0 {
		fmt.Fprintf(c.err, "Your browser may stay signed in for up to an hour at %s.\n", session.Clean(strings.Join(others, ", "), 300))
	}
}

// secretOf gives the app client's secret of a stored session, where the
// settings of its profile are still those of its own user pool and app client.
func (c logoutCommand) secretOf(a store.Account) secret.Text {
	for _, profile := range []string{c.profile, a.Profile} {
		cfg, err := c.inProfile(profile)
		if err == nil && cfg.Configured() && cfg.Domain.Scheme+"://"+cfg.Domain.Host == a.Domain && cfg.ClientID == a.ClientID {
			return cfg.ClientSecret
		}
	}
	return secret.Text{}
}
