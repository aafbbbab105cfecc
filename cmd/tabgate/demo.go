package main

import (
	"context"
	"fmt"
	"net/url"
	"os"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

func (c *command) demoCmd() *cobra.Command {
	var tour bool
	var size, format string
	var noBrowser bool
	cmd := &cobra.Command{
		Use: "demo", Short: "Run the app on its own local user pool: nothing to set up", Args: noArgs,
		Long: "Runs the app on a user pool of its own, with bundled figures: no AWS account, no network.\n\n" +
			"People, all with the password " + localpool.DemoPassword + ":\n" + demoPeople() +
			"\nWithout a terminal, or with --tour, it plays the whole job by itself and prints what a\nperson would see.",
	}
	f := cmd.Flags()
	f.BoolVar(&tour, "tour", false, "play the main job by itself and print it")
	f.StringVar(&size, "size", "100x30", "with --tour: `COLSxROWS` of a frame")
	f.StringVar(&format, "format", "text", "with --tour: `FORMAT`, text or ansi")
	f.BoolVar(&noBrowser, "no-browser", false, "only show the address of the login page")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if noBrowser {
			c.browser = "none"
		}
		cfg, err := config.Load(config.Options{Env: c.env, Flags: c.flags(), Pages: c.pages(), Demo: true})
		if err != nil {
			return err
		}
		pool, err := localpool.New(localpool.Options{RedirectURIs: demoAddresses()})
		if err != nil {
			return err
		}
		defer pool.Close()
		pool.Start()
		cfg = onPool(cfg, pool)
		// The pool's issuer is new each time: what is remembered of it must
		// not pile up, and a person without a home has a demo too.
		if c.state, err = os.MkdirTemp("", "tabgate-demo-"); err != nil {
			return fmt.Errorf("the demo has no directory for its files (%w): set TMPDIR to one that can be written", bare(err))
		}
		defer os.RemoveAll(c.state)
		if tour || !c.outTTY || !c.inTTY {
			t, err := newTour(c, pool, cfg, size, format)
			if err != nil {
				return err
			}
			return t.play(cmd.Context())
		}
		c.publish(pool)
		return c.demo(cmd.Context(), cfg)
	}
	return cmd
}

func (c *command) demo(ctx context.Context, cfg config.Config) error {
	svc, err := c.service(cfg)
	if err != nil {
		return err
	}
	defer svc.Close()
	return c.show(ctx, cfg, svc)
}

func demoPeople() string {
	text := ""
	for _, u := range localpool.DemoPeople() {
		text += fmt.Sprintf("  %-26s %s\n", u.Email, groupList(u.Groups))
	}
	return text
}

// demoAddresses are more than the pool's usual ones: nothing has to be set up
// for the demo, so neither other demos nor other programs may be in its way.
func demoAddresses() []string {
	var list []string
	for port := 8501; port <= 8510; port++ {
		list = append(list, fmt.Sprintf("http://localhost:%d/", port))
	}
	return list
}

// onPool points a configuration at a local pool. The session is kept in
// memory: the pool's keys and people end with it, so it could not be restored.
func onPool(cfg config.Config, pool *localpool.Pool) config.Config {
	u, err := url.Parse(pool.Domain())
	if err != nil {
		panic("the local pool's own address: " + err.Error()) // a mistake of ours, not of the person's
	}
	cfg.Profile, cfg.Domain, cfg.ClientID, cfg.Issuer = "demo", u, pool.ClientID(), pool.Issuer()
	cfg.RedirectURIs, cfg.LogoutURI = demoAddresses(), pool.SignedOutURI()
	cfg.Scopes, cfg.TokenStore, cfg.Offline = []string{"openid", "email"}, "memory", true
	return cfg
}
