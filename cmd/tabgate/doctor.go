package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/muesli/termenv"
	"github.com/spf13/cobra"
	"golang.org/x/term"

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

func (c *command) doctorCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "doctor", Short: "Find what keeps a sign-in from working, and name the fix", Args: noArgs,
		Long: "Checks the configuration, the user pool, the app client, the addresses, the keyring,\nthe clock and the terminal. It signs nobody in, changes nothing, and takes ten seconds\nat most.\nExit 0 when nothing failed, 5 when the configuration is wrong, 6 when the user pool is out\nof reach, 1 otherwise.",
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		cfg, err := c.subject(cmd.Context(), asJSON)
		if errors.Is(err, context.Canceled) {
			return err
		}
		deps := c.doctorDeps(cfg, err)
		done := c.examining(deps.Config, asJSON)
		checks := doctor.Run(cmd.Context(), deps)
		done()
		if err := cmd.Context().Err(); err != nil {
			return err // whoever pressed ctrl+c has not asked what could not be asked
		}
		found := diagnosis{doctor.Healthy(checks), checks}
		if asJSON {
			if err := writeJSON(c.out, found); err != nil {
				return err
			}
		} else if _, err := io.WriteString(c.out, c.sheet().text(found)); err != nil {
			return err
		}
		return found.verdict()
	}
	return cmd
}

// examining says on a terminal what takes its time; done takes it away again.
func (w *world) examining(cfg config.Config, asJSON bool) (done func()) {
	if !w.outTTY || asJSON || !cfg.Configured() || lookup(w.env).get("TERM") == "dumb" {
		return func() {}
	}
	fmt.Fprintf(w.out, "Asking %s; this takes %v at most. ", session.Clean(cfg.Domain.Host, 50), 2*doctorPatience)
	return func() { fmt.Fprint(w.out, "\r\x1b[K") }
}

// subject is the configuration that is looked at. Whoever sits at a terminal is
// asked about a folder's .env first: nothing is sent to anybody before.
func (c *command) subject(ctx context.Context, asJSON bool) (config.Config, error) {
	if asJSON || !c.outTTY {
		return c.load()
	}
	return c.asked(ctx)
}

// doctorDeps is what the checks look at. What could not even be made is a
// finding, not the end.
func (c *command) doctorDeps(cfg config.Config, cfgErr error) doctor.Deps {
	network, httpErr := c.network(cfg)
	kept, storeErr := c.store(cfg)
	stored, storedErr := c.stored()
	env := lookup(c.env)
	return doctor.Deps{
		Config: cfg, ConfigErr: cfgErr, Path: c.configFile(), HTTP: cognito.HTTPClient(network), HTTPErr: httpErr, Proxies: transport.NewProxies(c.env), Store: kept, StoreErr: storeErr,
		Stored: stored, StoredErr: storedErr,
		StateDir: config.Dirs(c.env).State, Env: env.get, Now: c.now, Terminal: c.terminal(env), Patience: doctorPatience,
	}
}

func (w *world) terminal(env lookup) doctor.Terminal {
	names := map[termenv.Profile]string{termenv.TrueColor: "truecolor", termenv.ANSI256: "256", termenv.ANSI: "16", termenv.Ascii: "none"}
	t := doctor.Terminal{TTY: w.outTTY && w.inTTY, Name: env.get("TERM"), Colours: names[colours(env)], UTF8: glyphs("auto", env) != theme.ASCII}
	if f, ok := w.out.(*os.File); ok && w.outTTY {
		if width, height, err := term.GetSize(int(f.Fd())); err == nil {
			t.Width, t.Height = width, height
		}
	}
	return t
}

// sheet is how the report looks where it goes: only a terminal has a width.
func (w *world) sheet() sheet {
	env := lookup(w.env)
	s := sheet{colours: termenv.Ascii, arrow: "→"}
	if glyphs("auto", env) == theme.ASCII {
		s.arrow = "->"
	}
	if w.outTTY {
		s.colours, s.width = colours(env), min(w.terminal(env).Width, 100)
	}
	return s
}
