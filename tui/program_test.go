package tui

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/teatest"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/page/pagetest"
	"github.com/authtabs/tabgate/tui/signin"
)

// program runs a root in a real Bubble Tea program.
func program(t *testing.T, change func(*Options), auth Auth) *teatest.TestModel {
	t.Helper()
	d := &driver{pages: map[string]*fakePage{}, built: map[string]int{}}
	env := pagetest.Env(t)
	env.Now, env.Tick = time.Now, tea.Tick
	o := Options{Auth: auth, Asked: true, Pages: d.entries()}
	if change != nil {
		change(&o)
	}
	return teatest.NewTestModel(t, New(env, o), teatest.WithInitialTermSize(80, 24))
}

func waitFor(t *testing.T, tm *teatest.TestModel, text string) {
	t.Helper()
	var all []byte
	teatest.WaitFor(t, tm.Output(), func(out []byte) bool {
		all = append(all, out...)
		return bytes.Contains([]byte(ansi.Strip(string(all))), []byte(text))
	}, teatest.WithDuration(5*time.Second))
}

func final(t *testing.T, tm *teatest.TestModel) string {
	t.Helper()
	return ansi.Strip(tm.FinalModel(t, teatest.WithFinalTimeout(5*time.Second)).View())
}

func TestTheProgramSignsInAndOut(t *testing.T) {
	a := newAttempt()
	live := underwriter
	live.ExpiresAt = time.Now().Add(time.Hour)
	tm := program(t, realHome, &fakeAuth{begin: func(context.Context) (signin.Attempt, error) { return a, nil }})
	waitFor(t, tm, "Nobody is signed in.")
	tm.Send(page.Key("2"))
	waitFor(t, tm, "Please login!")
	tm.Send(page.Key("l"))
	waitFor(t, tm, "Your browser is open")
	a.done <- outcome{s: live}
	waitFor(t, tm, "Plotting Demo page")
	tm.Send(page.SignOut{})
	waitFor(t, tm, "Log out?")
	var all []byte
	teatest.WaitFor(t, tm.Output(), func(out []byte) bool {
		tm.Send(page.Key("enter")) // The first ones may come in the grace after the sign-in.
		all = append(all, out...)
		return bytes.Contains(all, []byte("The stored session is deleted."))
	}, teatest.WithDuration(5*time.Second))
	tm.Send(page.Key("ctrl+c"))
	if got := final(t, tm); !strings.Contains(got, "signed out") {
		t.Errorf("the last frame:\n%s", got)
	}
}

func TestTheProgramGoesThroughTabsAndSizes(t *testing.T) {
	live := underwriter
	live.ExpiresAt = time.Now().Add(time.Hour)
	tm := program(t, func(o *Options) { o.Initial = live }, &fakeAuth{})
	waitFor(t, tm, "Home page")
	tm.Send(page.Key("tab"))
	waitFor(t, tm, "Plotting Demo page")
	tm.Send(tea.WindowSizeMsg{Width: 20, Height: 5})
	waitFor(t, tm, "enlarge")
	tm.Send(tea.WindowSizeMsg{Width: 120, Height: 40})
	tm.Send(page.Key("3"))
	waitFor(t, tm, "contact the administrator")
	tm.Send(page.Key("q"))
	if got := strings.Split(final(t, tm), "\n"); len(got) != 40 || ansi.StringWidth(got[0]) != 120 {
		t.Errorf("the last frame is %d lines, the first %d wide", len(got), ansi.StringWidth(got[0]))
	}
}

func TestTheProgramRestoresTheSession(t *testing.T) {
	live := underwriter
	live.ExpiresAt = time.Now().Add(time.Hour)
	auth := &fakeAuth{restore: always(live, nil)}
	tm := program(t, func(o *Options) { o.Asked, o.Start = false, "plotting" }, auth)
	waitFor(t, tm, "Plotting Demo page")
	tm.Send(page.Key("q"))
	if got := final(t, tm); !strings.Contains(got, "underwriter") {
		t.Errorf("the last frame:\n%s", got)
	}
}

// TestEventsReachTheProgram uses the one blocking command that is issued again.
func TestEventsReachTheProgram(t *testing.T) {
	live := underwriter
	live.ExpiresAt = time.Now().Add(time.Hour)
	auth := &fakeAuth{events: make(chan session.Event)}
	tm := program(t, func(o *Options) { o.Initial, o.Start = live, "plotting" }, auth)
	waitFor(t, tm, "Plotting Demo page")
	auth.events <- session.Event{Session: live, Text: "Renewed."}
	waitFor(t, tm, "Renewed.")
	auth.events <- session.Event{Text: "Logged out elsewhere."}
	waitFor(t, tm, "Please login!")
	tm.Send(page.Key("ctrl+c"))
	if got := final(t, tm); !strings.Contains(got, "Logged out elsewhere.") {
		t.Errorf("the last frame:\n%s", got)
	}
}
