package cognito

import (
	"context"
	"net/http"
	"time"
)

// wire sends requests, each exactly once, and words what went wrong.
type wire struct {
	cfg   Config
	hc    *http.Client
	limit time.Duration // of one request, from connecting to the last byte
	now   func() time.Time
}

// record makes the recorder of one request and the bounded context and client
// to send it with.
func (w *wire) record(ctx context.Context, filter func(*answer) []byte) (*recorder, *http.Client, context.Context, context.CancelFunc) {
	rec := w.newRecorder(filter)
	bounded, cancel := context.WithTimeout(ctx, w.limit)
	return rec, &http.Client{Transport: rec, CheckRedirect: noRedirect}, bounded, cancel
}

func (w *wire) newRecorder(filter func(*answer) []byte) *recorder {
	base := w.hc.Transport
	if base == nil {
		base = HTTPClient(nil).Transport
	}
	return &recorder{base: base, filter: filter}
}

// skew is how far the provider's clock is ahead of ours, to a second; 0 when
// it does not say or the difference is within what a network takes.
func (w *wire) skew(a *answer) time.Duration {
	if a == nil || a.date.IsZero() {
		return 0
	}
	d := a.date.Sub(w.now()).Round(time.Second)
	if d.Abs() <= 2*time.Second {
		return 0
	}
	return d
}
