package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/data/gate/client"
)

// connectCommand agrees to a server, or takes that back.
type connectCommand struct {
	*app
	yes    bool
	forget string
}

func connectCmd(a *app) *cobra.Command {
	c := connectCommand{app: a}
	cmd := &cobra.Command{
		Use: "connect URL", Short: "Show the pages of a server",
		Long: "Asks a server which people it shows its pages to, and once you have agreed to it, runs the app\n" +
			"on its pages; tabgate URL does the same. What the server said of itself is remembered: when it\nsays something else one day, nothing is sent to it until you agree again.\n\n" +
			"With --yes it only agrees, without a question. With --forget it ends your session there: the\nrefresh token is revoked, the session deleted, and the server is a stranger again.",
		Args: func(_ *cobra.Command, args []string) error {
			if (len(args) == 1) == (c.forget != "") || len(args) > 1 {
				return usage("connect takes one address, or --forget URL")
			}
			return nil
		},
	}
	c.opening.bind(cmd.Flags())
	cmd.Flags().BoolVar(&c.yes, "yes", false, "agree to it, without a question")
	cmd.Flags().StringVar(&c.forget, "forget", "", "`URL` of a server to forget")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case c.forget != "":
			return c.forgetServer(cmd.Context(), c.forget)
		case c.yes:
			return c.agreeTo(cmd.Context(), args[0])
		}
		return c.runServer(cmd.Context(), args[0])
	}
	return cmd
}

// agreeTo remembers a server as it is now.
func (c connectCommand) agreeTo(ctx context.Context, typed string) error {
	at, err := client.ParseAddress(typed)
	if err != nil {
		return usage("%v", err)
	}
	cfg, err := c.loadQuietly()
	if err != nil {
		return err
	}
	o, err := c.fetchOffer(ctx, cfg, at)
	if err != nil {
		return err
	}
	fmt.Fprintln(c.err, o.Words())
	if second := o.SecondWarning(c.usersOf(cfg, o)); second != "" {
		fmt.Fprintln(c.err, second)
	}
	if at.Loopback() {
		fmt.Fprintln(c.err, "A server of this machine is not remembered: pass --yes to the command that asks it.")
		return nil
	}
	if err := c.pins().Keep(ctx, o, c.now()); err != nil {
		return coded{exitConfig, err}
	}
	fmt.Fprintf(c.err, "Remembered. Its pages: tabgate %s\n", at)
	return nil
}

// forgetServer ends the session with a server and forgets it. The server itself
// is not asked, and need not be there.
func (c connectCommand) forgetServer(ctx context.Context, typed string) error {
	at, err := client.ParseAddress(typed)
	if err != nil {
		return usage("%v", err)
	}
	pin, known, err := c.pins().Of(at.String())
	if err != nil {
		return coded{exitConfig, err}
	}
	if !known {
		fmt.Fprintf(c.err, "%s was not remembered.\n", at)
		return nil
	}
	cfg, err := c.loadQuietly()
	if err != nil {
		return err
	}
	ended := c.withServiceOf(onServer(cfg, pin.Offer), func(_ config.Config, svc *auth.Service) error {
		defer awaitBrowser(ctx, c.err, svc)
		return signOut(ctx, c.err, svc, true)
	})
	if err := c.pins().Forget(ctx, at.String()); err != nil {
		return coded{exitConfig, err}
	}
	fmt.Fprintf(c.err, "%s is forgotten: you will be asked before anything is sent to it again.\n", at)
	return ended
}

// runServer is the app on the pages of a server.
func (a *app) runServer(ctx context.Context, typed string) error {
	if !a.outTTY || !a.inTTY {
		if at, err := client.ParseAddress(typed); err != nil {
			return usage("%v", err)
		} else if err := a.useServer(ctx, typed, false); err != nil {
			return err
		} else {
			return usage("the app needs a terminal; for one frame there is tabgate show PAGE --server %s", at)
		}
	}
	if err := a.useServer(ctx, typed, false); err != nil {
		return err
	}
	cfg, err := a.loadQuietly()
	if err != nil {
		return err
	}
	svc, err := a.appService(cfg)
	if err != nil {
		return err
	}
	defer svc.Close()
	gate, err := a.gate(cfg, svc, func(error) {})
	if err != nil {
		return err
	}
	return a.showPages(ctx, cfg, gate, func() error { return a.show(ctx, cfg, svc) })
}
