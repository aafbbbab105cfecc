//go:build !windows

package terminal

import (
	"maps"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/localpool"
)

func TestAStoredSessionOpensTheTabsAtOnceWithoutANetwork(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	pool := p.onPool(localpool.Options{})
	first := p.app()
	first.see("Nobody is signed in")
	first.signIn("underwriter@example.com")
	first.quit()

	asked := maps.Clone(pool.Faults().Counts())
	second := p.app()
	second.see("underwriter@example.com")
	second.send("2")
	second.see("% Complete")
	if now := pool.Faults().Counts(); !maps.Equal(now, asked) {
		t.Errorf("the start asked the pool: %v, before %v", now, asked)
	}
	second.quit()

	pool.Close()
	third := p.app()
	third.see("underwriter@example.com")
	third.send("2")
	third.see("% Complete")
	third.send("3")
	third.see(noAccess)
	third.send("\x12") // ctrl+r: trouble with the network signs nobody out
	third.see("could not be refreshed: nothing listens on")
	third.press("2", "% Complete")
	third.quit()
	if got := p.run("whoami"); got.code != 0 || !strings.Contains(got.out, "underwriter@example.com") {
		t.Errorf("whoami without a network: exit %d, %s%s", got.code, got.out, got.err)
	}
}

func TestALogoutInAnotherProcessLocksTheTabsWithoutPolling(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	pool := p.onPool(localpool.Options{})
	s := p.app()
	s.see("Nobody is signed in")
	s.send("2")
	s.see(pleaseLogin)
	s.signIn("underwriter@example.com")
	s.see("% Complete")
	before := pool.Faults().Counts()
	if got := p.run("logout"); got.code != 0 {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}
	done := time.Now()
	s.see(pleaseLogin)
	t.Logf("locked %v after the other process ended", time.Since(done).Round(time.Millisecond))
	if strings.Contains(s.words(), "% Complete") {
		t.Error("what the tab showed is still there")
	}
	after := pool.Faults().Counts()
	after[localpool.Revoke]-- // the other process
	if before[localpool.Revoke] == 0 && after[localpool.Revoke] == 0 {
		delete(after, localpool.Revoke)
	}
	if !maps.Equal(before, after) {
		t.Errorf("the app asked the pool: %v, before %v", after, before)
	}
	s.quit()
}

func TestALoginInAnotherProcessUnlocksTheTabs(t *testing.T) {
	t.Parallel()
	p, pool, s := waiting(t)
	login := p.start("login", "--timeout", "30s")
	address := login.address()
	if _, err := pool.Person("underwriter@example.com", localpool.DemoPassword).SignIn(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	if got := login.wait(); got.code != 0 || !strings.Contains(got.err, "Signed in as underwriter@example.com. Groups: Underwriters. Kept in: file.") {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}
	s.see("% Complete")
	s.quit()
}

// The pool as a process of its own is on the fixed ports of the demo, so this
// test runs beside none that needs them.
func TestPoolServePrintsSettingsThatWork(t *testing.T) {
	server, p := newPlace(t), newPlace(t)
	pool := server.start("pool", "serve", "--listen", "127.0.0.1:0")
	eventually(t, "ready", func() error {
		if !strings.HasSuffix(pool.out.String(), "ready\n") {
			return os.ErrNotExist
		}
		return nil
	})
	p.settings(strings.Split(strings.TrimSpace(pool.out.String()), "\n"))
	s := p.app()
	s.see("Nobody is signed in")
	s.send("3")
	s.see(pleaseLogin)
	s.signIn("analyst@example.com")
	s.see("Map Layers")
	s.quit()
	if err := pool.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if got := pool.wait(); got.code != 0 {
		t.Errorf("the pool ends with %d: %s", got.code, got.err)
	}
	s = p.app()
	s.see("analyst@example.com")
	s.send("3")
	s.see("Map Layers")
	s.quit()
}
