package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

func TestDeck(t *testing.T) {
	place := newPlace(t)
	dir := t.TempDir()
	execute := func(args ...string) (out, errs string, code int) {
		got := place.typed("", args...)
		return got.out, got.err, got.code
	}
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("places.csv", "lat,lon,n\n48.86,2.35,1\n,,2\n")
	good := write("good.json", `{"layers":[{"@@type":"ScatterplotLayer","id":"here","data":"places.csv","getPosition":"@@=[lon, lat]","getRadius":9000},{"@@type":"TerrainLayer","id":"hills"}]}`)
	t.Run("prints facts, and tells what is left out on stderr", func(t *testing.T) {
		out, errs, code := execute("deck", good, "--format", "facts")
		if code != 0 || !strings.Contains(out, `"skipped":{"no_position":1}`) {
			t.Errorf("exit %d, %s", code, out)
		}
		for _, want := range []string{"good.json: layer hills is not drawn: TerrainLayer is not supported", "good.json: 1 without a place left out"} {
			if !strings.Contains(errs, want) {
				t.Errorf("stderr is %q, without %q", errs, want)
			}
		}
	})
	t.Run("draws the map", func(t *testing.T) {
		out, _, code := execute("deck", good, "--size", "60x20")
		if code != 0 || len(strings.Split(strings.TrimRight(out, "\n"), "\n")) < 10 {
			t.Errorf("exit %d:\n%s", code, out)
		}
	})
	t.Run("refuses what is no map with the reason", func(t *testing.T) {
		bad := write("bad.json", "{\n  \"layers\": [")
		_, errs, code := execute("deck", bad)
		if code != exitConfig || !strings.Contains(errs, "line 2, column 14: the text ends too early") {
			t.Errorf("exit %d, %s", code, errs)
		}
	})
	t.Run("reads no file outside the folder", func(t *testing.T) {
		outside := write("out.json", `{"layers":[{"@@type":"ScatterplotLayer","id":"x","data":"../secret.csv"}]}`)
		_, errs, code := execute("deck", outside)
		if code != 0 || !strings.Contains(errs, "layer x is not drawn: ") {
			t.Errorf("exit %d, %s", code, errs)
		}
	})
	t.Run("draws tiles below the map, and says whose they are", func(t *testing.T) {
		var asked atomic.Int64 // several tiles are asked for at once
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked.Add(1)
			http.NotFound(w, r)
		}))
		defer server.Close()
		if _, errs, code := execute("deck", good, "--tiles", server.URL+"/{z}/{x}/{y}.mvt"); code != 0 || asked.Load() == 0 {
			t.Errorf("exit %d, %q, asked %d times", code, errs, asked.Load())
		}
		before := asked.Load()
		if _, _, code := execute("deck", good); code != 0 || asked.Load() != before {
			t.Errorf("exit %d, and without --tiles asked %d times more", code, asked.Load()-before)
		}
	})
	t.Run("tells an address that gives nothing from one that is wrong", func(t *testing.T) {
		server := httptest.NewServer(http.NotFoundHandler())
		server.Close()
		if _, errs, code := execute("deck", good, "--tiles", server.URL+"/{z}/{x}/{y}"); code != exitNetwork || !strings.Contains(errs, "--tiles") {
			t.Errorf("exit %d, %s", code, errs)
		}
	})
	t.Run("refuses tiles that it cannot have with the reason", func(t *testing.T) {
		for tiles, why := range map[string]string{
			"http://maps.example/{z}/{x}/{y}":  "http is for this machine alone",
			good:                               "it is no PMTiles archive",
			filepath.Join(dir, "gone.pmtiles"): "gone.pmtiles",
			dir:                                "is no regular file",
		} {
			if _, errs, code := execute("deck", good, "--tiles", tiles); code != exitConfig || !strings.Contains(errs, why) {
				t.Errorf("%s: exit %d, %s", tiles, code, errs)
			}
		}
	})
}
