package auth

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
	"github.com/authtabs/tabgate/auth/session"
)

// follow is a browser that goes where it is sent, after a while, and tells
// what it shows in the end.
func follow(t *testing.T, wait <-chan struct{}) (open func(context.Context, string) error, shows <-chan string) {
	seen := make(chan string, 1)
	return func(_ context.Context, address string) error {
		go func() {
			<-wait
			resp, err := http.Get(address)
			if err != nil {
				seen <- err.Error()
				return
			}
			defer resp.Body.Close()
			body, _ := io.ReadAll(resp.Body)
			seen <- string(body)
		}()
		return nil
	}, seen
}

func browserStep(steps []session.Step) session.Step { return steps[len(steps)-1] }

// The browser ended at the sign-out address, where nobody listened.
func TestL21AfterALogOutTheBrowserEndsOnAPageOfOurs(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	ready := make(chan struct{})
	open, shows := follow(t, ready)
	s := w.process(func(o *Options) { o.Cognito.LogoutURI, o.Browser = w.redirect[0], open })
	w.signIn(s, "both@example.com")
	step := browserStep(s.SignOut(t.Context(), true)) // does not wait for the browser
	if step.Err != nil || step.Text != "Your browser was sent to the sign-out page." {
		t.Errorf("%+v", step)
	}
	close(ready)
	if page := <-shows; !strings.Contains(page, "You are signed out") || !strings.Contains(page, "tabgate ended your session") {
		t.Errorf("the browser shows %s", page)
	}
	if !s.AwaitLastPage(t.Context()) {
		t.Error("the browser has the page, and it is not known")
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	free(t, w.redirect[0])
}

func free(t *testing.T, uri string) {
	t.Helper()
	l, err := listenAt(uri)
	if err != nil {
		t.Fatalf("the port is still taken: %v", err)
	}
	l.Close()
}

func listenAt(uri string) (net.Listener, error) {
	u, err := url.Parse(uri)
	if err != nil {
		return nil, err
	}
	return net.Listen("tcp4", "127.0.0.1:"+u.Port())
}

func TestL21WhereTheSignOutEnds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{LogoutURIs: []string{"http://localhost/bye", "https://www.example.com/bye"}})
	taken, err := listenAt(w.redirect[2])
	must(t, err)
	defer taken.Close()
	tests := map[string]struct {
		uri  string
		fail bool // the browser does not start
		none bool // there is none
		want string
	}{
		"at the pool itself":              {uri: w.pool.SignedOutURI(), want: "Your browser was sent to the sign-out page."},
		"at a page of somebody's":         {uri: "https://www.example.com/bye", want: "Your browser was sent to the sign-out page."},
		"at a port that is taken":         {uri: w.redirect[2], want: "Your browser was sent to the sign-out page. It ends at " + w.redirect[2] + ", whose port another program has, so what it shows there is not tabgate's."},
		"at a port that no page can have": {uri: "http://localhost/bye", want: "Your browser was sent to the sign-out page. It ends at http://localhost/bye, where tabgate can show no page: it names no port; write it like http://localhost:8501/."},
		"without a browser":               {uri: w.redirect[0], none: true, want: " (you are signed out there even if the last page, " + w.redirect[0] + ", does not load)"},
		"a browser that does not start":   {uri: w.redirect[0], fail: true, want: "(it failed) (you are signed out there even if the last page, " + w.redirect[0] + ", does not load)"},
		"without a browser, elsewhere":    {uri: "https://www.example.com/bye", none: true, want: "https%3A%2F%2Fwww.example.com%2Fbye"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			s := w.process(func(o *Options) {
				o.Cognito.LogoutURI = tt.uri
				if !tt.none {
					o.Browser = func(context.Context, string) error {
						if tt.fail {
							return errors.New("it failed")
						}
						return nil
					}
				}
			})
			if step := browserStep(s.SignOut(t.Context(), true)); !strings.HasSuffix(step.Text, tt.want) || (step.Err != nil) != tt.fail {
				t.Errorf("%q, %v", step.Text, step.Err)
			}
			select { // nothing is left to wait for
			case <-s.work.done():
			case <-time.After(20 * time.Second):
				t.Error("it is still under way")
			}
		})
	}
}

func TestL21ANewSignInDoesNotFindItsPortTakenByTheSignedOutPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process(func(o *Options) {
		o.Cognito.LogoutURI, o.Browser = w.redirect[0], func(context.Context, string) error { return nil }
	})
	for range 2 { // the second page takes the first one's place
		if step := browserStep(s.SignOut(t.Context(), true)); strings.Contains(step.Text, "another program") {
			t.Error(step.Text)
		}
	}
	a, err := s.Begin(t.Context())
	must(t, err)
	defer a.Cancel()
	if a.RedirectURI() != w.redirect[0] {
		t.Errorf("the sign-in had to take %s", a.RedirectURI())
	}
}

func TestL21TheSignedOutPageIsThereForAFewSeconds(t *testing.T) {
	t.Parallel()
	if farewellTime < 3*time.Second || farewellTime > 5*time.Second || parting > time.Second {
		t.Errorf("it is there for %v, and a program's end waits %v", farewellTime, parting)
	}
}

func TestL21NobodyHasToWaitForABrowserThatDoesNotCome(t *testing.T) {
	t.Parallel()
	w := newWorld(t, localpool.Options{})
	s := w.process(func(o *Options) {
		o.Cognito.LogoutURI, o.Browser = w.redirect[0], func(context.Context, string) error { return nil }
	})
	if !s.AwaitLastPage(t.Context()) {
		t.Error("it waits for a page before there is one")
	}
	s.SignOut(t.Context(), true)
	select {
	case <-s.work.done():
	case <-t.Context().Done():
		t.Error("it is work that the program's end waits for")
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if s.AwaitLastPage(over) {
		t.Error("the page is gone before anybody had it")
	}
	if l, err := listenAt(w.redirect[0]); err == nil {
		l.Close()
		t.Error("whoever stops waiting ends the page")
	}
}
