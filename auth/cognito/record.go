package cognito

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/authtabs/tabgate/auth/neterr"
	"github.com/authtabs/tabgate/auth/session"
)

// answer is what came back for one request, read to its end.
type answer struct {
	status     int
	json       bool // by its content type
	requestID  string
	challenge  string // WWW-Authenticate
	retryAfter string
	date       time.Time // zero when the provider did not say
	body       []byte
}

// recorder sits below x/oauth2. It sends a request exactly once, reads the
// whole answer within bounds and keeps it, so that errors are judged by the
// answer and never by the library's text, which repeats bodies. filter, if
// set, decides what the library gets to read.
type recorder struct {
	base   http.RoundTripper
	filter func(*answer) []byte
	sent   bool
	got    *answer
	err    error
}

var (
	errSentTwice = errors.New("the request was about to be sent twice")
	errNotSent   = errors.New("the request could not be made")
)

// RoundTrip implements http.RoundTripper.
func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	if r.sent {
		return nil, errSentTwice
	}
	r.sent = true
	once := req.Clone(req.Context())
	once.GetBody = nil // without it the transport cannot send the body again
	once.Header.Set("Accept", "application/json")
	resp, err := r.base.RoundTrip(once)
	if err != nil {
		r.err = err
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody+1))
	if err == nil && len(body) > maxBody {
		err = neterr.TooLarge(maxBody)
	}
	if err != nil {
		r.err = err
		return nil, err
	}
	r.got = newAnswer(resp, body)
	if r.filter != nil {
		body = r.filter(r.got)
		resp.Header = http.Header{"Content-Type": {"application/json"}}
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return resp, nil
}

func newAnswer(resp *http.Response, body []byte) *answer {
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	date, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		date = time.Time{}
	}
	return &answer{
		status: resp.StatusCode, body: body, date: date,
		json:       media == "application/json" || strings.HasSuffix(media, "+json"),
		requestID:  session.Clean(resp.Header.Get("x-amz-cognito-request-id"), 64),
		challenge:  resp.Header.Get("WWW-Authenticate"),
		retryAfter: resp.Header.Get("Retry-After"),
	}
}

// record makes the recorder of one request and the bounded context and client
// to send it with.
func (c *Client) record(ctx context.Context, filter func(*answer) []byte) (*recorder, *http.Client, context.Context, context.CancelFunc) {
	rec := c.newRecorder(filter)
	bounded, cancel := context.WithTimeout(ctx, c.limit)
	return rec, &http.Client{Transport: rec, CheckRedirect: noRedirect}, bounded, cancel
}

func (c *Client) newRecorder(filter func(*answer) []byte) *recorder {
	base := c.hc.Transport
	if base == nil {
		base = HTTPClient(nil).Transport
	}
	return &recorder{base: base, filter: filter}
}

// skew is how far the provider's clock is ahead of ours, to a second; 0 when
// it does not say or the difference is within what a network takes.
func (c *Client) skew(a *answer) time.Duration {
	if a == nil || a.date.IsZero() {
		return 0
	}
	d := a.date.Sub(c.now()).Round(time.Second)
	if d.Abs() <= 2*time.Second {
		return 0
	}
	return d
}
