package pins_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/authtabs/tabgate/cmd/tabgate/pins"
	"github.com/authtabs/tabgate/data/gate/client"
)

var now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func offer(server string) client.Offer {
	return client.Offer{Server: server, Issuer: "https://issuer.example", Domain: "https://auth.example.com", ClientID: "abc", Redirects: []string{"http://localhost:8501/cb/x"}, Scopes: []string{"openid"}, TokenTo: []string{"https://other.example"}}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestPins(t *testing.T) {
	t.Run("a server is remembered whole until it is forgotten", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "state")
		must(t, pins.In(dir).Keep(t.Context(), offer("https://a.example"), now))
		must(t, pins.In(dir).Keep(t.Context(), offer("https://b.example"), now))
		got, ok, err := pins.In(dir).Of("https://a.example")
		if err != nil || !ok || len(got.Changes(offer("https://a.example"))) > 0 || !got.Since.Equal(now) {
			t.Errorf("%+v, %v, %v", got, ok, err)
		}
		changed := offer("https://a.example")
		changed.ClientID = "x"
		must(t, pins.In(dir).Keep(t.Context(), changed, now))
		if got, _, _ := pins.In(dir).Of("https://a.example"); got.ClientID != "x" {
			t.Errorf("%+v", got)
		}
		must(t, pins.In(dir).Forget(t.Context(), "https://a.example"))
		all, err := pins.In(dir).All()
		if err != nil || len(all) != 1 || all[0].Server != "https://b.example" {
			t.Errorf("%+v, %v", all, err)
		}
		if info, err := os.Stat(filepath.Join(dir, "servers.json")); runtime.GOOS != "windows" && (err != nil || info.Mode().Perm() != 0o600) {
			t.Errorf("%v, %v", info, err)
		}
	})
	t.Run("a file that somebody else could have written is no answer", func(t *testing.T) {
		if runtime.GOOS == "windows" {
			t.Skip("mode bits as other systems have them")
		}
		dir := filepath.Join(t.TempDir(), "state")
		must(t, pins.In(dir).Keep(t.Context(), offer("https://a.example"), now))
		must(t, os.Chmod(filepath.Join(dir, "servers.json"), 0o646))
		if _, ok, err := pins.In(dir).Of("https://a.example"); ok || err == nil {
			t.Errorf("%v, %v", ok, err)
		}
		if err := pins.In(dir).Keep(t.Context(), offer("https://b.example"), now); err == nil {
			t.Error("it was written to")
		}
	})
	t.Run("a damaged file is no answer", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "state")
		must(t, pins.In(dir).Keep(t.Context(), offer("https://a.example"), now))
		for _, text := range []string{"", "{", `{"version":2}`} {
			must(t, os.WriteFile(filepath.Join(dir, "servers.json"), []byte(text), 0o600))
			if _, _, err := pins.In(dir).Of("https://a.example"); err == nil || !strings.Contains(err.Error(), "damaged") {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
	t.Run("processes at once lose no server", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "state")
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				if err := pins.In(dir).Keep(t.Context(), offer(fmt.Sprintf("https://s%d.example", i)), now); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		list, err := pins.In(dir).All()
		var names []string
		for _, p := range list {
			names = append(names, p.Server)
		}
		slices.Sort(names)
		if err != nil || len(slices.Compact(names)) != 8 {
			t.Errorf("%q, %v", names, err)
		}
	})
	t.Run("without a home nothing is remembered", func(t *testing.T) {
		if _, ok, err := pins.In("").Of("https://a.example"); ok || err != nil {
			t.Errorf("%v, %v", ok, err)
		}
		if err := pins.In("").Keep(t.Context(), offer("https://a.example"), now); err == nil || !strings.Contains(err.Error(), "XDG_STATE_HOME") {
			t.Errorf("%v", err)
		}
	})
}
