package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"github.com/muesli/termenv"
	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/transport"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/cmd/tabgate/doctor"
	"github.com/authtabs/tabgate/tui/theme"
)

// doctorPatience is how long doctor waits for one answer; all of it takes
// twice as long at most.
const doctorPatience = 5 * time.Second

func doctorCmd(c *services) *cobra.Command {
	var asJSON bool
	var dir string
	cmd := &cobra.Command{
		Use: "doctor", Short: "Find what keeps a sign-in from working, and name the fix", Args: noArgs,
		Long: "Checks the configuration, the user pool, the app client, the addresses, the keyring,\nthe clock and the terminal, and the folder of pages that --dir names or that it is in. With\n--server it checks a server of pages: what it says of itself, whether your token is for it, and\nthat it refuses one which must not pass. It signs nobody in, changes nothing, and takes ten seconds\nat most.\nExit 0 when nothing failed, 5 when the configuration is wrong, 6 when the user pool is out\nof reach, 1 otherwise.",
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	dirFlag(cmd, &dir)
	serverFlag(cmd, c)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		cfg, err := c.subject(cmd.Context(), asJSON)
		if errors.Is(err, context.Canceled) {
			return err
		}
		deps := c.doctorDeps(cfg, err)
		done := c.examining(deps.Config, asJSON)
		checks := doctor.Run(cmd.Context(), deps)
		done()
		checks = append(append(checks, c.checkFolder(dir)...), c.checkServer(cmd.Context(), dir, doctorPatience)...)
		checks = append(checks, c.checkRemote(cmd.Context(), deps.Config)...)
		if err := cmd.Context().Err(); err != nil {
			return err // whoever pressed ctrl+c has not asked what could not be asked
		}
		found := diagnosis{doctor.Healthy(checks), checks}
		if asJSON {
			if err := writeJSON(c.out, found); err != nil {
				return err
			}
		} else if _, err := io.WriteString(c.out, c.layout().text(found)); err != nil {
			return err
		}
		return found.verdict()
	}
	return cmd
}

// checkFolder checks the folder of pages that was named, or that one is in; none
// is no check.
func (w *world) checkFolder(dir string) []doctor.Check {
	if dir == "" {
		if !w.isDashboard(".") {
			return nil
		}
		dir = "."
	}
	d, err := w.openDashboard(dir)
	if err != nil {
		return []doctor.Check{{ID: "folder", Status: doctor.Fail, Detail: session.Clean(err.Error(), 400), Fix: "fix it, or name another with --dir"}}
	}
	defer d.close()
	c := doctor.Check{ID: "folder", Status: doctor.OK, Detail: fmt.Sprintf("%s: %s", d.called(), counted(len(d.Pages)-1, "page", "pages"))}
	if n := len(d.problems); n > 0 {
		c.Status = doctor.Warn
		if d.errors() > 0 {
			c.Status = doctor.Fail
		}
		c.Detail += ", " + session.Clean(d.problems[0].String(), 400)
		c.Fix = "fix it; tabgate check " + d.called() + " lists " + counted(n, "problem", "problems")
	}
	return []doctor.Check{c}
}

// examining says on a terminal what takes its time; done takes it away again.
func (w *world) examining(cfg config.Config, asJSON bool) (done func()) {
	if !w.outTTY || asJSON || !cfg.Configured() || w.env.get("TERM") == "dumb" {
		return func() {}
	}
	fmt.Fprintf(w.out, "Asking %s; this takes %v at most. ", session.Clean(cfg.Domain.Host, 50), 2*doctorPatience)
	return func() { fmt.Fprint(w.out, "\r\x1b[K") }
}

// subject is the configuration that is looked at. Whoever sits at a terminal is
// asked about a folder's .env first: nothing is sent to anybody before.
func (c *services) subject(ctx context.Context, asJSON bool) (config.Config, error) {
	if asJSON || !c.outTTY {
		return c.load()
	}
	return c.loadAndAsk(ctx)
}

// doctorDeps is what the checks look at. What could not even be made is a
// finding, not the end.
func (c *services) doctorDeps(cfg config.Config, cfgErr error) doctor.Deps {
	network, httpErr := c.network(cfg)
	kept, storeErr := storeOf(cfg, config.Dirs(c.env).State)
	stored, storedErr := c.stored()
	return doctor.Deps{
		Config: cfg, ConfigErr: cfgErr, Path: c.configFile(), HTTP: cognito.HTTPClient(network), HTTPErr: httpErr, Proxies: transport.NewProxies(c.env), Store: kept, StoreErr: storeErr,
		Stored: stored, StoredErr: storedErr,
		StateDir: config.Dirs(c.env).State, Env: c.env.get, Now: c.now, Terminal: c.terminal(), Patience: doctorPatience,
	}
}

func (w *world) terminal() doctor.Terminal {
	names := map[termenv.Profile]string{termenv.TrueColor: "truecolor", termenv.ANSI256: "256", termenv.ANSI: "16", termenv.Ascii: "none"}
	t := doctor.Terminal{TTY: w.outTTY && w.inTTY, Name: w.env.get("TERM"), Colours: names[colours(w.env)], UTF8: utf8Locale(runtime.GOOS, w.env)}
	t.Width, t.Height = w.size()
	return t
}

// layout is how the report looks where it goes: only a terminal has a width.
func (w *world) layout() layout {
	l := layout{colours: termenv.Ascii, arrow: "→"}
	if glyphs("auto", w.env) == theme.ASCII {
		l.arrow = "->"
	}
	if w.outTTY {
		l.colours, l.width = colours(w.env), min(w.terminal().Width, 100)
	}
	return l
}
