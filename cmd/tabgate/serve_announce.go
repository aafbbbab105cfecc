package main

import (
	"fmt"
	"time"

	"github.com/authtabs/tabgate/auth/session"
)

// announce says what is served, to whom, and what has to be registered.
func (s serveCommand) announce(u *serveSetup, d *dashboardDir) {
	fmt.Fprintln(s.out, u.public)
	s.logLine(fmt.Sprintf("%s is served at %s: %s. People open it with tabgate %s", session.Clean(d.title(), 100), u.public, counted(len(d.Pages)-1, "page", "pages"), u.public))
	s.logLine("people sign in at " + u.cfg.Domain.String() + "; these addresses must be registered with the app client " + session.Clean(u.cfg.ClientID, 100) + " as callback URLs:")
	for _, r := range u.returns {
		s.logLine("  " + r)
	}
	for _, n := range d.Outside() {
		s.logLine("this folder " + session.Clean(n.String(), 400))
	}
	if u.server.AnyAudience {
		s.logLine("warning: tokens are taken whatever they were issued for (any_audience): another server of the same app client can use a token that it was given")
	}
	if u.server.MaxAge > 0 {
		s.logLine(fmt.Sprintf("tokens that are older than %s are refused; a refresh makes a new one", u.server.MaxAge))
	}
	fmt.Fprintln(s.out, "ready")
}

// logLine writes a line of the server's log.
func (s serveCommand) logLine(line string) {
	fmt.Fprintln(s.err, s.now().UTC().Format(time.RFC3339)+" "+line)
}
