package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/auth/localpool"
)

// firstFrame does what the app does from its arguments to its first frame,
// but for the terminal. On a machine that is busy, reading a session may take
// longer than a person should wait for it.
func (p *place) firstFrame(t testing.TB) string {
	w := world{env: func(key string) (string, bool) { v, ok := p.env[key]; return v, ok }, dir: p.home, now: time.Now}
	c := appIn(&w)
	cfg, err := c.loadQuietly()
	if err != nil {
		t.Fatal(err)
	}
	svc, err := c.appService(cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer svc.Close()
	root := c.model(t.Context(), cfg, svc)
	root.Init()
	root.Update(tea.WindowSizeMsg{Width: 160, Height: 45})
	return root.View()
}

func TestTheFirstFrameShowsAStoredSession(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool()
	if frame := p.firstFrame(t); !strings.Contains(frame, "Nobody is signed in") {
		t.Errorf("the first frame does not say that nobody is signed in:\n%s", frame)
	}
	if out := p.signIn(pool, "underwriter@example.com"); out.code != exitDone {
		t.Fatal(out)
	}
	pool.Close() // a start needs no network
	if frame := p.firstFrame(t); !strings.Contains(frame, "underwriter@example.com") {
		t.Errorf("the first frame does not name the person of the stored session:\n%s", frame)
	}
}

func TestTheAppRunsWhereNothingCanBeKept(t *testing.T) {
	file := func(p *place) {
		p.env["XDG_STATE_HOME"] = filepath.Join(p.home, "file")
		if err := os.WriteFile(p.env["XDG_STATE_HOME"], nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	homeless := func(p *place) {
		for _, key := range []string{"HOME", "LocalAppData", "AppData"} {
			delete(p.env, key)
		}
	}
	tests := map[string]struct {
		how  func(*place)
		says string
	}{
		"a state directory that cannot be made": {file, "cannot be made"},
		"no home":                               {homeless, "there is no home directory"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPlace(t)
			p.onPool()
			tt.how(p)
			frame := strings.Join(strings.Fields(p.firstFrame(t)), " ")
			for _, want := range []string{"Nobody is signed in", "A session will stay in memory, until you quit", tt.says} {
				if !strings.Contains(frame, want) {
					t.Errorf("the first frame does not say %q:\n%s", want, frame)
				}
			}
			if out := p.run("whoami"); out.code != exitConfig {
				t.Errorf("a command, which could keep nothing, ends with %d: %s", out.code, out.err)
			}
		})
	}
}

func BenchmarkFirstFrame(b *testing.B) {
	p := newPlace(b)
	pool := p.onPool()
	run := func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p.firstFrame(b)
		}
	}
	b.Run("signed out", run)
	if out := p.signIn(pool, localpool.DemoPeople()[0].Email); out.code != exitDone {
		b.Fatal(out)
	}
	b.Run("stored session", run)
}

// BenchmarkCommandTree is what each start pays for the subcommands.
func BenchmarkCommandTree(b *testing.B) {
	for b.Loop() {
		newRoot(&world{})
	}
}

func TestE2TheAppShowsABadgeOfTheLocalPoolAlone(t *testing.T) {
	p := newPlace(t)
	p.onPool()
	if frame := p.firstFrame(t); !strings.Contains(frame, "local pool") {
		t.Errorf("no badge:\n%s", frame)
	}
	p.env["COGNITO_DOMAIN"], p.env["COGNITO_ISSUER"] = "https://example.auth.eu-west-1.amazoncognito.com", ""
	if frame := p.firstFrame(t); strings.Contains(frame, "local pool") {
		t.Errorf("a badge on a real pool:\n%s", frame)
	}
}
