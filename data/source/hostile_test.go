package source_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/authtabs/tabgate/auth/transport"
	"github.com/authtabs/tabgate/data/dashboard"
	"github.com/authtabs/tabgate/data/source"
)

// asked is what a source at an address gives with a client.
func asked(t *testing.T, client *http.Client, cache string, src dashboard.Source) source.Snapshot {
	t.Helper()
	src.Name = "x"
	s := store(t, source.Options{HTTP: client, CacheDir: cache}.With(source.NewSystem()))
	feed := s.Open(src, nil)
	defer feed.Close()
	return complete(t, feed, 0)
}

// A server of figures that means harm to its readers meets the limits of the
// client that is handed over, and is told in one line.
func TestT20AHostileServerOfFiguresIsBoundedAndTold(t *testing.T) {
	var bomb bytes.Buffer // 17 MiB in some KB
	z := gzip.NewWriter(&bomb)
	for range 17 {
		if _, err := z.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	const limit = 1 << 20 // of the client's, so that a busy machine gets there in time
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		says   string
	}{
		"T-20 a body without end": {func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
		}, "answered with more than 1 MiB"},
		"T-20 a gzip bomb as encoding": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(bomb.Bytes())
		}, "more than 1 MiB"},
		"T-20 huge headers": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Large", strings.Repeat("x", 1<<20))
		}, "cannot be reached"},
		"T-20 redirects in a circle": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
		}, "redirects more than 5 times"},
		"T-20 a redirect with control characters": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "https://evil.example%1b]0;x/")
			w.WriteHeader(http.StatusFound)
		}, "cannot be reached"},
		"T-20 no HTTP": {func(w http.ResponseWriter, _ *http.Request) {
			c, _, err := http.NewResponseController(w).Hijack()
			if err == nil {
				io.WriteString(c, "\x1b[2J220 mail.example ESMTP\r\n")
				c.Close()
			}
		}, "cannot be reached"},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(test.answer)
			defer server.Close()
			network := transport.New(transport.Options{Env: func(string) (string, bool) { return "", false }})
			defer network.CloseIdleConnections()
			client := network.Client(transport.Limits{Bytes: limit, Time: source.MaxTime, Redirects: source.MaxRedirects})
			err := asked(t, client, t.TempDir(), dashboard.Source{URL: server.URL + "/a.csv"}).Err
			if err == nil || !strings.Contains(err.Error(), test.says) || strings.ContainsAny(err.Error(), "\n\x1b") {
				t.Errorf("%q, want %q", err, test.says)
			}
		})
	}
}

// talk makes a client whose connections reach a function instead of a server.
func talk(serve func(net.Conn)) *http.Client {
	return &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(context.Context, string, string) (net.Conn, error) {
			ours, theirs := net.Pipe()
			go func() {
				defer theirs.Close()
				if _, err := http.ReadRequest(bufio.NewReader(theirs)); err == nil {
					serve(theirs)
				}
			}()
			return ours, nil
		},
	}}
}

// A server that keeps sending, but a byte a second, is given up as well: the
// time is for the whole answer.
func TestT20ASlowServerIsGivenUpInTime(t *testing.T) {
	slowly := func(c net.Conn, text string) {
		for i := range text {
			if _, err := c.Write([]byte(text[i : i+1])); err != nil {
				return
			}
			time.Sleep(time.Second)
		}
	}
	for name, server := range map[string]func(net.Conn){
		"a byte a second": func(c net.Conn) { slowly(c, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello") },
		"a body that trickles": func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n")
			slowly(c, strings.Repeat("Region,1961\n", 99))
		},
		"a body that stops": func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nRegion")
			time.Sleep(time.Hour)
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				begin := time.Now()
				err := asked(t, talk(server), "", dashboard.Source{URL: "http://127.0.0.1/a.csv"}).Err
				if took := time.Since(begin); err == nil || !strings.Contains(err.Error(), "did not answer in time") || took != source.MaxTime {
					t.Errorf("after %s: %v", took, err)
				}
				time.Sleep(2 * time.Hour) // The server's side ends.
			})
		})
	}
}

// An address that tells callers apart by a header gives what one caller was given
// to no other, and what is kept names none of them.
func TestT19WhatOneCallerWasGivenIsNotAnothers(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	as := func(key string, answer func(*http.Request) *http.Response) source.Snapshot {
		src := dashboard.Source{URL: address}
		if key != "" {
			src.Headers = []dashboard.Header{{Name: "X-Key", Value: key}}
		}
		return asked(t, &http.Client{Transport: &web{answer: answer}}, dir, src)
	}
	if got := as("alice", says(200, table)); got.Err != nil {
		t.Fatal(got.Err)
	}
	for _, key := range []string{"", "bob", "alic", "alice "} {
		if got := as(key, says(503, "")); got.Frame != nil || got.Err == nil {
			t.Errorf("T-19 %q was shown %+v", key, got)
		}
	}
	if got := as("alice", says(503, "")); got.Frame == nil || got.Frame.Origin().Kind != "cache" {
		t.Errorf("T-19 alice lost her own: %+v", got)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Fatalf("%v, %v", entries, err)
	}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil || strings.Contains(e.Name()+string(content), "alice") {
			t.Errorf("T-19 %s names the caller (%v)", e.Name(), err)
		}
	}
}
