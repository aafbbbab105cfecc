package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

func tokenCmd(c *services) *cobra.Command {
	var force, header bool
	cmd := &cobra.Command{
		Use: "token [access|id]", Short: "Print a fresh token for scripts",
		Long: "Prints an access token (or the ID token) that has not run out, refreshing the session where\n" +
			"needed. It prints to no terminal unless forced: what stands on a screen is easily copied.\n\n" +
			"With --header it prints the whole line \"Authorization: Bearer ...\", which curl reads from a\n" +
			"file (bash, zsh) or, in any shell, from its input: tabgate token --header | curl -H @- URL.\n" +
			"Never put a token into a command's arguments: every user of the machine can read those.",
		ValidArgs: []string{"access", "id"},
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return oneOf("kind of token", "access", "id")(cmd, args)
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "print it to a terminal all the same")
	cmd.Flags().BoolVar(&header, "header", false, "print the header line of a request: Authorization: Bearer ...")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if c.outTTY && !force {
			return usage("a token does not belong on a screen: pipe it, as in curl -H @<(tabgate token --header) …, or pass --force")
		}
		kind := "access"
		if len(args) == 1 {
			kind = args[0]
		}
		before := ""
		if header {
			before = "Authorization: Bearer "
		}
		return c.withService(func(cfg config.Config, svc *auth.Service) error {
			token, err := svc.Token(cmd.Context(), kind)
			if errors.Is(err, auth.ErrNotSignedIn) && cfg.Folder.State == config.Used {
				return notSignedIn(cfg.Folder)
			}
			if err != nil {
				return asNotSignedIn(err)
			}
			_, err = fmt.Fprintln(c.out, before+token.Reveal())
			return err
		})
	}
	serverFlag(cmd, c)
	return cmd
}
