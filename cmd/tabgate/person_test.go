package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth"
	"github.com/authtabs/tabgate/auth/cognito"
	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/localpool/faults"
	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/store"
)

// shownText is standard error, which a test can wait for.
type shownText struct {
	mu   sync.Mutex
	text string
	more chan struct{} // closed at the next Write
}

func (s *shownText) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text += string(p)
	if s.more != nil {
		close(s.more)
		s.more = nil
	}
	return len(p), nil
}

// until waits for a text and gives all there is by then.
func (s *shownText) until(t *testing.T, want string) string {
	t.Helper()
	limit := time.After(20 * time.Second)
	for {
		s.mu.Lock()
		text := s.text
		if s.more == nil {
			s.more = make(chan struct{})
		}
		more := s.more
		s.mu.Unlock()
		if strings.Contains(text, want) {
			return text
		}
		select {
		case <-more:
		case <-limit:
			t.Errorf("%q never came: %s", want, text)
			return text
		}
	}
}

// realPool is a local pool whose people count, and a state directory.
type realPool struct {
	t        *testing.T
	pool     *faults.Pool
	redirect []string
	state    string
}

func newRealPool(t *testing.T) *realPool {
	t.Helper()
	r := &realPool{t: t, redirect: freeRedirects(t), state: filepath.Join(t.TempDir(), "state")}
	pool, err := faults.New(localpool.Options{RedirectURIs: r.redirect})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pool.Close() })
	pool.Start()
	r.pool = pool
	return r
}

func (r *realPool) service() *auth.Service {
	r.t.Helper()
	domain, err := url.Parse(r.pool.Domain())
	if err != nil {
		r.t.Fatal(err)
	}
	files, err := store.File(r.state)
	if err != nil {
		r.t.Fatal(err)
	}
	svc, err := auth.New(auth.Options{
		Cognito:      cognito.Config{Domain: domain, ClientID: r.pool.ClientID(), Issuer: r.pool.Issuer()},
		RedirectURIs: r.redirect, Store: files, StateDir: r.state, BrowserNote: "No browser here.",
	})
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { svc.Close() })
	return svc
}

// who is signed in at the next start.
func (r *realPool) who() string {
	r.t.Helper()
	s, err := r.service().Restore(r.t.Context())
	if err != nil {
		r.t.Error(err)
	}
	return s.Email
}

func loginIn(w *world) loginCommand { return loginCommand{services: wiringIn(w).services} }

// login runs the command's sign-in with email at the browser. types, if it is
// not nil, is what the person at the terminal does at the question.
func (r *realPool) login(email string, types func(in io.Writer, cancel func())) (string, error) {
	r.t.Helper()
	in, keys := io.Pipe()
	defer keys.Close()
	text := &shownText{}
	ctx, cancel := context.WithCancel(r.t.Context())
	defer cancel()
	c := loginIn(&world{in: in, err: text, inTTY: types != nil, now: time.Now})
	var person sync.WaitGroup
	person.Go(func() {
		at := address.FindString(text.until(r.t, "Waiting until"))
		if _, err := r.pool.Person(email, localpool.DemoPassword).SignIn(r.t.Context(), at); err != nil {
			r.t.Error(err)
		}
		if types != nil {
			text.until(r.t, "[y/N] ")
			types(keys, cancel)
		}
	})
	err := c.byBrowser(ctx, r.service())
	person.Wait()
	text.mu.Lock()
	defer text.mu.Unlock()
	return text.text, err
}

func typed(text string) func(io.Writer, func()) {
	return func(in io.Writer, _ func()) { _, _ = io.WriteString(in, text) }
}

func TestU2LoginAsksWhetherToGoOnAsSomebodyElse(t *testing.T) {
	const asks = "You signed in as guest@example.com; last time it was analyst@example.com. Go on as guest@example.com? [y/N] "
	tests := map[string]struct {
		types func(io.Writer, func())
		who   string // afterwards
		code  int
		shows string
	}{
		"yes":                           {typed("y\n"), "guest@example.com", exitDone, asks},
		"yes in full":                   {typed("YES\r\n"), "guest@example.com", exitDone, asks},
		"no":                            {typed("n\n"), "analyst@example.com", exitNotSignedIn, "The refresh token was revoked."},
		"enter is no":                   {typed("\n"), "analyst@example.com", exitNotSignedIn, "The refresh token was revoked."},
		"the end of the input is no":    {func(in io.Writer, _ func()) { in.(io.Closer).Close() }, "analyst@example.com", exitNotSignedIn, "The refresh token was revoked."},
		"anything else is asked again":  {typed("http://localhost:8501/?code=x\ny\n"), "guest@example.com", exitDone, asks + asks},
		"ctrl+c is no":                  {func(_ io.Writer, cancel func()) { cancel() }, "analyst@example.com", exitInterrupted, asks},
		"without a terminal it is said": {nil, "guest@example.com", exitDone, "\nYou signed in as guest@example.com; last time it was analyst@example.com.\nSigned in as guest@example.com."},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRealPool(t)
			if text, err := r.login("analyst@example.com", nil); err != nil || strings.Contains(text, "last time") || !strings.Contains(text, "tabgate login --prompt login") {
				t.Fatalf("the first sign-in: %v: %s", err, text)
			}
			text, err := r.login("guest@example.com", tt.types)
			if code := exitCode(err, false); code != tt.code || !strings.Contains(text, tt.shows) {
				t.Errorf("exit %d, %v: %s", code, err, text)
			}
			if tt.code == exitDone && strings.Count(text, "Signed in as") != 1 || tt.code != exitDone && strings.Contains(text, "Signed in as") {
				t.Errorf("it says %s", text)
			}
			if err != nil && tt.code == exitNotSignedIn && !strings.Contains(err.Error(), "tabgate login --prompt login") {
				t.Errorf("it does not say what to do: %v", err)
			}
			if who := r.who(); who != tt.who {
				t.Errorf("the next start is %q, want %q", who, tt.who)
			}
		})
	}
}

// decidedBy is a sign-in that notes what it is told.
type decidedBy struct{ said string }

func (d *decidedBy) Wait(context.Context) (session.Session, error) { panic("not asked") }
func (d *decidedBy) Accept(context.Context) (session.Session, error) {
	d.said += "accept "
	return session.Session{Sub: "1"}, nil
}
func (d *decidedBy) Refuse() session.Step {
	d.said += "refuse "
	return session.Step{Text: "Revoked \x1b[2J."}
}

func TestU2OtherEndsOfASignInAreNobodysQuestion(t *testing.T) {
	for _, want := range []error{nil, errors.New("no"), os.ErrClosed} {
		d := &decidedBy{}
		c := loginIn(&world{err: io.Discard, inTTY: true})
		s, err := c.decided(t.Context(), d, session.Session{Sub: "2"}, want, func(context.Context, string) bool { panic("asked") })
		if s.Sub != "2" || !errors.Is(err, want) || d.said != "" {
			t.Errorf("%v: %+v, %v, %s", want, s, err, d.said)
		}
	}
}

func TestU2WhatIsShownOfThePersonIsCleaned(t *testing.T) {
	d, text := &decidedBy{}, &shownText{}
	c := loginIn(&world{err: text, inTTY: true})
	change := &session.Changed{Now: session.Person{Sub: "1", Name: "\x1b]52;c;aGk=\x07x"}, Before: session.Person{Sub: "2", Name: "\u202ey"}}
	_, err := c.decided(t.Context(), d, session.Session{}, change, func(_ context.Context, question string) bool {
		fmt.Fprint(text, question)
		return false
	})
	if all := text.text + err.Error(); strings.ContainsAny(all, "\x1b\x07\u202e") || d.said != "refuse " {
		t.Errorf("%q, %s", all, d.said)
	}
}
