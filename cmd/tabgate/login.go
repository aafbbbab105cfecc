package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/fault"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/cmd/tabgate/config"
	"github.com/authtabs/tabgate/cmd/tabgate/prompt"
	"github.com/authtabs/tabgate/tui/signin"
)

// loginCommand is the sign-in of the app's box, in lines.
type loginCommand struct {
	*services
	device  bool
	timeout time.Duration // to wait; 0 is what is configured, or as long as a code lasts
	ask     cognito.Ask
}

func loginCmd(c *services) *cobra.Command {
	l := loginCommand{services: c}
	var noBrowser bool
	cmd := &cobra.Command{
		Use: "login", Short: "Sign in without the app", Args: noArgs,
		Long: "Opens the user pool's login page in the browser and waits for its answer. The address is shown\nas well: open it anywhere, and paste the address that you end on back into the terminal.",
	}
	cmd.Flags().BoolVar(&l.device, "device", false, "sign in by a code on another device, where DEVICE_AUTHORIZATION_URL is set")
	cmd.Flags().BoolVar(&noBrowser, "no-browser", false, "only show the address; open it wherever you like")
	cmd.Flags().DurationVar(&l.timeout, "timeout", 0, "`TIME` to wait for the browser (default 5m)")
	cmd.Flags().StringVar(&l.ask.Prompt, "prompt", "", "`HOW` to ask: login (the password again, to sign in as somebody else) or select_account")
	cmd.Flags().StringVar(&l.ask.Hint, "hint", "", "`EMAIL` to fill in at the login page")
	cmd.Flags().StringVar(&l.ask.Provider, "provider", "", "`NAME` of the pool's identity provider to go to at once, such as Google")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if noBrowser {
			c.browser = "none"
		}
		return l.run(cmd.Context())
	}
	serverFlag(cmd, c)
	return cmd
}

func (l loginCommand) run(ctx context.Context) error {
	if err := checkAsk(l.ask, l.device); err != nil {
		return err
	}
	cfg, err := l.loadAndAsk(ctx)
	if err != nil {
		return err
	}
	if l.timeout < 0 {
		return usage("--timeout must be longer than nothing")
	}
	cfg.LoginTimeout = cmp.Or(l.timeout, cfg.LoginTimeout)
	cfg.Ask.Prompt, cfg.Ask.Hint, cfg.Ask.Provider = cmp.Or(l.ask.Prompt, cfg.Ask.Prompt), cmp.Or(l.ask.Hint, cfg.Ask.Hint), cmp.Or(l.ask.Provider, cfg.Ask.Provider)
	svc, err := l.service(cfg)
	if err != nil {
		return err
	}
	defer svc.Close()
	if cfg.Folder.State == config.Used {
		fmt.Fprintln(l.err, cfg.Folder.Unit.Words())
	}
	if l.device {
		return l.byDevice(ctx, svc)
	}
	return l.byBrowser(ctx, svc)
}

// checkAsk refuses flags that no login page can be asked with.
func checkAsk(as cognito.Ask, device bool) error {
	for _, flag := range []struct {
		name string
		err  error
	}{{"--prompt", cognito.CheckPrompt(as.Prompt)}, {"--hint", cognito.CheckHint(as.Hint)}, {"--provider", cognito.CheckProvider(as.Provider)}} {
		if flag.err != nil {
			return usage("%s: %w", flag.name, flag.err)
		}
	}
	if device && as != (cognito.Ask{}) {
		return usage("--prompt, --hint and --provider are for the login page; with --device you choose on the other device")
	}
	return nil
}

// byBrowser shows the address before the browser is tried; the redirected
// address may be pasted back at any time.
func (l loginCommand) byBrowser(ctx context.Context, svc *auth.Service) error {
	a, err := svc.Begin(ctx)
	if err != nil {
		return err
	}
	defer a.Cancel()
	fmt.Fprintf(l.err, "Open this address to sign in:\n\n  %s\n\n", session.Clean(a.URL(), 0))
	if note := a.Remote(); note != "" {
		fmt.Fprintln(l.err, note)
		if svc.HasDevice() {
			fmt.Fprintln(l.err, "Or sign in by a code: tabgate login --device.")
		}
	}
	if err := a.OpenBrowser(); err != nil {
		fmt.Fprintln(l.err, session.Clean(err.Error(), 300))
	} else {
		fmt.Fprintln(l.err, "Your browser was asked to open it.")
	}
	// The input is read before the words that ask for an address, which holds a
	// code: it must not be shown.
	typed := prompt.Start(l.in, l.inTTY, l.err, func(line string) bool { return l.paste(a, line) })
	defer typed.Stop()
	fmt.Fprintf(l.err, "Waiting until %s. If the browser ends at an address that does not load,\npaste that address here and press enter; it is not shown.\n", a.Deadline().Format("15:04:05"))
	fault.Go(func() { hints(l.err, a) })
	s, err := a.Wait(ctx)
	if s, err = l.decided(ctx, a, s, err, typed.Ask); err != nil {
		return err
	}
	l.welcome(s)
	return nil
}

// paste takes a redirected address for the sign-in, and reports whether it was
// one.
func (l loginCommand) paste(a *auth.Attempt, line string) bool {
	if err := a.Paste(line); err != nil {
		fmt.Fprintln(l.err, session.Clean(err.Error(), 300))
		return false
	}
	fmt.Fprintln(l.err, "Address accepted. Checking the answer.")
	return true
}

// switchPerson is how to choose who signs in while the browser still knows
// the last one.
const switchPerson = "To sign in as somebody else, run: tabgate login --prompt login."

// decided ends a sign-in that brought somebody else than last time: on a
// terminal the person is asked, and without one it is only said. Any other
// outcome is returned as it is.
func (l loginCommand) decided(ctx context.Context, in signin.SignIn, s session.Session, err error, ask func(context.Context, string) bool) (session.Session, error) {
	var change *session.Changed
	if !errors.As(err, &change) {
		return s, err
	}
	if !l.inTTY {
		fmt.Fprintln(l.err, change.Fact())
		return in.Accept(ctx)
	}
	if ask(ctx, change.Fact()+" "+change.Question()) {
		return in.Accept(ctx)
	}
	step := in.Refuse()
	if ctx.Err() != nil {
		return session.Session{}, ctx.Err()
	}
	fmt.Fprintln(l.err, session.Clean(step.Text, 400))
	return session.Session{}, fail(exitNotSignedIn, "nothing of the sign-in as "+session.Clean(change.Now.Name, 100)+" was kept. "+switchPerson)
}

func (l loginCommand) welcome(s session.Session) {
	fmt.Fprintf(l.err, "Signed in as %s. Groups: %s. Kept in: %s.\n", session.Clean(s.Name(), 100), groupList(s.Groups), s.TokenStore)
	if s.Note != "" {
		fmt.Fprintln(l.err, s.Note)
	}
	if s.TokenStore == "memory" {
		fmt.Fprintln(l.err, "It ends with this command.")
	}
	fmt.Fprintln(l.err, switchPerson)
}

// byDevice is the device grant (RFC 8628): no browser and no open port on this
// machine.
func (l loginCommand) byDevice(ctx context.Context, svc *auth.Service) error {
	if !svc.HasDevice() {
		return fail(exitConfig, "no device endpoint is configured: set DEVICE_AUTHORIZATION_URL and DEVICE_TOKEN_URL, or leave out --device")
	}
	if l.timeout > 0 {
		limited, cancel := context.WithTimeout(ctx, l.timeout)
		defer cancel()
		ctx = limited
	}
	d, err := svc.BeginDevice(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(l.err, "On any device, open\n\n  %s\n\nand enter the code  %s\n\n", session.Clean(d.Address(), 0), session.Clean(d.Code(), 60))
	if d.Complete() != "" {
		fmt.Fprintf(l.err, "Or open this, which has the code in it:\n\n  %s\n\n", session.Clean(d.Complete(), 0))
	}
	if d.Note() != "" {
		fmt.Fprintln(l.err, session.Clean(d.Note(), 400))
	}
	fmt.Fprintf(l.err, "Waiting until %s.\n", until(ctx, d.Deadline()).Format("15:04:05"))
	s, err := d.Wait(ctx)
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fail(exitFailed, fmt.Sprintf("the code was not entered within %v; run tabgate login --device again", l.timeout))
	}
	if s, err = l.decided(ctx, d, s, err, prompt.Later(l.in, l.err).Ask); err != nil {
		return err
	}
	l.welcome(s)
	return nil
}

// until is the end of what ends first.
func until(ctx context.Context, code time.Time) time.Time {
	if limit, ok := ctx.Deadline(); ok && limit.Before(code) {
		return limit
	}
	return code
}

func hints(out io.Writer, a *auth.Attempt) {
	for hint := range a.Hints() {
		fmt.Fprintln(out, session.Clean(hint, 300))
	}
}
