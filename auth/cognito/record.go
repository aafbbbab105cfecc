package cognito

import (
	"bytes"
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

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
