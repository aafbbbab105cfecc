package source_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source"
)

const secretToken = "eyJ-the-readers-own"

// as is somebody with a token.
func as(token string) func() source.Reader {
	return func() source.Reader { return source.Reader{Token: source.NewToken(func() string { return token })} }
}

// now is the reader whenever a source is read.
func now(who func() source.Reader) func(context.Context) source.Reader {
	return func(context.Context) source.Reader { return who() }
}

func TestG40ASourceWithTheReadersToken(t *testing.T) {
	src := dashboard.Source{Identity: "token"}
	run := func(name string, test func(t *testing.T, o source.Options)) {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := cached(t)
				o.Reader = now(as(secretToken))
				test(t, o)
			})
		})
	}
	run("is asked with it", func(t *testing.T, o source.Options) {
		w := atAddress(t, o, src, says(200, table))
		equal(t, text(t, w.last.Frame), "a b\n1 2")
		equal(t, w.web.last().Header.Get("Authorization"), "Bearer "+secretToken)
		if left, _ := os.ReadDir(o.CacheDir); len(left) > 0 {
			t.Errorf("what was given to one is kept on disk: %v", left)
		}
	})
	run("is not asked for nobody", func(t *testing.T, o source.Options) {
		o.Reader = nil
		w := atAddress(t, o, src, says(200, table))
		equal(t, w.last.Err.Error(), "source x: Please login!")
		equal(t, len(w.web.asked), 0)
	})
	run("is not asked when the token is over", func(t *testing.T, o source.Options) {
		o.Reader = now(func() source.Reader {
			r := as(secretToken)()
			r.Until = time.Now().Add(-time.Second)
			return r
		})
		w := atAddress(t, o, src, says(200, table))
		equal(t, w.last.Err.Error(), "source x: Please login!")
		equal(t, len(w.web.asked), 0)
	})
	run("follows no redirect with it", func(t *testing.T, o source.Options) {
		w := atAddress(t, o, src, says(302, "", "Location", "/other.csv"))
		equal(t, len(w.web.asked), 1)
		if w.last.Err == nil || !strings.Contains(w.last.Err.Error(), "not followed") {
			t.Errorf("got %v", w.last.Err)
		}
	})
	run("withdraws what was shown when it is refused", func(t *testing.T, o source.Options) {
		for status, want := range map[int]string{
			http.StatusUnauthorized: "source x: Please login!",
			http.StatusForbidden:    "source x: You do not have access. Please contact the administrator.",
		} {
			w := atAddress(t, o, src, says(200, table))
			got := w.again(says(status, "no"))
			equal(t, got.Err.Error(), want)
			equal(t, got.Frame, nil)
		}
		w := atAddress(t, o, src, says(200, table))
		equal(t, text(t, w.again(says(500, "trouble")).Frame), "a b\n1 2")
	})
	run("never shows it", func(t *testing.T, o source.Options) {
		who := o.Reader(t.Context())
		if got := fmt.Sprintf("%v %+v %#v %s", who, who, who, who.Token); strings.Contains(got, secretToken) {
			t.Errorf("it is printed: %s", got)
		}
	})
}

func TestG23WhatOneReaderIsGivenIsNeverAnothers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &web{}
		s := store(t, source.Options{HTTP: &http.Client{Transport: w}})
		w.will(func(r *http.Request) *http.Response {
			return says(200, "who\n"+strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")+"\n")(r)
		})
		src := dashboard.Source{Name: "x", URL: "https://example.com/x.csv", Identity: "token"}
		for _, name := range []string{"alice", "bob", "alice"} {
			f := s.OpenFor(as(name)(), src, nil)
			defer f.Close()
			equal(t, text(t, complete(t, f, 0).Frame), "who\n"+name)
		}
		equal(t, len(w.asked), 2)
		src.Identity = "service"
		for _, name := range []string{"alice", "bob"} {
			f := s.OpenFor(as(name)(), src, nil)
			defer f.Close()
			equal(t, text(t, complete(t, f, 0).Frame), "who") // for all, and without anybody's token
		}
		equal(t, len(w.asked), 3)
	})
}

func TestG23WhoSignsInNextSeesNothingOfWhoWasThereBefore(t *testing.T) {
	src := dashboard.Source{Name: "x", URL: "https://example.com/x.csv", Identity: "token"}
	for name, test := range map[string]struct {
		next  source.Reader
		says  func(*http.Request) *http.Response
		want  string // of the next reader, "" = an error
		wrong string
	}{
		"another reader is read for":            {as("bob")(), says(200, "who\nbob\n"), "who\nbob", ""},
		"nobody is shown nothing":               {source.Reader{}, says(200, "who\nalice\n"), "", "Please login!"},
		"nothing stays when the server is away": {as("bob")(), says(500, "trouble"), "", "500"},
		"nothing is taken for unchanged":        {as("bob")(), says(304, ""), "", "304"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				reader := as("alice")()
				reader.Claims = `{"sub":"alice"}`
				if test.next.Claims = `{"sub":"bob"}`; test.wrong == "Please login!" {
					test.next.Claims = ""
				}
				w := &web{}
				w.will(says(200, "who\nalice\n", "ETag", `"1"`))
				s := store(t, source.Options{HTTP: &http.Client{Transport: w}, Reader: now(func() source.Reader { return reader })})
				f := s.Open(src, nil)
				defer f.Close()
				first := complete(t, f, 0)
				equal(t, text(t, first.Frame), "who\nalice")
				reader = test.next
				w.will(test.says)
				s.ReaderChanged()
				got, err := f.Next(t.Context(), first.Seq)
				if err != nil {
					t.Fatal(err)
				}
				switch {
				case test.want != "":
					equal(t, text(t, got.Frame), test.want)
				case got.Frame != nil || got.Err == nil || !strings.Contains(got.Err.Error(), test.wrong):
					t.Errorf("got %v, %v", got.Frame, got.Err)
				}
			})
		})
	}
}
