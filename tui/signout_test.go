package tui

import (
	"testing"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/page"
)

// The key to log out stands beside those that move.
func TestLoggingOutAsksFirst(t *testing.T) {
	asked := []string{"Log out?", "underwriter@example.com is signed in."}
	tests := map[string]struct {
		do   func(d *driver)
		want string
	}{
		"l alone changes nothing":              {func(d *driver) { d.press("2", "l", "esc") }, "Plotting Demo page"},
		"n stays":                              {func(d *driver) { d.press("2", "l", "n") }, "Plotting Demo page"},
		"other keys are no answer":             {func(d *driver) { d.press("2", "l", "h", "j", "k", "l", " ", "4") }, "Log out?"},
		"enter logs out":                       {func(d *driver) { d.press("2", "l", "enter") }, "Logged out"},
		"enter at once logs out, without wait": {func(d *driver) { d.send(page.Key("l")); d.send(page.Key("enter")) }, "Logged out"},
		"y logs out":                           {func(d *driver) { d.press("l", "y") }, "Logged out"},
		"a page that asks is asked about too":  {func(d *driver) { d.send(page.SignOut{}); d.press("enter") }, "Logged out"},
		"pasted text is no answer":             {func(d *driver) { d.press("l"); d.paste("y") }, "Log out?"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			drive(t, &fakeAuth{}, as(underwriter), func(d *driver) {
				tt.do(d)
				d.shows(tt.want)
			})
		})
	}
	t.Run("the question goes with the session it is about", func(t *testing.T) {
		for name, event := range map[string]session.Event{"ended": {Text: "Ended elsewhere."}, "somebody else's": {Session: analyst}} {
			drive(t, &fakeAuth{}, as(underwriter), func(d *driver) {
				d.press("l")
				for _, text := range asked {
					d.shows(text)
				}
				d.event(event)
				if d.hides("Log out?"); d.root.box != nil {
					d.t.Errorf("%s: a box is open", name)
				}
			})
		}
	})
	t.Run("where nobody is signed in there is nothing to ask", func(t *testing.T) {
		drive(t, &fakeAuth{}, nil, func(d *driver) {
			d.send(page.SignOut{})
			d.hides("Log out?")
		})
	})
}
