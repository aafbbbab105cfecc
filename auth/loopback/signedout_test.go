package loopback

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

// farewell shows the sign-out page on a free port.
func farewell(t *testing.T, ctx context.Context, path string, opts Options) (*SignedOutPage, *Listener) {
	t.Helper()
	for range 10 { // another package's test may take the port in between
		uri := "http://localhost:" + freePort(t) + path
		p, err := ShowSignedOut(ctx, uri, opts)
		if err != nil {
			continue
		}
		t.Cleanup(p.Close)
		at, _ := parseRedirect(uri)
		return p, &Listener{at: at} // for get, which asks a listener's port
	}
	t.Fatal("no page could be shown")
	return nil, nil
}

func gone(t *testing.T, p *SignedOutPage) {
	t.Helper()
	select {
	case <-p.Done():
	case <-time.After(20 * time.Second):
		t.Fatal("the port is still taken")
	}
}

func TestL21TheSignedOutPageIsShownOnceAndThePortFreed(t *testing.T) {
	for _, path := range []string{"/", "/bye", ""} {
		p, at := farewell(t, t.Context(), path, Options{})
		a := get(t, at, at.at.path)
		if a.Status != http.StatusOK || !strings.Contains(a.Body, "You are signed out") {
			t.Errorf("%q got %d", path, a.Status)
		}
		gone(t, p)
		ln, err := Listen(t.Context(), []string{at.at.raw}, Options{})
		if err != nil {
			t.Fatalf("the port is not free: %v", err)
		}
		ln.Close()
	}
}

// Whatever else comes is refused as at the redirect address, and takes the
// page away from nobody.
func TestL21OnlyANavigationOfThePersonsBrowserTakesTheSignedOutPage(t *testing.T) {
	p, at := farewell(t, t.Context(), "/bye", Options{})
	local := "localhost:" + at.at.port
	for name, tt := range map[string]struct {
		a    answer
		want int
	}{
		"another path":    {get(t, at, "/"), http.StatusNotFound},
		"another method":  {ask(t, at, "POST", "/bye", local, "Content-Length: 0"), http.StatusMethodNotAllowed},
		"another host":    {ask(t, at, "GET", "/bye", "evil.example"), http.StatusMisdirectedRequest},
		"an image":        {get(t, at, "/bye", "Sec-Fetch-Dest: image", "Sec-Fetch-Mode: no-cors"), http.StatusForbidden},
		"a prefetch":      {get(t, at, "/bye", "Sec-Purpose: prefetch"), http.StatusForbidden},
		"a long query":    {get(t, at, "/bye?"+strings.Repeat("x", maxQuery+1)), http.StatusRequestURITooLong},
		"a proxy's words": {ask(t, at, "GET", "http://"+local+"/bye", local), http.StatusMisdirectedRequest},
	} {
		if tt.a.Status != tt.want {
			t.Errorf("%s got %d, want %d", name, tt.a.Status, tt.want)
		}
	}
	a := get(t, at, "/bye?state=x", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", "Sec-Fetch-Site: cross-site")
	if a.Status != http.StatusOK {
		t.Errorf("the browser got %d", a.Status)
	}
	for header, want := range map[string]string{
		"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Content-Security-Policy": policy,
	} {
		if a.Header.Get(header) != want {
			t.Errorf("%s is %q", header, a.Header.Get(header))
		}
	}
	gone(t, p)
}

func TestL21AnotherUserDoesNotTakeTheSignedOutPageAway(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	p, at := farewell(t, ctx, "/", Options{sockets: everybodyIsForeign()})
	if a := get(t, at, "/"); a.Status != http.StatusOK {
		t.Errorf("it got %d", a.Status)
	}
	select {
	case <-p.Done():
		t.Error("the page is gone")
	case <-p.fetched:
		t.Error("another user's request counts")
	default:
	}
	cancel()
	gone(t, p)
}

func TestL21TheSignedOutPageEndsWithItsTime(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	p, _ := farewell(t, ctx, "/", Options{})
	gone(t, p)
	p.Close() // no harm twice
}

func TestL21WhereNoPageCanBeShown(t *testing.T) {
	l := open(t, "/", Options{})
	var taken *PortsError
	if _, err := ShowSignedOut(t.Context(), l.RedirectURI(), Options{}); !errors.As(err, &taken) || !taken.InUse() {
		t.Errorf("a port that is taken: %v", err)
	}
	for _, uri := range []string{"https://example.com/", "https://localhost:8501/", "http://localhost/", "http://192.168.0.1:80/", "", "x"} {
		if p, err := ShowSignedOut(t.Context(), uri, Options{}); err == nil {
			p.Close()
			t.Errorf("a page is shown at %q", uri)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ShowSignedOut(ctx, "http://localhost:"+freePort(t)+"/", Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("too late: %v", err)
	}
}
