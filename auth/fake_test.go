package auth

import (
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/zalando/go-keyring"
)

// mapRing is a keyring in a map whose calls may be made to fail.
type mapRing struct {
	mu    sync.Mutex
	items map[string]string
	fail  func(op, item string) error
}

func (r *mapRing) do(op, item string, f func() error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail != nil {
		if err := r.fail(op, item); err != nil {
			return err
		}
	}
	return f()
}

func (r *mapRing) failing(f func(op, item string) error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fail = f
}

func (r *mapRing) Set(_, item, text string) error {
	return r.do("set", item, func() error { r.items[item] = text; return nil })
}

func (r *mapRing) Get(_, item string) (text string, err error) {
	err = r.do("get", item, func() error {
		var ok bool
		if text, ok = r.items[item]; !ok {
			return keyring.ErrNotFound
		}
		return nil
	})
	return text, err
}

func (r *mapRing) Delete(_, item string) error {
	return r.do("delete", item, func() error {
		if _, ok := r.items[item]; !ok {
			return keyring.ErrNotFound
		}
		delete(r.items, item)
		return nil
	})
}

func (r *mapRing) count() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.items)
}

// transport lets a test act between an answer and its reader.
type transport struct{ after func(*http.Request) }

func (r transport) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := http.DefaultTransport.RoundTrip(req)
	r.after(req)
	return resp, err
}

// manualAlarm rings when the test says so, and tells what it was set to.
type manualAlarm struct {
	set   chan time.Time
	rings chan struct{}
}

func newManualAlarm() *manualAlarm {
	return &manualAlarm{set: make(chan time.Time, 1000), rings: make(chan struct{}, 1)}
}

func (m *manualAlarm) alarm(at time.Time) (<-chan struct{}, func()) {
	m.set <- at
	return m.rings, func() {}
}

// ring wakes whoever waits for the alarm, now or next.
func (m *manualAlarm) ring() {
	select {
	case m.rings <- struct{}{}:
	default:
	}
}

// until waits for the alarm to be set to a time that will do.
func (m *manualAlarm) until(t testing.TB, do func(at time.Time) bool) time.Time {
	t.Helper()
	limit := time.After(20 * time.Second)
	for {
		select {
		case at := <-m.set:
			if do(at) {
				return at
			}
		case <-limit:
			t.Fatal("the alarm is not set as it should be")
		}
	}
}

func (m *manualAlarm) wait(t testing.TB) time.Time {
	t.Helper()
	return m.until(t, func(time.Time) bool { return true })
}

var errStore = errors.New("org.freedesktop.Secret.Error.IsLocked")
