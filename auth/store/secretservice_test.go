//go:build linux

package store

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

const insideBus = "TABGATE_TEST_INSIDE_BUS"

// TestARealSecretService runs this test again inside a D-Bus session of its
// own, with a GNOME Keyring of its own in a directory of its own, so that it
// never touches the keyring of whoever runs it.
func TestARealSecretService(t *testing.T) {
	if os.Getenv(insideBus) != "" {
		insideARealSecretService(t)
		return
	}
	onABusOfItsOwn(t, "gnome-keyring-daemon")
}

// onABusOfItsOwn runs the test that calls it once more inside a session bus
// that starts nothing by itself.
func onABusOfItsOwn(t *testing.T, tools ...string) {
	t.Helper()
	for _, tool := range append(tools, "dbus-run-session") {
		if _, err := exec.LookPath(tool); err != nil {
			missing(t, tool+" is not installed, so the keyring is tested with fakes alone")
		}
	}
	home := privateTemp(t)
	config := home + "/bus.conf"
	must(t, os.WriteFile(config, []byte(busConfig), 0o600))
	cmd := exec.CommandContext(t.Context(), "dbus-run-session", "--config-file="+config, "--", os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), insideBus+"=1", "HOME="+home, "XDG_DATA_HOME="+home,
		"XDG_RUNTIME_DIR="+home, "XDG_CONFIG_HOME="+home, "DISPLAY=", "WAYLAND_DISPLAY=")
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Errorf("inside the session: %v\n%s", err, out)
	}
}

const busConfig = `<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`

// missing skips, unless whoever runs the tests wants them all.
func missing(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("TABGATE_REQUIRE_E2E") == "1" {
		t.Fatal(why)
	}
	t.Skip(why)
}

// startKeyring starts the daemon and returns once it owns its name on the bus.
func startKeyring(t *testing.T) { startKeyringWith(t, "a password for this test") }

// startKeyringWith makes a login keyring with a password; without one there is
// no keyring at all, as in a session that began without a login.
func startKeyringWith(t *testing.T, password string) {
	t.Helper()
	bus, err := dbus.SessionBus()
	must(t, err)
	must(t, bus.AddMatchSignal(dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, "org.freedesktop.secrets")))
	owned := make(chan *dbus.Signal, 1)
	bus.Signal(owned)
	defer bus.RemoveSignal(owned)
	daemon := exec.Command("gnome-keyring-daemon", "--foreground", "--components=secrets")
	if password != "" {
		daemon.Args = append(daemon.Args, "--unlock")
		daemon.Stdin = strings.NewReader(password)
	}
	var said strings.Builder
	daemon.Stdout, daemon.Stderr = &said, &said
	must(t, daemon.Start())
	ended := make(chan error, 1)
	go func() { ended <- daemon.Wait() }()
	t.Cleanup(func() { _ = daemon.Process.Kill() })
	select {
	case <-owned:
	case err := <-ended:
		t.Fatalf("gnome-keyring-daemon ended: %v, %s", err, said.String())
	case <-time.After(20 * time.Second):
		t.Fatal("gnome-keyring-daemon does not take its name")
	}
}

// A session that began without a login, as over SSH or in a container, has a
// keyring service and no keyring.
func TestK10ARealSecretServiceWithoutAKeyring(t *testing.T) {
	if os.Getenv(insideBus) == "" {
		onABusOfItsOwn(t, "gnome-keyring-daemon")
		return
	}
	startKeyringWith(t, "")
	s := Keyring(nil)
	_, loadErr := s.Load(t.Context(), ana)
	for op, err := range map[string]error{
		"probe": s.Probe(t.Context()), "load": loadErr, "save": s.Save(t.Context(), ana, big("x", 10, 10, 10)), "delete": s.Delete(t.Context(), ana),
	} {
		var e *Error
		if !errors.As(err, &e) || e.Reason != NoCollection || strings.Contains(err.Error(), "dismissed") || !strings.Contains(err.Error(), "make one") {
			t.Errorf("%s: %v", op, err)
		}
	}
}

func insideARealSecretService(t *testing.T) {
	startKeyring(t)
	s := Keyring(nil)
	t.Run("K-2 the probe passes and leaves nothing", func(t *testing.T) { must(t, s.Probe(t.Context())) })
	t.Run("K-3 sessions come back whole and are replaced", func(t *testing.T) {
		for _, want := range []Saved{big("old", 9000, 1165, 5800), big("new", 1290, 1165, 1852)} {
			must(t, s.Save(t.Context(), ana, want))
			if got, err := s.Load(t.Context(), ana); err != nil || !same(got, want) {
				t.Errorf("got %v, the same: %v", err, same(got, want))
			}
		}
	})
	t.Run("K-3 stale chunks are gone", func(t *testing.T) {
		if _, err := (system{}).Get(service, chunkItem(ana, "a", "refresh", 0)); err == nil {
			t.Error("a chunk of the replaced session is still there")
		}
	})
	t.Run("K-5 delete leaves nothing", func(t *testing.T) {
		must(t, s.Delete(t.Context(), ana))
		if _, err := s.Load(t.Context(), ana); !errors.Is(err, ErrNotFound) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("K-1 a locked keyring says so", func(t *testing.T) { lockedKeyring(t, s) })
}

// lockedKeyring locks the login collection. There is no screen for a prompt,
// so the daemon refuses, dismisses or never answers, as versions differ.
func lockedKeyring(t *testing.T, s Store) {
	bus, err := dbus.SessionBus()
	must(t, err)
	login := []dbus.ObjectPath{"/org/freedesktop/secrets/collection/login"}
	call := bus.Object("org.freedesktop.secrets", "/org/freedesktop/secrets").
		Call("org.freedesktop.Secret.Service.Lock", 0, login)
	must(t, call.Err)
	err = s.Probe(t.Context())
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v", err)
	}
	switch e.Reason {
	case Locked, Dismissed, Timeout, Denied:
		t.Logf("it says: %v", err)
	default:
		t.Errorf("reason %q: %v", e.Reason, err)
	}
}

func TestK1WithoutASessionBusTheReasonComesAtOnce(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("DISPLAY", "")
	if err := reachable(); err == nil {
		t.Skip("this user has a session bus at its usual place")
	}
	err := Keyring(nil).Probe(t.Context())
	var e *Error
	if !errors.As(err, &e) || e.Reason != NoBus || !strings.Contains(err.Error(), "TABGATE_TOKEN_STORE") {
		t.Errorf("got %v", err)
	}
}
