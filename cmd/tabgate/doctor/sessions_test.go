package doctor

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/authtabs/tabgate/auth/store"
)

func TestR9EveryStoredSessionHasALine(t *testing.T) {
	w := newWorld(t, nil)
	own := w.Deps.account()
	noon := time.Date(2025, 11, 27, 12, 0, 0, 0, time.Local)
	old, ok := store.Keyed(strings.Repeat("0", 32))
	if !ok {
		t.Fatal("no key")
	}
	w.Stored = []store.Entry{
		{Account: own, Store: "keyring", Since: noon},
		{Account: own, Store: "file", Ended: true},
		{Account: old, Store: "keyring"},
		{Account: store.Account{Domain: "https://auth.example.com", ClientID: "\x1b[31m1example", Profile: "work"}, Store: "file"},
	}
	checks := Run(t.Context(), w.Deps)
	var got []Check
	for _, c := range checks {
		if strings.HasPrefix(c.ID, "session") {
			got = append(got, c)
		}
	}
	host, client := w.Config.Domain.Host, w.Config.ClientID
	want := []Check{
		{ID: "session", Status: OK, Detail: "profile default at " + host + ", in the keyring, app client " + client + ", since 2025-11-27 12:00: the one in use"},
		{ID: "session-2", Status: Warn, Detail: "profile default at " + host + ", in a file, app client " + client + ": signed out, but not deleted", Fix: "tabgate logout --all ends every stored session"},
		{ID: "session-3", Status: OK, Detail: "a session of an earlier version, in the keyring"},
		{ID: "session-4", Status: OK, Detail: "profile work at auth.example.com, in a file, app client \ufffd[31m1example"},
	}
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("line %d: got %+v, want %+v", i, got, want[i])
		}
	}
	if !Healthy(checks) {
		t.Error("stored sessions are a failure")
	}
}

func TestR9LinesOfStoredSessionsAreBounded(t *testing.T) {
	w := newWorld(t, nil)
	for i := range 100 {
		w.Stored = append(w.Stored, store.Entry{Account: store.Account{Domain: "https://auth.example.com", Profile: fmt.Sprint(i)}, Store: "file"})
	}
	checks := checkSessions(w.Deps)
	if last := checks[len(checks)-1]; len(checks) != mostSessions+1 || last.Detail != "and 80 more" {
		t.Errorf("%d lines, the last %+v", len(checks), last)
	}
	w.StoredErr = errors.New("the directory is open to others")
	if c := w.run()["session"]; c.Status != Warn || !strings.Contains(c.Detail, "open to others") || c.Fix == "" {
		t.Errorf("an index that cannot be read: %+v", c)
	}
}
