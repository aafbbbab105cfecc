package cognito

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/token/strict"
)

// deviceWire sits below x/oauth2's device grant. It bounds and reads each
// answer, and speaks the dialect of AWS's published sample, which has one
// address for both requests, reads the query alone, wants Basic from clients
// with a secret and does not always say that its answers are JSON.
type deviceWire struct {
	wire    *wire
	ctx     context.Context // of the whole call: x/oauth2 forgets it on the first request
	read    func(*answer) []byte
	patient bool // trouble that passes means "ask less often", not the end
	last    *recorder
}

func (w *deviceWire) client() *http.Client {
	return &http.Client{Transport: w, CheckRedirect: noRedirect}
}

// sample reports whether the addresses are as in AWS's sample.
func (w *deviceWire) sample() bool { return w.wire.cfg.DeviceAuthURL == w.wire.cfg.DeviceTokenURL }

// RoundTrip implements http.RoundTripper.
func (w *deviceWire) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(w.ctx, w.wire.limit)
	defer cancel()
	shaped, err := w.shape(req.Clone(ctx))
	if err != nil {
		return nil, err
	}
	w.last = w.wire.newRecorder(func(a *answer) []byte {
		if w.sample() {
			a.json = true // it must parse anyway
		}
		return w.read(a)
	})
	resp, err := w.last.RoundTrip(shaped)
	if w.patient && w.passing(err) {
		// RFC 8628 section 3.5: after a timeout, poll less often.
		return &http.Response{
			StatusCode: http.StatusBadRequest, Request: req, Header: http.Header{"Content-Type": {"application/json"}},
			Body: io.NopCloser(strings.NewReader(`{"error":"slow_down"}`)),
		}, nil
	}
	return resp, err
}

// passing tells trouble that goes away from an answer.
func (w *deviceWire) passing(err error) bool {
	got := w.last.got
	return w.ctx.Err() == nil && (err != nil && !errors.As(err, new(neterr.TooLarge)) || got != nil && (got.status >= 500 || got.throttled()))
}

// shape adds what x/oauth2 leaves out: Basic on the first request too, and for
// the sample the form as the query.
func (w *deviceWire) shape(req *http.Request) (*http.Request, error) {
	cfg := w.wire.cfg
	basic(req, cfg.ClientID, cfg.ClientSecret)
	if !w.sample() {
		return req, nil
	}
	form, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	joined := string(form)
	if req.URL.RawQuery != "" {
		joined = req.URL.RawQuery + "&" + joined
	}
	req.URL.RawQuery, req.Body, req.ContentLength = joined, http.NoBody, 0
	return req, nil
}

// deviceAnswer is the answer to the first request (RFC 8628 section 3.2).
type deviceAnswer struct {
	Device      string `json:"device_code,omitempty"`
	User        string `json:"user_code,omitempty"`
	Address     string `json:"verification_uri,omitempty"`
	Complete    string `json:"verification_uri_complete,omitempty"`
	Error       string `json:"error,omitempty"`
	Description string `json:"error_description,omitempty"`
	lifetime    time.Duration
	interval    time.Duration
	problem     error
}

var guardedDevice = strict.NewGuard("device_code", "user_code", "verification_uri", "verification_url",
	"verification_uri_complete", "expires_in", "interval", "error", "error_description")

func readDevice(a *answer) deviceAnswer {
	obj, err := guardedDevice.Parse(a.body)
	if !a.json || err != nil {
		return deviceAnswer{problem: firstError(err, errors.New("it is not JSON"))}
	}
	text := func(name string) string { s, _ := strict.Text(obj[name]); return s }
	d := deviceAnswer{
		Device: text("device_code"), User: text("user_code"), Address: text("verification_uri"),
		Complete: text("verification_uri_complete"), Error: text("error"), Description: text("error_description"),
		// x/oauth2 hands interval to a ticker, which panics below one.
		interval: seconds(obj["interval"], 5, 1, 60),
		lifetime: seconds(obj["expires_in"], 900, 1, 86400),
	}
	if d.Address == "" {
		d.Address = text("verification_url") // as some providers spell it
	}
	if !usable(d.Complete) {
		d.Complete = ""
	}
	switch {
	case d.Error != "":
	case d.Device == "" || !printable(d.Device) || len(d.Device) > 4096:
		d.problem = errors.New("device_code is missing or odd")
	case d.User == "" || !printable(d.User) || len(d.User) > 40:
		d.problem = errors.New("user_code is missing or odd")
	case !usable(d.Address):
		d.problem = errors.New("verification_uri is not an https address")
	}
	return d
}

// seconds reads a duration and keeps it between least and most.
func seconds(raw json.RawMessage, absent, least, most int64) time.Duration {
	n, err := strict.Integer(raw)
	if err != nil {
		n = absent
	}
	return time.Duration(min(max(n, least), most)) * time.Second
}

// canonical is what x/oauth2 gets to read; the times stay with us.
func (d deviceAnswer) canonical() []byte {
	data, err := json.Marshal(d)
	if err != nil {
		return nil
	}
	return data
}
