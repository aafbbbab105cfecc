package token

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestKeySetsThatCannotBeUsed(t *testing.T) {
	answer := func(status int, media, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", media)
			w.WriteHeader(status)
			w.Write([]byte(body))
		}
	}
	const js = "application/json"
	tests := map[string]struct {
		answer http.HandlerFunc
		reason Reason
		text   string
	}{
		"T-1 a redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		}, Unreachable, "HTTP 307"},
		"T-2 HTML":                 {answer(200, "text/html", "<html>\x1b[31m"), Unreachable, "not JSON"},
		"T-2 an error with HTML":   {answer(502, "text/html", "<html>"), Unreachable, "HTTP 502"},
		"T-2 JSON cut short":       {answer(200, js, `{"keys":[`), Malformed, "not JSON"},
		"T-2 nothing":              {answer(200, js, ``), Malformed, "not JSON"},
		"T-3 more than a megabyte": {answer(200, js, `{"keys":["`+strings.Repeat("x", 1<<20)+`"]}`), Unreachable, "1 MiB"},
		"T-5 keys of another type": {answer(200, js, `{"keys":{}}`), Malformed, "set of keys"},
		"T-5 keys missing":         {answer(200, js, `{}`), Malformed, "set of keys"},
		"J-8 no key":               {answer(200, js, `{"keys":[]}`), Malformed, "no usable key"},
		"J-22 a thousand keys":     {answer(200, js, `{"keys":[0`+strings.Repeat(",0", 999)+`]}`), Malformed, "set of keys"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPool(t)
			elsewhere := false
			odd := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				elsewhere = elsewhere || r.URL.Path == "/elsewhere"
				test.answer(w, r)
			}))
			defer odd.Close()
			p.discovery["jwks_uri"] = odd.URL + "/jwks.json"
			err := p.keys().Refresh(t.Context())
			if reasonOf(err) != test.reason || !strings.Contains(err.Error(), test.text) || strings.Contains(err.Error(), "\x1b") {
				t.Errorf("got %v", err)
			}
			if elsewhere {
				t.Error("the redirect was followed")
			}
		})
	}
}

func TestAFetchThatItsCallerGaveUpIsNotHeldAgainstTheNext(t *testing.T) {
	p := newPool(t)
	k := p.keys()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := k.Refresh(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the cancellation", err)
	}
	if err := k.Refresh(t.Context()); err != nil || !k.Ready() {
		t.Errorf("the next one within ten seconds: %v", err)
	}
}

func TestAnIssuerOutOfReachIsNamed(t *testing.T) {
	p := newPool(t)
	p.Close()
	err := p.keys().Refresh(t.Context())
	if reasonOf(err) != Unreachable || !strings.Contains(err.Error(), "nothing listens on 127.0.0.1") {
		t.Errorf("got %v", err)
	}
}

func TestKeysAtHandServeWhileTheIssuerHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hang := &http.Client{Transport: transport(func(req *http.Request) (*http.Response, error) {
			<-req.Context().Done()
			return nil, req.Context().Err()
		})}
		k := NewKeys(hang, "https://id.example.com", time.Now)
		key, err := parseSet(encode(object{"keys": []any{jwk("id-key", &idKey.PublicKey)}}))
		if err != nil {
			t.Fatal(err)
		}
		k.keys, k.fetched = key, time.Now().Add(-25*time.Hour)
		begin := time.Now()
		for range 3 {
			if _, failed := k.key(t.Context(), "id-key", false); failed != nil {
				t.Error(failed)
			}
		}
		if waited := time.Since(begin); waited != hurried {
			t.Errorf("J-7: a key at hand was waited for %v, want %v once", waited, hurried)
		}
		<-time.After(penalty) // of the bubble's clock
		if _, failed := k.key(t.Context(), "other", false); failed == nil || failed.Reason != Unreachable || time.Since(begin) != hurried+penalty+deadline {
			t.Errorf("T-4: after %v: %v", time.Since(begin), failed)
		}
	})
}

// transport answers requests by a function.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }
