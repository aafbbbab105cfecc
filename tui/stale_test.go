package tui

import (
	"context"
	"testing"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/signin"
)

func TestTheStoredSessionArrivesLater(t *testing.T) {
	var answer chan session.Session
	late := func(context.Context) (session.Session, error) { return <-answer, nil }
	change := func(o *Options) {
		answer = make(chan session.Session)
		o.Asked, o.Start = false, "plotting"
	}
	drive(t, &fakeAuth{restore: late}, change, func(d *driver) {
		d.shows("Please login!")
		d.shows("Still looking for your stored session…")
		answer <- underwriter
		d.do(nil)
		d.shows("Plotting Demo page")
		d.hides("looking for")
	})
}

func TestAnswersToOldQuestionsAreDropped(t *testing.T) {
	t.Run("a stored session that is found after a sign-in does not replace it", func(t *testing.T) {
		var answer chan session.Session
		var a *fakeAttempt
		auth := &fakeAuth{
			restore: func(context.Context) (session.Session, error) { return <-answer, nil },
			begin:   func(context.Context) (signin.Attempt, error) { return a, nil },
		}
		change := func(o *Options) {
			answer, a = make(chan session.Session), newAttempt()
			o.Asked = false
		}
		drive(t, auth, change, func(d *driver) {
			d.press("l")
			a.done <- outcome{s: underwriter}
			d.do(nil)
			answer <- nobody
			d.do(nil)
			d.press("2")
			d.shows("Plotting Demo page")
		})
	})
	t.Run("a refresh that ends after logging out does not sign in again", func(t *testing.T) {
		var answer chan session.Session
		auth := &fakeAuth{refresh: func(context.Context) (session.Session, error) { return <-answer, nil }}
		change := func(o *Options) { answer, o.Initial = make(chan session.Session), underwriter }
		drive(t, auth, change, func(d *driver) {
			d.press("ctrl+r", "l", "enter")
			answer <- underwriter
			d.do(nil)
			d.press("enter", "2")
			d.shows("Please login!")
		})
	})
	t.Run("an event older than a logout is checked with who knows", func(t *testing.T) {
		auth := &fakeAuth{}
		drive(t, auth, as(underwriter), func(d *driver) {
			d.press("l", "enter", "enter", "2")
			d.event(session.Event{Session: underwriter}) // Restore says: nobody.
			d.shows("Please login!")
		})
	})
	t.Run("an event while logging out changes nothing", func(t *testing.T) {
		var answer chan []session.Step
		auth := &fakeAuth{signOut: func(context.Context) []session.Step { return <-answer }}
		change := func(o *Options) { answer, o.Initial = make(chan []session.Step), underwriter }
		drive(t, auth, change, func(d *driver) {
			d.press("2", "l", "enter")
			d.event(session.Event{Session: underwriter})
			d.shows("You are being logged out…")
			answer <- nil
			d.do(nil)
			d.shows("Logged out")
		})
	})
}
