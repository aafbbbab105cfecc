package data

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/data/httpcache"
)

const ownAddress = "https://data.example.com/own.csv"

// own reads an address of one's own, as a caller.
func own(dir string, net http.RoundTripper, now time.Time, caller string) *Source {
	return NewSource(Options{
		CacheDir: dir, HTTP: &http.Client{Transport: net}, Now: func() time.Time { return now },
		URLs: URLs{Agriculture: ownAddress}, Caller: caller,
	})
}

// An address answers, and later refuses whoever lost their right to it: what
// it gave before is gone with that.
func TestT18RefusalsAreNeverAnsweredFromACache(t *testing.T) {
	for status, kind := range map[int]neterr.Kind{401: neterr.Unauthorized, 403: neterr.Forbidden} {
		t.Run(fmt.Sprintf("T-18 %d", status), func(t *testing.T) {
			dir := t.TempDir()
			agriculture(t, own(dir, serve(200, unText), noon, ""))
			later := noon.Add(time.Minute) // the copy is as young as can be
			_, err := own(dir, serve(status, "sorry"), later, "").Agriculture(t.Context())
			if neterr.KindOf(err) != kind || !errors.As(err, new(*AnswerError)) || !strings.Contains(err.Error(), fmt.Sprint(status)) || !strings.Contains(err.Error(), "data.agriculture") {
				t.Errorf("got %v", err)
			}
			if left, _ := os.ReadDir(dir); len(left) != 0 {
				t.Errorf("the cache still holds %v", left)
			}
			s := own(dir, serve(0, "no route to host"), later, "")
			if table, err := s.Agriculture(t.Context()); !errors.As(err, new(*NetworkError)) {
				t.Errorf("without a network it came back: %+v, %v", table.Origin, err)
			}
			if table, err := s.AgricultureNow(t.Context()); err == nil {
				t.Errorf("it is still at hand: %+v", table.Origin)
			}
		})
	}
}

// In a cache that cannot be written a refused copy is emptied.
func TestT18ARefusedCopyIsEmptiedWhereItCannotBeRemoved(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("modes of folders do not bind root, nor anybody on Windows")
	}
	dir := t.TempDir()
	agriculture(t, own(dir, serve(200, unText), noon, ""))
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	_, err := own(dir, serve(403, ""), noon.Add(25*time.Hour), "").Agriculture(t.Context())
	if neterr.KindOf(err) != neterr.Forbidden {
		t.Fatal(err)
	}
	if table, err := own(dir, serve(0, "away"), noon, "").Agriculture(t.Context()); err == nil {
		t.Errorf("it came back: %+v", table.Origin)
	}
}

// Which answers a copy may stand in for, and for which the bundled figures of
// the original addresses may.
func TestT18WhatACopyMayStandInFor(t *testing.T) {
	tests := map[int]bool{ // 0 = nobody answers
		0: true, 500: true, 502: true, 503: true, 429: true,
		400: false, 401: false, 403: false, 404: false, 410: false, 418: false, 204: false, 304: true,
	}
	for status, copied := range tests {
		t.Run(fmt.Sprintf("T-18 %d", status), func(t *testing.T) {
			dir := t.TempDir()
			agriculture(t, own(dir, serve(200, unText), noon, ""))
			table, err := own(dir, serve(status, "away"), noon.Add(49*time.Hour), "").Agriculture(t.Context())
			switch {
			case status == 304:
				if err != nil || table.Origin.Kind != Live {
					t.Errorf("unchanged: %+v, %v", table.Origin, err)
				}
			case copied && (err != nil || table.Origin.Kind != Cache || table.Origin.Note == ""):
				t.Errorf("the copy should stand in, with a reason: %+v, %v", table.Origin, err)
			case !copied && (err == nil || !errors.As(err, new(*AnswerError)) || strings.Contains(err.Error(), "\n")):
				t.Errorf("it should be told: %+v, %v", table.Origin, err)
			}
			o := agriculture(t, source(t.TempDir(), serve(status, "away"), noon)).Origin
			if o.Kind != Bundled || o.Note == "" || strings.Contains(o.Note, "data.agriculture") {
				t.Errorf("the original address: %+v", o)
			}
		})
	}
}

// Somebody who signs out at one moment must not see their figures flash up at
// the next: a caller's copy is shown only once the address has been asked.
func TestT18ACallersCopyWaitsForTheAnswer(t *testing.T) {
	dir := t.TempDir()
	agriculture(t, own(dir, serve(200, unText), noon, "alice"))
	s := own(dir, serve(403, ""), noon, "alice")
	if table, err := s.AgricultureNow(t.Context()); err == nil {
		t.Errorf("shown without asking: %+v", table.Origin)
	}
	agriculture(t, own(dir, serve(200, unText), noon, ""))
	s = own(dir, serve(403, ""), noon, "")
	table, err := s.AgricultureNow(t.Context())
	if err != nil || table.Origin.Kind != Cache || s.Final(table.Origin) {
		t.Errorf("nobody's copy is at hand, and not the last word: %+v, %v", table.Origin, err)
	}
}

// Of the map's three lists one is of one's own: it is asked again although the
// copies of the others are young.
func TestT18OfTheMapOnesOwnListIsAskedAgain(t *testing.T) {
	bodies := map[string]string{
		"bike_rental_stats.json": `[{"lon":-122.4,"lat":37.7}]`, "s.json": `[{"name":"A (B)","code":"A","lon":-122.4,"lat":37.7,"entries":"1","exits":"2"}]`,
		"bart_path_stats.json": `[{"lon":-122.4,"lat":37.7,"lon2":-122.4,"lat2":37.8,"inbound":1,"outbound":2}]`,
	}
	status := 200
	net := &fakeNet{answer: func(r *http.Request) (int, string, http.Header) {
		if r.URL.Host == "own.example.com" {
			return status, bodies["s.json"], nil
		}
		return 200, bodies[r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]], nil
	}}
	s := NewSource(Options{
		CacheDir: t.TempDir(), HTTP: &http.Client{Transport: net}, Now: func() time.Time { return noon },
		URLs: URLs{Stations: "https://own.example.com/s.json"},
	})
	if c, err := s.City(t.Context()); err != nil || c.Origin.Kind != Live {
		t.Fatalf("%+v, %v", c.Origin, err)
	}
	c, err := s.CityNow(t.Context())
	if err != nil || s.Final(c.Origin) {
		t.Errorf("what is at hand counts as the newest: %+v, %v", c.Origin, err)
	}
	status = 403
	if _, err := s.City(t.Context()); neterr.KindOf(err) != neterr.Forbidden {
		t.Errorf("got %v", err)
	}
	if len(net.asked) != 4 {
		t.Errorf("%d requests, want 4: the originals' copies are young", len(net.asked))
	}
}

func TestT18OfTheMapOneRefusalIsEnough(t *testing.T) {
	net := &fakeNet{answer: func(r *http.Request) (int, string, http.Header) {
		if r.URL.Host == "own.example.com" {
			return 403, "", nil
		}
		return 503, "", nil
	}}
	s := NewSource(Options{HTTP: &http.Client{Transport: net}, URLs: URLs{Stations: "https://own.example.com/s.json"}})
	if _, err := s.City(t.Context()); neterr.KindOf(err) != neterr.Forbidden {
		t.Errorf("got %v", err)
	}
}

func TestT19WhatOneCallerWasGivenIsNotAnothers(t *testing.T) {
	dir := t.TempDir()
	agriculture(t, own(dir, serve(200, unText), noon, "issuer one\x00alice"))
	for _, caller := range []string{"", "issuer one\x00bob", "issuer one\x00alic", "issuer on\x00ealice"} {
		net := serve(503, "")
		table, err := own(dir, net, noon, caller).Agriculture(t.Context())
		if err == nil || len(net.asked) != 1 || net.asked[0].Header.Get("If-None-Match") != "" {
			t.Errorf("T-19 %q was shown %+v, asked %d times", caller, table.Origin, len(net.asked))
		}
	}
	if o := agriculture(t, own(dir, serve(503, ""), noon, "issuer one\x00alice")).Origin; o.Kind != Cache {
		t.Errorf("T-19 alice lost her own: %+v", o)
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

// A meta file that is put in another's place does not lend its body.
func TestT19AnEntryUnderAnothersNameIsNone(t *testing.T) {
	dir := t.TempDir()
	agriculture(t, own(dir, serve(200, unText), noon, "alice"))
	from, to := httpcache.New(dir, "alice", MaxBody).Path("agriculture.csv.gz", ownAddress), httpcache.New(dir, "bob", MaxBody).Path("agriculture.csv.gz", ownAddress)
	for _, end := range []string{"", httpcache.MetaEnd} {
		if err := os.Rename(from+end, to+end); err != nil {
			t.Fatal(err)
		}
	}
	if table, err := own(dir, serve(503, ""), noon, "bob").Agriculture(t.Context()); err == nil {
		t.Errorf("T-19 bob is shown %+v", table.Origin)
	}
}

func TestTheCacheKeepsAFewAnswers(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "agriculture.csv.gz"), []byte("of an earlier version"), 0o600); err != nil {
		t.Fatal(err)
	}
	for i := range httpcache.MaxEntries + 3 {
		agriculture(t, own(dir, serve(200, unText), noon, fmt.Sprint(i)))
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2*httpcache.MaxEntries {
		t.Errorf("%d files, %v", len(entries), err)
	}
	if o := agriculture(t, own(dir, serve(503, ""), noon, fmt.Sprint(httpcache.MaxEntries+2))).Origin; o.Kind != Cache {
		t.Errorf("the newest went: %+v", o)
	}
}

// planted is a cache directory with figures that another user made up.
func planted(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "cache")
	agriculture(t, own(dir, serve(200, strings.ReplaceAll(unText, "58340740", "1")), noon, ""))
	return dir
}

func TestU8ACacheThatOthersMayWriteIsNotUsed(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("access lists, not modes and owners, protect folders on Windows")
	}
	tests := map[string]struct {
		spoil func(t *testing.T, dir string) error
		root  bool // only root can make it so
	}{
		"U-8 everybody may write the folder": {func(_ *testing.T, d string) error { return os.Chmod(d, 0o777) }, false},
		"U-8 also where it is sticky":        {func(_ *testing.T, d string) error { return os.Chmod(d, 0o777|os.ModeSticky) }, false},
		"U-8 another user owns the folder":   {func(_ *testing.T, d string) error { return os.Chown(d, 65534, 65534) }, true},
		"U-8 another user owns the figures": {func(_ *testing.T, d string) error {
			files, err := filepath.Glob(filepath.Join(d, "*"))
			for _, f := range files {
				err = errors.Join(err, os.Chown(f, 65534, 65534))
			}
			return err
		}, true},
		"U-8 the figures are a pipe": {func(t *testing.T, d string) error {
			return os.Rename(pipe(t), httpcache.New(d, "", MaxBody).Path("agriculture.csv.gz", ownAddress))
		}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.root && os.Geteuid() != 0 {
				t.Skip("only root can give a file away")
			}
			dir := planted(t)
			if err := test.spoil(t, dir); err != nil {
				t.Fatal(err)
			}
			before, err := os.Stat(dir)
			if err != nil {
				t.Fatal(err)
			}
			s := own(dir, serve(503, ""), noon, "")
			if table, err := s.Agriculture(t.Context()); err == nil {
				t.Errorf("planted figures are shown: %+v", table.Origin)
			}
			folder := !strings.Contains(name, "figures")
			o := agriculture(t, own(dir, serve(200, unText), noon, "")).Origin
			if o.Kind != Live || strings.Contains(o.Note, "not kept for later") != folder || strings.Contains(o.Note, "\n") {
				t.Errorf("live: %+v", o)
			}
			if problem := s.CacheProblem(); (problem != nil) != folder || folder && !strings.Contains(problem.Error(), dir) {
				t.Errorf("the problem is told as %v", problem)
			}
			if after, err := os.Stat(dir); err != nil || after.Mode() != before.Mode() {
				t.Errorf("the folder was changed: %v, %v", after.Mode(), err)
			}
		})
	}
}

func TestU8ACacheOfOnesOwnIsMadeAndUsed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	s := own(dir, serve(200, unText), noon, "")
	if problem := s.CacheProblem(); problem != nil {
		t.Errorf("before it is there: %v", problem)
	}
	if o := agriculture(t, s).Origin; o.Note != "" {
		t.Errorf("%+v", o)
	}
	info, err := os.Stat(dir)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info, err)
	}
	if o := agriculture(t, own(dir, serve(503, ""), noon, "")).Origin; o.Kind != Cache {
		t.Errorf("%+v", o)
	}
}
