package gate_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/authtabs/tabgate/data/gate/wire"
)

func TestG32KeysOutOfReach(t *testing.T) {
	d := serve(t, house())
	d.people.mu.Lock()
	d.people.down = true
	d.people.mu.Unlock()
	a := d.get(wire.PagePath("risk"), "ana")
	a.refused(t, http.StatusServiceUnavailable, figures...)
	if a.Header.Get("Retry-After") == "" || a.Header.Get("WWW-Authenticate") != "" {
		t.Errorf("the refusal says %v", a.Header)
	}
	d.get(wire.FramePath("open", "open", nil), "").complete(t, "1")
	d.people.mu.Lock()
	d.people.down = false
	d.people.mu.Unlock()
	d.get(wire.FramePath("risk", "risk", nil), "ana").complete(t, "2")
}

func TestG38Audit(t *testing.T) {
	f := house()
	d := serve(t, f)
	requests := []answer{
		d.get(wire.FramePath("risk", "risk", map[string][]string{"find": {"a private word"}, "sectors": {"Energy"}}), "ana"),
		d.get(wire.FramePath("risk", "risk", nil), "not-a-token"),
		d.get("/v1/pages/\u202e\u00e9%0a\"x/?access_token=token-of-ana", "", "Cookie", "session=s3cret"),
		d.get("/v1/whoami", "guest", "X-Api-Key", "s3cret"),
	}
	if len(requests) != strings.Count(d.audit.String(), "\n") {
		t.Fatalf("%d requests are written as %s", len(requests), d.audit)
	}
	t.Run("G-38 no token, secret, free text or figure is written down", func(t *testing.T) {
		for _, secret := range []string{"token-of-ana", "not-a-token", "Bearer", "s3cret", "private", "alpha", "hush", "access_token"} {
			if strings.Contains(d.audit.String(), secret) || strings.Contains(d.log.String(), secret) {
				t.Errorf("%q is written: %s %s", secret, d.audit, d.log)
			}
		}
	})
	t.Run("G-38 each line is JSON of ASCII, and says who asked for what and what came of it", func(t *testing.T) {
		lines := strings.Split(strings.TrimSuffix(d.audit.String(), "\n"), "\n")
		for _, line := range lines {
			if !json.Valid([]byte(line)) || strings.ContainsFunc(line, func(c rune) bool { return c > unicode.MaxASCII || c < ' ' }) {
				t.Errorf("a line is %q", line)
			}
		}
		var first struct {
			Time, Peer, Method, Page, Frame, Verdict, Sub, JTI string
			Status, Rows, Bytes                                int
			Inputs                                             map[string]any
		}
		if err := json.Unmarshal([]byte(lines[0]), &first); err != nil {
			t.Fatal(err)
		}
		if first.Peer != "127.0.0.1" || first.Method != "GET" || first.Page != "risk" || first.Frame != "risk" || first.Verdict != "open" || first.Status != 200 ||
			first.Sub != "ana" || first.JTI != "jti-ana" || first.Rows != 2 || first.Bytes != len(requests[0].body) || first.Inputs["find"] != 14.0 {
			t.Errorf("the first line is %s", lines[0])
		}
		if !strings.Contains(lines[1], `"verdict":"bad_token","status":401`) || !strings.Contains(lines[2], `"verdict":"not_found","status":404`) {
			t.Errorf("the others are %q", lines[1:])
		}
	})
}

func TestG36AFolderThatLeavesItself(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "outside.csv")
	if err := os.WriteFile(outside, []byte("a,b\n9,stolen\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	d := serve(t, house())
	frame := wire.FramePath("open", "open", nil)
	d.get(frame, "").complete(t, "1")
	replace := func(t *testing.T, name string, with func(at string) error) {
		t.Helper()
		d.remove(name)
		if err := with(filepath.Join(d.dir, filepath.FromSlash(name))); err != nil {
			t.Skip(err)
		}
	}
	never := func(t *testing.T, asks int) {
		t.Helper()
		for range asks {
			if a := d.get(frame, ""); strings.Contains(a.body, "stolen") {
				t.Fatalf("it is served: %s", a.body)
			}
		}
	}
	t.Run("G-36 figures behind a link out of the folder are not served", func(t *testing.T) {
		replace(t, "data/open.csv", func(at string) error { return os.Symlink(outside, at) })
		eventually(t, "the change is seen", func() bool { never(t, 1); return true })
		never(t, 10)
	})
	t.Run("G-36 nor where the link is put in and out again while it is read", func(t *testing.T) {
		stop, done := make(chan struct{}), make(chan struct{})
		at := filepath.Join(d.dir, "data", "open.csv")
		go func() {
			defer close(done)
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				os.Remove(at)
				if i%2 == 0 {
					_ = os.Symlink(outside, at) // a race of two programs: either may lose
				} else {
					_ = os.WriteFile(at, []byte("a,b\n1,two\n"), 0o600)
				}
			}
		}()
		never(t, 15)
		close(stop)
		<-done
	})
	t.Run("G-36 a page that names a path out of the folder is none", func(t *testing.T) {
		for _, path := range []string{"../outside.csv", "/etc/hostname", "data/../../x.csv", "data\\..\\x.csv", outside} {
			d.write("pages/1_Open.yaml", strings.Replace(openPage, "data/open.csv", "'"+path+"'", 1))
			d.reload()
			d.get(wire.PagePath("open"), "").refused(t, http.StatusServiceUnavailable, "outside", path)
		}
	})
	t.Run("G-36 a specification or text behind a link is not served either", func(t *testing.T) {
		d.write("pages/1_Open.yaml", "groups: []\nrows:\n  - - markdown: {path: text.md}\n")
		if err := os.Symlink(outside, filepath.Join(d.dir, "text.md")); err != nil {
			t.Skip(err)
		}
		d.reload()
		if a := d.get(wire.PagePath("open"), ""); a.StatusCode != http.StatusServiceUnavailable || strings.Contains(a.body, "stolen") {
			t.Errorf("it is answered with %d %s", a.StatusCode, a.body)
		}
	})
	if bytes.Contains([]byte(d.log.String()), []byte("stolen")) {
		t.Error("the log tells what is outside")
	}
}
