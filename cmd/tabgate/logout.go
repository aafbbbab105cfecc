package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

func (c *command) logoutCmd() *cobra.Command {
	var local bool
	cmd := &cobra.Command{
		Use: "logout", Short: "Sign out: revoke, delete, and end the browser's session", Args: noArgs,
		Long: "Revokes the refresh token, deletes the stored session (without a network too), and opens the\nuser pool's sign-out page, so that the browser is signed out as well. It says how each went.",
	}
	cmd.Flags().BoolVar(&local, "local", false, "leave the browser's Cognito session alone")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.signed(func(_ config.Config, svc *auth.Service) error { return c.logout(cmd.Context(), svc, !local) })
	}
	return cmd
}

// logout says how each step went. Only what stays behind on this machine is a
// failure: Cognito's side ends by itself, and the text says so.
func (c *command) logout(ctx context.Context, svc *auth.Service, browser bool) error {
	failed := false
	for _, step := range svc.SignOut(ctx, browser) {
		fmt.Fprintln(c.err, session.Clean(step.Text, 400))
		failed = failed || step.Name == "delete" && step.Err != nil
	}
	if failed {
		return fail(exitFailed, "the stored session could not be deleted: see above")
	}
	return nil
}
