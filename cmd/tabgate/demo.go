package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/muesli/termenv"
	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/cmd/tabgate/tour"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/tui"
	"github.com/authtabs/tabgate/tui/pages/home"
)

// demoCommand is the app on a user pool of its own.
type demoCommand struct {
	*wiring
	tour         bool
	size, format string // of the tour
}

func demoCmd(c *wiring) *cobra.Command {
	d := demoCommand{wiring: c}
	var noBrowser bool
	cmd := &cobra.Command{
		Use: "demo", Short: "Run the app on its own local user pool: nothing to set up", Args: noArgs,
		Long: "Runs the app on a user pool of its own, with bundled figures: no AWS account, no network.\n\n" +
			"In the app, l and a digit sign one of these in; no browser is needed. In yours, all have\nthe password " + localpool.DemoPassword + ":\n" + demoPeople() +
			"\nWithout a terminal, or with --tour, it plays the whole job by itself and prints what a\nperson would see, and what a gate (tabgate serve) over the same pages refuses to a program\nwhose own rules were patched away. The figures are public and part of the program.",
	}
	f := cmd.Flags()
	f.BoolVar(&d.tour, "tour", false, "play the main job by itself and print it")
	f.StringVar(&d.size, "size", "100x30", "with --tour: `COLSxROWS` of a frame")
	f.StringVar(&d.format, "format", "text", "with --tour: `FORMAT`, text or ansi")
	f.BoolVar(&noBrowser, "no-browser", false, "only show the address of the login page")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if noBrowser {
			c.browser = "none"
		}
		return d.run(cmd.Context())
	}
	return cmd
}

func (d demoCommand) run(ctx context.Context) error {
	cfg, err := config.Load(config.Options{Env: d.env, Path: d.configPath, User: d.user, Flags: d.values(), Pages: d.pages(), Demo: true})
	if err != nil {
		return err
	}
	pages := inForce(d.pages(), cfg)
	cfg.Offline = true
	return d.onLocalPool(cfg, groupsOf(pages), nil, func(cfg config.Config, pool *localpool.Pool) error {
		if d.tour || !d.outTTY || !d.inTTY {
			return d.play(ctx, cfg, pages, pool)
		}
		return newApp(d.wiring).showOn(ctx, cfg, pool, localpool.DemoPeople())
	})
}

// play is the tour in the place of the app. Beside the pool runs a gate over the
// folder that the demo's pages are from, so that the tour can show what it refuses.
func (d demoCommand) play(ctx context.Context, cfg config.Config, pages dashboard.Pages, pool *localpool.Pool) error {
	g := demoGate{wiring: d.wiring}
	o := tour.Options{Pool: pool, Pages: pages, Gated: g.pages(), Ask: g.ask, Out: d.out}
	var err error
	if o.Width, o.Height, err = parseSize(d.size); err != nil {
		return err
	}
	if o.Width < 40 || o.Height < 12 {
		return usage("--size must be at least 40x12 for the tour")
	}
	if _, tab := o.Closed(); tab == 0 {
		return coded{exitConfig, errors.New("the tour needs a page that is for a group, and the config file opens all to anyone signed in")}
	}
	colour, ok := map[string]termenv.Profile{"text": termenv.Ascii, "ansi": termenv.TrueColor}[d.format]
	if !ok {
		return usage("--format of the tour is text or ansi, not %q", d.format)
	}
	o.Colour = colour != termenv.Ascii
	end, err := g.serve(ctx, cfg)
	if err != nil {
		return err
	}
	defer end()
	o.Gate, cfg.Resource = g.address, g.address // tokens are made for it
	o.Start = func(ctx context.Context, open func(context.Context, string) error) (*tui.Root, func(), error) {
		svc, err := d.serviceWith(cfg, open)
		if err != nil {
			return nil, nil, err
		}
		g.signedIn(svc)
		return tui.New(d.stillEnv(ctx, cfg, colour), tui.Options{
			Auth: gatekeeper{Service: svc, quiet: true}, Pages: d.entries(ctx, cfg, home.Options{}), LocalPool: true,
		}), func() { svc.Close() }, nil
	}
	if err := tour.Play(ctx, o); err != nil {
		return err
	}
	fmt.Fprintln(d.err, "This was the tour. In a terminal, tabgate demo is the real thing. Its figures are public and part of\nthe program. Those of a folder that tabgate serve keeps behind a gate are in no program.")
	return nil
}

func demoPeople() string {
	text := ""
	for i, u := range localpool.DemoPeople() {
		text += fmt.Sprintf("  %d  %-24s %s\n", i+1, u.Email, groupList(u.Groups))
	}
	return text
}
