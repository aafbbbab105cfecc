package client_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/gate/client"
	"github.com/authtabs/tabgate/data/gate/wire"
)

func FuzzReadOffer(f *testing.F) {
	f.Add(remote(nil))
	f.Add([]byte(`{"tabgate":{}}`))
	at, err := client.ParseAddress("https://dash.example.com")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		o, err := client.ReadOffer(text, at)
		words := o.Words()
		if err != nil {
			words = err.Error()
		} else if o.Server != at.String() || o.ClientID == "" || len(o.Redirects) == 0 {
			t.Errorf("%+v", o)
		}
		if strings.ContainsAny(words, "\x1b\x07\n\r\u202e") {
			t.Errorf("%q", words)
		}
	})
}

// roundTripper answers every request with one body.
type roundTripper struct {
	kind string
	body []byte
}

func (r roundTripper) RoundTrip(req *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", r.kind)
	_, _ = w.Write(r.body)
	resp := w.Result()
	resp.Request = req
	return resp, nil
}

func FuzzHostileServer(f *testing.F) {
	for _, v := range []any{page("open"), wire.Dashboard{Title: "x", Pages: []wire.Entry{{ID: "open", Title: "Open", Groups: []string{}, Access: wire.Open}}}} {
		text, err := json.Marshal(v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`{"id":"open","rows":[[{"vega_lite":{"data":{"url":"https://x"}}}]],"inputs":[{"range":{"name":"a"}}],"frames":[]}`))
	o, err := client.ReadOffer(remote(nil), func() client.Address { a, _ := client.ParseAddress("https://dash.example.com"); return a }())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		c := client.New(o, client.Options{HTTP: &http.Client{Transport: roundTripper{wire.JSON, text}}})
		l, err := c.Dashboard(t.Context())
		checked(t, err)
		for _, p := range l.Pages {
			if strings.ContainsAny(p.ID+p.Title+p.About+p.Icon+l.Title, "\x1b\x07\n\u202e") {
				t.Errorf("%+v", p)
			}
		}
		_, err = c.Page(t.Context(), listedAs("open"), []string{"open"})
		checked(t, err)
	})
}

// checked checks that an error is one of a hostile answer, in one clean line.
func checked(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	if !errors.As(err, new(*client.BadAnswerError)) || strings.ContainsAny(err.Error(), "\x1b\x07\n\u202e") {
		t.Errorf("%T %q", err, err)
	}
}
