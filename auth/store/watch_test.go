package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func privateTemp(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "state")
	must(t, PrivateDir(dir))
	return dir
}

// seen waits for one change; the limit is only there so that a failing test ends.
func seen(t *testing.T, changed <-chan struct{}) {
	t.Helper()
	select {
	case _, ok := <-changed:
		if !ok {
			t.Fatal("the watch ended")
		}
	case <-time.After(10 * time.Second):
		t.Fatal("nothing was seen")
	}
}

func TestR6AChangeElsewhereIsSeenWithoutPolling(t *testing.T) {
	dir := privateTemp(t)
	ctx, cancel := context.WithCancel(t.Context())
	changed, err := Watch(ctx, dir, ana)
	must(t, err)
	must(t, Announce(dir, ana, 3))
	seen(t, changed)
	must(t, End(dir, ana, 4))
	seen(t, changed)
	if m, err := ReadMark(dir, ana); err != nil || m != (Mark{3, 4}) {
		t.Errorf("got %+v, %v", m, err)
	}
	cancel()
	for range changed { // ends when the watch does
	}
}

func TestR6OtherAccountsAndOtherFilesWakeNobody(t *testing.T) {
	dir := privateTemp(t)
	changed, err := Watch(t.Context(), dir, ana)
	must(t, err)
	must(t, Announce(dir, Account{ClientID: "2"}, 3))
	must(t, WritePrivate(filepath.Join(dir, "pins"), []byte("x")))
	unlock, err := Lock(t.Context(), dir, ana)
	must(t, err)
	unlock()
	must(t, Announce(dir, ana, 1)) // the events come in order, so this one is the first to pass
	seen(t, changed)
	if m, _ := ReadMark(dir, ana); m.Generation != 1 {
		t.Errorf("woken by something else: %+v", m)
	}
}

func TestR6AMarkNeverGoesBack(t *testing.T) {
	dir := privateTemp(t)
	must(t, Announce(dir, ana, 7))
	must(t, Announce(dir, ana, 5))
	must(t, End(dir, ana, 6))
	must(t, End(dir, ana, 2))
	m, err := ReadMark(dir, ana)
	if err != nil || m != (Mark{7, 6}) {
		t.Errorf("got %+v, %v", m, err)
	}
	if next := m.Next(Saved{Generation: 9}); next != 10 {
		t.Errorf("next is %d", next)
	}
	if next := m.Next(Saved{}); next != 8 {
		t.Errorf("next is %d", next)
	}
}

func TestAMarkThatIsNoNumberIsNamed(t *testing.T) {
	dir := privateTemp(t)
	must(t, os.WriteFile(filepath.Join(dir, ana.Key()+".ended"), []byte("soon"), 0o600))
	if _, err := ReadMark(dir, ana); err == nil {
		t.Error("it was taken for a number")
	}
	must(t, os.WriteFile(filepath.Join(dir, ana.Key()+".ended"), []byte("1099511627777"), 0o600))
	if _, err := ReadMark(dir, ana); err == nil {
		t.Error("a number beyond all counting was believed")
	}
	must(t, os.WriteFile(filepath.Join(dir, ana.Key()+".ended"), make([]byte, 4), 0o600))
	if m, err := ReadMark(dir, ana); err != nil || m != (Mark{}) {
		t.Errorf("what a power cut left: %+v, %v", m, err)
	}
	if m, err := ReadMark(privateTemp(t), ana); err != nil || m != (Mark{}) {
		t.Errorf("no mark at all: %+v, %v", m, err)
	}
}
