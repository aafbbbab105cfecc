package main

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/authtabs/tabgate/cmd/tabgate/config"
)

const ownFigures = "Region,1961,1962\nChina,58340740,60690860\nUnited States,89816580,90275010\n"

// at is a place whose table comes from an address of its own.
func at(t *testing.T, address string) *place {
	t.Helper()
	p := newPlace(t)
	p.env["TABGATE_CONFIG"] = p.write("config.yaml", "data:\n  agriculture: "+address+"\n")
	return p
}

// show runs show dataframe as csv on a day of its own.
func (p *place) show(days int, args ...string) output {
	p.t.Helper()
	var out, errs bytes.Buffer
	w := world{
		env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok },
		dir: p.home, in: strings.NewReader(""), out: &out, err: &errs,
		now: func() time.Time { return time.Now().Add(time.Duration(days) * 24 * time.Hour) },
	}
	code := run(w, append([]string{"show", "dataframe", "--format", "csv"}, args...))
	return output{code, out.String(), errs.String()}
}

// refused checks that nothing but one line came out.
func (o output) refused(t *testing.T, code int, says string) {
	t.Helper()
	if o.code != code || o.out != "" || !strings.Contains(o.err, says) || strings.Count(o.err, "\n") != 1 {
		t.Errorf("exit %d, want %d: %q, %q does not say %q", o.code, code, o.out, o.err, says)
	}
}

func TestT18FiguresThatAreRefusedAreNotShownFromTheCache(t *testing.T) {
	for status, code := range map[int]int{403: exitNoAccess, 401: exitNotSignedIn} {
		t.Run(fmt.Sprintf("T-18 %d", status), func(t *testing.T) {
			var says atomic.Int32
			says.Store(200)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(int(says.Load()))
				io.WriteString(w, ownFigures)
			}))
			defer server.Close()
			p := at(t, server.URL+"/own.csv")
			if got := p.show(0); got.code != 0 || !strings.Contains(got.out, "China") {
				t.Fatalf("exit %d: %q, %s", got.code, got.out, got.err)
			}
			says.Store(int32(status)) // a minute later
			p.show(0).refused(t, code, fmt.Sprintf("(HTTP %d)", status))
			says.Store(200)
			p.show(0)
			says.Store(503)
			if got := p.show(2); got.code != 0 || !strings.Contains(got.out, "China") {
				t.Errorf("trouble of the server: exit %d: %q, %s", got.code, got.out, got.err)
			}
			says.Store(int32(status))
			p.show(2).refused(t, code, fmt.Sprintf("(HTTP %d)", status))
			p.show(0).refused(t, code, fmt.Sprintf("(HTTP %d)", status))
			p.show(0, "--offline").refused(t, exitNetwork, "offline")
		})
	}
}

func TestT17FiguresAreNotFetchedFromWhereNobodyAsked(t *testing.T) {
	asked := 0
	inside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		io.WriteString(w, ownFigures)
	}))
	defer inside.Close()
	server := httptest.NewServer(http.RedirectHandler(inside.URL+"/?key=canary", http.StatusFound))
	defer server.Close()
	got := at(t, server.URL+"/own.csv").show(0)
	got.refused(t, exitNetwork, "redirects to "+inside.URL)
	if asked != 0 || strings.Contains(got.err, "canary") {
		t.Errorf("asked %d times; %s", asked, got.err)
	}
}

func TestT20TheCAFileHoldsForFigures(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if agent := r.Header.Get("User-Agent"); !strings.HasPrefix(agent, "tabgate/") || strings.ContainsAny(agent, " ()") {
			t.Errorf("asked as %q", agent)
		}
		io.WriteString(w, ownFigures)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of clients that do not trust it
	server.StartTLS()
	defer server.Close()
	p := at(t, server.URL+"/own.csv")
	p.show(0).refused(t, exitNetwork, "TABGATE_CA_FILE")
	p.env["TABGATE_CA_FILE"] = p.write("none.pem", "no certificate")
	p.show(0).refused(t, exitConfig, "no certificate in PEM form")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	p.env["TABGATE_CA_FILE"] = p.write("ca.pem", string(block))
	if got := p.show(0); got.code != 0 || !strings.Contains(got.out, "China") {
		t.Errorf("exit %d: %s", got.code, got.err)
	}
}

func TestT20AndT21ProxiesHoldForFiguresAsForSignIn(t *testing.T) {
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusProxyAuthRequired)
	}))
	defer proxy.Close()
	host := strings.TrimPrefix(proxy.URL, "http://")
	p := at(t, "https://data.example.com/own.csv")
	p.env["ALL_PROXY"] = "http://me:canary@" + host
	says := "the proxy " + host + " does not accept the name and password that were sent (HTTP 407)"
	t.Run("T-20 figures", func(t *testing.T) { p.show(0).refused(t, exitNetwork, says) })
	t.Run("T-21 sign-in", func(t *testing.T) {
		p.env["COGNITO_DOMAIN"], p.env["CLIENT_ID"] = "https://auth.example.com", "c"
		got := p.run("doctor")
		if got.code != exitNetwork || strings.Count(got.out, says) != 2 || strings.Contains(got.out, "none is set") {
			t.Errorf("exit %d, %s", got.code, got.out)
		}
		if strings.Contains(got.out+got.err, "canary") {
			t.Error("the proxy's password shows")
		}
	})
}

func TestU8ACacheOfAnotherUserIsNotUsedAndSaid(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("access lists, not modes, protect folders on Windows")
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, ownFigures) }))
	p := at(t, server.URL+"/own.csv")
	if got := p.show(0); got.code != 0 || got.err != "" {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}
	dir := config.Dirs(func(key string) (string, bool) { v, ok := p.env[key]; return v, ok }).Cache
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Fatalf("%v, %v", entries, err)
	}
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	says := "figures are not kept for later: " + filepath.Clean(dir)
	if got := p.show(0); got.code != 0 || !strings.Contains(got.out, "China") || !strings.Contains(got.err, says) || strings.Count(got.err, "\n") != 1 {
		t.Errorf("exit %d: %s", got.code, got.err)
	}
	server.Close()
	if got := p.show(0); got.code != exitNetwork || got.out != "" {
		t.Errorf("what others may have planted is shown: exit %d: %q", got.code, got.out)
	}
}
