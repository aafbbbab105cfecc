package loopback

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

// held waits until n requests are held for the result.
func held(t *testing.T, l *Listener, n int) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		l.mu.Lock()
		now := l.held
		l.mu.Unlock()
		if now >= n {
			return
		}
		get(t, l, "/nowhere") // a round trip, in which the others get on
	}
	t.Fatalf("fewer than %d requests are held", n)
}

func TestL15SuccessIsShownOnlyAfterVerification(t *testing.T) {
	l := open(t, "/", Options{Hold: time.Hour})
	get(t, l, good)
	page := later(t, l, l.done)
	held(t, l, 1)
	if _, err := outcome(t, l); err != nil {
		t.Fatal(err)
	}
	select {
	case a := <-page:
		t.Fatalf("the browser was told before Finish: %s", a.Body)
	default:
	}
	l.Finish(nil)
	if a := <-page; a.Status != http.StatusOK || !strings.Contains(a.Body, successPage.Title) {
		t.Errorf("got %d\n%s", a.Status, a.Body)
	}
}

func TestL15FailureIsShownAsFailure(t *testing.T) {
	tests := map[string]struct {
		err  error
		want string
	}{
		"tokens that do not verify": {errors.New("the nonce is another; sign in again"), ">The nonce is another; sign in again.<"},
		"a question":                {errors.New("is the clock right?"), ">Is the clock right?<"},
		"no reason at all":          {errors.New(""), "You are not signed in"},
		"a refusal by the provider": {&ProviderError{Code: "access_denied"}, "access_denied"},
		"given up in the terminal":  {ErrClosed, "given up in the terminal"},
		"an escape in the reason":   {errors.New("\x1b[2Jgone"), "gone"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			l := open(t, "/", Options{})
			get(t, l, good)
			l.Finish(test.err)
			a := get(t, l, l.done)
			if !strings.Contains(a.Body, test.want) || strings.Contains(a.Body, successPage.Title) || strings.Contains(a.Body, "\x1b") {
				t.Errorf("got\n%s", a.Body)
			}
		})
	}
}

func TestL15AVerificationThatTakesLongShowsAWaitingPageThatAsksAgain(t *testing.T) {
	l := open(t, "/", Options{Hold: time.Millisecond})
	get(t, l, good)
	a := get(t, l, l.done)
	if !strings.Contains(a.Body, waitingPage.Title) || !strings.Contains(a.Body, `http-equiv="refresh"`) {
		t.Errorf("got\n%s", a.Body)
	}
	l.Finish(nil)
	if a := get(t, l, l.done); !strings.Contains(a.Body, successPage.Title) {
		t.Errorf("asking again got\n%s", a.Body)
	}
	<-l.gone
}

func TestL15AHeldBrowserIsToldOfACancelledSignIn(t *testing.T) {
	l := open(t, "/", Options{Hold: time.Hour})
	get(t, l, good)
	page := later(t, l, l.done)
	held(t, l, 1)
	l.Close()
	if a := <-page; !strings.Contains(a.Body, "cancelled") {
		t.Errorf("got %d\n%s", a.Status, a.Body)
	}
}

func TestL15ManyHeldRequestsAreBounded(t *testing.T) {
	l := open(t, "/", Options{Hold: time.Hour})
	get(t, l, good)
	var pages []<-chan answer
	for range maxHeld {
		pages = append(pages, later(t, l, l.done))
	}
	held(t, l, maxHeld)
	if a := get(t, l, l.done); !strings.Contains(a.Body, waitingPage.Title) {
		t.Errorf("one more got %d", a.Status)
	}
	l.Finish(nil)
	for _, page := range pages {
		if a := <-page; !strings.Contains(a.Body, successPage.Title) {
			t.Errorf("a held browser got %d", a.Status)
		}
	}
}

func TestTheBrowserThatIsOwedAPageGetsItAfterFinishAndThePortIsFreeThen(t *testing.T) {
	l := open(t, "/", Options{Linger: time.Hour})
	get(t, l, good)
	l.Finish(nil) // the browser is still on its way to the result
	if a := get(t, l, l.done); !strings.Contains(a.Body, successPage.Title) {
		t.Errorf("got %d", a.Status)
	}
	l.Close()
	again, err := Listen(t.Context(), []string{l.RedirectURI()}, Options{})
	if err != nil {
		t.Fatalf("the port is not free: %v", err)
	}
	again.Close()
}

func TestAPasteLeavesNobodyWaitingForAPage(t *testing.T) {
	l := open(t, "/", Options{Linger: time.Hour})
	if err := l.Paste(l.RedirectURI() + good[1:]); err != nil {
		t.Fatal(err)
	}
	l.Finish(nil)
	l.Close() // would take the hour of Linger if a browser were owed its page
}

// The first who asked for a well-known result path got the person's page, and
// learned when somebody had signed in.
func TestU3OnlyTheRedirectKnowsWhereTheResultIs(t *testing.T) {
	seen := map[string]bool{}
	for range 3 {
		l := open(t, "/", Options{Hold: time.Millisecond})
		a := get(t, l, good)
		l.Finish(nil)
		for _, path := range []string{"/done", "/done/", "/done/result", l.done[:len(l.done)-1], l.done + "/", strings.ToLower(l.done)} {
			if a := get(t, l, path); a.Status != http.StatusNotFound {
				t.Errorf("%s got %d", path, a.Status)
			}
		}
		select {
		case <-l.fetched:
			t.Error("a guess took the person's page away")
		default:
		}
		done := a.Header.Get("Location")
		if len(done) < len("/done/")+26 || seen[done] { // 26 letters of base32 are 130 bits
			t.Errorf("the result is at %s, which can be guessed", done)
		}
		seen[done] = true
		if a := get(t, l, done); !strings.Contains(a.Body, successPage.Title) {
			t.Errorf("the browser got %d", a.Status)
		}
	}
}

func TestU3WhoComesSecondIsNotToldWhereTheResultIs(t *testing.T) {
	l := open(t, "/", Options{})
	get(t, l, good)
	if a := get(t, l, good); a.Status != http.StatusConflict || strings.Contains(a.all(), l.done) {
		t.Errorf("got %d", a.Status)
	}
}
