package transport

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/auth/neterr"
)

// A server of figures sends whoever asks on to another service of their own
// machine or network, which trusts requests that come from there.
func TestT17RedirectsStayWithinTheOrigin(t *testing.T) {
	var stolen []string
	inside := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { stolen = append(stolen, r.URL.String()) }))
	defer inside.Close()
	var here *httptest.Server
	var headers []http.Header
	mux := http.NewServeMux()
	mux.HandleFunc("/count/{n}", func(w http.ResponseWriter, r *http.Request) {
		headers = append(headers, r.Header)
		n, _ := strconv.Atoi(r.PathValue("n"))
		if n == 0 {
			w.Write([]byte("figures"))
			return
		}
		http.Redirect(w, r, "/count/"+strconv.Itoa(n-1), http.StatusFound)
	})
	mux.HandleFunc("/to", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Query().Get("u"), http.StatusFound)
	})
	here = httptest.NewServer(mux)
	defer here.Close()
	port := here.Listener.Addr().String()[strings.LastIndex(here.Listener.Addr().String(), ":"):]
	to := func(u string) string { return here.URL + "/to?" + url.Values{"u": {u}}.Encode() }
	tests := map[string]struct {
		address string
		says    string // of the refusal; "" = followed
	}{
		"T-17 none":                          {here.URL + "/count/0", ""},
		"T-17 five on the same server":       {here.URL + "/count/5", ""},
		"T-17 six":                           {here.URL + "/count/6", "more than 5 times"},
		"T-17 in a circle":                   {here.URL + "/count/999", "more than 5 times"},
		"T-17 by the same address in full":   {to(here.URL + "/count/0"), ""},
		"T-17 to another port of the host":   {to(inside.URL + "/secret"), "redirects to http://127.0.0.1:"},
		"T-17 to another name of the host":   {to("http://localhost" + port + "/count/0"), "redirects to http://localhost"},
		"T-17 to another scheme":             {to(strings.Replace(here.URL, "http:", "https:", 1) + "/count/0"), "redirects to https://127.0.0.1"},
		"T-17 to another host":               {to("https://evil.example/?token=canary"), "redirects to https://evil.example,"},
		"T-17 to the metadata of a cloud":    {to("http://169.254.169.254/latest/meta-data/"), "169.254.169.254"},
		"T-17 to another host with a secret": {to("https://me:canary@evil.example/"), "redirects to https://evil.example,"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			headers = nil
			body, err := get(t, within(t, nil, Limits{Bytes: 100, Redirects: 5}), test.address)
			if test.says == "" {
				if err != nil || string(body) != "figures" {
					t.Errorf("%q, %v", body, err)
				}
			} else {
				var moved *neterr.RedirectError
				what, todo := neterr.Why("data.example", "data.agriculture", err)
				if !errors.As(err, &moved) || !strings.Contains(what, test.says) || strings.Contains(what+todo, "canary") {
					t.Errorf("%q; %q (%v)", what, todo, err)
				}
			}
			for _, h := range headers {
				if h.Get("Referer") != "" {
					t.Errorf("sent Referer %q", h.Get("Referer"))
				}
			}
		})
	}
	if len(stolen) > 0 {
		t.Errorf("another server was asked for %v", stolen)
	}
}

// From https to http somebody on the way would read what is asked for.
func TestT17NoRedirectGivesTLSUp(t *testing.T) {
	asked := 0
	plain := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer plain.Close()
	server := httptest.NewTLSServer(http.RedirectHandler(plain.URL, http.StatusMovedPermanently))
	defer server.Close()
	network := New(Options{Roots: server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs, Env: environment{}.lookup})
	defer network.CloseIdleConnections()
	_, err := get(t, network.Client(Limits{Bytes: 100, Redirects: 5}), server.URL)
	if !errors.As(err, new(*neterr.RedirectError)) || asked != 0 {
		t.Errorf("%v, asked %d times", err, asked)
	}
}

func TestT1WithoutRedirectsTheFirstIsTheAnswer(t *testing.T) {
	asked := 0
	thief := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer thief.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		moved := httptest.NewServer(http.RedirectHandler(thief.URL, status))
		resp, err := within(t, nil, Limits{Bytes: 100}).Get(moved.URL)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != status || asked != 0 {
			t.Errorf("got %d, want %d; the other address was asked %d times", resp.StatusCode, status, asked)
		}
		moved.Close()
	}
}

func TestOrigin(t *testing.T) {
	for address, want := range map[string]string{
		"HTTPS://Data.Example.com:443/x?y#z": "https://data.example.com",
		"http://data.example.com:80":         "http://data.example.com",
		"http://data.example.com:443":        "http://data.example.com:443",
		"http://me:pw@[::1]:8080/":           "http://[::1]:8080",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := Origin(u); got != want {
			t.Errorf("Origin(%s) = %s", address, got)
		}
	}
}
